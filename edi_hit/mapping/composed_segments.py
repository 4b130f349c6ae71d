"""Gives the segments of composed loops their text and number, as if they had been read."""

import re

import msgspec

from edi_hit.guides import Loop
from edi_hit.rules import ComposeError, Finding, load_rules
from edi_hit.x12 import (
    COMPONENT,
    ELEMENT,
    HIPAA_USUAL,
    Group,
    Interchange,
    Segment,
    TransactionSet,
    without_empty_ends,
)

_CONTROLS = re.compile(r"[\0-\x1b]")
_SEPARATORS, _EMPTY_END = (ELEMENT, COMPONENT), COMPONENT + ELEMENT
_START = Segment("ST", 0, 0, HIPAA_USUAL, "")
_INTERCHANGE = Interchange(_START, "", "", "", "", "", "", "", "", "", "")
COMPOSED_SET = TransactionSet(_START, Group(_START, _INTERCHANGE, "", "", "", "", ""), 0, "", "", "")
"""The transaction set of segments that are being composed: its numbers are not known yet."""


def numbered_texts(loop: Loop, first: int) -> list[str]:
    """Give the texts of a composed loop and the loops in it, in order, in the fixed form.

    Its segments get them, and numbers from `first` on (0 is ST); its loops note what came, as those of a
    reading do. Empty elements and components at the end are left out. Raises `ComposeError` where a value
    holds a separator.
    """
    texts: list[str] = []
    _number(loop, first, texts)
    return texts


def _number(loop: Loop, first: int, texts: list[str]) -> None:
    placed = loop.segments
    for at, (node, elements, _) in enumerate(placed):
        text = ELEMENT.join(elements)
        if text.count(ELEMENT) != len(elements) - 1:
            raise ComposeError(f"a value of segment {node.id} holds a separator")
        if text[-1] in _SEPARATORS or _EMPTY_END in text:
            text = without_empty_ends(text)
            elements = text.split(ELEMENT)
        number = first + len(texts)
        texts.append(text)
        verbatim = None if text.isascii() else _encoded(text)
        placed[at] = node, elements, Segment(text, 0, number, HIPAA_USUAL, "", verbatim=verbatim)
        loop.seen |= node.bit
    texts += [segment.text for segment in loop.unplaced]
    for child in loop.loops:
        loop.seen_loops |= child.node.bit
        _number(child, first, texts)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ComposeError("a value holds half of a surrogate pair, which is no character") from None


def control_findings(texts: list[str]) -> list[Finding]:
    """What a reader would find of control characters in segments given as texts (X12-ENV-17)."""
    if not _CONTROLS.search(ELEMENT.join(texts)):
        return []
    rule = load_rules("edi_hit.x12")["X12-ENV-17"]
    found = (text for text in texts if _CONTROLS.search(text))
    return [rule.finding(segment_id=text.partition(ELEMENT)[0]) for text in found]


def refusal(what: str, errors: list[Finding]) -> ComposeError:
    """The error that refuses `what` for these findings, without their places: no file has them."""
    placeless = tuple(
        msgspec.structs.replace(
            finding, offset=None, interchange=None, group=None, transaction=None, segment=None
        )
        for finding in errors
    )
    first = placeless[0]
    more = f" and {len(errors) - 1} more" if len(errors) > 1 else ""
    return ComposeError(f"{what} cannot be written: {first.message} ({first.rule}){more}", findings=placeless)
