"""What a declaration could not read, and the finding it becomes."""

from collections.abc import Iterable

import msgspec

from edi_hit.guides import Loop
from edi_hit.guides.loop import Placed
from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.fields import WrongValueError
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import Segment, TransactionSet, place_of


class Problem(msgspec.Struct, frozen=True):
    """An element that does not hold what its field needs, or a required field with no value.

    `conversion` is None where there is no value; `segment` where the loop that should hold the field did not
    come.
    """

    field: str
    loop: str
    label: str
    position: int
    component: int | None
    conversion: Conversion | None
    segment: Segment | None
    value: str


def wrong_value(name: str, loop: Loop, placed: Placed, wrong: WrongValueError) -> Problem:
    """The problem of an element of a segment that the field `name` could not read."""
    node, elements, segment = placed
    at = wrong.position
    value = elements[at] if len(elements) > at else ""
    return Problem(name, loop.id, node.label, at, wrong.component, wrong.conversion, segment, value)


def distinct(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, each place once: one missing segment may leave several fields without a value."""
    places: dict[tuple[object, ...], Problem] = {}
    for p in problems:
        index = p.segment.index if p.segment else None
        places.setdefault((index, p.loop, p.label, p.position, p.component), p)
    return list(places.values())


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
