"""A declaration: one structure, one loop, its fields and its child loops — compiled to reader and writer.

The same declaration reads a loop into the structure, writes the structure into segments, and tells where
a field stands. Segments no field names are kept in the structure's `unmapped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import msgspec

from edi_hit.guides import Loop, LoopNode, SegmentNode
from edi_hit.mapping.convert import Conversion
from edi_hit.mapping.draft import Draft, unmapped_loops
from edi_hit.mapping.fields import Constant, Field, Values, WrongValue
from edi_hit.mapping.parts import Unmapped
from edi_hit.x12 import Segment

_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")

IGNORED = ("HL", "ST", "SE", "LX")
"""Segments that carry structure, not data: the writer makes them anew. LX is data where a field names it."""


class Problem(msgspec.Struct, frozen=True):
    """An element that does not hold what its field needs, or a required field with no value.

    `segment` is None where the loop that should hold the field did not come.
    """

    field: str
    loop: str
    label: str
    position: int
    component: int | None
    conversion: Conversion | None
    segment: Segment | None
    value: str


class Where(msgspec.Struct, frozen=True):
    """Where a field of a structure stands in what was read."""

    segment: Segment
    loop: str
    element: int
    component: int | None


class Child(msgspec.Struct, frozen=True):
    """A child loop: the field it fills, its id, its declaration, and whether it repeats."""

    name: str
    loop_id: str
    mapping: LoopMapping
    many: bool = False


class Nested(msgspec.Struct, frozen=True):
    """Fields of the same loop that make a structure of their own (an address, equipment)."""

    name: str
    type: type
    fields: tuple[Field, ...]


class LoopMapping:
    """Declares how `type` stands in a loop. Field names are those of the structure.

    Required are the fields of `type` without a default: where one has no value the structure is not built
    and a `Problem` says so.
    """

    def __init__(
        self,
        type: type,
        fields: Sequence[Field] = (),
        children: Sequence[Child] = (),
        nested: Sequence[Nested] = (),
        constants: Sequence[Constant] = (),
    ) -> None:
        self.type: Any = type
        self.fields = tuple(fields)
        self.children = tuple(children)
        self.nested = tuple(nested)
        self.constants = tuple(constants)
        self._readers: dict[int, tuple[tuple[Field, str], ...] | None] = {}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that must have a value."""
        info = msgspec.structs.fields(self.type)
        return tuple(field.name for field in info if field.required)

    @cached_property
    def _children_by_loop(self) -> dict[str, Child]:
        return {child.loop_id: child for child in self.children}

    def read(self, loop: Loop, problems: list[Problem], **given: object) -> Any:  # noqa: ANN401 - self.type
        """Read `loop` into the structure; None where a required field has no value.

        `given` supplies fields that come from elsewhere (the context of a claim), None where they could not
        be read. What is wrong is added to `problems`.
        """
        values: Values = {}
        unmapped = [Unmapped(tuple(segment.elements)) for segment in loop.unplaced]
        self._read_segments(loop, values, unmapped, problems)
        for child_loop in loop.loops:
            self._read_child(child_loop, values, unmapped, problems)
        for group in self.nested:
            self._build_nested(group, values, loop, problems)
        if unmapped:
            values["unmapped"] = unmapped
        return self._build({**values, **given}, loop, problems)

    def _read_segments(
        self, loop: Loop, values: Values, unmapped: list[Unmapped], problems: list[Problem]
    ) -> None:
        seen = 0
        for node, elements, segment in loop.segments:
            readers = self._readers_of(node)
            bit = 1 << node.ordinal
            if readers is None or (seen & bit and not readers[0][0].many):
                if node.id not in IGNORED or readers is not None:
                    unmapped.append(Unmapped(tuple(elements)))
                continue
            seen |= bit
            taken = False
            for field, group in readers:
                try:
                    taken |= field.read(elements, values.setdefault(group, {}) if group else values)
                except WrongValue as wrong:
                    taken = True
                    problems.append(_problem(field.name, loop, node, elements, segment, wrong))
            if not taken:
                unmapped.append(Unmapped(tuple(elements)))

    def _readers_of(self, node: SegmentNode) -> tuple[tuple[Field, str], ...] | None:
        try:
            return self._readers[node.ordinal]
        except KeyError:
            found = self._compile(node)
            self._readers[node.ordinal] = found
            return found

    def _compile(self, node: SegmentNode) -> tuple[tuple[Field, str], ...] | None:
        own = [(field, "") for field in self.fields if _names(field, node)]
        own += [(field, group.name) for group in self.nested for field in group.fields if _names(field, node)]
        return tuple(own) or None

    def _read_child(
        self, loop: Loop, values: Values, unmapped: list[Unmapped], problems: list[Problem]
    ) -> None:
        child = self._children_by_loop.get(loop.id)
        if child is None or (not child.many and child.name in values):
            unmapped.extend(_all_segments(loop))
            return
        part = child.mapping.read(loop, problems)
        if part is None:
            unmapped.extend(_all_segments(loop))
        elif child.many:
            values.setdefault(child.name, []).append(part)
        else:
            values[child.name] = part

    def _build(self, values: Values, loop: Loop, problems: list[Problem]) -> Any:  # noqa: ANN401
        missing = [name for name in self.required if values.get(name) is None]
        if missing:
            problems.extend(
                self._missing(name, loop) for name in missing if not self._told(name, values, loop)
            )
            return None
        return self.type(**{k: tuple(v) if type(v) is list else v for k, v in values.items()})

    def _told(self, name: str, values: Values, loop: Loop) -> bool:
        """Whether the loop that holds the field did come, so that its own problem was reported."""
        child = next((child for child in self.children if child.name == name), None)
        return name in values or (child is not None and any(item.id == child.loop_id for item in loop.loops))

    def _build_nested(self, group: Nested, values: Values, loop: Loop, problems: list[Problem]) -> None:
        part = values.pop(group.name, None)
        if not part:
            return
        missing = [f.name for f in msgspec.structs.fields(group.type) if f.required and f.name not in part]
        problems.extend(self._missing(name, loop, group.fields) for name in missing)
        if not missing:
            values[group.name] = group.type(**part)

    def _missing(self, name: str, loop: Loop, fields: Sequence[Field] = ()) -> Problem:
        opener = loop.segments[0][2] if loop.segments else None
        for field in fields or self.fields:
            if field.name == name:
                position, component = field.position()
                held = next((s for n, _, s in loop.segments if _names(field, n)), opener)
                return Problem(name, loop.id, field.labels[0], position, component, None, held, "")
        child = next((child for child in self.children if child.name == name), None)
        label = child.loop_id if child else name
        return Problem(name, child.loop_id if child else loop.id, label, 0, None, None, opener, "")

    def write(self, value: Any, node: LoopNode, parent: Loop | None = None) -> Loop:  # noqa: ANN401
        """Write the structure into a loop of segments, in guide order."""
        loop, draft = Loop(node, parent), Draft(node)
        self._write_fields(value, self.fields, draft)
        for group in self.nested:
            part = getattr(value, group.name)
            if part is not None:
                self._write_fields(part, group.fields, draft)
        for constant in self.constants:
            draft.put_default(constant.label, constant.at, constant.code)
        draft.keep(value.unmapped)
        loop.segments = [(segment_node, elements, None) for segment_node, elements in draft.segments()]
        loop.loops = unmapped_loops(value.unmapped, loop)
        for child in self.children:
            self._write_child(child, getattr(value, child.name), node, loop)
        loop.loops.sort(key=lambda item: node.children.index(item.node))
        return loop

    def _write_fields(self, value: Any, fields: Iterable[Field], draft: Draft) -> None:  # noqa: ANN401
        for field in fields:
            part = getattr(value, field.name)
            if part is not None and part != "" and part != ():
                field.write(part, draft)

    def _write_child(self, child: Child, part: Any, node: LoopNode, loop: Loop) -> None:  # noqa: ANN401
        if part is None:
            return
        child_node = node.loop(child.loop_id)
        for item in part if child.many else (part,):
            loop.loops.append(child.mapping.write(item, child_node, loop))

    def locate(self, loop: Loop, path: str) -> Where | None:
        """Find where the field at `path` (`charge`, `lines[1].units`) stands in `loop` as read.

        None where the loop or segment did not come. Raises `KeyError` where there is no such field.
        """
        step, _, rest = path.partition(".")
        match = _STEP.fullmatch(step)
        if match is None:
            raise KeyError(path)
        name, index = match.group(1), int(match.group(2) or 0)
        for child in self.children:
            if child.name == name:
                held = [item for item in loop.loops if item.id == child.loop_id]
                if len(held) <= index:
                    return None
                return child.mapping.locate(held[index], rest) if rest else _opener(held[index])
        for field in self._fields_named(name, rest):
            return _find(field, loop, index)
        raise KeyError(path)

    def _fields_named(self, name: str, rest: str) -> list[Field]:
        for group in self.nested:
            if group.name == name:
                return [field for field in group.fields if not rest or field.name == rest]
        return [field for field in self.fields if field.name == name]


