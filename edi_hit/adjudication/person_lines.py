"""The lines of one person, by what they are to the rules: those of the past, then those of the run."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from edi_hit.adjudication.line_index import LineIndex, Waiting
from edi_hit.benefits.facts import BilledFact, DrugFact, EquipmentFact, Outcome, ServiceFact, VisitFact


class RunClaim:
    """What one claim of the run bills: its lines with their places. `waiting` until it is decided."""

    def __init__(self, lines: list[tuple[int, BilledFact]], waiting: Waiting) -> None:
        self.lines = lines
        self.waiting = waiting
        self.is_out = False


class PersonLines:
    """Every line of a person that rules may ask for, but for those of a claim that is taken out."""

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
        self._places = 0
        self._put(self._placed(past), None)

    def add(self, lines: Iterable[BilledFact], waiting: Waiting) -> RunClaim:
        """Put in the lines of a claim of the run, behind all others."""
        claim = RunClaim(self._placed(lines), waiting)
        self._put(claim.lines, waiting)
        return claim

    def take_out(self, claim: RunClaim) -> None:
        """Take out the lines of a claim, if they are not yet."""
        if not claim.is_out:
            for place, line in claim.lines:
                self._of[type(line)].take_out(place, line, claim.waiting)
            claim.is_out = True

    def put_back(self, claim: RunClaim, outcomes: Mapping[int, Outcome]) -> None:
        """Put the lines of a claim that is decided in again, with their outcomes by number of the line.

        A line that has none is unanswered.
        """
        self.take_out(claim)
        claim.lines = [
            (place, _with_outcome(line, outcomes.get(line.line, Outcome.UNANSWERED)))
            for place, line in claim.lines
        ]
        claim.waiting, claim.is_out = None, False
        self._put(claim.lines, None)

    def bring_back(self, claim: RunClaim) -> None:
        """Put the lines of a claim that was taken out in again, as they were."""
        if claim.is_out:
            claim.is_out = False
            self._put(claim.lines, claim.waiting)

    def _placed(self, lines: Iterable[BilledFact]) -> list[tuple[int, BilledFact]]:
        placed = list(enumerate(lines, self._places))
        self._places += len(placed)
        return placed

    def _put(self, lines: Iterable[tuple[int, BilledFact]], waiting: Waiting) -> None:
        for place, line in lines:
            self._of[type(line)].put(place, line, waiting)


def _with_outcome(line: BilledFact, outcome: Outcome) -> BilledFact:
    return line if line.outcome is outcome else msgspec.structs.replace(line, outcome=outcome)
