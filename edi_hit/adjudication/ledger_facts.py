"""What a ledger knows of a person and a supplier, as the facts that rules ask for."""

from collections.abc import Iterator
from datetime import date

from edi_hit.adjudication.billed_lines import BilledLine
from edi_hit.benefits.care_facts import CoverageFact, CoverageKind, EpisodeFact, PlanOfCare, VisitRecord
from edi_hit.benefits.facts import Outcome
from edi_hit.benefits.spans import Span
from edi_hit.benefits.supplier_facts import (
    AccreditationFact,
    Enrolment,
    EnrolmentFact,
    LicenceFact,
    SupplierFacts,
)
from edi_hit.ledger import KnownPerson, KnownSupplier, LedgerRow


def known_lines(person: KnownPerson, but: frozenset[int] = frozenset()) -> Iterator[BilledLine]:
    """Give the lines billed earlier that have a day, without those of the claims numbered in `but`."""
    for row in person.lines:
        if row.service_date is not None and row.claim not in but:
            yield BilledLine(
                on=row.service_date,
                through=row.service_through or row.service_date,
                code=row.code,
                modifiers=tuple(row.modifiers.split()),
                place_of_service=row.place_of_service,
                supplier=row.supplier,
                payer=row.payer,
                claim=row.claim_id,
                line=row.line,
                outcome=Outcome(row.outcome),
            )


def coverage_facts(person: KnownPerson) -> tuple[CoverageFact, ...]:
    """Give the spans of coverage and stays."""
    return tuple(CoverageFact(CoverageKind(row.kind), _span(row)) for row in person.coverage)


def complete_spans(person: KnownPerson) -> tuple[Span, ...]:
    """Give the spans of which the history is complete."""
    return tuple(_span(row) for row in person.complete_history)


def episode_facts(person: KnownPerson) -> tuple[EpisodeFact, ...]:
    """Give the episodes of home infusion therapy."""
    return tuple(EpisodeFact(row.started_on, row.discharged_on) for row in person.hit_episode)


def visit_records(person: KnownPerson) -> tuple[VisitRecord, ...]:
    """Give what the records of visits say."""
    return tuple(
        VisitRecord(row.on_day, row.in_home, row.drug_given, row.pump_training_only)
        for row in person.visit_record
    )


def plans_of_care(person: KnownPerson) -> tuple[PlanOfCare, ...]:
    """Give the plans of care."""
    return tuple(_plan(row) for row in person.plan_of_care)


def supplier_facts(supplier: KnownSupplier) -> SupplierFacts:
    """Give what is known of a supplier."""
    (attests,) = [row.attests_24_7 for row in supplier.supplier] or [None]
    return SupplierFacts(
        enrolments=tuple(EnrolmentFact(Enrolment(row.kind), _span(row)) for row in supplier.enrolment),
        accreditations=tuple(
            AccreditationFact(row.organization, _span(row)) for row in supplier.accreditation
        ),
        licences=tuple(LicenceFact(row.state, _span(row)) for row in supplier.licence),
        attests_24_7=attests,
    )


def _span(row: LedgerRow) -> Span:
    return Span(row.effective_from, row.effective_through)


def _plan(row: LedgerRow) -> PlanOfCare:
    return PlanOfCare(
        span=_span(row),
        applicable_provider=row.applicable_provider_npi,
        therapy_type=row.therapy_type,
        amount=row.amount,
        duration=row.duration,
        drug=row.drug,
        dose=row.dose,
        frequency=row.frequency,
        visit_frequency=row.visit_frequency,
        discipline=row.discipline,
        is_signed=row.is_signed,
        signed_on=row.signed_on,
        changed_on=row.changed_on,
        re_signed_on=row.re_signed_on,
        reviewed_on=None if row.reviewed_on is None else tuple(map(date.fromisoformat, row.reviewed_on)),
        options_notified_on=row.options_notified_on,
        services=None if row.services is None else tuple(row.services),
    )
