"""The past of one person, as a ledger has it, in the facts that rules ask for."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.adjudication.billed_lines import LineFacts
from edi_hit.adjudication.ledger_facts import (
    complete_spans,
    coverage_facts,
    episode_facts,
    known_lines,
    plans_of_care,
    visit_records,
)
from edi_hit.benefits.care_facts import CoverageFact, EpisodeFact, PlanOfCare, VisitRecord
from edi_hit.benefits.facts import BilledFact
from edi_hit.benefits.spans import Span
from edi_hit.ledger import KnownPerson
from edi_hit.reference import Tables
from edi_hit.rules import ReferenceDataMissing


class DeductibleMet(msgspec.Struct, frozen=True):
    """How much of a year's deductible was met by the day it was known on, and taken from then on."""

    met: Decimal
    taken_since: Decimal


class Past(msgspec.Struct, frozen=True):
    """What is known of one person; without a ledger, nothing."""

    lines: tuple[BilledFact, ...] = ()
    complete_spans: tuple[Span, ...] = ()
    coverage: tuple[CoverageFact, ...] = ()
    plans: tuple[PlanOfCare, ...] = ()
    episodes: tuple[EpisodeFact, ...] = ()
    visit_records: tuple[VisitRecord, ...] = ()
    deductibles: dict[int, DeductibleMet] = {}
    apart: dict[int, tuple[BilledFact, ...]] = {}
    """Lines of claims, by number, whose answers may be taken back."""

    def deductible_left(self, year: int, tables: Tables) -> Decimal | None:
        """Give what is left of a year's Part B deductible, in dollars; None where it is not known."""
        known = self.deductibles.get(year)
        if known is None:
            return None
        try:
            whole = tables.part_b_deductible(date(year, 12, 31)).amount
        except ReferenceDataMissing:
            return None
        return whole - known.met - known.taken_since


def past_of(person: KnownPerson, but: frozenset[int], apart: frozenset[int], facts: LineFacts) -> Past:
    """Give a person's past from a ledger's rows, without the lines of the claims numbered in `but`.

    Those of the claims numbered in `apart` are kept apart.
    """
    return Past(
        lines=tuple(facts.all(known_lines(person, but | apart))),
        complete_spans=complete_spans(person),
        coverage=coverage_facts(person),
        plans=plans_of_care(person),
        episodes=episode_facts(person),
        visit_records=visit_records(person),
        apart=_apart(person, apart - but, facts),
        deductibles={
            row.calendar_year: DeductibleMet(row.met, _taken(person, row.calendar_year, row.known_on, but))
            for row in person.deductible
        },
    )


def _apart(
    person: KnownPerson, claims: frozenset[int], facts: LineFacts
) -> dict[int, tuple[BilledFact, ...]]:
    theirs: dict[int, KnownPerson] = {}
    for row in person.lines:
        if row.claim in claims:
            theirs.setdefault(row.claim, KnownPerson([])).lines.append(row)
    return {number: tuple(facts.all(known_lines(lines))) for number, lines in theirs.items()}


def _taken(person: KnownPerson, year: int, since: date, but: frozenset[int]) -> Decimal:
    """What lines of a year took of its deductible, in answers given from a day on.

    What the claims in `but` took before that day is given back: they are answered again.
    """
    taken = Decimal(0)
    for row in person.lines:
        if not row.deductible or row.service_date is None or row.service_date.year != year:
            continue
        if row.answered_on is not None:
            if row.answered_on >= since:
                taken += 0 if row.claim in but else row.deductible
            elif row.claim in but:
                taken -= row.deductible
    return taken
