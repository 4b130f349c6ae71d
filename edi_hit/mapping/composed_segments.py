"""Gives the segments of composed loops their text and number, as if they had been read."""

import msgspec

from edi_hit.guides import Loop
from edi_hit.rules import ComposeError, Finding, load_rules
from edi_hit.x12 import (
    COMPONENT,
    ELEMENT,
    HIPAA_USUAL,
    TERMINATOR,
    Group,
    Interchange,
    Segment,
    TransactionSet,
    fixed_form,
)

_CONTROLS = bytes(range(ord(TERMINATOR)))
_EMPTY_ENDS = (ELEMENT + TERMINATOR, COMPONENT + TERMINATOR, COMPONENT + ELEMENT)
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
    separators = _number(loop, first, texts)
    texts.append("")
    block = TERMINATOR.join(texts)
    texts.pop()
    if not _is_plain(block, separators):
        texts.clear()
        _number_one_by_one(loop, first, texts)
    return texts


def _is_plain(block: str, separators: int) -> bool:
    """Whether texts, each with its terminator, are ASCII, have the separators joined and no empty ends.

    Raises `ComposeError` for what is no text.
    """
    if not block.isascii():
        _check_characters(block)
        return False
    if block.count(ELEMENT) != separators:
        return False
    return not (_EMPTY_ENDS[0] in block or _EMPTY_ENDS[1] in block or _EMPTY_ENDS[2] in block)


def _number(loop: Loop, first: int, texts: list[str]) -> int:
    """Add the texts as they are; give the separators that stand between their elements."""
    placed, separator, usual = loop.segments, ELEMENT, HIPAA_USUAL
    seen = separators = 0
    for at, (node, elements, _) in enumerate(placed):
        text = separator.join(elements)
        placed[at] = node, elements, Segment(text, 0, first + len(texts), usual, "")
        texts.append(text)
        seen |= node.bit
        separators += len(elements) - 1
    loop.seen |= seen
    for segment in loop.unplaced:
        texts.append(segment.text)
        separators += segment.text.count(ELEMENT)
    for child in loop.loops:
        loop.seen_loops |= child.node.bit
        separators += _number(child, first, texts)
    return separators


def _number_one_by_one(loop: Loop, first: int, texts: list[str]) -> None:
    """Add the texts, each looked at: what it ends with, whether a value holds a separator."""
    placed = loop.segments
    for at, (node, elements, _) in enumerate(placed):
        text = fixed_form(elements)
        verbatim = None if text.isascii() else text.encode()
        composed = Segment(text, 0, first + len(texts), HIPAA_USUAL, "", verbatim=verbatim)
        placed[at] = node, text.split(ELEMENT), composed
        texts.append(text)
    texts += [segment.text for segment in loop.unplaced]
    for child in loop.loops:
        _number_one_by_one(child, first, texts)


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ComposeError("a value holds half of a surrogate pair, which is no character") from None


def control_findings(texts: list[str]) -> list[Finding]:
    """What a reader would find of control characters in segments given as texts (X12-ENV-17)."""
    encoded = ELEMENT.join(texts).encode()
    if len(encoded.translate(None, _CONTROLS)) == len(encoded):
        return []
    rule = load_rules("edi_hit.x12")["X12-ENV-17"]
    found = (text for text in texts if min(text) < TERMINATOR)
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
