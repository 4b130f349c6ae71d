"""Claims and facts for the tests of the home infusion benefit: one that is paid, and variations of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from edi_hit.benefits import answer
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.benefits.facts import ClaimFacts, DrugFact, Outcome, VisitFact
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
    return DrugFact(on, code, "1888888883", "D1", 1, outcome, modifiers)


def earlier(
    code: str, on: date, outcome: Outcome = Outcome.PAID, supplier: str = OTHER_SUPPLIER
) -> VisitFact:
    return VisitFact(on, code, supplier, "B1", 1, outcome)


def drugs_of(on: date, *categories: int) -> tuple[DrugFact, ...]:
    """Give a paid drug of each category, billed on the day."""
    return tuple(drug(on, *DRUG_OF_CATEGORY[category]) for category in categories or (1,))


def facts(*visits: VisitFact, drugs: tuple[DrugFact, ...] = (drug(),), **fields: Any) -> ClaimFacts:
    """Give facts with a complete history; `deductible_left` is of every year, or by year (None: unknown)."""
    left = fields.pop("deductible_left", Decimal(0))
    known = (
        left if isinstance(left, dict) else dict.fromkeys(range(2019, 2030), left) if left is not None else {}
    )
    values: dict[str, Any] = {"complete": True, "deductible_left": known}
    return ClaimFacts(visits=visits, drugs=drugs, **(values | fields))


def decide(
    billed: Claim | None = None,
    known: ClaimFacts | None = None,
    tables: Tables = TABLES,
    **settings: str,
) -> ClaimDecision:
    return answer(billed or claim(), known or facts(), tables, msgspec.convert(settings, RunSettings))


def said(decision: ClaimDecision, line: int = 1) -> dict[str, Answer]:
    return {rule.id: rule.answer for rule in decision.lines[line - 1].rules}


def details(decision: ClaimDecision, line: int = 1) -> dict[str, str]:
    return {rule.id: rule.detail for rule in decision.lines[line - 1].rules}


def failed(decision: ClaimDecision, line: int = 1) -> list[str]:
    """Give the rules a line does not meet."""
    return [rule for rule, given in said(decision, line).items() if given is Answer.NOT_MET]


def unknowns(decision: ClaimDecision, line: int = 1) -> list[str]:
    return [rule for rule, given in said(decision, line).items() if given is Answer.UNKNOWN]


def codes(line: LineDecision) -> list[str]:
    """Give a line's adjustments as text, such as `CO 45 71.89`."""
    return [f"{one.group} {one.carc} {one.amount}" for one in line.adjustments]


def paid(decision: ClaimDecision) -> list[str]:
    return [str(line.paid) for line in decision.lines]
