"""Where a field of a structure stands in what was read."""

import re
from typing import Any

import msgspec

from edi_hit.guides import Loop
from edi_hit.mapping.declaration import Declaration
from edi_hit.mapping.fields import Field, SegmentField, has_code
from edi_hit.mapping.loop_reader import LoopReader
from edi_hit.mapping.named_elements import names
from edi_hit.mapping.node_reading import RepeatedReading
from edi_hit.x12 import Segment

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


class Where(msgspec.Struct, frozen=True):
    """A segment as read, its loop, and the element and component meant."""

    segment: Segment
    loop: str
    element: int
    component: int | None


def locate(declaration: Declaration[Any], reader: LoopReader, loop: Loop, path: str) -> Where | None:
    """Find where the field at `path` (`charge`, `lines[1].units`) stands in `loop` as read.

    None where the loop or segment did not come. Raises `KeyError` where there is no such field.
    """
    step, _, rest = path.partition(".")
    match = _STEP.fullmatch(step)
    if match is None:
        raise KeyError(path)
    name, index = match.group(1), int(match.group(2) or 0)
    for child in declaration.children:
        if child.name == name:
            held = [item for item in loop.loops if item.id == child.loop_id]
            if len(held) <= index:
                return None
            below = reader.child(child.loop_id)
            return locate(child.mapping, below, held[index], rest) if rest else _opener(held[index])
    for field, part in _fields_named(declaration, name, rest):
        return _find(field, reader, loop, index, part)
    raise KeyError(path)


def _fields_named(declaration: Declaration[Any], name: str, rest: str) -> list[tuple[Field, str]]:
    for group in declaration.nested:
        if group.name == name:
            step, _, part = rest.partition(".")
            match = _STEP.fullmatch(step)
            return [(f, part) for f in group.fields if not rest or (match and f.name == match.group(1))]
    return [(field, rest) for field in declaration.fields if field.name == name]


def _find(field: Field, reader: LoopReader, loop: Loop, index: int, part: str) -> Where | None:
    position, component = field.position(index, part)
    for node, elements, segment in loop.segments:
        if segment is None or not names(field, node):
            continue
        if isinstance(field, SegmentField) and field.only and not has_code(field.label, elements):
            continue
        reading = reader.reading_of(node)
        if isinstance(reading, RepeatedReading):
            held = reading.holds(elements)
            if index >= held:
                index -= held
                continue
            position, component = field.position(index, part)
        return Where(segment, loop.id, position, component)
    return None


def _opener(loop: Loop) -> Where | None:
    segment = loop.segments[0][2]
    return None if segment is None else Where(segment, loop.id, 1, None)
