"""The guides: found by set and id, compiled once, and unambiguous enough for the walk."""

from collections.abc import Iterator

import pytest
from claim_text import GOOD, file_of
from guide_oracle import placements

from edi_hit.guides import LoopNode, SegmentNode, catalogue, guide, guide_for
from edi_hit.guides.walk import move
from edi_hit.rules import GuideNotFoundError
from edi_hit.x12 import read_segments


def nodes(loop: LoopNode) -> Iterator[SegmentNode | LoopNode]:
    yield loop
    for child in loop.children:
        if isinstance(child, LoopNode):
            yield from nodes(child)
        else:
            yield child


@pytest.mark.parametrize(
    ("kind", "guide_id", "name", "own"),
    [
        ("837", "005010X222A1", "837P", True),
        ("837", "005010X222", "837P", False),
        ("837", "005010X222A2", "837P", False),
        ("835", "005010X221A1", "835", True),
        ("835", "005010X221", "835", False),
    ],
)
def test_a_guide_is_found_by_set_and_id(kind: str, guide_id: str, name: str, own: bool) -> None:
    found = guide_for(kind, guide_id)
    assert found is not None
    assert (found[0].name, found[1]) == (name, own)
    assert found[0] is guide(name)


@pytest.mark.parametrize(
    ("kind", "guide_id"), [("837", "005010X224A2"), ("835", "005010X222A1"), ("837", "")]
)
def test_other_ids_have_no_guide(kind: str, guide_id: str) -> None:
    assert guide_for(kind, guide_id) is None


def test_an_unknown_name_says_what_is_known() -> None:
    with pytest.raises(GuideNotFoundError, match="837P"):
        guide("837Z")


@pytest.mark.parametrize("name", list(catalogue()))
def test_labels_name_one_node_each(name: str) -> None:
    """A declaration that names a segment by id and qualifier means one node of its loop."""
    for loop in nodes(guide(name).root):
        if isinstance(loop, LoopNode):
            assert loop.segments, loop.id
            for node in loop.segments:
                codes = sorted(node.codes) or [""]
                for code in codes:
                    label = f"{node.id}*{code}" if code else node.id
                    assert loop.segment(label) is node


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_node_can_be_reached(name: str) -> None:
    """No node stands in the shadow of another that takes every segment meant for it."""
    root = guide(name).root
    every = [node for node in nodes(root) if isinstance(node, SegmentNode)]
    segments = {tuple(with_qualifier(node, code)) for node in every for code in (node.codes or {""})}
    reached, to_do = {root.opener}, [root.opener]
    while to_do:
        at = to_do.pop()
        found = {step.node for elements in segments if (step := move(at, list(elements)))} - reached
        reached |= found
        to_do += found
    assert [(node.loop.id, node.label) for node in every if node not in reached] == []


def with_qualifier(node: SegmentNode, code: str) -> list[str]:
    return [node.id, *[""] * (node.qualifier_at - 1), code]


@pytest.mark.parametrize("name", list(catalogue()))
def test_a_segment_told_by_its_qualifier_is_so_everywhere(name: str) -> None:
    """Else a step remembered by the segment id alone could stand for another segment's."""
    told: dict[str, set[bool]] = {}
    for node in nodes(guide(name).root):
        if isinstance(node, SegmentNode):
            told.setdefault(node.id, set()).add(bool(node.codes))
    assert {segment_id for segment_id, kinds in told.items() if len(kinds) > 1} == set()


def test_no_such_node() -> None:
    claim = guide("837P").root.loop("2000A").loop("2000B").loop("2300")
    with pytest.raises(KeyError, match="2300"):
        claim.segment("REF*QQ")
    with pytest.raises(KeyError, match="2300"):
        claim.segment("REF")
    with pytest.raises(KeyError, match="2300"):
        claim.loop("2430")


@pytest.mark.parametrize("name", ["837P", "837I"])
def test_the_two_copies_of_the_claim_loop_are_alike(name: str) -> None:
    """The map holds Loop 2300 twice; its copies once differed in PRV02, CTP03 and CTP05."""
    subscriber = guide(name).root.loop("2000A").loop("2000B")
    one, two = subscriber.loop("2300"), subscriber.loop("2000C").loop("2300")

    def shape(loop: LoopNode) -> list[object]:
        own: list[object] = [loop.id, loop.usage]
        for child in loop.children:
            if isinstance(child, LoopNode):
                own.append(shape(child))
            else:
                own.append((child.label, child.ordinal, child.usage, child.elements, child.relations))
        return own

    assert shape(one)[2:] == shape(two)[2:]
    assert (one.usage, two.usage) == ("S", "R"), "below the subscriber only where he is the patient"


def test_units() -> None:
    root = guide("837P").root
    assert root.holds_unit
    assert root.loop("2000A").loop("2000B").loop("2000C").holds_unit
    assert not root.loop("1000A").holds_unit
    assert not root.loop("2000A").loop("2000B").loop("2300").holds_unit
    assert guide("835").root.loop("2000").holds_unit


def test_the_oracle_is_awake() -> None:
    segments = [s for s in read_segments(file_of(*GOOD)) if s.id not in ("ISA", "GS", "GE", "IEA", "SE")]
    found = placements("837P", segments)
    assert None not in found
    assert found[-1] == ("ST_LOOP", "2000A", "2000B", "2300", "2400")
