"""Compiles a guide map of the installed pyx12 into nodes. The maps are read there, never copied.

Wrapper loops (HEADER, DETAIL, FOOTER) dissolve into the transaction set: they hold no segment of their
own, and their position only orders what is in them.
"""

from collections import defaultdict

from lxml import etree

from edi_hit.guides.compile_elements import elements_of, relations_of
from edi_hit.guides.corrections import Correction, correct
from edi_hit.guides.dictionary import parse_map
from edi_hit.guides.element import MANDATORY
from edi_hit.guides.node import QUALIFIER_ELEMENT, LoopNode, SegmentNode

_ENVELOPE = ("ST", "SE")
"""Segments whose absence the envelope checks report."""

_Key = tuple[int, ...]


def compile_map(file_name: str, units: tuple[str, ...], corrections: tuple[Correction, ...]) -> LoopNode:
    """Compile pyx12's map `file_name`; give the node of the transaction set (`ST_LOOP`).

    `units` are the ids of the loops read one at a time. Raises `FileNotFoundError` where pyx12 has no such
    map, `GuideNotFoundError` where a correction does not fit it.
    """
    root = parse_map(file_name)
    correct(root, corrections)
    transaction_set = root.find(".//loop[@xid='ST_LOOP']")
    if transaction_set is None:
        raise FileNotFoundError(f"map {file_name} holds no transaction set")
    top = _loop(transaction_set, None, 0)
    _fill(top, transaction_set, _ambiguous(transaction_set))
    top.mark_units(units)
    return top


def _ambiguous(root: etree._Element) -> frozenset[str]:
    """Segment ids that need their qualifier to be placed: used twice in a loop, or opening several loops."""
    openers: dict[str, set[frozenset[str]]] = defaultdict(set)
    found: set[str] = set()
    for loop in root.iter("loop"):
        ids = [_xid(segment) for segment in loop.findall("segment")]
        found.update(segment_id for segment_id in ids if ids.count(segment_id) > 1)
        first = loop.find("segment")
        if first is not None:
            openers[_xid(first)].add(_codes(first))
    found.update(segment_id for segment_id, sets in openers.items() if len(sets) > 1)
    return frozenset(found - {segment_id for segment_id, sets in openers.items() if frozenset() in sets})


def _fill(node: LoopNode, element: etree._Element, ambiguous: frozenset[str]) -> None:
    placed = sorted(_placed_children(element, ()), key=lambda item: item[0])
    ranks = {key: rank for rank, key in enumerate(dict.fromkeys(key for key, _ in placed))}
    for key, child in placed:
        if child.tag == "segment":
            segment = _segment(child, node, ranks[key], _xid(child) in ambiguous)
            segment.place_in_loop(len(node.segments))
            node.segments.append(segment)
            if segment.usage == MANDATORY and segment.id not in _ENVELOPE:
                node.required |= segment.bit
            node.children.append(segment)
        else:
            loop = _loop(child, node, ranks[key])
            loop.bit = 1 << len(node.loops)
            _fill(loop, child, ambiguous)
            node.children.append(loop)
            if loop.usage == MANDATORY:
                node.required_loops |= loop.bit


def _placed_children(element: etree._Element, outer: _Key) -> list[tuple[_Key, etree._Element]]:
    found = []
    for child in element:
        if child.tag not in ("loop", "segment"):
            continue
        key = (*outer, int(child.findtext("pos") or 0))
        if child.get("type") == "wrapper":
            found.extend(_placed_children(child, key))
        else:
            found.append((key, child))
    return found


def _loop(element: etree._Element, parent: LoopNode | None, rank: int) -> LoopNode:
    return LoopNode(
        _xid(element),
        parent,
        rank,
        name=element.findtext("name") or "",
        usage=element.findtext("usage") or "S",
        max_use=_count(element.findtext("repeat")),
    )


def _segment(element: etree._Element, loop: LoopNode, rank: int, needs_qualifier: bool) -> SegmentNode:
    segment_id = _xid(element)
    return SegmentNode(
        segment_id,
        loop,
        rank,
        name=element.findtext("name") or "",
        usage=element.findtext("usage") or "S",
        max_use=_count(element.findtext("max_use")),
        qualifier_at=QUALIFIER_ELEMENT.get(segment_id, 1),
        codes=_codes(element) if needs_qualifier else frozenset(),
        elements=elements_of(element),
        relations=relations_of(element),
    )


def _codes(segment: etree._Element) -> frozenset[str]:
    """The values the qualifier of a segment may take; of a composite, those of its first component."""
    wanted = f"{QUALIFIER_ELEMENT.get(_xid(segment), 1):02d}"
    for child in segment:
        if child.tag in ("element", "composite") and child.findtext("seq") == wanted:
            holder = child if child.tag == "element" else child.find("element")
            codes = holder.findall("valid_codes/code") if holder is not None else []
            return frozenset(code.text for code in codes if code.text)
    return frozenset()


def _count(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None


def _xid(element: etree._Element) -> str:
    return str(element.get("xid"))
