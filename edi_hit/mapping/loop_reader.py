"""Reads a loop into its structure, by declaration. What no field names is kept in `unmapped`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edi_hit.guides import Loop, SegmentNode
from edi_hit.mapping.declaration import Declaration, Nested, unsent
from edi_hit.mapping.fields import RepeatedField, Values, WrongValue, required_fields
from edi_hit.mapping.missing_values import missing_value, was_told
from edi_hit.mapping.named_elements import label_of, names
from edi_hit.mapping.node_reading import NodeReading, node_reading
from edi_hit.mapping.parts import Unmapped
from edi_hit.mapping.problems import Problem, distinct, wrong_value

IGNORED = ("HL", "ST", "SE", "LX")
"""Segments that carry structure, not data: the writer makes them anew. LX is data where a field names it."""


class LoopReader:
    """The reader of one declaration: what it does for each node of the guide is worked out once."""

    def __init__(self, declaration: Declaration[Any]) -> None:
        self._declaration = declaration
        self._type = declaration.type
        self._readings: dict[SegmentNode, NodeReading | None] = {}
        self._children = {child.loop_id: (child, LoopReader(child.mapping)) for child in declaration.children}
        self._blank = unsent(declaration.type, declaration.fields)
        repeated = [
            (field.name, field.finished) for field in declaration.fields if isinstance(field, RepeatedField)
        ]
        many = [(child.name, tuple) for child in declaration.children if child.many]
        self._finishing: tuple[tuple[str, Callable[[Any], Any]], ...] = (*repeated, *many)
        self._nested = tuple((group, unsent(group.type, group.fields)) for group in declaration.nested)

    def read(self, loop: Loop, problems: list[Problem], **given: object) -> Any:  # noqa: ANN401 - the structure
        """Read `loop` into the structure; None where a required field has no value.

        `given` supplies fields that come from elsewhere (the context of a claim), None where they could not
        be read. What is wrong is added to `problems`.
        """
        values: Values = {**self._blank, **given}
        found: list[Problem] = []
        kept = [Unmapped(tuple(segment.elements)) for segment in loop.unplaced]
        self._read_segments(loop, values, kept, found)
        told = {problem.field for problem in found}
        for child_loop in loop.loops:
            self._read_child(child_loop, values, kept, found)
        for group, blank in self._nested:
            part = values.pop(group.name, None)
            if part:
                self._build_nested(group, blank | part, values, loop, kept, found, told)
        if kept:
            values["unmapped"] = tuple(kept)
        for name, finished in self._finishing:
            if name in values:
                values[name] = finished(values[name])
        built = self._build(values, loop, found, told)
        if found:
            problems.extend(distinct(found))
        return built

    def child(self, loop_id: str) -> LoopReader:
        """The reader of a declared child loop."""
        return self._children[loop_id][1]

    def reading_of(self, node: SegmentNode) -> NodeReading | None:
        """How segments of `node` are read; None where no field reads them."""
        try:
            return self._readings[node]
        except KeyError:
            named = [
                (field, group)
                for group, _, fields in self._declaration.groups
                for field in fields
                if names(field, node)
            ]
            self._readings[node] = node_reading(node, named, self._declaration.constants)
            return self._readings[node]

    def _read_segments(
        self, loop: Loop, values: Values, kept: list[Unmapped], problems: list[Problem]
    ) -> None:
        seen = 0
        readings = self._readings
        for placed in loop.segments:
            node, elements, _ = placed
            reading = readings[node] if node in readings else self.reading_of(node)
            if reading is None:
                if node.id not in IGNORED:
                    kept.append(Unmapped(tuple(elements)))
                continue
            if reading.once:
                bit = 1 << node.ordinal
                if seen & bit:
                    kept.append(Unmapped(tuple(elements)))
                    continue
                seen |= bit
            try:
                rest = reading.read(elements, values)
            except (ValueError, WrongValue):
                wrong, rest = reading.reread(elements, values)
                problems += [wrong_value(field.name, loop, placed, error) for field, error in wrong]
            if rest is not None:
                kept.append(rest)

    def _read_child(self, loop: Loop, values: Values, kept: list[Unmapped], problems: list[Problem]) -> None:
        known = self._children.get(loop.id)
        if known is None:
            kept.extend(all_segments(loop))
            return
        child, reader = known
        if not child.many and child.name in values:
            kept.extend(all_segments(loop))
            return
        part = reader.read(loop, problems)
        if part is None:
            kept.extend(all_segments(loop))
        elif child.many:
            values.setdefault(child.name, []).append(part)
        else:
            values[child.name] = part

    def _build(self, values: Values, loop: Loop, problems: list[Problem], told: set[str]) -> Any:  # noqa: ANN401 - the structure
        declaration = self._declaration
        missing = [name for name in declaration.required if values.get(name) is None]
        if not missing:
            return self._type(**values)
        untold = (n for n in missing if n not in told and not was_told(declaration, n, values, loop))
        problems.extend(missing_value(declaration, name, loop) for name in untold)
        return None

    def _build_nested(
        self,
        group: Nested,
        part: Values,
        values: Values,
        loop: Loop,
        kept: list[Unmapped],
        problems: list[Problem],
        told: set[str],
    ) -> None:
        missing = [name for name in required_fields(group.type) if name not in part]
        if not missing:
            values[group.name] = group.type(**part)
            return
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
