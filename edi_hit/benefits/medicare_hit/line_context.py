"""All that a rule may look at when it is asked about one visit line."""

from datetime import date

import msgspec

from edi_hit.benefits.facts import ClaimFacts, Outcome, VisitFact, supplier_key
from edi_hit.benefits.medicare_hit.pricing import Price
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import HitCode, Tables
from edi_hit.rules import EdiHitError


class LineContext(msgspec.Struct, frozen=True):
    """One line with its claim, the beneficiary's facts, the tables and the settings.

    `on` is the date of service; `code` what the G-code is on that day, None where it is not valid.
    `price` is None where the line cannot be priced; `obstacle` then says why. `standing` are the claim's
    own lines that were asked before this one and are not denied.
    """

    claim: Claim
    line: ServiceLine
    on: date
    code: HitCode | None
    price: Price | None
    obstacle: EdiHitError | None
    facts: ClaimFacts
    tables: Tables
    settings: RunSettings
    standing: tuple[VisitFact, ...] = ()

    @property
    def hcpcs(self) -> str:
        """The G-code as billed."""
        return self.line.procedure_code

    @property
    def category(self) -> int | None:
        """The payment category of the G-code; None where the code is not valid on the day."""
        return self.code.category if self.code else None

    @property
    def is_initial(self) -> bool:
        """Whether the G-code is one for an initial visit."""
        return self.code is not None and self.code.visit_type == "initial"

    @property
    def supplier(self) -> str:
        """What tells the billing supplier from others, see `supplier_key`."""
        return supplier_key(self.claim.billing_provider.party)

    @property
    def visits(self) -> tuple[VisitFact, ...]:
        """The beneficiary's other visits: the claim's own standing lines first, then the loaded ones."""
        return (*self.standing, *self.facts.visits)

    def code_of(self, visit: VisitFact) -> HitCode | None:
        """Give what another visit's G-code is on that visit's day."""
        return self.tables.hit_code(visit.code, visit.on)

    def as_visit(self) -> VisitFact:
        """Give this line as the claim's later lines see it: a visit that is going to be paid."""
        return VisitFact(
            on=self.on,
            code=self.hcpcs,
            supplier=self.supplier,
            claim=self.claim.claim_id,
            line=self.line.number,
            outcome=Outcome.PAID,
        )
