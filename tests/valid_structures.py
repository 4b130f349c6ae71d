"""Builds structures that the guides allow, by the mapping declarations, for strategies.

What is there is drawn by hypothesis, what it holds comes from seeds it draws. Usage, codes, formats, repeats
and relations are those of the guide; what holds between loops is the caller's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Any

import msgspec
from guide_texts import Texts, element_at, is_used
from hypothesis import strategies as st

from edi_hit.guides import LoopNode, SegmentNode
from edi_hit.guides.element import MANDATORY, NOT_USED, Relation
from edi_hit.mapping.code_lists import FORM_AT, CodeList
from edi_hit.mapping.convert import MONEY, NUMBER, read_date, read_moment, read_period
from edi_hit.mapping.date_fields import Day, Days, Moments
from edi_hit.mapping.declaration import Nested, unsent
from edi_hit.mapping.fields import (
    Constant,
    Element,
    Field,
    RepeatedField,
    Run,
    SegmentField,
    Spot,
    required_fields,
)
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.named_elements import label_of, qualifier_spot
from edi_hit.mapping.parts import Adjustment, Contact, ContactNumber, Period
from edi_hit.mapping.repeated_fields import Adjustments, Contacts, Each, EachValue, Part
from edi_hit.remits import ProviderAdjustment
from edi_hit.remits.remittance_fields import ProviderAdjustments, ServiceDays

Draw = Callable[[st.SearchStrategy[Any]], Any]
Thing = SegmentField | Part
"""What fills spots of one segment: a field, or a part of an item."""
Texted = dict[Spot, str]
Values = dict[str, Any]

_TENTHS = st.integers(0, 9)
_ALL = 10
_DENSITIES = st.sampled_from([2, 5, 9, _ALL])
_SEEDS = st.integers(0, 2**32)


class Builder:
    """Builds structures; each has a density: how many are there of ten things that need not be."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._density = draw(_DENSITIES)
        self.texts = Texts(Random(draw(_SEEDS)))

    def is_sent(self) -> bool:
        """Whether something is there that may be."""
        return self._density == _ALL or bool(self._draw(_TENTHS) >= _ALL - self._density)

    def how_many(self, least: int, most: int) -> int:
        """How often something comes."""
        if self._density == _ALL:
            return most
        return max(least, 1 + self._draw(st.integers(0, most - 1))) if self.is_sent() else least

    def whole(self, mapping: LoopMapping[Any], node: LoopNode) -> Any:
        """The structure of a loop with all that it may have."""
        density, self._density = self._density, _ALL
        built = self._built(mapping, node)
        self._density = density
        return built

    def built(self, mapping: LoopMapping[Any], node: LoopNode, **given: object) -> Any:
        """The structure of a loop; `given` are the fields that come from elsewhere."""
        density, self._density = self._density, self._draw(_DENSITIES)
        built = self._built(mapping, node, **given)
        self._density = density
        return built

    def _built(self, mapping: LoopMapping[Any], node: LoopNode, **given: object) -> Any:
        self.texts.random.seed(self._draw(_SEEDS))
        values: Values = {**unsent(mapping.type, mapping.fields), **given}
        values |= self._fields(mapping.type, mapping.fields, mapping.constants, node)
        for group in mapping.nested:
            part = self._nested(group, mapping, node)
            if part is not None:
                values[group.name] = part
        for child in mapping.children:
            below = node.loop(child.loop_id)
            least = int(below.usage == MANDATORY or child.name in mapping.required)
            count = self.how_many(least, min(below.max_use or 2, 2) if child.many else 1)
            parts = tuple(self.built(child.mapping, below) for _ in range(count))
            if child.many:
                values[child.name] = parts
            elif parts:
                values[child.name] = parts[0]
        return mapping.type(**values)

    def _nested(self, group: Nested, mapping: LoopMapping[Any], node: LoopNode) -> Any:
        labels = {label for field in group.fields for label in field.labels}
        is_needed = any(node.segment(label).usage == MANDATORY for label in labels)
        if not (is_needed or group.name in mapping.required or self.is_sent()):
            return None
        values = self._fields(group.type, group.fields, mapping.constants, node)
        return group.type(**{**unsent(group.type, group.fields), **values}) if values else None

    def _fields(
        self, type: type, fields: Sequence[Field], constants: Sequence[Constant], node: LoopNode
    ) -> Values:
        values: Values = {}
        by_label: defaultdict[str, list[SegmentField]] = defaultdict(list)
        for field in fields:
            if isinstance(field, RepeatedField):
                value = _REPEATED[field.__class__](self, field, node)
                if value:
                    values[field.name] = value
            else:
                by_label[field.label].append(field)
        used: defaultdict[SegmentNode, int] = defaultdict(int)
        for label, held in self.texts.shuffled(by_label.items()):
            segment = node.segment(label)
            needed = {field.name for field in held} & set(required_fields(type))
            must = segment.usage == MANDATORY or bool(needed)
            if used[segment] != segment.max_use and (must or self.is_sent()):
                own = [constant for constant in constants if label_of(constant.label, segment)]
                found = self.segment(segment, held, label, own, needed, must)
                used[segment] += bool(found)
                values |= found
        return values

    def segment(
        self,
        node: SegmentNode,
        things: Sequence[Thing],
        label: str,
        constants: Sequence[Constant],
        needed: Iterable[str],
        must: bool,
    ) -> Values:
        """The values of the fields or parts of one segment."""
        beside = {constant.at: constant.beside for constant in constants if constant.beside is not None}
        texts: Texted = {(c.at, c.component): c.code for c in constants if c.beside is None}
        code = label.partition("*")[2]
        if code:
            texts.setdefault(qualifier_spot(node), code)
        chosen = [thing for thing in things if thing.name in needed or self._is_chosen(node, thing)]
        if must and not chosen:
            chosen = [thing for thing in things if _usage(node, thing) != NOT_USED][:1]
        chosen = self._complete(node, things, chosen)
        chosen = self._related(node, things, chosen, {at for at, _ in texts}, beside)
        if {spot for thing in chosen for spot in thing.spots} <= {qualifier_spot(node)} and not must:
            return {}
        chosen.sort(key=lambda thing: thing.spots[0][0])
        return {thing.name: self.value(thing, node, texts) for thing in chosen}

    def _is_chosen(self, node: SegmentNode, thing: Thing) -> bool:
        usage = _usage(node, thing)
        return usage == MANDATORY or (usage != NOT_USED and self.is_sent())

    def _complete(self, node: SegmentNode, things: Sequence[Thing], chosen: list[Thing]) -> list[Thing]:
        """With the components a composite cannot do without."""
        there = {at for thing in chosen for at, component in thing.spots if component is not None}
        return [
            thing
            for thing in things
            if thing in chosen
            or (
                thing.spots[0][0] in there
                and thing.spots[0][1] is not None
                and element_at(node, thing.spots[0]).usage == MANDATORY
            )
        ]

    def _related(
        self,
        node: SegmentNode,
        things: Sequence[Thing],
        chosen: list[Thing],
        fixed: set[int],
        beside: dict[int, int],
    ) -> list[Thing]:
        """With the elements others need, without those others exclude."""
        for _ in range(4):
            for relation in node.relations:
                there = {at for thing in chosen for at, _ in thing.spots} | fixed
                there |= {at for at, other in beside.items() if other in there}
                add, drop = self._change(relation, there, {at for thing in things for at, _ in thing.spots})
                chosen = [thing for thing in chosen if thing.spots[0][0] not in drop]
                chosen += [t for t in things if t.spots[0][0] in add and t not in chosen]
        return chosen

    def _change(self, relation: Relation, there: set[int], known: set[int]) -> tuple[set[int], set[int]]:
        """The elements to add and to drop so that a relation holds."""
        first, *others = relation.elements
        held = [at for at in relation.elements if at in there]
        if relation.kind == "E" and len(held) > 1:
            return set(), set(held) - {self.texts.random.choice(held)}
        if relation.kind == "R" and not held:
            return {self.texts.random.choice([at for at in relation.elements if at in known])}, set()
        if relation.kind == "L" and held == [first]:
            return {self.texts.random.choice([at for at in others if at in known])}, set()
        missing = set(relation.elements) - there
        is_due = held and (relation.kind == "P" or (relation.kind == "C" and first in there))
        if is_due and missing:
            return (missing, set()) if missing <= known else (set(), set(held) & known)
        return set(), set()

    def value(self, thing: Thing, node: SegmentNode, texts: Texted) -> Any:
        """The value of one field or part; its texts are put to those of the segment."""
        if isinstance(thing, Run) or (isinstance(thing, Part) and thing.through is not None):
            usable = [spot for spot in thing.spots if is_used(node, spot)]
            spots = usable[: self.how_many(1, len(usable))]
            return tuple(thing.conversion.read(self._text(node, spot, texts)) for spot in spots)
        if isinstance(thing, Days | Moments):
            read = read_period if isinstance(thing, Days) else read_moment
            form = self._text(node, (2, None), texts)
            return read(form, self._text(node, (3, None), texts))
        if isinstance(thing, Day):
            if thing.form_at is not None:
                texts[thing.form_at, None] = "D8"
            return read_date(self._text(node, (thing.at, None), texts))
        assert isinstance(thing, Element | Part)
        return thing.conversion.read(self._text(node, (thing.at, thing.component), texts))

    def _text(self, node: SegmentNode, spot: Spot, texts: Texted) -> str:
        texts[spot] = self.texts.of(node, spot, texts)
        return texts[spot]

    def nodes_of(self, field: RepeatedField, node: LoopNode) -> list[SegmentNode]:
        """The segments of a repeated field, each as often as it comes, in guide order."""
        most = max(2, len(field.labels))
        found: list[SegmentNode] = []
        for segment in sorted({node.segment(label) for label in field.labels}, key=lambda s: s.ordinal):
            least = int(segment.usage == MANDATORY)
            found += [segment] * self.how_many(least, min(segment.max_use or most, most))
        return found


