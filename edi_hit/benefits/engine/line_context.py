"""All that a rule may look at when it is asked about one line, and what the lines of a claim share."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

from edi_hit.benefits.days import iso
from edi_hit.benefits.engine.line_price import LinePrice
from edi_hit.benefits.engine.prior_payer import pays_later
from edi_hit.benefits.facts import ClaimFacts, Outcome, VisitFact, supplier_key
from edi_hit.benefits.other_lines import between
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.profiles import RunSettings
from edi_hit.reference import HitCode, Tables
from edi_hit.rules import EdiHitError

T = TypeVar("T")


class _NotAsked:
    """What stands in the place of what was not found yet: None may be found."""


_NOT_ASKED: Final = _NotAsked()
_PAID: Final = Outcome.PAID
_INITIAL: Final = "initial"


class ClaimContext:
    """A claim with the facts, the tables and the settings.

    `standing` are its lines that were asked and are not denied, in the order they were asked. `supplier`
    is what tells the billing supplier from others, see `supplier_key`. `pays_later` is whether the payer pays
    second or third.
    """

    def __init__(self, claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings) -> None:
        self.claim = claim
        self.facts = facts
        self.tables = tables
        self.settings = settings
        self.standing: list[VisitFact] = []
        self.supplier = supplier_key(claim.billing_provider.party)
        self.payer_id = claim.payer.id
        self.pays_later = pays_later(claim)
        self.is_complete = facts.complete
        self.complete_spans = facts.complete_spans
        self.coverage = facts.coverage
        self.plans = facts.plans
        self.found: dict[Any, Any] = {}


class LineContext:
    """One line with its claim, the facts, the tables and the settings.

    `on` is the date of service; `hcpcs` the code as billed, `code` what that visit code is on the day, None
    where it is not valid. `price` is None where the line cannot be priced; `obstacle` then says why.
    """

    def __init__(self, whole: ClaimContext, line: ServiceLine, on: date) -> None:
        self._whole = whole
        self.claim = whole.claim
        self.facts = whole.facts
        self.tables = whole.tables
        self.settings = whole.settings
        self.supplier = whole.supplier
        self.payer_id = whole.payer_id
        self.pays_later = whole.pays_later
        self.coverage = whole.coverage
        self.plans = whole.plans
        self.line = line
        self.on = on
        self.hcpcs = line.procedure_code
        self.modifiers = line.modifiers
        self.units = line.units
        self.code: HitCode | None = whole.tables.visit_code(self.hcpcs, on)
        self.price: LinePrice | None = None
        self.obstacle: EdiHitError | None = None
        self._found: dict[Any, Any] = {}

    def once(self, find: Callable[["LineContext"], T]) -> T:
        """Give what a function finds for this line, asking it only the first time."""
        return self._find(find, self._found)

    def once_a_claim(self, find: Callable[["LineContext"], T]) -> T:
        """Give what a function finds for the claim, whichever line it is asked for, the first time alone."""
        return self._find(find, self._whole.found)

    def _find(self, find: Callable[["LineContext"], T], known: dict[Any, Any]) -> T:
        found: T | _NotAsked = known.get(find, _NOT_ASKED)
        if isinstance(found, _NotAsked):
            found = known[find] = find(self)
        return found

    @property
    def day(self) -> str:
        """The date of service in words (ISO)."""
        return iso(self.on)

    @property
    def category(self) -> int | None:
        """The payment category of the code; None where it has none, or is not valid on the day."""
        return self.code.category if self.code else None

    @property
    def is_initial(self) -> bool:
        """Whether the code is one for an initial visit."""
        return self.code is not None and self.code.visit_type == _INITIAL

    @property
    def place_of_service(self) -> str:
        """The place-of-service code of the line, else of the claim; empty where there is none."""
        return self.line.place_of_service or self.claim.place_of_service

    @property
    def standing(self) -> list[VisitFact]:
        """The claim's own lines that were asked before this one and are not denied."""
        return self._whole.standing

    def is_complete(self, first: date, last: date) -> bool:
        """Whether the history is complete from `first` through `last`."""
        whole = self._whole
        if whole.is_complete or first > last:
            return True
        return bool(whole.complete_spans) and self.facts.is_complete(first, last)

    def visits(self, first: date, last: date) -> list[VisitFact]:
        """Give the beneficiary's other visits from `first` through `last`: the claim's own standing lines
        first, then the loaded ones.

        Home infusion therapy and home IVIG are apart: each sees its own visits alone.
        """
        family = self.tables.hit_codes()
        own = self.hcpcs in family
        standing = between(self._whole.standing, first, last)
        return standing + [v for v in between(self.facts.visits, first, last) if (v.code in family) is own]

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
            outcome=_PAID,
        )
