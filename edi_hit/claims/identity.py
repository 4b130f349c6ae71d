"""Who a claim is for and who bills it: the keys under which claims are seen together."""

from edi_hit.claims.claim import HealthCareClaim
from edi_hit.identifiers import ein
from edi_hit.mapping.parts import Party

_LEAST_CHARACTERS = 6


def member_key(member_id: str) -> str | None:
    """Give the key of the person with a member id; None where the id cannot tell people apart.

    Case, blanks and hyphens do not matter. An id of fewer than six letters and digits, without a digit, or
    of one character over and over (a blank, UNKNOWN, 999999999) names nobody.
    """
    compact = member_id.upper()
    if not compact.isalnum():
        compact = "".join(filter(str.isalnum, compact))
    if len(compact) < _LEAST_CHARACTERS or compact.count(compact[0]) == len(compact):
        return None
    if not any(map(str.isdigit, compact)):
        return None
    return compact


def person_key(claim: HealthCareClaim) -> str | None:
    """Give the key of the person treated; None where the member id cannot tell people apart.

    A dependent is told from the subscriber by name and birth date.
    """
    member = member_key(claim.subscriber.person.id)
    if member is None or claim.patient is None:
        return member
    person = claim.patient.person
    born = person.born_on.isoformat() if person.born_on else ""
    return "|".join((member, person.last_name.upper(), person.first_name.upper(), born))


def supplier_key(party: Party) -> str:
    """Give what tells one billing supplier from another: its NPI, else its tax id, else whatever id it has.

    Empty where it has none: such a supplier is the same as no other.
    """
    return party.npi or ein.compact(party.tax_id) or party.id.strip()
