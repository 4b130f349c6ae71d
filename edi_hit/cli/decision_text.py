"""Decisions and totals as lines of text for a terminal."""

from collections.abc import Iterator
from decimal import Decimal

from edi_hit.benefits import payment_rules
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.cli.finding_text import shown
from edi_hit.jobs.adjudicate import RunResult
from edi_hit.reference import amount_text
from edi_hit.rules import Answer, RuleAnswer

_NAMED = 4
"""Most rules whose unknown answer is told of a line by their ids."""


def decision_lines(decision: ClaimDecision) -> Iterator[str]:
    """Yield what was decided on a claim, a line for each service, and why."""
    benefit = f", {decision.benefit}" if decision.benefit else ""
    yield f"Claim {shown(decision.claim)}: {decision.state}{benefit}"
    if decision.reason:
        yield f"    {decision.reason}"
    if decision.former:
        yield f"    in place of: {decision.former.state}, paid {_dollars(decision.former.paid)}"
    for line in decision.lines:
        yield from _line(line)


def _line(line: LineDecision) -> Iterator[str]:
    code = shown(" ".join((line.code, *line.modifiers)))
    paid = "" if line.paid is None else f", allowed {_dollars(line.allowed)}, paid {_dollars(line.paid)}"
    yield f"  {line.line}. {code} {line.date or ''}: charge {_dollars(line.charge)}{paid}"
    for rule in line.rules:
        if _worth_showing(rule):
            yield f"       {rule.id} {rule.answer}: {shown(rule.detail)}"
    yield from _unknown(line)


def _worth_showing(rule: RuleAnswer) -> bool:
    return rule.answer is Answer.NOT_MET or (rule.answer is Answer.MET and rule.id in payment_rules())


def _unknown(line: LineDecision) -> Iterator[str]:
    """Name the rules whose answer is unknown, those let pass apart from those that hold the line up."""
    open_rules = [rule for rule in line.rules if rule.answer is Answer.UNKNOWN]
    for assumed, said in ((False, "unknown"), (True, "unknown, assumed met")):
        ids = [rule.id for rule in open_rules if rule.assumed is assumed]
        if len(ids) > _NAMED:
            yield f"       {said}: {len(ids)} rules (edi-hit explain names them)"
        elif ids:
            yield f"       {said}: {', '.join(ids)}"


def _dollars(amount: Decimal | None) -> str:
    return "-" if amount is None else amount_text(amount)


def total_lines(result: RunResult) -> Iterator[str]:
    """Yield the sums of a run and the files written."""
    totals = result.totals
    states = ", ".join(f"{count} {state}" for state, count in totals.states.items() if count)
    yield ""
    yield f"{totals.claims} claims ({states or 'none'}), {totals.lines} lines, {totals.denied_lines} denied"
    yield (
        f"charged {amount_text(totals.charged)} ({amount_text(totals.charged_answered)} with an answer), "
        f"allowed {amount_text(totals.allowed)}, "
        f"paid {amount_text(totals.paid)}, "
        f"patient responsibility {amount_text(totals.patient_responsibility)}"
    )
    if totals.unknown:
        yield f"{totals.unknown} lines have a rule whose answer is unknown"
    if result.reanswered:
        yield f"{result.reanswered} earlier answers rested on answers taken back, and were given again"
    yield from reopen_lines(result.people_to_reopen)
    yield "wrote " + ", ".join(str(path) for path in result.outputs)


def reopen_lines(people: int) -> Iterator[str]:
    """Say to how many people earlier answers may rest on what was taken back, and what answers them again."""
    if people:
        told = "earlier answers may rest on what was taken back"
        yield f"to {people} people {told}: edi-hit ledger reopen"
