"""A claim of a run as it waits on disk until it is decided."""

import msgspec

from edi_hit.claims import AnyClaim, ClaimRecord, person_key
from edi_hit.ledger import People


class SpooledClaim(msgspec.Struct, frozen=True):
    """A claim of the run: its file, its transaction set in that file, the claim, and its errors."""

    file: int
    transaction_set: int
    claim_id: str
    claim: AnyClaim | None
    error_rules: tuple[str, ...]

    def called(self, people: People) -> str | None:
        """What the person treated is called; None where nobody is named."""
        person = person_key(self.claim) if self.claim is not None else None
        return None if person is None else people.called(person)


def spooled(file: int, record: ClaimRecord) -> SpooledClaim:
    """Give a claim of input `file` as it is kept."""
    errors = [finding.rule for finding in record.findings if finding.is_error] if record.findings else None
    return SpooledClaim(
        file=file,
        transaction_set=record.transaction_set.ordinal,
        claim_id=record.claim_id,
        claim=record.claim,
        error_rules=tuple(dict.fromkeys(errors)) if errors else (),
    )