def _names(field: Field, node: SegmentNode) -> bool:
    for label in field.labels:
        segment_id, _, code = label.partition("*")
        if node.id == segment_id and (code in node.codes or (not code and not node.codes)):
            return True
    return False


def _find(field: Field, loop: Loop, index: int) -> Where | None:
    held = [segment for node, _, segment in loop.segments if segment is not None and _names(field, node)]
    if not held:
        return None
    position, component = field.position()
    at = index if field.many else 0
    return Where(held[min(at, len(held) - 1)], loop.id, position, component)


def _opener(loop: Loop) -> Where | None:
    segment = loop.segments[0][2]
    return None if segment is None else Where(segment, loop.id, 1, None)


def _all_segments(loop: Loop, above: tuple[str, ...] = ()) -> list[Unmapped]:
    path = (*above, loop.id)
    found = [Unmapped(tuple(elements), path) for _, elements, _ in loop.segments]
    found += [Unmapped(tuple(segment.elements), path) for segment in loop.unplaced]
    for child in loop.loops:
        found += _all_segments(child, path)
    return found


def _problem(
    name: str, loop: Loop, node: SegmentNode, elements: list[str], segment: Segment | None, wrong: WrongValue
) -> Problem:
    value = elements[wrong.position] if len(elements) > wrong.position else ""
    return Problem(
        name, loop.id, node.label, wrong.position, wrong.component, wrong.conversion, segment, value
    )
