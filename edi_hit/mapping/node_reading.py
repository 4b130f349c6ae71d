"""How the segments of one node of a guide are read: compiled once, run for every segment.

A reading gives what it leaves over. It raises `WrongValueError` or `ValueError` where an element is not what
its field needs; `reread` then says which, and takes what can be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from edi_hit.guides import SegmentNode
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import (
    Constant,
    Element,
    Field,
    RepeatedField,
    Run,
    SegmentField,
    Values,
    WrongValueError,
)
from edi_hit.mapping.named_elements import NamedElements
from edi_hit.mapping.parts import Unmapped
from edi_hit.mapping.value_source import Wanted, compiled_segment

Wrong = tuple[Field, WrongValueError]


class SegmentReading:
    """Segments that come once; `group` is the nested structure they belong to, empty where none."""

    once = True

    def __init__(self, named: NamedElements, fields: Sequence[SegmentField], group: str) -> None:
        self.named = named
        self.fields = tuple(fields)
        self._group = group
        self._label = fields[0].label
        wanted = [one for field in fields if (one := _wanted(field))]
        others = [field.reader() for field in fields if not _wanted(field)]
        self.read: Callable[[list[str], Values], Unmapped | None] = compiled_segment(
            wanted, named, self._rest, others, group
        )
        """Puts the values of one segment into a dict; gives what no field names."""

    def _rest(self, elements: list[str]) -> Unmapped | None:
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
            except WrongValueError as error:
                wrong.append((field, error))
        rest = self.named.rest(elements, [spot for field, _ in wrong for spot in field.spots])
        return wrong, Unmapped(rest, label=self._label) if rest else None


class QualifiedReading:
    """Segments of several qualifiers in one place, each of which comes once and has a field of its own."""

    once = False

    def __init__(self, named: NamedElements, fields: Sequence[SegmentField]) -> None:
        self.named = named
        self.fields = tuple(fields)
        self._by_code = {
            field.label.partition("*")[2]: (field.name, SegmentReading(named, [field], ""))
            for field in fields
        }

    def read(self, elements: list[str], values: Values) -> Unmapped | None:
        """Put the value of one segment into `values`; give what no field names, or the whole segment."""
        known = self._by_code.get(component_of(elements, 1, 1))
        if known is None or known[0] in values:
            return Unmapped(tuple(elements))
        return known[1].read(elements, values)

    def reread(self, elements: list[str], values: Values) -> tuple[list[Wrong], Unmapped | None]:
        """Give the field that could not read the segment; the segment is kept whole."""
        return _first_wrong(self.fields, elements, values), Unmapped(tuple(elements))


class RepeatedReading:
    """Segments that each become an item of a field; kept whole where they hold more than it names."""

    once = False

    def __init__(self, named: NamedElements, fields: Sequence[RepeatedField]) -> None:
        self.named = named
        self.fields = tuple(fields)
        self._readers = tuple(field.reader() for field in fields)
        self._left_over = compiled_segment((), named, named.rest)

    def holds(self, elements: list[str]) -> int:
        """How many items a segment holds; none where it is kept whole."""
        return 0 if self.named.rest(elements) else self.fields[0].items(elements)

    def read(self, elements: list[str], values: Values) -> Unmapped | None:
        """Add the items of one segment to `values`; give the segment where no field takes it."""
        if self._left_over(elements, values):
            return Unmapped(tuple(elements))
        for read in self._readers:
            if read(elements, values):
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


def _wanted(field: SegmentField) -> Wanted | None:
    """What is compiled of a field; None where it reads for itself."""
    if isinstance(field, Element):
        return Wanted(field.name, field.at, field.component, field.conversion)
    if isinstance(field, Run) and field.of_element is not None and field.follows:
        return Wanted(field.name, field.of_element, field.places[0], field.conversion, len(field.places))
    return None


def _first_wrong(fields: Iterable[Field], elements: list[str], values: Values) -> list[Wrong]:
    for field in fields:
        try:
            if field.read(elements, values):
                return []
        except WrongValueError as wrong:
            return [(field, wrong)]
    return []
