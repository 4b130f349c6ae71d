"""Reads a loop into its structure, by declaration. What no field names is kept in `unmapped`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edi_hit.guides import Loop, SegmentNode
from edi_hit.mapping.declaration import Declaration, Nested, unsent
from edi_hit.mapping.fields import RepeatedField, Values, WrongValueError, required_fields
from edi_hit.mapping.missing_values import missing_value, was_told
from edi_hit.mapping.named_elements import label_of, names
from edi_hit.mapping.node_reading import NodeReading, node_reading
from edi_hit.mapping.parts import Unmapped
from edi_hit.mapping.problems import Problem, distinct, wrong_value

IGNORED = ("HL", "ST", "SE", "LX")
"""Segments that carry structure, not data: the writer makes them anew. LX is data where a field names it."""


_Entry = tuple[int, bool, Callable[[list[str], Values], Unmapped | None], NodeReading]
"""Of the segments of a node: its bit where it comes once, whether they are of a nested structure, how they
are read, and how exactly."""


class LoopReader:
    """The reader of one declaration: what it does for each node of the guide is worked out once."""

    def __init__(self, declaration: Declaration[Any]) -> None:
        self._declaration = declaration
        self._type = declaration.type
        self._readings: dict[SegmentNode, _Entry | None] = {}
        self._children = {
            child.loop_id: (child.name, child.many, LoopReader(child.mapping))
            for child in declaration.children
        }
        self._blank: Values = {**unsent(declaration.type, declaration.fields)}
        self._finishing = tuple(
            (field.name, field.finished)
            for field in declaration.fields
            if isinstance(field, RepeatedField) and field.__class__.finished is not RepeatedField.finished
        )
        self._nested = tuple(
            (group, unsent(group.type, group.fields), required_fields(group.type))
            for group in declaration.nested
        )

    def read(self, loop: Loop, problems: list[Problem], given: Values | None = None) -> Any:  # noqa: ANN401 - each mapping has a structure of its own
        """Read `loop` into the structure; None where a required field has no value.

        `given` supplies fields that come from elsewhere (the context of a claim), None where they could not
        be read. What is wrong is added to `problems`.
        """
        values = self._blank.copy()
        if given:
            values.update(given)
        found: list[Problem] = []
        kept = [Unmapped(tuple(segment.elements)) for segment in loop.unplaced] if loop.unplaced else []
        gathers, nests = self._read_segments(loop, values, kept, found)
        told = {problem.field for problem in found} if found else set()
        for child_loop in loop.loops:
            gathers |= self._read_child(child_loop, values, kept, found)
        if nests:
            self._build_nested(values, loop, kept, found, told)
        if kept:
            values["unmapped"] = tuple(kept)
        if gathers:
            self._finish(values)
        built = None
        if not given or not self._lacks(values):
            try:
                built = self._type(**values)
            except TypeError:
                if not self._lacks(values):
                    raise
        if built is None:
            found += self._missing(values, loop, told)
        if found:
            problems.extend(distinct(found))
        return built

    def child(self, loop_id: str) -> LoopReader:
        """The reader of a declared child loop."""
        return self._children[loop_id][2]

    def reading_of(self, node: SegmentNode) -> NodeReading | None:
        """How segments of `node` are read; None where no field reads them."""
        entry = self._readings[node] if node in self._readings else self._learn(node)
        return None if entry is None else entry[3]

    def _learn(self, node: SegmentNode) -> _Entry | None:
        named = [
            (field, group)
            for group, _, fields in self._declaration.groups
            for field in fields
            if names(field, node)
        ]
        reading = node_reading(node, named, self._declaration.constants)
        once = node.bit if reading is not None and reading.once else 0
        nests = any(group for _, group in named)
        entry = None if reading is None else (once, nests, reading.read, reading)
        self._readings[node] = entry
        return entry

    def _read_segments(
        self, loop: Loop, values: Values, kept: list[Unmapped], problems: list[Problem]
    ) -> tuple[bool, bool]:
        """Put the values of the segments into `values`; give whether there are lists and nested values."""
        gathers = nests = False
        seen = 0
        readings = self._readings
        for placed in loop.segments:
            node, elements, _ = placed
            try:
                entry = readings[node]
            except KeyError:
                entry = self._learn(node)
            if entry is None:
                if node.id not in IGNORED:
                    kept.append(Unmapped(tuple(elements)))
                continue
            bit, is_nested, read, reading = entry
            if seen & bit:
                kept.append(Unmapped(tuple(elements)))
                continue
            if bit:
                seen |= bit
            else:
                gathers = True
            if is_nested:
                nests = True
            try:
                rest = read(elements, values)
            except (ValueError, WrongValueError):
                wrong, rest = reading.reread(elements, values)
                problems += [wrong_value(field.name, loop, placed, error) for field, error in wrong]
            if rest is not None:
                kept.append(rest)
        return gathers, nests

    def _read_child(self, loop: Loop, values: Values, kept: list[Unmapped], problems: list[Problem]) -> bool:
        """Put the structure of a child loop into `values`; give whether it is in a list."""
        known = self._children.get(loop.node.id)
        if known is None:
            kept.extend(all_segments(loop))
            return False
        name, many, reader = known
        if not many and name in values:
            kept.extend(all_segments(loop))
            return False
        part = reader.read(loop, problems)
        if part is None:
            kept.extend(all_segments(loop))
        elif not many:
            values[name] = part
        elif name in values:
            values[name].append(part)
        else:
            values[name] = [part]
        return many

    def _finish(self, values: Values) -> None:
        """Make tuples of lists, and values of what was gathered otherwise."""
        for name, finished in self._finishing:
            if name in values:
                values[name] = finished(values[name])
        for name, value in values.items():
            if value.__class__ is list:
                values[name] = tuple(value)

    def _lacks(self, values: Values) -> bool:
        return any(values.get(name) is None for name in self._declaration.required)

    def _missing(self, values: Values, loop: Loop, told: set[str]) -> list[Problem]:
        """The problems of required fields without a value, but those told already."""
        declaration = self._declaration
        missing = [name for name in declaration.required if values.get(name) is None]
        untold = (n for n in missing if n not in told and not was_told(declaration, n, values, loop))
        return [missing_value(declaration, name, loop) for name in untold]

    def _build_nested(
        self, values: Values, loop: Loop, kept: list[Unmapped], problems: list[Problem], told: set[str]
    ) -> None:
        """Make the nested structures of the values that segments have put aside for them."""
        for group, blank, required in self._nested:
            part = values.pop(group.name, None)
            if part:
                missing = [name for name in required if name not in part and name not in blank]
                if missing:
                    self._leave_nested(group, missing, loop, kept, problems, told)
                else:
                    values[group.name] = group.type(**{**blank, **part})

    def _leave_nested(
        self,
        group: Nested,
        missing: list[str],
        loop: Loop,
        kept: list[Unmapped],
        problems: list[Problem],
        told: set[str],
    ) -> None:
        """Tell what a nested structure lacks, and keep its segments."""
        untold = (name for name in missing if name not in told)
        problems.extend(missing_value(self._declaration, name, loop, group.fields) for name in untold)
        told.add(group.name)
        labels = {label for field in group.fields for label in field.labels}
        kept[:] = [rest for rest in kept if rest.label not in labels]
        kept.extend(
            Unmapped(tuple(elements))
            for node, elements, _ in loop.segments
            if any(label_of(label, node) for label in labels)
        )


def all_segments(loop: Loop, above: tuple[str, ...] = ()) -> list[Unmapped]:
    """The segments of a loop without a declaration, and of the loops in it, each with where it stood."""
    path = (*above, loop.id)
    found = [Unmapped(tuple(elements), path) for _, elements, _ in loop.segments]
    found += [Unmapped(tuple(segment.elements), path) for segment in loop.unplaced]
    for child in loop.loops:
        found += all_segments(child, path)
    return found
