"""Turns what a declaration could not read into findings."""

from edi_hit.mapping.loop_mapping import Problem
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import TransactionSet, place_of


def problem_finding(problem: Problem, transaction_set: TransactionSet, claim: str | None) -> Finding:
    """Make the finding of `problem`; `claim` is the CLM01 it belongs to, where it belongs to one."""
    place: dict[str, object] = {"loop": problem.loop, "claim": claim}
    if problem.segment is not None:
        element = problem.position or None
        place |= place_of(problem.segment, transaction_set, element=element, component=problem.component)
    else:
        place |= place_of(transaction_set.segment, transaction_set)
    name = (
        problem.label if not problem.position else f"{problem.label.partition('*')[0]}{problem.position:02d}"
    )
    if problem.conversion is None:
        rule = load_rules("edi_hit.guides")["X12-SNIP2"]
        what = name if problem.position else f"Loop or segment {name}"
        ack = "IK403 1" if problem.position else "IK304 3"
        return rule.finding(f"{what} is required and has no value", **place, ack=ack)
    rule = load_rules("edi_hit.x12")[problem.conversion.rule]
    value = problem.segment.delimiters.shown(problem.value) if problem.segment else problem.value
    message = f"{name} is not {problem.conversion.name}"
    return rule.finding(message, **place, ack=problem.conversion.ack, value=value)
