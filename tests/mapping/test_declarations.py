"""Every declaration resolves: loops, segments and qualifiers in the guide, fields in the structure."""

from collections.abc import Iterator

import msgspec
import pytest

from edi_hit.claims import LineAdjudication, OtherPayer, OtherPayerName
from edi_hit.claims.mapping_837p import BILLING_PROVIDER, CLAIM, PATIENT, SUBSCRIBER
from edi_hit.claims.shared_mapping import SUBMISSION
from edi_hit.guides import LoopNode, SegmentNode, guide
from edi_hit.guides.element import MANDATORY, NOT_USED, CompositeNode
from edi_hit.mapping.declaration import Nested
from edi_hit.mapping.fields import Element, Field, Spot
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.named_elements import NamedElements, names
from edi_hit.mapping.parts import Address, Party
from edi_hit.mapping.repeated_fields import Each, EachValue
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, PAYEE, PAYER, REMITTANCE

_837 = guide("837P").root
_SUBSCRIBER = _837.loop("2000A").loop("2000B")
_835 = guide("835").root

_OF_OTHER_PARTIES = {
    "address",
    "taxonomy",
    "tax_id_qualifier",
    "tax_id",
    "born_on",
    "gender",
    "references",
    "contacts",
}
ELSEWHERE = {
    Party: _OF_OTHER_PARTIES,
    OtherPayerName: _OF_OTHER_PARTIES,
    OtherPayer: {"inpatient", "attending_provider", "operating_physician", "other_operating_physician"},
    LineAdjudication: {"revenue_code"},
}
"""Fields of structures that stand in several loops, or guides, and not in all of them."""

TOP = [
    (SUBMISSION, _837),
    (BILLING_PROVIDER, _837.loop("2000A")),
    (SUBSCRIBER, _SUBSCRIBER),
    (PATIENT, _SUBSCRIBER.loop("2000C")),
    (CLAIM, _SUBSCRIBER.loop("2300")),
    (CLAIM, _SUBSCRIBER.loop("2000C").loop("2300")),
    (REMITTANCE, _835),
    (CLAIM_PAYMENT, _835.loop("2000").loop("2100")),
    (CLAIM_GROUP, _835.loop("2000")),
    (PAYER, _835.loop("1000A")),
    (PAYEE, _835.loop("1000B")),
]


def below(mapping: LoopMapping, node: LoopNode) -> Iterator[tuple[LoopMapping, LoopNode]]:
    yield mapping, node
    for child in mapping.children:
        yield from below(child.mapping, node.loop(child.loop_id))


EVERY = [
    pytest.param(mapping, node, id=f"{mapping.type.__name__}-{node.id}")
    for top, top_node in TOP
    for mapping, node in below(top, top_node)
]


def every_field(mapping: LoopMapping) -> list[Field]:
    return [*mapping.fields, *(field for group in mapping.nested for field in group.fields)]


@pytest.mark.parametrize(("mapping", "node"), EVERY)
def test_labels_are_in_the_guide(mapping: LoopMapping, node: LoopNode) -> None:
    for field in every_field(mapping):
        for label in field.labels:
            assert node.segment(label).id == label.partition("*")[0]
    for constant in mapping.constants:
        assert node.segment(constant.label)


@pytest.mark.parametrize(("mapping", "node"), EVERY)
def test_fields_are_in_the_structure_and_none_is_forgotten(mapping: LoopMapping, node: LoopNode) -> None:
    own = [field.name for field in mapping.fields]
    own += [group.name for group in mapping.nested] + [child.name for child in mapping.children]
    structure = {field.name for field in msgspec.structs.fields(mapping.type)}
    assert len(own) == len(set(own))
    assert set(own) <= structure
    assert set(mapping.undeclared) <= ELSEWHERE.get(mapping.type, set())
    for group in mapping.nested:
        named = [field.name for field in group.fields]
        assert len(named) == len(set(named))
        assert set(named) <= {field.name for field in msgspec.structs.fields(group.type)}


@pytest.mark.parametrize(("mapping", "node"), EVERY)
def test_no_element_is_named_twice(mapping: LoopMapping, node: LoopNode) -> None:
    """Two fields of one element would each write it, and the second win."""
    taken: set[tuple[str, int, int | None]] = set()
    for field in every_field(mapping):
        code = field.code if isinstance(field, EachValue) else ""
        for label in field.labels:
            for at, component in field.spots:
                spot = (label + code, at, component)
                assert spot not in taken, spot
                taken.add(spot)


@pytest.mark.parametrize(("mapping", "node"), EVERY)
def test_elements_are_in_the_guide(mapping: LoopMapping, node: LoopNode) -> None:
    """No field stands in an element its segment does not have, or in a component of a simple element."""
    for field in every_field(mapping):
        segment = node.segment(field.labels[0])
        for at, component in field.spots:
            assert at <= len(segment.elements), (field.name, at)
            held = segment.elements[at - 1]
            unused = held.usage == NOT_USED and isinstance(field, Each)
            if component is not None and not unused:
                assert isinstance(held, CompositeNode), (field.name, at)
                assert component <= len(held.components), (field.name, at, component)


def required_spots(segment: SegmentNode) -> set[Spot]:
    found: set[Spot] = set()
    for at, element in enumerate(segment.elements, 1):
        if element.usage == MANDATORY and isinstance(element, CompositeNode):
            found |= {(at, c) for c, part in enumerate(element.components, 1) if part.usage == MANDATORY}
        elif element.usage == MANDATORY:
            found.add((at, None))
    return found


@pytest.mark.parametrize(("mapping", "node"), EVERY)
def test_what_a_segment_must_hold_is_written(mapping: LoopMapping, node: LoopNode) -> None:
    """Every required element of a declared segment is a field, a constant or the segment's qualifier."""
    for segment in node.segments:
        own = [field for field in every_field(mapping) if names(field, segment)]
        if not own:
            continue
        reading = NamedElements.of(segment, own, mapping.constants)
        for at, component in required_spots(segment):
            named = at in reading.whole or component in reading.parts.get(at, ())
            assert named or (at, component) in reading.fixed, (segment.label, at, component)


def test_a_mistyped_name_is_told_where_it_is_declared() -> None:
    spelt = LoopMapping(Address, fields=[Element("city", "N4", 1)])
    assert [field.name for field in spelt.fields] == ["city"]
    mistyped = Element("citty", "N4", 1)
    told = r"Address has no field 'citty', which its declaration names: 'city' is meant\?"
    with pytest.raises(TypeError, match=told):
        LoopMapping(Address, fields=[mistyped])
    with pytest.raises(TypeError, match=told):
        LoopMapping(Party, nested=[Nested("address", Address, (mistyped,))])
    with pytest.raises(TypeError, match=r"Party has no field 'xxxxxx', which its declaration names$"):
        LoopMapping(Party, context=["xxxxxx"])
