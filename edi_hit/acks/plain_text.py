"""Text of a received file as an acknowledgement may carry it: printable ASCII, no longer than its element.

A documented normalisation: accents are taken off letters, and what has no ASCII form becomes a question mark.
"""

import re
import unicodedata
from typing import Final

from edi_hit.guides import Loop, SegmentNode
from edi_hit.guides.element import AnyElement, CompositeNode
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION

_NOT_PLAIN: Final = re.compile(f"[^ -~{ELEMENT}{COMPONENT}{REPETITION}]")
"""What is neither printable ASCII nor a separator."""

_TEXT = "AN"
"""The data type that may be cut to its length; codes and numbers are never changed."""

_AMPLE: Final = 1 << 30
"""Room for any text."""
_ROOMS: Final[dict[SegmentNode, list[int]]] = {}
"""Of nodes met: the room of the id, and of each element."""


def is_plain(text: str) -> bool:
    """Whether an acknowledgement can carry the text as it is."""
    return text.isascii() and text.isprintable() and text[-1:] != " "


def plain(text: str) -> str:
    """Give `text`, read byte for byte as latin-1, as printable ASCII without blanks at its end."""
    if is_plain(text):
        return text
    folded = unicodedata.normalize("NFKD", _decoded(text))
    letters = (character for character in folded if not unicodedata.combining(character))
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in letters).rstrip(" ")


def _decoded(text: str) -> str:
    """The text in the encoding its sender most likely meant: UTF-8 where the bytes are that."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def make_plain(loop: Loop) -> None:
    """Make all values of a composed loop plain, and cut text to the length its element has."""
    for node, elements, _ in loop.segments:
        if not _is_plain_segment(node, elements):
            _make_segment_plain(node, elements)
    for child in loop.loops:
        make_plain(child)


def _is_plain_segment(node: SegmentNode, elements: list[str]) -> bool:
    """Whether all values are plain and short enough; false where that takes a closer look."""
    text = "".join(elements)
    if text.isascii() and text.isprintable():
        return _fits(node, elements) and not (" " in text and _ends_in_blank(elements))
    text = ELEMENT.join(elements)
    return _NOT_PLAIN.search(text) is None and node.passes(elements, text)


def _fits(node: SegmentNode, elements: list[str]) -> bool:
    rooms = _ROOMS.get(node)
    if rooms is None:
        rooms = _ROOMS[node] = [_AMPLE, *map(_room, node.elements)]
    for at in range(min(len(elements), len(rooms))):  # noqa: SIM110 - a loop is compiled to a faster one
        if len(elements[at]) > rooms[at]:
            return False
    return True


def _ends_in_blank(elements: list[str]) -> bool:
    return any(value[-1:] == " " for value in elements)


def _room(element: AnyElement) -> int:
    """How many characters there surely is room for."""
    if isinstance(element, CompositeNode):
        return min(map(_room, element.components), default=_AMPLE)
    return element.high if element.type == _TEXT else _AMPLE


def _make_segment_plain(node: SegmentNode, elements: list[str]) -> None:
    for position, (element, text) in enumerate(zip(node.elements, elements[1:], strict=False), 1):
        if text:
            elements[position] = _fitted(element, text)


def _fitted(element: AnyElement, text: str) -> str:
    if isinstance(element, CompositeNode):
        parts = text.split(COMPONENT)
        known = zip(element.components, parts, strict=False)
        fitted = [_fitted(component, part) for component, part in known]
        return COMPONENT.join([*fitted, *parts[len(element.components) :]])
    cut = element.high if element.type == _TEXT else len(text)
    return text if is_plain(text) and len(text) <= cut else plain(plain(text)[:cut])
