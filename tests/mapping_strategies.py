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
from edi_hit.mapping.code_lists import CodeList
from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.convert import DATE, INTEGER, MONEY, NUMBER, SPAN, TEXT
from edi_hit.mapping.date_fields import Day, Days, Moments
from edi_hit.mapping.declaration import Nested
from edi_hit.mapping.fields import Element, Field, RepeatedField, Run, required_fields
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.loop_reader import IGNORED
from edi_hit.mapping.named_elements import NamedElements, label_of, names
from edi_hit.mapping.parts import Adjustment, Contact, ContactNumber, Moment, Period, Unmapped
from edi_hit.mapping.repeated_fields import Adjustments, Contacts, Each, EachValue, Part
from edi_hit.remits import ProviderAdjustment
from edi_hit.remits.remittance_fields import ProviderAdjustments, ServiceDays

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
    SPAN.name: PERIODS,
}


def value_of(conversion: Conversion) -> Strategy:
    """A value that `conversion` writes."""
    return _BY_CONVERSION[conversion.name]


def built(mapping: LoopMapping[Any], node: LoopNode, **more: Strategy) -> Strategy:
    """The structure that `mapping` reads from loops of `node`; `more` fills what comes from elsewhere."""
    parts = _fields(mapping.type, mapping.fields, node)
    for group in mapping.nested:
        parts[group.name] = _optional(mapping.type, group.name, _nested(group, node))
    for child in mapping.children:
        inner = built(child.mapping, node.loop(child.loop_id))
        if child.many:
            least = 1 if _required(mapping.type, child.name) else 0
            parts[child.name] = st.lists(inner, min_size=least, max_size=2).map(_numbered)
        else:
            parts[child.name] = _optional(mapping.type, child.name, inner)
    parts["unmapped"] = unmapped(mapping, node)
    return st.builds(mapping.type, **parts, **more)


def _numbered(items: list[Any]) -> tuple[Any, ...]:
    """Service lines numbered as a writer does; other things as they are."""
    if not items or "number" not in items[0].__struct_fields__:
        return tuple(items)
    return tuple(msgspec.structs.replace(item, number=at) for at, item in enumerate(items, 1))


def _required(type: type, name: str) -> bool:
    return name in required_fields(type)


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
    return st.lists(value_of(field.conversion), min_size=1, max_size=len(field.places)).map(tuple)


def _each(field: Each, node: LoopNode) -> Strategy:
    parts: dict[str, Strategy] = {}
    told_by = _node_of(field, node).qualifier_at
    for part in field.parts:
        strategy = _codes(field, node) if part.at == told_by else _part(part)
        is_sure = _required(field.type, part.name)
        parts[part.name] = strategy if is_sure else strategy | _absent(field.type, part.name)
    return st.lists(st.builds(field.type, **parts), min_size=1, max_size=3).map(tuple)


def _part(part: Part) -> Strategy:
    value = value_of(part.conversion)
    if part.through is None:
        return value
    return st.lists(value, min_size=1, max_size=part.through - part.at + 1).map(tuple)


def _contacts(field: Contacts, node: LoopNode) -> Strategy:
    numbers = st.lists(st.builds(ContactNumber, TEXTS, TEXTS), max_size=3).map(tuple)
    return st.lists(st.builds(Contact, _codes(field, node), TEXTS, numbers), min_size=1, max_size=2).map(
        tuple
    )


ADJUSTMENTS = st.lists(
    st.builds(Adjustment, st.sampled_from(["CO", "PR", "OA", "PI"]), TEXTS, DOLLARS, st.none() | NUMBERS),
    min_size=1,
    max_size=8,
).map(lambda items: tuple(sorted(items, key=lambda item: item.group)))


def _code_list(field: CodeList, node: LoopNode) -> Strategy:
    if field.type is str:
        return st.lists(TEXTS, min_size=1, max_size=15).map(tuple)
    parts = {part.name: _codes(field, node) if part.at == 1 else _part(part) for part in field.parts}
    code = st.builds(field.type, **parts)
    if not field.gaps:
        return st.lists(code, min_size=1, max_size=15).map(tuple)
    more = st.lists(code | st.just(field.type("", "")), max_size=10)
    return st.tuples(code, more, code).map(lambda found: (found[0], *found[1], found[2]))


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
    EachValue: lambda field, node: st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
    Contacts: _contacts,
    Adjustments: lambda field, node: ADJUSTMENTS,
    CodeList: _code_list,
    Moments: lambda field, node: st.builds(Moment, DAYS, st.sampled_from(["", "0000", "1359"])),
    ProviderAdjustments: _plb,
}


def unmapped(mapping: LoopMapping[Any], node: LoopNode) -> Strategy:
    """What a reading keeps of a loop: segments without a field, elements without one, loops without one."""
    readings = {
        segment: _fields_of(mapping, segment) for segment in node.segments if segment.id not in IGNORED
    }
    segments = [_plain(segment) for segment, fields in readings.items() if not fields]
    rests = [
        _rest(mapping, segment, fields)
        for segment, fields in readings.items()
        if fields
        and fields[0] in mapping.fields
        and not isinstance(fields[0], RepeatedField)
        and not fields[0].only
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


def _fields_of(mapping: LoopMapping[Any], segment: SegmentNode) -> list[Field]:
    return [field for _, _, fields in mapping.groups for field in fields if names(field, segment)]


def _rest(mapping: LoopMapping[Any], segment: SegmentNode, fields: list[Field]) -> Unmapped:
    """An element after all that the declaration names, of a segment it names."""
    last = NamedElements.of(segment, fields, mapping.constants).end
    return Unmapped((segment.id, *[""] * (last - 1), "Z9"), label=fields[0].labels[0])
