"""Strategies for claims, remittances and their parts, derived from the mapping declarations and the guides.

Every field of a declaration is filled, with codes its segment is told by where it has any; segments, loops
and elements that no field names are kept as `unmapped`. Items of a field stand in the order in which the
guide has them, adjustments by group: so they are read back as they were written.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

from edi_hit.guides import LoopNode, SegmentNode
from edi_hit.mapping.convert import DATE, INTEGER, MONEY, NUMBER, TEXT, Conversion
from edi_hit.mapping.fields import Day, Days, Element, Field, Run
from edi_hit.mapping.loop_mapping import IGNORED, LoopMapping, Nested
from edi_hit.mapping.node_reading import NodeReading, label_of, names
from edi_hit.mapping.parts import Adjustment, Contact, ContactNumber, Period, Unmapped
from edi_hit.mapping.repeated_fields import Adjustments, Codes, Contacts, Each, EachDated, EachValue
from edi_hit.remits.mapping_835 import ProviderAdjustments, ServiceDays
from edi_hit.remits.remittance import ProviderAdjustment

Strategy = st.SearchStrategy[Any]

TEXTS = st.text(st.sampled_from("ABCdef019 -/.,&#'()ÑéЖ李"), min_size=1, max_size=6)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
PERIODS = st.tuples(DAYS, DAYS).map(lambda ends: Period(min(ends), max(ends)))
DOLLARS = st.decimals(Decimal(-99_999_999), Decimal(99_999_999), places=2)
NUMBERS = st.one_of(st.integers(0, 999_999).map(Decimal), st.decimals(0, 9999, places=3))

_BY_CONVERSION: dict[str, Strategy] = {
    TEXT.name: TEXTS,
    MONEY.name: DOLLARS,
    NUMBER.name: NUMBERS,
    INTEGER.name: st.integers(1, 12),
    DATE.name: DAYS,
}


def value_of(conversion: Conversion) -> Strategy:
    """A value that `conversion` writes."""
    return _BY_CONVERSION[conversion.name]


def built(mapping: LoopMapping, node: LoopNode, **more: Strategy) -> Strategy:
    """The structure that `mapping` reads from loops of `node`; `more` fills what comes from elsewhere."""
    parts = _fields(mapping.type, mapping.fields, node)
    for group in mapping.nested:
        parts[group.name] = _optional(mapping.type, group.name, _nested(group, node))
    for child in mapping.children:
        inner = built(child.mapping, node.loop(child.loop_id))
        if child.many:
            least = 1 if _required(mapping.type, child.name) else 0
            parts[child.name] = st.lists(inner, min_size=least, max_size=2).map(tuple)
        else:
            parts[child.name] = _optional(mapping.type, child.name, inner)
    parts["unmapped"] = unmapped(mapping, node)
    return st.builds(mapping.type, **parts, **more)


def _required(type: type, name: str) -> bool:
    return any(field.name == name and field.required for field in msgspec.structs.fields(type))


def _optional(type: type, name: str, strategy: Strategy) -> Strategy:
    """None too, where that is what the structure has for a part that was not sent."""
    field = next(field for field in msgspec.structs.fields(type) if field.name == name)
    return st.none() | strategy if not field.required and field.default is None else strategy


def _nested(group: Nested, node: LoopNode) -> Strategy:
    parts = _fields(group.type, group.fields, node)
    first = group.fields[0]
    assert isinstance(first, Element)
    parts[first.name] = _code_or_text(first, node)
    return st.builds(group.type, **parts)


def _fields(type: type, fields: tuple[Field, ...], node: LoopNode) -> dict[str, Strategy]:
    found = {}
    for field in fields:
        strategy = _FIELDS[field.__class__](field, node)
        told = isinstance(field, Element) and field.at == _node_of(field, node).qualifier_at
        if told or _required(type, field.name) or field.name == "entity":
            found[field.name] = strategy
        else:
            found[field.name] = strategy | _absent(type, field.name)
    return found


def _absent(type: type, name: str) -> Strategy:
    field = next(field for field in msgspec.structs.fields(type) if field.name == name)
    return st.just("") if isinstance(field.default, str) else st.just(field.default)


def _node_of(field: Field, node: LoopNode) -> SegmentNode:
    return next(segment for segment in node.segments if names(field, segment))


def _codes(field: Field, node: LoopNode) -> Strategy:
    """The qualifiers of the segments a field reads, as the guide has them."""
    found = sorted({code for segment in node.segments if names(field, segment) for code in segment.codes})
    return st.sampled_from(found) if found else TEXTS


def _code_or_text(field: Element, node: LoopNode) -> Strategy:
    if field.name == "entity":
        return st.sampled_from(["1", "2"])
    segment = _node_of(field, node)
    if field.at == segment.qualifier_at and field.component in (None, 1) and segment.codes:
        return st.sampled_from(sorted(segment.codes))
    return value_of(field.conversion)


def _run(field: Run, node: LoopNode) -> Strategy:
    room = field.last - field.first + 1
    return st.lists(value_of(field.conversion), min_size=1, max_size=room).map(tuple)


def _in_guide_order(
    field: Field, node: LoopNode, code: Callable[[Any], str]
) -> Callable[[list[Any]], tuple[Any, ...]]:
    def place(item: Any) -> int:
        for segment in node.segments:
            if names(field, segment) and (not segment.codes or code(item) in segment.codes):
                return segment.ordinal
        raise AssertionError(code(item))

    return lambda items: tuple(sorted(items, key=place))


def _each(field: Each, node: LoopNode) -> Strategy:
    parts: dict[str, Strategy] = {}
    told_by = _node_of(field, node).qualifier_at
    qualifier = next(name for name, at, _, _ in field.parts if at == told_by)
    for name, at, _, conversion in field.parts:
        strategy = _codes(field, node) if at == told_by else value_of(conversion)
        parts[name] = strategy if _required(field.type, name) else strategy | _absent(field.type, name)
    items = st.lists(st.builds(field.type, **parts), min_size=1, max_size=2)
    return items.map(_in_guide_order(field, node, lambda item: getattr(item, qualifier)))


def _each_dated(field: EachDated, node: LoopNode) -> Strategy:
    items = st.lists(st.builds(field.type, _codes(field, node), PERIODS), min_size=1, max_size=2)
    return items.map(_in_guide_order(field, node, lambda item: item.qualifier))


def _contacts(field: Contacts, node: LoopNode) -> Strategy:
    numbers = st.lists(st.builds(ContactNumber, TEXTS, TEXTS), max_size=3).map(tuple)
    items = st.lists(st.builds(Contact, _codes(field, node), TEXTS, numbers), min_size=1, max_size=2)
    return items.map(_in_guide_order(field, node, lambda item: item.function))


ADJUSTMENTS = st.lists(
    st.builds(Adjustment, st.sampled_from(["CO", "PR", "OA", "PI"]), TEXTS, DOLLARS, st.none() | NUMBERS),
    min_size=1,
    max_size=8,
).map(lambda items: tuple(sorted(items, key=lambda item: item.group)))


def _codes_of_hi(field: Codes, node: LoopNode) -> Strategy:
    first = st.builds(field.type, _codes(field, node), TEXTS)
    gap = st.just(field.type("", ""))
    more = st.lists(st.builds(field.type, TEXTS, TEXTS) | gap, max_size=10)
    last = st.builds(field.type, TEXTS, TEXTS)
    return st.tuples(first, more, last).map(lambda found: (found[0], *found[1], found[2]))


def _plb(field: ProviderAdjustments, node: LoopNode) -> Strategy:
    provider = st.sampled_from(["P1", "P2"])
    item = st.builds(ProviderAdjustment, provider, DAYS, TEXTS, DOLLARS, TEXTS | st.just(""))
    items = st.lists(item, min_size=1, max_size=8)
    return items.map(lambda found: tuple(sorted(found, key=lambda i: (i.provider_id, i.fiscal_year_end))))


_FIELDS: dict[type, Callable[[Any, LoopNode], Strategy]] = {
    Element: _code_or_text,
    Run: _run,
    Day: lambda field, node: DAYS,
    Days: lambda field, node: PERIODS,
    ServiceDays: lambda field, node: PERIODS,
    Each: _each,
    EachDated: _each_dated,
    EachValue: lambda field, node: st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    Contacts: _contacts,
    Adjustments: lambda field, node: ADJUSTMENTS,
    Codes: _codes_of_hi,
    ProviderAdjustments: _plb,
}


def unmapped(mapping: LoopMapping, node: LoopNode) -> Strategy:
    """What a reading keeps of a loop: segments without a field, elements without one, loops without one."""
    readings = {segment: _reading(mapping, segment) for segment in node.segments if segment.id not in IGNORED}
    segments = [_plain(segment) for segment, reading in readings.items() if reading is None]
    rests = [
        _rest(segment, reading)
        for segment, reading in readings.items()
        if reading is not None and not reading.many and not isinstance(reading.readers[0][0], Codes)
    ]
    named = {child.loop_id for child in mapping.children}
    loops = [loop for loop in node.loops if loop.id not in named and not _above_units(loop)]
    every = [*segments, *rests]
    ordinals = {entry: s.ordinal for s in readings for entry in every if _is_of(entry, s)}

    def in_order(found: tuple[list[Unmapped], list[LoopNode]]) -> tuple[Unmapped, ...]:
        own = sorted(found[0], key=lambda entry: ordinals[entry])
        below = sorted(found[1], key=node.loops.index)
        return (*own, *(Unmapped(_plain(loop.opener).elements, (loop.id,)) for loop in below))

    return st.tuples(_some_of(every), _some_of(loops)).map(in_order)


def _some_of(things: list[Any]) -> Strategy:
    return st.lists(st.sampled_from(things), max_size=3, unique=True) if things else st.just([])


def _above_units(loop: LoopNode) -> bool:
    return loop.holds_unit or loop.id in ("2300", "2100")


def _is_of(entry: Unmapped, segment: SegmentNode) -> bool:
    if entry.label:
        return label_of(entry.label, segment)
    return segment.takes(entry.elements[0], entry.elements[segment.qualifier_at])


def _plain(segment: SegmentNode) -> Unmapped:
    code = min(segment.codes) if segment.codes else "Z1"
    filler = [""] * (segment.qualifier_at - 1)
    return Unmapped((segment.id, *filler, code, "Z2"))


def _reading(mapping: LoopMapping, segment: SegmentNode) -> NodeReading | None:
    own: list[tuple[Field, str]] = [(field, "") for field in mapping.fields]
    own += [(field, group.name) for group in mapping.nested for field in group.fields]
    own = [(field, group) for field, group in own if names(field, segment)]
    return NodeReading.of(segment, own, mapping.constants) if own else None


def _rest(segment: SegmentNode, reading: NodeReading) -> Unmapped:
    """An element after all that the declaration names, of a segment it names."""
    last = max([*reading.whole, *reading.parts, *(at for at, _ in reading.fixed)])
    return Unmapped((segment.id, *[""] * last, "Z9"), label=reading.readers[0][0].labels[0])
