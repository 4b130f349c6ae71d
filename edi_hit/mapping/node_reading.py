"""How the segments of one node of a guide are read: compiled once, run for every segment.

A reading gives what it leaves over. It raises `WrongValue` or `ValueError` where an element is not what its
field needs; `reread` then says which, and takes what can be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from edi_hit.guides import SegmentNode
from edi_hit.mapping.convert import TEXT
from edi_hit.mapping.fields import Constant, Element, Field, RepeatedField, SegmentField, Values, WrongValue
from edi_hit.mapping.named_elements import NamedElements
from edi_hit.mapping.parts import Unmapped
from edi_hit.x12 import COMPONENT

Wrong = tuple[Field, WrongValue]

_Plain = tuple[str, int, Callable[[str], Any] | None]
"""Name, place, and conversion (None for text) of a value that is simply an element or component."""


class SegmentReading:
    """Segments that come once; `group` is the nested structure they belong to, empty where none."""

    once = True

    def __init__(self, named: NamedElements, fields: Sequence[SegmentField], group: str) -> None:
        self.named = named
        self.fields = tuple(fields)
        self._group = group
        self._label = fields[0].label
        plain = [field for field in fields if isinstance(field, Element)]
        self._whole = tuple(_plain(field, field.at) for field in plain if field.component is None)
        self._composites = tuple(
            (
                at,
                len(components) if set(components) == set(range(1, len(components) + 1)) else 0,
                tuple(_plain(f, f.component - 1) for f in plain if f.at == at and f.component is not None),
            )
            for at, components in named.parts.items()
        )
        self._others = tuple(field for field in fields if not isinstance(field, Element))

    def read(self, elements: list[str], values: Values) -> Unmapped | None:
        """Put the values of one segment into `values`; give what no field names."""
        if self._group:
            values = values.setdefault(self._group, {})
        count = len(elements)
        for name, at, conversion in self._whole:
            if at < count:
                text = elements[at]
                if text:
                    values[name] = text if conversion is None else conversion(text)
        has_more = self.named.has_more(elements)
        for at, most, plain in self._composites:
            if at < count and elements[at]:
                texts = elements[at].split(COMPONENT)
                held = len(texts)
                if held > most:
                    has_more = True
                for name, index, conversion in plain:
                    if index < held:
                        text = texts[index]
                        if text:
                            values[name] = text if conversion is None else conversion(text)
        for field in self._others:
            field.read(elements, values)
        if not has_more:
            return None
        rest = self.named.rest(elements)
        return Unmapped(rest, label=self._label) if rest else None

    def reread(self, elements: list[str], values: Values) -> tuple[list[Wrong], Unmapped | None]:
        """Read field by field: give the wrong ones, and what no field names or could take."""
        if self._group:
            values = values.setdefault(self._group, {})
        wrong: list[Wrong] = []
        for field in self.fields:
            try:
                field.read(elements, values)
            except WrongValue as error:
                wrong.append((field, error))
        rest = self.named.rest(elements, [spot for field, _ in wrong for spot in field.spots])
        return wrong, Unmapped(rest, label=self._label) if rest else None


class QualifiedReading:
    """Segments of several qualifiers in one place, each of which comes once and has a field of its own."""

    once = False

    def __init__(self, named: NamedElements, fields: Sequence[SegmentField]) -> None:
        self.named = named
        self.fields = tuple(fields)

    def read(self, elements: list[str], values: Values) -> Unmapped | None:
        """Put the value of one segment into `values`; give what no field names, or the whole segment."""
        for field in self.fields:
            if field.read(elements, values):
                rest = self.named.rest(elements) if self.named.has_more(elements) else ()
                return Unmapped(rest, label=field.label) if rest else None
        return Unmapped(tuple(elements))

    def reread(self, elements: list[str], values: Values) -> tuple[list[Wrong], Unmapped | None]:
        """Give the field that could not read the segment; the segment is kept whole."""
        return _first_wrong(self.fields, elements, values), Unmapped(tuple(elements))


class RepeatedReading:
    """Segments that each become an item of a field; kept whole where they hold more than it names."""

    once = False

    def __init__(self, named: NamedElements, fields: Sequence[RepeatedField]) -> None:
        self.named = named
        self.fields = tuple(fields)
        self._has_composites = any(1 in components for components in named.parts.values())

    def holds(self, elements: list[str]) -> int:
        """How many items a segment holds; none where it is kept whole."""
        return 0 if self.named.rest(elements) else self.fields[0].items(elements)

    def read(self, elements: list[str], values: Values) -> Unmapped | None:
        """Add the items of one segment to `values`; give the segment where no field takes it."""
        may_have_more = self._has_composites or self.named.has_more(elements)
        if may_have_more and self.named.rest(elements):
            return Unmapped(tuple(elements))
        for field in self.fields:
            if field.read(elements, values):
                return None
        return Unmapped(tuple(elements))

    def reread(self, elements: list[str], values: Values) -> tuple[list[Wrong], Unmapped | None]:
        """Give the field that could not read the segment; the segment is kept whole."""
        return _first_wrong(self.fields, elements, values), Unmapped(tuple(elements))


NodeReading = SegmentReading | QualifiedReading | RepeatedReading


def node_reading(
    node: SegmentNode, fields: Sequence[tuple[Field, str]], constants: Iterable[Constant]
) -> NodeReading | None:
    """Compile how segments of `node` are read by `fields`, each with its group; None where none reads them.

    Raises `TypeError` for a declaration that reads a segment in several ways.
    """
    if not fields:
        return None
    named = NamedElements.of(node, [field for field, _ in fields], constants)
    repeated = [field for field, _ in fields if isinstance(field, RepeatedField)]
    single = [field for field, _ in fields if isinstance(field, SegmentField)]
    groups = {group for _, group in fields}
    if (repeated and single) or len(groups) > 1 or len({field.only for field in single}) > 1:
        raise TypeError(f"segment {node.label} is declared in several ways")
    if repeated:
        return RepeatedReading(named, repeated)
    return QualifiedReading(named, single) if single[0].only else SegmentReading(named, single, *groups)


def _plain(field: Element, place: int) -> _Plain:
    return field.name, place, None if field.conversion is TEXT else field.conversion.read


def _first_wrong(fields: Iterable[Field], elements: list[str], values: Values) -> list[Wrong]:
    for field in fields:
        try:
            if field.read(elements, values):
                return []
        except WrongValue as wrong:
            return [(field, wrong)]
    return []
