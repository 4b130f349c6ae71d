"""The lines of one person, by what they are to the rules: those of the past, then those of the run."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from edi_hit.adjudication.day_readers import DayReaders
from edi_hit.adjudication.line_index import LineIndex, Waiting
from edi_hit.benefits.facts import BilledFact, DrugFact, EquipmentFact, Outcome, ServiceFact, VisitFact

_NOTHING: Final = Decimal(0)
_UNANSWERED: Final = Outcome.UNANSWERED


class RunClaim:
    """What one claim of the run bills: its lines with their places. `waiting` until it is decided.

    `deductible` is what it took of the deductible when it was decided, in dollars by year, and `years` those
    of which it ever took some; `told` is what was last decided, as others see it.
    """

    def __init__(self, lines: list[tuple[int, BilledFact]], waiting: Waiting) -> None:
        self.lines = lines
        self.waiting = waiting
        self.is_out = False
        self.deductible: dict[int, Decimal] = {}
        self.years: set[int] = set()
        self.told: object = None


class PersonLines:
    """Every line of a person that rules may ask for, but for those of a claim that is taken out.

    `deductible` is what the claims of the run took, in dollars by year, but for those that are taken out.
    """

    def __init__(self, past: Iterable[BilledFact] = ()) -> None:
        self.visits = LineIndex[VisitFact]()
        self.drugs = LineIndex[DrugFact]()
        self.equipment = LineIndex[EquipmentFact]()
        self.services = LineIndex[ServiceFact]()
        self._of: dict[type[BilledFact], LineIndex[Any]] = {
            VisitFact: self.visits,
            DrugFact: self.drugs,
            EquipmentFact: self.equipment,
            ServiceFact: self.services,
        }
        self.deductible: dict[int, Decimal] = {}
        self._places = 0
        self._put(self._placed(past), None)

    def add(self, lines: Iterable[BilledFact], waiting: Waiting) -> RunClaim:
        """Put in the lines of a claim of the run, behind all others."""
        claim = RunClaim(self._placed(lines), waiting)
        self._put(claim.lines, waiting)
        return claim

    def take_out(self, claim: RunClaim) -> None:
        """Take out the lines of a claim and what it took of the deductible, if they are not yet."""
        if not claim.is_out:
            for place, line in claim.lines:
                self._of[type(line)].take_out(place, line, claim.waiting)
            for year, amount in claim.deductible.items():
                self.deductible[year] -= amount
            claim.is_out = True

    def put_back(
        self, claim: RunClaim, outcomes: Mapping[int, Outcome], deductible: dict[int, Decimal]
    ) -> None:
        """Put the lines of a claim that is decided in again, with their outcomes by number of the line.

        A line that has none is unanswered. `deductible` is what the claim took, in dollars by year.
        """
        self.take_out(claim)
        claim.deductible = deductible
        claim.years.update(deductible)
        claim.lines = [
            (place, _with_outcome(line, outcomes.get(line.line, _UNANSWERED))) for place, line in claim.lines
        ]
        claim.waiting = None
        self.bring_back(claim)

    def bring_back(self, claim: RunClaim) -> None:
        """Put the lines of a claim that was taken out, and what it took, in again as they were."""
        if claim.is_out:
            claim.is_out = False
            self._put(claim.lines, claim.waiting)
            for year, amount in claim.deductible.items():
                self.deductible[year] = self.deductible.get(year, _NOTHING) + amount

    def tell(self, claim: RunClaim, readers: DayReaders) -> None:
        """Tell who looked at the lines of a claim, or at what is left of a deductible it took from."""
        for _, line in claim.lines:
            last = line.through if isinstance(line, ServiceFact) else line.on
            readers.changed(self._of[type(line)], line.on, last)
        for year in claim.years:
            readers.changed(self, date(year, 1, 1), date(year, 1, 1))

    def _placed(self, lines: Iterable[BilledFact]) -> list[tuple[int, BilledFact]]:
        placed = list(enumerate(lines, self._places))
        self._places += len(placed)
        return placed

    def _put(self, lines: Iterable[tuple[int, BilledFact]], waiting: Waiting) -> None:
        for place, line in lines:
            self._of[type(line)].put(place, line, waiting)


def _with_outcome(line: BilledFact, outcome: Outcome) -> BilledFact:
    return line if line.outcome is outcome else msgspec.structs.replace(line, outcome=outcome)
