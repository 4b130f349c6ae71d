"""Runs stories against facts in memory, the way a run's history grows."""

from collections.abc import Callable
from typing import Any

import msgspec
from story_files import Answered, Expected, ExpectedLine, Story, StoryClaim, to_facts

from edi_hit.benefits import answer
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision
from edi_hit.benefits.facts import ClaimFacts, ClaimForm, Outcome, VisitFact
from edi_hit.claims import Claim
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables

Answerer = Callable[[Claim, ClaimFacts, Tables, RunSettings], ClaimDecision]
Told = tuple[Expected, ClaimDecision]
_LISTS = ("visits", "drugs", "equipment", "services")


class StoryRun:
    """What is on file while a story goes on; `decide` gives the decisions that are expected, in order."""

    def __init__(self, story: Story, answerer: Answerer = answer) -> None:
        self._story = story
        self._answer = answerer
        self._facts = story.facts()
        self._tables = story.loaded_tables()
        self._claims: dict[str, StoryClaim] = {}
        self._visits: dict[str, tuple[VisitFact, ...]] = {}
        self._taken: dict[str, dict[int, Any]] = {}

    def decide(self) -> list[Told]:
        """Go through the steps; give what each decision is to be, and what it is."""
        told: list[Told] = []
        for step in self._story.steps:
            if step.later is not None:
                self._add(step.later)
            if step.outcome is not None:
                self._answered(step.outcome)
            claim = step.claim
            if step.again is not None:
                claim = self._claims[step.again.claim]
                claim = msgspec.structs.replace(claim, as_of=step.again.as_of or claim.as_of)
            if claim is not None:
                decision = self._decide(claim)
                if step.expect is not None:
                    told.append((step.expect, decision))
        return told

    def _add(self, rows: dict[str, Any]) -> None:
        new = to_facts(rows)
        grown = {
            name: (*getattr(self._facts, name), *getattr(new, name)) if name in _LISTS else getattr(new, name)
            for name in rows
        }
        self._facts = msgspec.structs.replace(self._facts, **grown)

    def _answered(self, told: Answered) -> None:
        for name in _LISTS:
            rows = tuple(
                msgspec.structs.replace(row, outcome=told.outcome)
                if (row.claim, row.line) == (told.claim, told.line)
                else row
                for row in getattr(self._facts, name)
            )
            self._facts = msgspec.structs.replace(self._facts, **{name: rows})

    def _decide(self, claim: StoryClaim) -> ClaimDecision:
        self._claims[claim.id] = claim
        others = [visits for key, visits in self._visits.items() if key != claim.id]
        left = dict(self._facts.deductible_left)
        for key, taken in self._taken.items():
            for year, amount in taken.items():
                if key != claim.id and year in left:
                    left[year] -= amount
        facts = msgspec.structs.replace(
            self._facts,
            visits=(*self._facts.visits, *(visit for visits in others for visit in visits)),
            deductible_left=left,
            received_on=claim.received or claim.lines[0].on,
            as_of=claim.as_of,
            form=ClaimForm(claim.form),
        )
        decision = self._answer(claim.build(), facts, self._tables, self._story.run_settings())
        self._note(claim, decision)
        return decision

    def _note(self, claim: StoryClaim, decision: ClaimDecision) -> None:
        answered = decision.state in ANSWERED
        self._visits[claim.id] = tuple(
            VisitFact(line.date, line.code, claim.supplier, claim.id, line.line, _outcome(line, answered))
            for line in decision.lines
            if line.date is not None
        )
        taken: dict[int, Any] = {}
        for line in decision.lines:
            for one in line.adjustments:
                if (one.group, one.carc) == ("PR", "1") and line.date is not None:
                    taken[line.date.year] = taken.get(line.date.year, 0) + one.amount
        self._taken[claim.id] = taken


def _outcome(line: LineDecision, answered: bool) -> Outcome:
    if not answered:
        return Outcome.UNANSWERED
    return Outcome.DENIED if line.denied else Outcome.PAID


def differences(expected: Expected, decision: ClaimDecision) -> list[str]:
    """Give in what a decision is not as expected."""
    pairs = [("state", expected.state, str(decision.state))]
    for name, wanted, got in (
        ("benefit", expected.benefit, decision.benefit),
        ("paid", expected.paid, _text(decision.paid)),
        ("patient", expected.patient, _text(decision.patient_responsibility)),
        ("look_again_on", expected.look_again_on, decision.look_again_on),
    ):
        if wanted is not None:
            pairs.append((name, wanted, got))
    if expected.reason is not None and expected.reason not in (decision.reason or ""):
        pairs.append(("reason", expected.reason, decision.reason))
    for wanted_line, line in zip(expected.lines, decision.lines, strict=bool(expected.lines)):
        pairs.extend(_of_line(wanted_line, line))
    return [f"{name}: expected {wanted}, got {got}" for name, wanted, got in pairs if wanted != got]


def _of_line(expected: ExpectedLine, line: LineDecision) -> list[tuple[str, Any, Any]]:
    rules = {rule.id: rule for rule in line.rules}
    cause = next((rule.id for rule in line.rules if rule.codes and (line.denied or line.paid is None)), None)
    pairs: list[tuple[str, Any, Any]] = []
    for name, wanted, got in (
        ("allowed", expected.allowed, _text(line.allowed)),
        ("paid", expected.paid, _text(line.paid)),
        (
            "adjustments",
            expected.adjustments,
            tuple(f"{a.group} {a.carc} {a.amount}" for a in line.adjustments),
        ),
        ("remarks", expected.remarks, line.remarks),
        ("cause", expected.cause, cause),
    ):
        if wanted is not None:
            pairs.append((f"line {line.line} {name}", wanted, got))
    for rule, answer_ in expected.answers.items():
        pairs.append((f"line {line.line} {rule}", answer_, str(rules[rule].answer)))
    for rule, billed in expected.earlier.items():
        found = rules[rule].earlier
        pairs.append((f"line {line.line} {rule} rests on", billed, found and f"{found.claim} {found.line}"))
    return pairs


def _text(amount: Any) -> str | None:
    return None if amount is None else str(amount)
