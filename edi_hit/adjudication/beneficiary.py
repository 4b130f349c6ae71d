"""Who a claim is for: the key under which claims of one person are seen together."""

from edi_hit.claims import Claim

_LEAST_CHARACTERS = 6

BeneficiaryKey = tuple[str, ...]


def beneficiary_key(claim: Claim) -> BeneficiaryKey | None:
    """Give the key of the person treated; None where the member id cannot tell people apart.

    Case, blanks and hyphens of the member id do not matter. An id of fewer than six letters and digits, or
    without a digit (a blank, UNKNOWN), names nobody. A dependent is told from the subscriber by name and
    birth date.
    """
    compact = "".join(c for c in claim.subscriber.person.id.upper() if c.isalnum())
    has_digit = any(c.isdigit() for c in compact)
    if len(compact) < _LEAST_CHARACTERS or not has_digit or len(set(compact)) == 1:
        return None
    if claim.patient is None:
        return (compact,)
    person = claim.patient.person
    born = person.born_on.isoformat() if person.born_on else ""
    return (compact, person.last_name.upper(), person.first_name.upper(), born)
