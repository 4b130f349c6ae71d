"""How one segment of a structure, or the segments of one repeated field, are composed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from edi_hit.guides import LoopNode, SegmentNode
from edi_hit.mapping.convert import TEXT
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.fields import Constant, Element, RepeatedField, SegmentField
from edi_hit.mapping.named_elements import label_of, qualifier_spot
from edi_hit.mapping.parts import Unmapped
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

Composed = tuple[SegmentNode, list[str], None]


def node_called(node: LoopNode, label: str) -> SegmentNode:
    """The segment node called `label`. Raises `ComposeError` where the loop has none such."""
    try:
        return node.segment(label)
    except KeyError:
        segment_id = label.partition("*")[0]
        raise ComposeError(f"Loop {node.id} has no {segment_id} with this qualifier") from None


class SegmentPlan:
    """One segment that comes once: the fields of a structure that stand in it, and its constants."""

    def __init__(
        self,
        type: type,
        label: str,
        node: SegmentNode,
        fields: Sequence[SegmentField],
        constants: Sequence[Constant],
    ) -> None:
        self.labels = frozenset({label})
        self.order = node.ordinal
        self._node = node
        self.names = [field.name for field in fields]
        self.absent = tuple(_absent(type, field.name) for field in fields)
        own = [constant for constant in constants if label_of(constant.label, node)]
        self._template = _template(label, node, [constant for constant in own if constant.beside is None])
        self._beside = tuple(constant for constant in own if constant.beside is not None)
        placed = list(enumerate(fields))
        simple = [(i, f) for i, f in placed if isinstance(f, Element) and f.component is None]
        self._texts = tuple((i, f.at) for i, f in simple if f.conversion is TEXT)
        self._converted = tuple((i, f.at, f.conversion.write) for i, f in simple if f.conversion is not TEXT)
        handled = {i for i, _ in simple}
        self._others = tuple((i, field.write) for i, field in placed if i not in handled)
        last = max((at for f in fields for at, _ in f.spots), default=0)
        self._template += [""] * (last + 1 - len(self._template))

    def put(self, got: tuple[Any, ...], out: list[Composed], rest: Unmapped | None = None) -> None:
        """Add the segment of the values `got`, which are not all absent, with the elements kept of it."""
        elements = self._template.copy()
        for index, at in self._texts:
            if got[index]:
                elements[at] = got[index]
        try:
            for index, at, write in self._converted:
                value = got[index]
                if value is not None:
                    elements[at] = write(value)
            for index, put in self._others:
                value = got[index]
                if value is not None and value != "" and value != ():
                    put(value, elements)
        except ComposeError as error:
            raise error.within(self.names[index]) from None
        if rest is not None:
            self._complete(elements, rest)
        for constant in self._beside:
            if constant.beside is not None and elements[constant.beside]:
                set_component(elements, constant.at, constant.component, constant.code)
        out.append((self._node, elements, None))

    def _complete(self, elements: list[str], rest: Unmapped) -> None:
        """Put what no field names into the segment, in place of constants; what a field has written stays."""
        for position, text in enumerate(rest.elements[1:], 1):
            for component, part in enumerate(text.split(COMPONENT), 1):
                if not part:
                    continue
                held = component_of(elements, position, component)
                if not held or held == component_of(self._template, position, component):
                    set_component(elements, position, component, part)


class RepeatedPlan:
    """The segments of one repeated field; those of one position stay in the order of its items."""

    def __init__(self, node: LoopNode, field: RepeatedField) -> None:
        self.labels: frozenset[str] = frozenset()
        nodes = list(dict.fromkeys(node_called(node, label) for label in field.labels))
        self.order = min(found.ordinal for found in nodes)
        self._field = field
        self.names = [field.name]
        self.absent: tuple[Any, ...] = ((),)
        self._first = nodes[0]
        self._by_code = {code: found for found in nodes for code in found.codes}

    def put(self, got: tuple[Any, ...], out: list[Composed], rest: Unmapped | None = None) -> None:
        """Add the segments of the field's items. Raises `ComposeError` for a qualifier it does not have."""
        if got[0] is None:
            return
        try:
            for elements in self._field.segments(got[0]):
                out.append((self._node_of(elements), elements, None))
        except ComposeError as error:
            raise error.within(self._field.name) from None

    def _node_of(self, elements: list[str]) -> SegmentNode:
        if not self._by_code:
            return self._first
        found = self._by_code.get(component_of(elements, self._first.qualifier_at, 1))
        if found is None:
            raise ComposeError(f"there is no {elements[0]} with this qualifier")
        return found


Plan = SegmentPlan | RepeatedPlan


def values_of(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Give the values of these fields, as a tuple even for one."""
    if not names:
        return lambda source: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda source: (get(source),)


def _absent(type: type, name: str) -> object:
    """What a field holds where nothing is sent."""
    field = next(field for field in msgspec.structs.fields(type) if field.name == name)
    if field.default in (None, ()):
        return field.default
    return "" if field.type is str else None


def _template(label: str, node: SegmentNode, constants: Sequence[Constant]) -> list[str]:
    segment_id, _, code = label.partition("*")
    elements = [segment_id]
    if code:
        set_component(elements, *qualifier_spot(node), code)
    for constant in constants:
        set_component(elements, constant.at, constant.component, constant.code)
    return elements
