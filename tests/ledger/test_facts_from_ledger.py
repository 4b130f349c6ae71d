"""What is loaded into a ledger comes out as the facts that rules ask for, the same from both databases."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
from ledger_content import load_rows

from edi_hit.adjudication import Receipt
from edi_hit.benefits.care_facts import CoverageFact, CoverageKind, EpisodeFact, PlanOfCare, VisitRecord
from edi_hit.benefits.facts import ClaimFacts, DrugFact, EquipmentFact, Outcome, VisitFact
from edi_hit.benefits.spans import Span
from edi_hit.benefits.supplier_facts import (
    AccreditationFact,
    Enrolment,
    EnrolmentFact,
    LicenceFact,
    SupplierFacts,
)
from edi_hit.claims import Claim, ServiceLine, Submission, Subscriber
from edi_hit.claims.claim import BillingProvider
from edi_hit.jobs.asked_batch import Asked
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.ledger import open_ledger
from edi_hit.mapping.parts import Party, Period
from edi_hit.profiles import History, RunSettings
from edi_hit.reference import Tables

MEMBER, NPI = "1EG4TE5MK73", "1234567893"
YEAR = {"effective_from": "2025-01-01", "effective_through": "2025-12-31"}
IN_2025 = Span(date(2025, 1, 1), date(2025, 12, 31))
DAY = date(2025, 3, 1)
LINES = ("visits", "drugs", "equipment", "services")


def claim() -> Claim:
    line = ServiceLine(number=1, charge=Decimal(250), procedure_code="G0068", service_dates=Period.day(DAY))
    person = Party(entity="1", id_qualifier="MI", id=MEMBER)
    return Claim(
        claim_id="A",
        charge=Decimal(250),
        submission=Submission(reference="1"),
        billing_provider=BillingProvider(Party(id_qualifier="XX", id=NPI)),
        subscriber=Subscriber(sequence="P", person=person, payer=Party(id_qualifier="PI", id="10112")),
        lines=(line,),
    )


def facts(address: str, settings: RunSettings) -> ClaimFacts:
    with open_ledger(address) as ledger:
        run = RunLedger(ledger, Tables.packaged(), settings, date(2025, 8, 1))
        batch = run.look(Asked(frozenset([MEMBER]), frozenset([NPI]), (1,)))
        known = batch.history.facts(MEMBER, 0, claim(), Receipt(0, DAY))
        lines = {name: tuple(getattr(known, name)) for name in LINES}
        return msgspec.structs.replace(known, **lines)


def past(line: int, code: str, payer: str, outcome: str, modifiers: str = "") -> dict[str, str]:
    return {
        "member_id": MEMBER, "npi": "1999999984", "claim_id": "D", "line": str(line), "code": code,
        "payer": payer, "outcome": outcome, "modifiers": modifiers, "service_date": "2025-02-20",
        "place_of_service": "12",
    }  # fmt: skip


def test_every_fact(ledger_address: str, tmp_path: Path) -> None:
    who, by = {"member_id": MEMBER}, {"npi": NPI}
    seen = {"in_home": "Y", "drug_given": "N", "pump_training_only": "N"}
    for table, row in {
        "coverage": {**who, **YEAR, "kind": "hospice"},
        "complete_history": {**who, **YEAR},
        "deductible": {**who, "calendar_year": "2025", "met": "57.00", "known_on": "2025-01-01"},
        "hit_episode": {**who, "started_on": "2025-01-10"},
        "visit_record": {**who, "on_day": "2025-03-01", **seen},
        "plan_of_care": {**who, **YEAR, "plan": "P", "drug": "none", "dose": "", "services": "G0068 G0088"},
        "supplier": {**by, "attests_24_7": "Y"},
        "enrolment": {**by, **YEAR, "kind": "D6"},
        "accreditation": {**by, **YEAR, "organization": "ACHC"},
        "licence": {**by, **YEAR, "state": "AL"},
    }.items():  # fmt: skip
        load_rows(ledger_address, tmp_path, table, row)
    lines = [
        past(1, "J1559", "18003", "paid", "JB"),
        past(2, "E0781", "18003", "denied"),
        past(3, "G0088", "10112", "unanswered"),
        past(4, "J1559", "10112", "paid"),
    ]
    load_rows(ledger_address, tmp_path, "claim_line", *lines)
    known = facts(ledger_address, RunSettings(suppliers=History.COMPLETE))
    there = (date(2025, 2, 20), "1999999984", "D")
    assert known == ClaimFacts(
        visits=(VisitFact(there[0], "G0088", there[1], there[2], 3, Outcome.UNANSWERED),),
        drugs=(DrugFact(there[0], "J1559", there[1], there[2], 1, Outcome.PAID, ("JB",), "12"),),
        equipment=(EquipmentFact(there[0], "E0781", there[1], there[2], 2, Outcome.DENIED),),
        complete_spans=(IN_2025,),
        coverage=(CoverageFact(CoverageKind.HOSPICE, IN_2025),),
        plans=(PlanOfCare(IN_2025, drug="", services=("G0068", "G0088")),),
        episodes=(EpisodeFact(date(2025, 1, 10)),),
        visit_records=(VisitRecord(DAY, in_home=True, drug_given=False),),
        deductible_left={2025: Decimal("200.00")},
        supplier=SupplierFacts(
            (EnrolmentFact(Enrolment.HOME_INFUSION, IN_2025),),
            (AccreditationFact("ACHC", IN_2025),),
            (LicenceFact("AL", IN_2025),),
            attests_24_7=True,
        ),
        suppliers_complete=True,
        received_on=DAY,
        as_of=date(2025, 8, 1),
    )


def test_an_empty_ledger_knows_nothing(ledger_address: str) -> None:
    assert facts(ledger_address, RunSettings()) == ClaimFacts(received_on=DAY, as_of=date(2025, 8, 1))
