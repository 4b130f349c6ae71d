"""What is known of some people while their claims are decided: their past, and the claims of the run."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from edi_hit.adjudication.billed_lines import LineFacts, billed_lines
from edi_hit.adjudication.day_readers import DayReaders
from edi_hit.adjudication.line_index import SeenLines, Sees
from edi_hit.adjudication.past import Past
from edi_hit.adjudication.person_lines import PersonLines, RunClaim
from edi_hit.adjudication.receipt import Receipt
from edi_hit.benefits import deductible_taken
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import ClaimFacts, ClaimForm, Outcome, supplier_key
from edi_hit.benefits.supplier_facts import SupplierFacts
from edi_hit.claims import Claim, InstitutionalView
from edi_hit.profiles import History, RunSettings
from edi_hit.reference import Tables

VOID = "8"
"""CLM05-3 of a claim that takes back an earlier one: it bills nothing."""

_UNANSWERED: Final = Outcome.UNANSWERED
_DENIED: Final = Outcome.DENIED
_PAID: Final = Outcome.PAID
_INSTITUTIONAL: Final = ClaimForm.INSTITUTIONAL
_PROFESSIONAL: Final = ClaimForm.PROFESSIONAL
_COMPLETE: Final = History.COMPLETE

SENT_BACK = (State.REJECTED, State.RETURNED)
"""States of a claim that is to be sent again: it bills nothing."""


def outcome_of(decision: ClaimDecision, line: LineDecision) -> Outcome:
    """Give what became of a line, by what was decided on it and its claim."""
    if decision.state not in ANSWERED:
        return _UNANSWERED
    return _DENIED if line.denied else _PAID


class _Person:
    """One person: what is known of the past, and the claims of the run; who looked at what, where watched."""

    def __init__(self, past: Past, readers: DayReaders | None) -> None:
        self.past = past
        self.readers = readers
        self.lines = PersonLines(past.lines)
        self.claims = {-number: self.lines.add(lines, None) for number, lines in past.apart.items()}

    def tell(self, claim: RunClaim) -> None:
        """Whoever looked at a claim that has changed is due."""
        if self.readers is not None:
            self.lines.tell(claim, self.readers)

    def decided(self, claim: RunClaim, told: object) -> None:
        """Note what is known of a claim by now; where that is another thing, whoever looked at it is due."""
        if self.readers is not None and told != claim.told:
            claim.told = told
            self.tell(claim)

    def asks(self, ordinal: int, years: Iterable[int]) -> None:
        """Note that a claim is asked, and of which years it is told what is left of a deductible."""
        if self.readers is not None:
            self.readers.due.discard(ordinal)
            for year in years:
                self.readers.note(ordinal, self.lines, date(year, 1, 1), date(year, 1, 1))


class BatchHistory:
    """Facts for the claims of some people.

    All drug claims of the run are known before the first visit is decided, as a contractor holds a visit
    back until the drug arrives. A visit is *unanswered* until its claim is decided, and stays so where the
    claim is pended or not answered. Claims whose member id names nobody share no history, and none is
    complete for them.
    """

    def __init__(
        self,
        tables: Tables,
        settings: RunSettings,
        pasts: Mapping[str, Past] | None = None,
        suppliers: Mapping[str, SupplierFacts] | None = None,
        as_of: date | None = None,
        watched: frozenset[str] = frozenset(),
    ) -> None:
        """Take what is known of people, by what they are called, and of suppliers.

        `as_of` is the day the claims are asked about; None where no claim can wait for its drug. `watched`
        are the people of whom `due` is asked.
        """
        self._tables = tables
        self._settings = settings
        self._facts = LineFacts(tables)
        self._pasts = pasts or {}
        self._suppliers = suppliers or {}
        self._as_of = as_of
        self._watched = watched
        self._people: dict[str, _Person] = {}

    def _person(self, called: str) -> _Person:
        person = self._people.get(called)
        if person is None:
            readers = DayReaders() if called in self._watched else None
            person = self._people[called] = _Person(self._pasts.get(called) or Past(), readers)
        return person

    def add_billed(self, called: str | None, ordinal: int, claim: Claim, receipt: Receipt) -> None:
        """Note what a claim bills for a person. `ordinal` numbers the claim in the run."""
        if called is not None and claim.frequency != VOID:
            person = self._person(called)
            person.claims[ordinal] = person.lines.add(self._facts.all(billed_lines(claim)), receipt.rank)
            if person.readers is not None:
                person.readers.due.add(ordinal)

    def add_decided(self, called: str | None, ordinal: int, decision: ClaimDecision) -> None:
        """Replace what a claim billed by what was decided on it."""
        if called is None:
            return
        person = self._person(called)
        held = person.claims.get(ordinal)
        if held is None:
            return
        if decision.state in SENT_BACK:
            person.lines.take_out(held)
            person.decided(held, decision.state)
        else:
            outcomes = {line.line: outcome_of(decision, line) for line in decision.lines}
            taken = self._deductible_of(decision)
            person.lines.put_back(held, outcomes, taken)
            person.decided(held, (outcomes, taken))

    def take_out(self, called: str | None, ordinal: int) -> None:
        """Leave a claim's lines out of what is known; a past one by its number in the ledger, negative."""
        claim = self._person(called).claims.get(ordinal) if called is not None else None
        if called is not None and claim is not None and not claim.is_out:
            self._person(called).lines.take_out(claim)
            self._person(called).tell(claim)

    def bring_back(self, called: str | None, ordinal: int) -> None:
        """Take in again the lines of a claim that were left out."""
        claim = self._person(called).claims.get(ordinal) if called is not None else None
        if called is not None and claim is not None and claim.is_out:
            self._person(called).lines.bring_back(claim)
            self._person(called).tell(claim)

    def due(self, called: str | None) -> frozenset[int]:
        """Give the claims of a watched person, by ordinal, not asked since what they saw has changed."""
        readers = None if called is None else self._person(called).readers
        return frozenset() if readers is None else frozenset(readers.due)

    def _deductible_of(self, decision: ClaimDecision) -> dict[int, Decimal]:
        """What a claim takes of the deductible, by year: nothing where it is not answered."""
        taken: dict[int, Decimal] = {}
        for line in decision.lines if decision.state in ANSWERED else ():
            amount = deductible_taken(decision.benefit, line, self._settings)
            if amount and line.date is not None:
                taken[line.date.year] = taken.get(line.date.year, Decimal(0)) + amount
        return taken

    def facts(self, called: str | None, ordinal: int, claim: Claim, receipt: Receipt) -> ClaimFacts:
        """Give what is known besides a claim: of its person, of its supplier, and of its receipt.

        Its own lines are no part of it, nor of what others know, until `add_decided` brings them back. Of
        other claims it gives what stands when it is looked at.
        """
        known = ClaimFacts(
            supplier=self._suppliers.get(supplier_key(claim.billing_provider.party)),
            suppliers_complete=self._settings.suppliers is _COMPLETE,
            received_on=receipt.on,
            as_of=self._as_of,
            waited=receipt.waited,
            form=_form(claim),
        )
        if called is None:
            return known
        person = self._person(called)
        past, lines = person.past, person.lines
        if ordinal in person.claims:
            lines.take_out(person.claims[ordinal])
        days = {line.service_dates.start for line in claim.lines if line.service_dates}
        sees = _sees(days, receipt)
        left, readers = self._deductible_left(person, days), person.readers
        person.asks(ordinal, left)
        return msgspec.structs.replace(
            known,
            visits=SeenLines(lines.visits, sees, (), readers, ordinal),
            drugs=SeenLines(lines.drugs, None, (), readers, ordinal),
            equipment=SeenLines(lines.equipment, None, (), readers, ordinal),
            services=SeenLines(lines.services, sees, (), readers, ordinal),
            complete=self._settings.history is _COMPLETE,
            complete_spans=past.complete_spans,
            coverage=past.coverage,
            plans=past.plans,
            episodes=past.episodes,
            visit_records=past.visit_records,
            deductible_left=left,
        )

    def _deductible_left(self, person: _Person, days: set[date]) -> dict[int, Decimal]:
        """What is left of the deductible, for the years of the claim of which it is known."""
        left: dict[int, Decimal] = {}
        if self._settings.deductible_left is None and not person.past.deductibles:
            return left
        if self._settings.deductible_left is not None and days:
            left[min(days).year] = self._settings.deductible_left
        for year in {day.year for day in days}:
            on_file = person.past.deductible_left(year, self._tables)
            if on_file is not None:
                left[year] = on_file
        return {
            year: max(amount - person.lines.deductible.get(year, Decimal(0)), Decimal(0))
            for year, amount in left.items()
        }


def _form(claim: Claim) -> ClaimForm:
    return _INSTITUTIONAL if isinstance(claim, InstitutionalView) else _PROFESSIONAL


def _sees(days: set[date], receipt: Receipt) -> Sees:
    """Give what of the lines not decided yet a claim with these days is held against.

    Such a line counts where it came in with the claim and lies before a day of it; one on a day of the claim
    does not: it is held against this claim when its own turn comes.
    """
    last = max(days) if days else date.min
    return lambda rank, on: rank == receipt.rank and on < last and on not in days
