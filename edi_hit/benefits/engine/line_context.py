"""All that a rule may look at when it is asked about one visit line."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import msgspec

from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.facts import ClaimFacts, Outcome, VisitFact, supplier_key
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import HitCode, Tables
from edi_hit.rules import EdiHitError

T = TypeVar("T")


class LineContext(msgspec.Struct, frozen=True):
    """One line with its claim, the facts, the tables and the settings.

    `on` is the date of service; `code` what the visit code is on that day, None where it is not valid.
    `price` is None where the line cannot be priced; `obstacle` then says why. `standing` are the claim's
    own lines that were asked before this one and are not denied. `found` keeps what `once` found.
    """

    claim: Claim
    line: ServiceLine
    on: date
    code: HitCode | None
    facts: ClaimFacts
    tables: Tables
    settings: RunSettings
    price: LinePrice | None = None
    obstacle: EdiHitError | None = None
    standing: tuple[VisitFact, ...] = ()
    found: dict[Any, Any] = {}

    def once(self, find: Callable[["LineContext"], T]) -> T:
        """Give what a function finds for this line, asking it only the first time."""
        if find not in self.found:
            self.found[find] = find(self)
        found: T = self.found[find]
        return found

    @property
    def hcpcs(self) -> str:
        """The visit code as billed."""
        return self.line.procedure_code

    @property
    def category(self) -> int | None:
        """The payment category of the code; None where it has none, or is not valid on the day."""
        return self.code.category if self.code else None

    @property
    def is_initial(self) -> bool:
        """Whether the code is one for an initial visit."""
        return self.code is not None and self.code.visit_type == "initial"

    @property
    def place_of_service(self) -> str:
        """The place-of-service code of the line, else of the claim; empty where there is none."""
        return self.line.place_of_service or self.claim.place_of_service

    @property
    def supplier(self) -> str:
        """What tells the billing supplier from others, see `supplier_key`."""
        return supplier_key(self.claim.billing_provider.party)

    @property
    def visits(self) -> tuple[VisitFact, ...]:
        """The beneficiary's other visits: the claim's own standing lines first, then the loaded ones.

        Home infusion therapy and home IVIG are apart: each sees its own visits alone.
        """
        family = self.tables.hit_codes()
        own = self.hcpcs in family
        loaded = (visit for visit in self.facts.visits if (visit.code in family) is own)
        return (*self.standing, *loaded)

    def code_of(self, visit: VisitFact) -> HitCode | None:
        """Give what another visit's code is on that visit's day."""
        return self.tables.visit_code(visit.code, visit.on)

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
