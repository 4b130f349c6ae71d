"""A claim as it was read, with what was found wrong with it and the places of its fields."""

import msgspec

from edi_hit.claims.claim_declaration import DECLARATIONS, AnyClaim
from edi_hit.guides import Loop
from edi_hit.mapping.places import Where
from edi_hit.rules import Finding
from edi_hit.x12 import TransactionSet, place_of


class ClaimRecord(msgspec.Struct, frozen=True):
    """A claim as it was read: the claim, what was found wrong with it, and where its fields stand.

    `claim` is None where a required field has no value; `claim_id` is CLM01 as far as it could be read.
    `guide` is 837P or 837I: a `Claim` or an `InstitutionalClaim`.
    """

    claim_id: str
    claim: AnyClaim | None
    findings: tuple[Finding, ...]
    transaction_set: TransactionSet
    loop: Loop
    guide: str

    @property
    def accepted(self) -> bool:
        """Whether the claim and the loops above it were read without an error."""
        return self.claim is not None and not any(finding.is_error for finding in self.findings)

    def place(self, path: str) -> dict[str, object]:
        """Give the place fields of a finding for the field at `path`, e.g. `lines[0].charge`.

        The place of the CLM segment where the field was not sent. Raises `KeyError` for no such field.
        """
        where = self._where(path)
        if where is None:
            opener = self.loop.segments[0][2]
            assert opener is not None
            where = Where(opener, self.loop.id, 1, None)
        place = place_of(
            where.segment, self.transaction_set, element=where.element, component=where.component
        )
        return {**place, "loop": where.loop, "claim": self.claim_id}

    def _where(self, path: str) -> Where | None:
        declaration = DECLARATIONS[self.guide]
        step, _, rest = path.partition(".")
        for name, loop_id, mapping in declaration.context:
            if step == name:
                above = self.loop.above(loop_id)
                return None if above is None or not rest else mapping.locate(above, rest)
        return declaration.claim.locate(self.loop, path)
