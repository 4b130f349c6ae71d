"""Compiles the elements of a segment of a guide map."""

from lxml import etree

from edi_hit.guides.dictionary import DataElement, data_elements
from edi_hit.guides.element import AnyElement, CompositeNode, ElementNode, Relation

_ANY = DataElement("AN", 0, 10_000)
_GUIDE_ID = "1705"
"""The element of ST03. Which ids a guide is read for is the catalogue's to say, and told by X12-GUIDE-02;
whether a set must or may have one is told by X12-ENV-11."""


def elements_of(segment: etree._Element) -> tuple[AnyElement, ...]:
    """The elements of a segment, in order: `elements_of(...)[0]` is element 01."""
    found: list[AnyElement] = []
    for child in segment:
        if child.tag == "element":
            found.append(_element(child))
        elif child.tag == "composite":
            found.append(_composite(child))
    return tuple(found)


def relations_of(segment: etree._Element) -> tuple[Relation, ...]:
    """The syntax notes of a segment that its guide does not settle already.

    A note is settled where the guide requires all its elements, or allows none of those it speaks of.
    """
    usages = {int(e.findtext("seq") or 0): e.findtext("usage") or "S" for e in segment if e.tag != "syntax"}
    notes = [_relation(note.text or "") for note in segment.findall("syntax")]
    return tuple(note for note in notes if note is not None and not _settled(note, usages))


def _relation(text: str) -> Relation | None:
    numbers = tuple(int(text[at : at + 2]) for at in range(1, len(text) - 1, 2))
    return Relation(text[0], numbers) if text[:1] in tuple("PRECL") and len(numbers) > 1 else None


def _settled(note: Relation, usages: dict[int, str]) -> bool:
    kinds = [usages.get(number, "N") for number in note.elements]
    if note.kind == "P":
        return set(kinds) == {"R"} or set(kinds) == {"N"}
    if note.kind == "R":
        return "R" in kinds
    if note.kind == "E":
        return sum(kind != "N" for kind in kinds) < 2
    if kinds[0] == "N":
        return True
    rest = kinds[1:]
    return set(rest) == {"R"} if note.kind == "C" else "R" in rest


def _element(node: etree._Element) -> ElementNode:
    number = node.findtext("data_ele") or ""
    entry = data_elements().get(number, _ANY)
    codes = node.find("valid_codes")
    listed = codes.findall("code") if codes is not None and number != _GUIDE_ID else []
    return ElementNode(
        name=node.findtext("name") or "",
        number=number,
        usage="S" if number == _GUIDE_ID else node.findtext("usage") or "S",
        type=entry.type,
        low=entry.low,
        high=entry.high,
        codes=frozenset(code.text for code in listed if code.text),
        external=(codes.get("external") or "") if codes is not None else "",
        pattern=node.findtext("regex") or "",
    )


def _composite(node: etree._Element) -> CompositeNode:
    repeat = node.findtext("repeat")
    return CompositeNode(
        name=node.findtext("name") or "",
        number=node.findtext("data_ele") or "",
        usage=node.findtext("usage") or "S",
        components=tuple(_element(child) for child in node.findall("element")),
        repeat=int(repeat) if repeat and repeat.isdigit() else 1,
    )
