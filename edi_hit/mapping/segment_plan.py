"""How one segment of a structure, or the segments of one repeated field, are composed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from edi_hit.guides import LoopNode, SegmentNode
from edi_hit.guides.loop import Placed
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.fields import Constant, RepeatedField, SegmentField, fields_of
from edi_hit.mapping.named_elements import label_of, qualifier_spot
from edi_hit.mapping.parts import Unmapped
from edi_hit.mapping.segment_source import Given, Source
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT


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
        self._fields = tuple(fields)
        last = max((at for f in fields for at, _ in f.spots), default=0)
        self._template += [""] * (last + 1 - len(self._template))

    def lines(self, source: Source, variables: Sequence[str]) -> list[str]:
        """Python that adds the segment to `out`, where one of the variables of its fields has a value."""
        given = [Given(*one) for one in zip(self._fields, variables, self.absent, strict=True)]
        lines = source.elements(given, self._template, self._beside)
        return [*lines, f"out.append(({source.name(self._node)}, e, None))"]

    def put(self, got: tuple[Any, ...], out: list[Placed], rest: Unmapped | None = None) -> None:
        """Add the segment of the values `got`, with the elements kept of it, a field after the other.

        Raises `ComposeError` with the field at fault.
        """
        elements = self._template.copy()
        for field, value in zip(self._fields, got, strict=True):
            if value is not None and value != "" and value != ():
                try:
                    field.write(value, elements)
                except ComposeError as error:
                    raise error.within(field.name) from None
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

    def lines(self, source: Source, variables: Sequence[str]) -> list[str]:
        """Python that adds the segments to `out`, where the variable of the field has a value."""
        return [f"{source.name(self._add)}({source.name(self._field.writer())}({variables[0]}), out)"]

    def put(self, got: tuple[Any, ...], out: list[Placed], rest: Unmapped | None = None) -> None:
        """Add the segments of the field's items. Raises `ComposeError` for a qualifier it does not have."""
        if got[0] is None:
            return
        try:
            self._add(self._field.segments(got[0]), out)
        except ComposeError as error:
            raise error.within(self._field.name) from None

    def _add(self, segments: Iterable[list[str]], out: list[Placed]) -> None:
        for elements in segments:
            out.append((self._node_of(elements), elements, None))

    def _node_of(self, elements: list[str]) -> SegmentNode:
        if not self._by_code:
            return self._first
        found = self._by_code.get(component_of(elements, self._first.qualifier_at, 1))
        if found is None:
            raise ComposeError(f"there is no {elements[0]} with this qualifier")
        return found


Plan = SegmentPlan | RepeatedPlan


def _absent(type: type, name: str) -> object:
    """What a field holds where nothing is sent."""
    field = next(field for field in fields_of(type) if field.name == name)
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