def _usage(node: SegmentNode, thing: Thing) -> str:
    """Whether the guide needs, allows or forbids what fills the first spot of a thing."""
    at, component = thing.spots[0]
    element = node.elements[at - 1].usage
    if component is None or element == NOT_USED:
        return element
    inner = element_at(node, (at, component)).usage
    return MANDATORY if element == inner == MANDATORY else NOT_USED if inner == NOT_USED else "S"


def _each(builder: Builder, field: Each, node: LoopNode) -> tuple[Any, ...]:
    needed, label = required_fields(field.type), field.labels[0]
    at = {part.name: part.at for part in field.parts}
    beside = [Constant(label, b.at[0], b.code, at[b.part], b.at[1]) for b in field.beside]
    return tuple(
        field.type(**builder.segment(segment, field.parts, label, beside, needed, must=True))
        for segment in builder.nodes_of(field, node)
    )


def _each_value(builder: Builder, field: EachValue, node: LoopNode) -> tuple[str, ...]:
    texts = {(1, None): field.code or field.label.partition("*")[2]}
    return tuple(
        builder.texts.of(segment, (field.at, None), texts) for segment in builder.nodes_of(field, node)
    )


def _contacts(builder: Builder, field: Contacts, node: LoopNode) -> tuple[Contact, ...]:
    return tuple(_contact(builder, segment) for segment in builder.nodes_of(field, node))


