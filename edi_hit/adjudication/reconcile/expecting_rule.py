"""Which rule of a decision led to what was expected of the payer."""

from collections.abc import Iterator

import msgspec

from edi_hit.adjudication.reconcile.amounts import PATIENT
from edi_hit.adjudication.reconcile.difference import Difference, Kind
from edi_hit.benefits import declared_adjustment, payment_rules
from edi_hit.benefits.decision import ClaimDecision, LineDecision
from edi_hit.rules import Answer, RuleAnswer

_UNEXPECTED = (Kind.CLAIM_UNEXPECTED, Kind.LINE_UNEXPECTED)


def with_rule(difference: Difference, decision: ClaimDecision, control: str) -> Difference:
    """Name the rule that led to what was expected, and what it said.

    Of a denied line that is the rule that denied it; of a paid one the rule that set the amount, or the
    patient's share. `control` is REF*6R of the line. A claim that was decided not to be answered has no rule:
    `detail` then says why.
    """
    line = None if difference.kind in _UNEXPECTED else _line(difference, decision, control)
    rule = None if line is None else next(_rules(difference, line), None)
    if rule is not None:
        return msgspec.structs.replace(difference, rule=rule.id, detail=rule.detail)
    return msgspec.structs.replace(difference, detail=decision.reason or "")


def _line(difference: Difference, decision: ClaimDecision, control: str) -> LineDecision | None:
    """The line the difference is of; for a claim as a whole the first that was decided like the claim."""
    if difference.line is None:
        wanted = difference.kind is Kind.PAID
        alike = (line for line in decision.lines if line.denied == wanted)
        return next(alike, None) or next(iter(decision.lines), None)
    by_control = (line for line in decision.lines if control and line.control == control)
    by_number = (line for line in decision.lines if line.line == difference.line)
    return next(by_control, None) or next(by_number, None)


def _rules(difference: Difference, line: LineDecision) -> Iterator[RuleAnswer]:
    """The rules that may be meant, the best first."""
    if line.denied:
        yield from (rule for rule in line.rules if rule.codes)
        yield from (rule for rule in line.rules if rule.answer in (Answer.NOT_MET, Answer.UNKNOWN))
    told = [rule for rule in line.rules if rule.id in payment_rules() and rule.answer is Answer.MET]
    for wanted in _wanted(difference):
        yield from (rule for rule in told if wanted in " ".join(declared_adjustment(rule.id)))
    yield from told


def _wanted(difference: Difference) -> tuple[str, ...]:
    """The adjustments a rule must declare to be meant, where the payment itself is as expected."""
    if difference.kind is Kind.PATIENT_SHARE:
        return difference.reason, PATIENT
    if difference.kind is Kind.REASON:
        listed = (difference.expected or "").split(", ")
        return tuple(" ".join(item.split(" ")[:2]) for item in listed)
    return ()
