"""Says where a required field that has no value should have stood."""

from collections.abc import Sequence
from typing import Any

from edi_hit.guides import Loop
from edi_hit.mapping.declaration import Declaration
from edi_hit.mapping.fields import Field, Values
from edi_hit.mapping.named_elements import names
from edi_hit.mapping.problems import Problem


def missing_value(
    declaration: Declaration[Any], name: str, loop: Loop, fields: Sequence[Field] = ()
) -> Problem:
    """The problem of the required field `name`: at its segment where that came, else at the loop's first.

    `fields` are those of the nested structure the field belongs to, where it belongs to one.
    """
    opener = loop.segments[0][2] if loop.segments else None
    for field in fields or declaration.fields:
        if field.name == name:
            held = next((segment for node, _, segment in loop.segments if names(field, node)), None)
            position, component = field.position() if held else (0, None)
            return Problem(name, loop.id, field.labels[0], position, component, None, held or opener, "")
    for child in declaration.children:
        if child.name == name:
            return Problem(name, child.loop_id, child.loop_id, 0, None, None, opener, "")
    label = next(group.fields[0].labels[0] for group in declaration.nested if group.name == name)
    return Problem(name, loop.id, label, 0, None, None, opener, "")


def was_told(declaration: Declaration[Any], name: str, values: Values, loop: Loop) -> bool:
    """Whether the loop that holds the field did come, so that its own problem was reported."""
    if name in values:
        return True
    loops = {child.loop_id for child in declaration.children if child.name == name}
    return any(held.id in loops for held in loop.loops)
