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
from edi_hit.mapping.fields import Constant, Field, Values, WrongValue, has_code
from edi_hit.mapping.node_reading import NodeReading, names
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
        self._readings: dict[int, NodeReading | None] = {}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that must have a value."""
        info = msgspec.structs.fields(self.type)
        return tuple(field.name for field in info if field.required)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.type.__struct_fields__)

    @cached_property
    def _blank(self) -> dict[str, str]:
        return _unsent(self.type, self.fields)

    @cached_property
    def _children_by_loop(self) -> dict[str, Child]:
        return {child.loop_id: child for child in self.children}

    def read(self, loop: Loop, problems: list[Problem], **given: object) -> Any:  # noqa: ANN401 - self.type
        """Read `loop` into the structure; None where a required field has no value.

        `given` supplies fields that come from elsewhere (the context of a claim), None where they could not
        be read. What is wrong is added to `problems`.
        """
        values: Values = {}
        found: list[Problem] = []
        unmapped = [Unmapped(tuple(segment.elements)) for segment in loop.unplaced]
        self._read_segments(loop, values, unmapped, found)
        told = {problem.field for problem in found}
        for child_loop in loop.loops:
            self._read_child(child_loop, values, unmapped, found)
        for group in self.nested:
            self._build_nested(group, values, loop, found, told)
        if unmapped:
            values["unmapped"] = unmapped
        built = self._build({**self._blank, **values, **given}, loop, found, told)
        problems.extend(_distinct(found))
        return built

    def _read_segments(
        self, loop: Loop, values: Values, unmapped: list[Unmapped], problems: list[Problem]
    ) -> None:
        seen = 0
        for node, elements, segment in loop.segments:
            reading = self._reading_of(node)
            bit = 1 << node.ordinal
            if reading is None or (seen & bit and not reading.many):
                if node.id not in IGNORED or reading is not None:
                    unmapped.append(Unmapped(tuple(elements)))
                continue
            rest = reading.rest(elements)
            if rest and reading.repeats:
                unmapped.append(Unmapped(tuple(elements)))
                continue
            seen |= bit
            label = ""
            for field, group in reading.readers:
                try:
                    if field.read(elements, values.setdefault(group, {}) if group else values):
                        label = label or field.labels[0]
                except WrongValue as wrong:
                    label = label or field.labels[0]
                    problems.append(_problem(field.name, loop, node, elements, segment, wrong))
            if not label:
                unmapped.append(Unmapped(tuple(elements)))
            elif rest:
                unmapped.append(Unmapped(rest, label=label))

    def _reading_of(self, node: SegmentNode) -> NodeReading | None:
        try:
            return self._readings[node.ordinal]
        except KeyError:
            own = [(field, "") for field in self.fields if names(field, node)]
            own += [(f, group.name) for group in self.nested for f in group.fields if names(f, node)]
            found = NodeReading.of(node, own, self.constants) if own else None
            self._readings[node.ordinal] = found
            return found

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

    def _build(self, values: Values, loop: Loop, problems: list[Problem], told: set[str]) -> Any:  # noqa: ANN401 - self.type
        missing = [name for name in self.required if values.get(name) is None]
        if missing:
            untold = (name for name in missing if name not in told and not self._told(name, values, loop))
            problems.extend(self._missing(name, loop) for name in untold)
            return None
        known = self._known
        return self.type(**{k: tuple(v) if type(v) is list else v for k, v in values.items() if k in known})

    def _told(self, name: str, values: Values, loop: Loop) -> bool:
        """Whether the loop that holds the field did come, so that its own problem was reported."""
        child = next((child for child in self.children if child.name == name), None)
        return name in values or (child is not None and any(item.id == child.loop_id for item in loop.loops))

    def _build_nested(
        self, group: Nested, values: Values, loop: Loop, problems: list[Problem], told: set[str]
    ) -> None:
        part = values.pop(group.name, None)
        if not part:
            return
        missing = [f.name for f in msgspec.structs.fields(group.type) if f.required and f.name not in part]
        problems.extend(self._missing(name, loop, group.fields) for name in missing if name not in told)
        if missing:
            told.add(group.name)
        else:
            values[group.name] = group.type(**{**_unsent(group.type, group.fields), **part})

    def _missing(self, name: str, loop: Loop, fields: Sequence[Field] = ()) -> Problem:
        opener = loop.segments[0][2] if loop.segments else None
        for field in fields or self.fields:
            if field.name == name:
                held = next((s for n, _, s in loop.segments if names(field, n)), None)
                position, component = field.position() if held else (0, None)
                return Problem(name, loop.id, field.labels[0], position, component, None, held or opener, "")
        child = next((child for child in self.children if child.name == name), None)
        if child is not None:
            return Problem(name, child.loop_id, child.loop_id, 0, None, None, opener, "")
        group = next(group for group in self.nested if group.name == name)
        return Problem(name, loop.id, group.fields[0].labels[0], 0, None, None, opener, "")

    def write(self, value: Any, node: LoopNode, parent: Loop | None = None) -> Loop:  # noqa: ANN401 - self.type
        """Write the structure into a loop of segments, in guide order."""
        loop, draft = Loop(node, parent), Draft(node)
        self._write_fields(value, self.fields, draft)
        for group in self.nested:
            part = getattr(value, group.name)
            if part is not None:
                self._write_fields(part, group.fields, draft)
        draft.keep(value.unmapped)
        for constant in self.constants:
            draft.put_default(constant.label, constant.at, constant.code, constant.beside)
        loop.segments = [(segment_node, elements, None) for segment_node, elements in draft.segments()]
        for child in self.children:
            self._write_child(child, getattr(value, child.name), node, loop)
        loop.loops += unmapped_loops(value.unmapped, loop)
        loop.loops.sort(key=lambda item: node.children.index(item.node))
        return loop

    def _write_fields(self, value: object, fields: Iterable[Field], draft: Draft) -> None:
        for field in fields:
            part = getattr(value, field.name)
            if part is not None and part != "" and part != ():
                field.write(part, draft)

    def _write_child(self, child: Child, part: Any, node: LoopNode, loop: Loop) -> None:  # noqa: ANN401 - of child
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
        for field, part in self._fields_named(name, rest):
            return self._find(field, loop, index, part)
        raise KeyError(path)

    def _fields_named(self, name: str, rest: str) -> list[tuple[Field, str]]:
        for group in self.nested:
            if group.name == name:
                return [(field, "") for field in group.fields if not rest or field.name == rest]
        return [(field, rest) for field in self.fields if field.name == name]

    def _find(self, field: Field, loop: Loop, index: int, part: str) -> Where | None:
        position, component = field.position(index, part)
        for node, elements, segment in loop.segments:
            if segment is None or not names(field, node):
                continue
            if field.only and not has_code(field.labels[0], elements):
                continue
            reading = self._reading_of(node)
            if reading is not None and reading.repeats:
                held = 0 if reading.rest(elements) else field.items(elements)
                if index >= held:
                    index -= held
                    continue
                position, component = field.position(index, part)
            return Where(segment, loop.id, position, component)
        return None


def _unsent(type: type, fields: Sequence[Field]) -> dict[str, str]:
    """Text fields whose default is for new objects: what was read without them has them empty."""
    named = {field.name for field in fields}
    return {
        field.name: ""
        for field in msgspec.structs.fields(type)
        if field.name in named and isinstance(field.default, str) and field.default
    }


def _distinct(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, each place once: one missing segment may leave several fields without a value."""
    places: dict[tuple[object, ...], Problem] = {}
    for p in problems:
        index = p.segment.index if p.segment else None
        places.setdefault((index, p.loop, p.label, p.position, p.component), p)
    return list(places.values())


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
