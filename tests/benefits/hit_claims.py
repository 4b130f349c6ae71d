"""Claims and facts for the tests of the home infusion benefit: one that is paid, and variations of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from edi_hit.benefits import answer
from edi_hit.benefits.care_facts import CoverageFact, CoverageKind, PlanOfCare
from edi_hit.benefits.days import shifted
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.benefits.facts import ClaimFacts, DrugFact, Outcome, VisitFact
from edi_hit.benefits.spans import Span
from edi_hit.benefits.supplier_facts import (
    AccreditationFact,
    Enrolment,
    EnrolmentFact,
    LicenceFact,
    SupplierFacts,
)
from edi_hit.claims.claim import BillingProvider, Claim, ServiceLine, Submission, Subscriber
from edi_hit.mapping.parts import Address, Party, Period
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.rules import Answer

TABLES = Tables.packaged()
SUPPLIER = "1234567893"
OTHER_SUPPLIER = "1999999984"
VISIT_DAY = date(2025, 3, 5)
DRUG_OF_CATEGORY = {1: ("J1250", ()), 2: ("J1559", ("JB",)), 3: ("J9190", ())}


def visit(
    code: str = "G0068", on: date | None = VISIT_DAY, charge: str = "250", **fields: Any
) -> ServiceLine:
    values = {"number": 1, "units": Decimal(3), "service_dates": Period.day(on) if on else None}
    return ServiceLine(charge=Decimal(charge), procedure_code=code, **(values | fields))


def claim(*lines: ServiceLine, **fields: Any) -> Claim:
    numbered = tuple(
        msgspec.structs.replace(line, number=number) for number, line in enumerate(lines or (visit(),), 1)
    )
    values: dict[str, Any] = {
        "claim_id": "A1",
        "charge": sum((line.charge for line in numbered), Decimal(0)),
        "submission": Submission(reference="1"),
        "billing_provider": BillingProvider(Party(id_qualifier="XX", id=SUPPLIER)),
        "subscriber": subscriber(),
        "lines": numbered,
        "place_of_service": "12",
    }
    return Claim(**(values | fields))


def subscriber(
    payer: str = "10112", sequence: str = "P", filing: str = "MB", address: Address | None = None
) -> Subscriber:
    home = address or Address(state="AL", postal_code="352030000")
    return Subscriber(
        sequence=sequence,
        person=Party(entity="1", address=home),
        payer=Party(id_qualifier="PI", id=payer),
        filing_indicator=filing,
    )


def home(state: str, postal_code: str = "") -> Subscriber:
    return subscriber(address=Address(state=state, postal_code=postal_code))


def drug(
    on: date = date(2025, 2, 20),
    code: str = "J1250",
    modifiers: tuple[str, ...] = (),
    outcome: Outcome = Outcome.PAID,
) -> DrugFact:
    return DrugFact(on, code, "1888888884", "D1", 1, outcome, modifiers)


def earlier(
    code: str, on: date, outcome: Outcome = Outcome.PAID, supplier: str = OTHER_SUPPLIER
) -> VisitFact:
    return VisitFact(on, code, supplier, "B1", 1, outcome)


def drugs_of(on: date, *categories: int) -> tuple[DrugFact, ...]:
    """Give a paid drug of each category, billed on the day."""
    return tuple(drug(on, *DRUG_OF_CATEGORY[category]) for category in categories or (1,))


LICENSED = ("AL", "CA", "FL", "GA", "KS", "MO", "NC", "TX", "PR", "VA", "ZZ", "ON")
SUPPLIER_FACTS = SupplierFacts(
    enrolments=(EnrolmentFact(Enrolment.HOME_INFUSION, Span(date(2020, 11, 1))),),
    accreditations=(AccreditationFact("URAC", Span(date(2019, 1, 1))),),
    licences=tuple(LicenceFact(state, Span(date(2019, 1, 1))) for state in LICENSED),
    attests_24_7=True,
)
PLAN = PlanOfCare(
    span=Span(date(2019, 1, 1)),
    applicable_provider="1679576722",
    therapy_type="infusion",
    amount="1 visit a day",
    duration="12 weeks",
    drug="dobutamine",
    dose="5 mcg/kg/min",
    frequency="continuous",
    visit_frequency="1 to 2 a week",
    discipline="RN",
    is_signed=True,
    signed_on=date(2019, 1, 1),
    reviewed_on=tuple(date(2019, 1, 1) + timedelta(days=60 * step) for step in range(70)),
    options_notified_on=date(2018, 12, 20),
    services=("G0068", "G0069", "G0070"),
)


def facts(*visits: VisitFact, drugs: tuple[DrugFact, ...] = (drug(),), **fields: Any) -> ClaimFacts:
    """Give facts in which every rule is met, over a complete history.

    `deductible_left` is of every year, or by year (None: unknown).
    """
    left = fields.pop("deductible_left", Decimal(0))
    if not isinstance(left, dict):
        left = {} if left is None else dict.fromkeys(range(2019, 2030), left)
    values: dict[str, Any] = {
        "complete": True,
        "deductible_left": left,
        "coverage": (CoverageFact(CoverageKind.PART_B, Span(date(2015, 1, 1))),),
        "supplier": SUPPLIER_FACTS,
        "plans": (PLAN,),
    }
    return ClaimFacts(visits=visits, drugs=drugs, **(values | fields))


def decide(
    billed: Claim | None = None,
    known: ClaimFacts | None = None,
    tables: Tables = TABLES,
    **settings: Any,
) -> ClaimDecision:
    """Decide a claim that came in ten days after its first service, under a review interval of 90 days."""
    billed, known = billed or claim(), known or facts()
    if known.received_on is None:
        days = [line.service_dates.start for line in billed.lines if line.service_dates]
        known = msgspec.structs.replace(known, received_on=shifted(min(days, default=VISIT_DAY), 10))
    given = {"plan_review_days": 90} | settings
    return answer(billed, known, tables, msgspec.convert(given, RunSettings))


def said(decision: ClaimDecision, line: int = 1) -> dict[str, Answer]:
    return {rule.id: rule.answer for rule in decision.lines[line - 1].rules}


def details(decision: ClaimDecision, line: int = 1) -> dict[str, str]:
    return {rule.id: rule.detail for rule in decision.lines[line - 1].rules}


def failed(decision: ClaimDecision, line: int = 1) -> list[str]:
    """Give the rules a line does not meet."""
    return [rule for rule, given in said(decision, line).items() if given is Answer.NOT_MET]


OF_SPANS = ("HIT-BENE-MA", "HIT-INPT", "HIT-HOSPICE")
"""Rules that are unknown where no span says so and the history is not complete."""


def unknowns(decision: ClaimDecision, line: int = 1, *, but: tuple[str, ...] = ()) -> list[str]:
    """Give the rules a line leaves unknown, without those in `but`."""
    return [
        rule for rule, given in said(decision, line).items() if given is Answer.UNKNOWN and rule not in but
    ]


def codes(line: LineDecision) -> list[str]:
    """Give a line's adjustments as text, such as `CO 45 71.89`."""
    return [f"{one.group} {one.carc} {one.amount}" for one in line.adjustments]


def paid(decision: ClaimDecision) -> list[str]:
    return [str(line.paid) for line in decision.lines]
