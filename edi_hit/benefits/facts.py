"""What happened before, as the rules see it: plain facts about one beneficiary, a supplier and a receipt."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from edi_hit.benefits.care_facts import CoverageFact, EpisodeFact, PlanOfCare, VisitRecord
from edi_hit.benefits.spans import Span, cover
from edi_hit.benefits.supplier_facts import SupplierFacts
from edi_hit.claims.identity import supplier_key as supplier_key


class Outcome(StrEnum):
    """What became of a line billed earlier."""

    PAID = "paid"
    DENIED = "denied"
    UNANSWERED = "unanswered"


class ClaimForm(StrEnum):
    """Which claim a visit was billed on."""

    PROFESSIONAL = "837P"
    INSTITUTIONAL = "837I"


class Earlier(StrEnum):
    """What the claim is that a replacement or void names (REF*F8): known and answered, not known, or wrong.

    Wrong is one of another patient, supplier or payer, one whose answer was taken back before, or one that
    came in after it.
    """

    KNOWN = "known"
    NOT_KNOWN = "not known"
    WRONG = "wrong"


class BilledFact(msgspec.Struct, frozen=True):
    """A line that was billed: its day, code, supplier (see `supplier_key`), claim (CLM01), line and outcome.

    `outcome` is `UNANSWERED` for a line whose claim is not decided, or is pended, returned or not answered.
    """

    on: date
    code: str
    supplier: str
    claim: str
    line: int
    outcome: Outcome


class VisitFact(BilledFact, frozen=True):
    """A visit of the beneficiary, of any supplier: one of the six G-codes, or Q2052."""


class EquipmentFact(BilledFact, frozen=True):
    """A pump or supply line (table `dme_pump_codes`) billed to the DME contractor."""


class DrugFact(BilledFact, frozen=True):
    """A drug line billed to the DME contractor; `place_of_service` is empty where it is not on file."""

    modifiers: tuple[str, ...] = ()
    place_of_service: str = ""


class ServiceFact(BilledFact, frozen=True):
    """A per diem or a nurse's visit (table `s_codes`) billed to a payer for its days.

    So is a pump or a supply that was billed to a payer other than a DME contractor.
    """

    through: date
    payer: str
    modifiers: tuple[str, ...] = ()


class ClaimFacts(msgspec.Struct, frozen=True):
    """All that is known besides a claim when it is decided. What is left out is unknown.

    - `visits`, `drugs`, `equipment` and `services` are other lines of the beneficiary, never the claim's own,
      of any date before or after. They may be many: `other_lines` finds those of the days a rule asks about.
    - `complete` says that no other history of the beneficiary exists; `complete_spans` say it of days.
    - `coverage`: where spans of Part B are on file they are all there are. Of the other kinds, a day in no
      span says *no* only where the history of the day is complete.
    - `deductible_left` is what is left of the Part B deductible by year, in dollars; a year that is not in
      it is not known.
    - `supplier` is what is on file of the claim's billing provider, None where nothing is;
      `suppliers_complete` says that a supplier not on file is not a qualified one.
    - `received_on` is the day the claim came in. `as_of` is the day it is asked about; None where a claim
      cannot wait for its drug, as without a ledger. `waited` says that it has waited for it before.
    - `earlier` is what the claim names that is to be replaced; None where it names none, or without a ledger.
    """

    visits: Sequence[VisitFact] = ()
    drugs: Sequence[DrugFact] = ()
    equipment: Sequence[EquipmentFact] = ()
    services: Sequence[ServiceFact] = ()
    complete: bool = False
    complete_spans: tuple[Span, ...] = ()
    coverage: tuple[CoverageFact, ...] = ()
    plans: tuple[PlanOfCare, ...] = ()
    episodes: tuple[EpisodeFact, ...] = ()
    visit_records: tuple[VisitRecord, ...] = ()
    deductible_left: dict[int, Decimal] = {}
    supplier: SupplierFacts | None = None
    suppliers_complete: bool = False
    received_on: date | None = None
    as_of: date | None = None
    waited: bool = False
    form: ClaimForm = ClaimForm.PROFESSIONAL
    earlier: Earlier | None = None

    def is_complete(self, start: date, end: date) -> bool:
        """Whether the history is complete from `start` through `end`."""
        if self.complete or not self.complete_spans:
            return self.complete or start > end
        return cover(self.complete_spans, start, end)
