"""Composes a structure into a loop of segments in guide order, by declaration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import astuple

from edi_hit.guides import Loop, LoopNode, SegmentNode
from edi_hit.guides.loop import Placed
from edi_hit.mapping.declaration import Declaration
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import Field, RepeatedField, SegmentField, field_names
from edi_hit.mapping.loop_source import compiled_segments
from edi_hit.mapping.parts import Unmapped
from edi_hit.mapping.segment_plan import (
    Plan,
    RepeatedPlan,
    SegmentPlan,
    node_called,
)
from edi_hit.mapping.segment_source import values_of
from edi_hit.rules import ComposeError
from edi_hit.x12 import ELEMENT, HIPAA_USUAL, Segment, without_empty_ends

_Entry = tuple[int, int, int, tuple[Any, ...], Plan]
"""Of a plan: its group, where its values begin and end in those of the group, what they are when absent."""

_Undeclared = tuple[str, Callable[[object], tuple[Any, ...]], tuple[Any, ...], tuple[str, ...]]
"""Of fields without a place: their group, how to get them, their defaults, their names."""


class LoopWriter:
    """The writer of one declaration for one loop of a guide: the order of its segments is worked out once."""

    def __init__(self, declaration: Declaration[Any], node: LoopNode) -> None:
        self._node = node
        groups = list(declaration.groups)
        plans = [
            (at, plan)
            for at, (_, type, fields) in enumerate(groups)
            for plan in _plans(type, fields, declaration, node)
        ]
        plans.sort(key=lambda found: found[1].order)
        names = [
            [field for at, plan in plans if at == group for field in plan.names]
            for group in range(len(groups))
        ]
        self._groups = [(name, values_of(own)) for (name, _, _), own in zip(groups, names, strict=True)]
        self._entries = _entries(plans)
        self._type = declaration.type
        fields = field_names(self._type)
        self._by_name: Callable[[object], tuple[Any, ...]] = values_of(fields)
        children = [(child, node.loop(child.loop_id)) for child in declaration.children]
        children.sort(key=lambda found: node.children.index(found[1]))
        self._children = [
            (fields.index(child.name), child.name, child.many, LoopWriter(child.mapping, child_node))
            for child, child_node in children
        ]
        self._undeclared = list(_undeclared("", declaration.undeclared))
        for nested in declaration.nested:
            self._undeclared += _undeclared(nested.name, nested.undeclared)
        self._compose = compiled_segments(declaration, plans)

    def write(self, value: Any, parent: Loop | None = None) -> Loop:  # noqa: ANN401 - each mapping has a structure of its own
        """Compose the structure. Raises `ComposeError` for what the loop has no place for."""
        loop = Loop(self._node, parent)
        got = astuple(value) if value.__class__ is self._type else self._by_name(value)
        is_usual = self._put_segments(got, value, loop)
        if not is_usual:
            self._refuse_undeclared(value)
            loop.segments = self._segments_with(self._values(value), value.unmapped, loop)
        if self._children:
            self._put_children(got, loop)
        if not is_usual:
            loop.loops += _kept_loops(value.unmapped, loop)
            loop.loops.sort(key=lambda child: self._node.children.index(child.node))
        return loop

    def _put_segments(self, got: tuple[Any, ...], value: object, loop: Loop) -> bool:
        """Compose the segments; False where something has no place, or was kept from a reading."""
        try:
            return self._compose(got, loop.segments)
        except ComposeError:
            self._segments_with(self._values(value), (), loop)  # tells the field at fault
            raise

    def _put_children(self, got: tuple[Any, ...], loop: Loop) -> None:
        """Compose the child loops, from the values of all fields."""
        for at, name, many, writer in self._children:
            part = got[at]
            if part is None:
                continue
            if not many:
                self._put_child(part, name, None, writer, loop)
            elif len(part):
                for index, item in enumerate(part):
                    self._put_child(item, name, index, writer, loop)

    def _values(self, value: object) -> list[tuple[Any, ...] | None]:
        """The values of the fields of a structure, and of each nested one; None where that is not there."""
        sources = [(getattr(value, name) if name else value, get) for name, get in self._groups]
        return [None if source is None else get(source) for source, get in sources]

    def _put_child(self, part: object, name: str, index: int | None, writer: LoopWriter, loop: Loop) -> None:
        try:
            loop.loops.append(writer.write(part))
        except ComposeError as error:
            raise error.within(name if index is None else f"{name}[{index}]") from None

    def _segments_with(
        self, gots: list[tuple[Any, ...] | None], kept: Sequence[Unmapped], loop: Loop
    ) -> list[Placed]:
        """Compose the segments, with the elements and segments kept from a reading in their places."""
        rests = {segment.label: segment for segment in kept if segment.label}
        placed: list[tuple[int, Placed]] = []
        for group, start, end, absent, plan in self._entries:
            held = gots[group]
            part = absent if held is None else held[start:end]
            rest = next((rests.pop(label) for label in plan.labels if label in rests), None)
            if part != absent or rest is not None:
                out: list[Placed] = []
                plan.put(part, out, rest)
                placed += [(plan.order, composed) for composed in out]
        for segment_id in rests:
            node_called(self._node, segment_id)
            raise ComposeError(f"no field of Loop {self._node.id} stands in {segment_id}", "unmapped")
        for segment in kept:
            if not segment.label and not segment.loops:
                node = node_of(self._node, segment.elements)
                if node is None:
                    loop.unplaced.append(_unplaced(segment.elements))
                else:
                    placed.append((node.ordinal, (node, list(segment.elements), None)))
        return [composed for _, composed in sorted(placed, key=lambda found: found[0])]

    def _refuse_undeclared(self, value: Any) -> None:  # noqa: ANN401 - each mapping has a structure of its own
        for group, get, defaults, names in self._undeclared:
            part = getattr(value, group) if group else value
            if part is not None and get(part) != defaults:
                held = zip(names, get(part), defaults, strict=True)
                name = next(name for name, found, default in held if found != default)
                path = f"{group}.{name}" if group else name
                raise ComposeError(f"Loop {self._node.id} has no place for it", path)


def _undeclared(group: str, fields: dict[str, Any]) -> Iterator[_Undeclared]:
    """What to look at so that no value is dropped without a word; nothing where every field has its place."""
    if fields:
        yield group, values_of(list(fields)), tuple(fields.values()), tuple(fields)


def _entries(plans: Sequence[tuple[int, Plan]]) -> list[_Entry]:
    """The plans, each with where its values are."""
    ends: defaultdict[int, int] = defaultdict(int)
    found: list[_Entry] = []
    for group, plan in plans:
        start = ends[group]
        ends[group] += len(plan.names)
        found.append((group, start, ends[group], plan.absent, plan))
    return found


def _plans(
    type: type, fields: Iterable[Field], declaration: Declaration[Any], node: LoopNode
) -> Iterator[Plan]:
    by_label: defaultdict[str, list[SegmentField]] = defaultdict(list)
    for field in fields:
        if isinstance(field, RepeatedField):
            yield RepeatedPlan(node, field)
        else:
            by_label[field.label].append(field)
    for label, found in by_label.items():
        yield SegmentPlan(type, label, node_called(node, label), found, declaration.constants)


def _unplaced(elements: Sequence[str]) -> Segment:
    """A segment kept from a reading that the loop has no place for."""
    return Segment(without_empty_ends(ELEMENT.join(elements)), 0, 0, HIPAA_USUAL, "")


def node_of(node: LoopNode, elements: Sequence[str]) -> SegmentNode | None:
    """The segment node a kept segment belongs to; None where the loop has no place for it."""
    if not elements or not elements[0]:
        raise ComposeError("a segment kept has no id", "unmapped")
    found = list(elements)
    for candidate in node.segments:
        if candidate.takes(found[0], component_of(found, candidate.qualifier_at, 1)):
            return candidate
    return None


def _kept_loops(kept: Iterable[Unmapped], parent: Loop) -> list[Loop]:
    """Rebuild the loops without a declaration from the segments kept of them."""
    holder = Loop(parent.node, None)
    for segment in kept:
        loop, elements = holder, list(segment.elements)
        for depth, loop_id in enumerate(segment.loops, 1):
            try:
                node = loop.node.loop(loop_id)
            except KeyError:
                message = f"Loop {loop.id} has no such loop as one kept from a reading"
                raise ComposeError(message, "unmapped") from None
            is_opener = depth == len(segment.loops) and node_of(node, elements) is node.opener
            if is_opener or not loop.loops or loop.loops[-1].id != loop_id:
                loop.loops.append(Loop(node, None))
            loop = loop.loops[-1]
        if loop is not holder:
            found = node_of(loop.node, elements)
            if found is None:
                loop.unplaced.append(_unplaced(elements))
            else:
                loop.segments.append((found, elements, None))
    return holder.loops
