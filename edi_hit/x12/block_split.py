"""Splits a block of bytes, in the fixed form, into segment texts: at once, or piece by piece.

A piece is plain where its text and tail say all there is to say of it: printable ASCII and separators, no
separator at its end, no line break inside.
"""

import re
from collections.abc import Callable
from typing import Final

from edi_hit.x12.delimiters import COMPONENT, ELEMENT, REPETITION, TERMINATOR, Delimiters

MAX_SEGMENT = 64 * 1024
"""Bytes a segment may have; a longer one is given in pieces, flagged, and nothing of it is lost."""

BLANKS = "\r\n\t "
MAX_BLANKS = 4096
"""Blanks after a terminator that are taken as its tail; more stand before the next segment."""

ANY_PIECE = re.compile(f"([^{TERMINATOR}]*+)({TERMINATOR}[{BLANKS}]{{0,{MAX_BLANKS}}})")
_SEPARATORS = ELEMENT + REPETITION + COMPONENT
PLAIN_PIECE = re.compile(
    f"(?!ISA)([^{TERMINATOR}{BLANKS}{_SEPARATORS}][^{TERMINATOR}\r\n]*+)"
    f"({TERMINATOR}[\r\n]{{0,{MAX_BLANKS}}}+)(?=[^{TERMINATOR}{BLANKS}])"
)
"""A piece that is plain where its characters are, with its tail, and the start of a next one behind it.

A separator before it may be a blank before an ISA of other delimiters.
"""

_BLANK: Final = ord(" ")
_AFTER_COMPONENT, _AFTER_REPETITION = COMPONENT + ELEMENT, REPETITION + ELEMENT
_TERMINATOR = TERMINATOR.encode()
_PRINTABLE = bytes(range(0x20, 0x7F))
_SEGMENT_ENDS = tuple((left + TERMINATOR).encode() for left in _SEPARATORS)
_COMPONENT_LAST, _REPETITION_LAST = _AFTER_COMPONENT.encode(), _AFTER_REPETITION.encode()


def plain_bytes(delimiters: Delimiters) -> bytes:
    """The bytes of the fixed form that the texts of plain pieces are made of."""
    return (_PRINTABLE + delimiters.own).translate(delimiters.to_normal).replace(_TERMINATOR, b"")


def split_regular(body: bytes, separator: bytes, plain: bytes) -> list[str] | None:
    """Split `body` at once into segment texts; None where it must be taken piece by piece.

    Regular means: every piece plain, every terminator followed by the same line break, no empty or overlong
    segment, no ISA at a segment's start.
    """
    between = body.translate(None, plain)
    count = len(between) // len(separator)
    if between != separator * count or separator + b"ISA" in body or body.startswith(b"ISA"):
        return None
    if _may_be_overlong(body) or _has_trailing_in_segment(body):
        return None
    texts = body.decode("latin-1").split(separator.decode())
    del texts[-1]
    if len(texts) != count or _some_text_is_odd(texts):
        return None
    return texts


def piece_check(body: bytes, plain: bytes, delimiters: Delimiters) -> Callable[[str], bool]:
    """Give the check by which a piece of `body` that `PLAIN_PIECE` matches is plain."""
    odd = body.translate(None, plain + _TERMINATOR + b"\r\n")
    controls = any(byte < 0x80 for byte in set(odd))
    if not controls and not _has_trailing_in_segment(body) and not any(end in body for end in _SEGMENT_ENDS):
        return str.isascii
    strange = delimiters.strange

    def is_plain(text: str) -> bool:
        if not text.isascii() or ends_in_separator(text):
            return False
        return not controls or strange.search(text) is None

    return is_plain


def ends_in_separator(text: str) -> bool:
    """Whether a separator ends a segment or a composite in it."""
    return text[-1] in _SEPARATORS or _AFTER_COMPONENT in text or _AFTER_REPETITION in text


def _some_text_is_odd(texts: list[str]) -> bool:
    """Whether some text of plain bytes is empty, begins with a blank or a separator, or ends in a separator.

    Only separators come before the blank.
    """
    for text in texts:  # noqa: SIM110 - a loop is compiled to a faster one than `any`
        if not text or ord(text[0]) <= _BLANK or ord(text[-1]) < _BLANK:
            return True
    return False


def _has_trailing_in_segment(body: bytes) -> bool:
    """Whether a separator ends some composite of `body` that is not the last of its segment."""
    return _COMPONENT_LAST in body or (REPETITION.encode() in body and _REPETITION_LAST in body)


def _may_be_overlong(body: bytes) -> bool:
    """Whether some aligned half of `MAX_SEGMENT` holds no terminator: any overlong segment covers one."""
    half = MAX_SEGMENT // 2
    return any(body.find(b"\x1c", at, at + half) < 0 for at in range(0, len(body) - half + 1, half))
