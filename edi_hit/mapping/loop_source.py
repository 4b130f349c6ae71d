"""Writes and compiles the Python that composes the segments of a loop: once a declaration and loop.

Of a loop with an address in a structure of its own it is

    def composed(got, out):
        v0_last_name, v0_id, v0_unmapped, g1, = got
        if v0_unmapped: return False
        if g1 is not None:
            v1_line1, v1_line2, = astuple(g1) if g1.__class__ is held_1 else held_2(g1)
        if v0_last_name or v0_id:
            e = ['NM1', ...]
            out.append((held_3, e, None))
        if g1 is not None and (v1_line1 or v1_line2):
            e = ['N3', ...]
            ...
        return True

What is not sent costs one question, and nothing in it comes from a claim.
"""

from collections.abc import Callable, Sequence
from typing import Any

from edi_hit.guides.loop import Placed
from edi_hit.mapping.declaration import Declaration
from edi_hit.mapping.fields import field_names
from edi_hit.mapping.segment_plan import Plan
from edi_hit.mapping.segment_source import Source, indented, sent, unpacked, values_of

Compose = Callable[[tuple[Any, ...], list[Placed]], bool]
"""Adds the segments of a structure to a list, from the values of all its fields. Raises `ComposeError`.

False where it holds what has no place, or something kept from a reading: then no segment is added.
"""


def compiled_segments(declaration: Declaration[Any], plans: Sequence[tuple[int, Plan]]) -> Compose:
    """Compile what composes `plans`, in guide order, each with its structure: 0, or that of one nested."""
    source = Source()
    named = {(group, name) for group, plan in plans for name in plan.names}
    nested = {part.name: f"g{group}" for group, part in enumerate(declaration.nested, 1)}
    unusual = {"unmapped": (), **declaration.undeclared}
    slots = [
        nested.get(name) or _variable(0, name, (0, name) in named or name in unusual)
        for name in field_names(declaration.type)
    ]
    lines = [f"{unpacked(slots)} = got", *_refused(0, unusual)]
    for group, part in enumerate(declaration.nested, 1):
        held = f"g{group}"
        slots = [
            _variable(group, name, (group, name) in named or name in part.undeclared)
            for name in field_names(part.type)
        ]
        by_name = source.name(values_of(field_names(part.type)))
        got = f"astuple({held}) if {held}.__class__ is {source.name(part.type)} else {by_name}({held})"
        inner = [f"{unpacked(slots)} = {got}", *_refused(group, part.undeclared)]
        lines += [f"if {held} is not None:", *indented(inner)]
    for group, plan in plans:
        variables = [_variable(group, name) for name in plan.names]
        is_sent = " or ".join(map(sent, variables, plan.absent))
        condition = f"g{group} is not None and ({is_sent})" if group else is_sent
        lines += [f"if {condition}:", *indented(plan.lines(source, variables))]
    return source.compiled("got, out", [*lines, "return True"])


def _variable(group: int, name: str, is_used: bool = True) -> str:
    return f"v{group}_{name}" if is_used else "_"


def _refused(group: int, defaults: dict[str, Any]) -> list[str]:
    """What ends it where fields without a place hold something."""
    held = " or ".join(sent(_variable(group, name), default) for name, default in defaults.items())
    return [f"if {held}: return False"] if held else []
