"""The history of a story as CSV rows of the ledger's tables."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from story_files import MEMBER

from edi_hit.benefits.care_facts import PlanOfCare
from edi_hit.benefits.facts import BilledFact, ClaimFacts, DrugFact, ServiceFact
from edi_hit.benefits.spans import Span
from edi_hit.benefits.supplier_facts import SupplierFacts
from edi_hit.reference import Tables

Tabled = tuple[str, dict[str, str]]
"""A table's name and a row of it, by column of its CSV."""

A_B_MAC, DME_MAC = "10112", "18003"
NOTHING = "none"
_TABLES = Tables.packaged()
_MEMBER = {"member_id": MEMBER}


def tabled(facts: ClaimFacts, billers: Iterable[str] = ()) -> Iterator[Tabled]:
    """Give every row of what is on file, but for what settings say: that history or suppliers are complete.

    What is known of the supplier is known of each of `billers`.
    """
    for payer, lines in ((A_B_MAC, facts.visits), (DME_MAC, facts.drugs), (DME_MAC, facts.equipment)):
        yield from (("claim_line", billed(line, payer)) for line in lines)
    yield from (("claim_line", billed(line, line.payer)) for line in facts.services)
    for one in facts.coverage:
        yield "coverage", {**_MEMBER, "kind": one.kind, **_days(one.span)}
    for span in facts.complete_spans:
        yield "complete_history", {**_MEMBER, **_days(span)}
    for number, plan in enumerate(facts.plans):
        yield "plan_of_care", _plan(f"P{number}", plan)
    for episode in facts.episodes:
        discharged = _day(episode.discharged_on)
        yield "hit_episode", {**_MEMBER, "started_on": f"{episode.started_on}", "discharged_on": discharged}
    for record in facts.visit_records:
        said = {
            name: _flag(getattr(record, name)) for name in ("in_home", "drug_given", "pump_training_only")
        }
        yield "visit_record", {**_MEMBER, "on_day": f"{record.on}", **said}
    for year, left in facts.deductible_left.items():
        met = _TABLES.part_b_deductible(date(year, 12, 31)).amount - left
        known = {"calendar_year": f"{year}", "met": f"{met}", "known_on": f"{year}-01-01"}
        yield "deductible", _MEMBER | known
    for biller in billers:
        if facts.supplier is not None:
            yield from _of_supplier(biller, facts.supplier)


def billed(line: BilledFact, payer: str) -> dict[str, str]:
    """Give the row of a line billed earlier."""
    row = {"npi": line.supplier, "claim_id": line.claim, "line": f"{line.line}", "code": line.code}
    row |= {"service_date": f"{line.on}", "payer": payer, "outcome": line.outcome} | _MEMBER
    if isinstance(line, ServiceFact):
        row |= {"service_through": f"{line.through}", "modifiers": " ".join(line.modifiers)}
    if isinstance(line, DrugFact):
        row |= {"modifiers": " ".join(line.modifiers), "place_of_service": line.place_of_service}
    return row


def _of_supplier(biller: str, supplier: SupplierFacts) -> Iterator[Tabled]:
    by = {"npi": biller}
    yield "supplier", {**by, "attests_24_7": _flag(supplier.attests_24_7)}
    for enrolment in supplier.enrolments:
        yield "enrolment", {**by, "kind": enrolment.kind, **_days(enrolment.span)}
    for held in supplier.accreditations:
        yield "accreditation", {**by, "organization": held.organization, **_days(held.span)}
    for licence in supplier.licences:
        yield "licence", {**by, "state": licence.state, **_days(licence.span)}


def _plan(name: str, plan: PlanOfCare) -> dict[str, str]:
    row = {**_MEMBER, "plan": name, **_days(plan.span), "is_signed": _flag(plan.is_signed)}
    for column in ("therapy_type", "amount", "duration", "drug", "dose", "frequency", "visit_frequency"):
        row[column] = _known(getattr(plan, column))
    row |= {
        "discipline": _known(plan.discipline),
        "applicable_provider_npi": _known(plan.applicable_provider),
    }
    for column in ("signed_on", "changed_on", "re_signed_on", "options_notified_on"):
        row[column] = _day(getattr(plan, column))
    row |= {"reviewed_on": _words(plan.reviewed_on), "services": _words(plan.services)}
    return row


def _words(values: tuple[Any, ...] | None) -> str:
    return _known(None if values is None else " ".join(map(str, values)))


def _known(text: str | None) -> str:
    return "" if text is None else text or NOTHING


def _flag(value: bool | None) -> str:
    return "" if value is None else "Y" if value else "N"


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _days(span: Span) -> dict[str, str]:
    return {"effective_from": span.start.isoformat(), "effective_through": _day(span.end)}


LONG_AFTER = timedelta(days=60)
"""After so long no claim waits for its drug any more."""