def _contact(builder: Builder, node: SegmentNode) -> Contact:
    texts: Texted = {}
    function = builder.texts.of(node, (1, None), texts)
    name = builder.texts.of(node, (2, None), texts) if _may_have(builder, node, 2) else ""
    numbers: list[ContactNumber] = []
    for at in (3, 5, 7):
        if not _may_have(builder, node, at):
            break
        kind, number = (builder.texts.of(node, (place, None), texts) for place in (at, at + 1))
        numbers.append(ContactNumber(kind, number))
    return Contact(function, name, tuple(numbers))


def _may_have(builder: Builder, node: SegmentNode, at: int) -> bool:
    usage = node.elements[at - 1].usage
    return usage == MANDATORY or (usage != NOT_USED and builder.is_sent())


def _adjustments(builder: Builder, field: Adjustments, node: LoopNode) -> tuple[Adjustment, ...]:
    segment = node.segment("CAS")
    groups = sorted(segment.elements[0].codes)
    found = []
    for group in sorted(builder.texts.random.sample(groups, builder.how_many(0, 2))):
        for _ in range(builder.how_many(1, 7)):
            reason = builder.texts.of(segment, (2, None), {})
            units = NUMBER.read(builder.texts.of(segment, (4, None), {})) if builder.is_sent() else None
            found.append(Adjustment(group, reason, MONEY.read(builder.texts.dollars()), units))
    return tuple(found)


def _code_list(builder: Builder, field: CodeList, node: LoopNode) -> tuple[Any, ...]:
    segment = node.segment(field.labels[0])
    many = field.room if field.gaps else min(field.room + 1, field.room * (segment.max_use or 2))
    found = []
    for index in range(builder.how_many(int(segment.usage == MANDATORY), many)):
        at = index % field.room + 1
        texts: Texted = {} if field.parts[0].at == 1 else {(at, 1): field.labels[0].partition("*")[2]}
        if field.form:
            texts[at, FORM_AT] = field.form
        parts = [msgspec.structs.replace(part, at=at, component=part.at) for part in field.parts]
        chosen = [part for part in parts if part.name in _needed_of(field) or builder.is_sent()]
        values = {part.name: builder.value(part, segment, texts) for part in chosen}
        found.append(values[parts[0].name] if field.type is str else field.type(**values))
    return tuple(found)


def _needed_of(field: CodeList) -> tuple[str, ...]:
    return (field.parts[0].name,) if field.type is str else required_fields(field.type)


def _service_days(builder: Builder, field: ServiceDays, node: LoopNode) -> Period | None:
    read = read_period("RD8", builder.texts.span())
    return (read if builder.is_sent() else Period.day(read.start)) if builder.is_sent() else None


def _provider_adjustments(
    builder: Builder, field: ProviderAdjustments, node: LoopNode
) -> tuple[ProviderAdjustment, ...]:
    segment = node.segment("PLB")
    found = []
    for _ in range(builder.how_many(0, 2)):
        provider, year_end = builder.texts.npi(), read_date(builder.texts.day())
        for _ in range(builder.how_many(1, 7)):
            reason = builder.texts.of(segment, (3, 1), {})
            reference = builder.texts.of(segment, (3, 2), {}) if builder.is_sent() else ""
            amount = MONEY.read(builder.texts.dollars())
            found.append(ProviderAdjustment(provider, year_end, reason, amount, reference))
    return tuple(found)


_REPEATED: dict[type, Callable[[Builder, Any, LoopNode], Any]] = {
    Each: _each,
    EachValue: _each_value,
    Contacts: _contacts,
    Adjustments: _adjustments,
    CodeList: _code_list,
    ServiceDays: _service_days,
    ProviderAdjustments: _provider_adjustments,
}
