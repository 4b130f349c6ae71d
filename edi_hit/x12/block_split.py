"""Splits a block of bytes, in the fixed form, into segment texts: at once, or piece by piece.

A piece is plain where its text and tail say all there is to say of it: printable ASCII and separators, no
separator at its end, no line break inside.
"""

import re
from collections.abc import Callable

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

_AFTER_COMPONENT, _AFTER_REPETITION = COMPONENT + ELEMENT, REPETITION + ELEMENT
_PRINTABLE = bytes(range(0x20, 0x7F))
_TRAILING_PAIRS = tuple(
    pair.encode() for pair in (ELEMENT + TERMINATOR, COMPONENT + TERMINATOR, COMPONENT + ELEMENT)
)
_TRAILING_REPETITIONS = tuple((REPETITION + right).encode() for right in (TERMINATOR, ELEMENT))


def plain_bytes(delimiters: Delimiters) -> bytes:
    """The bytes of the fixed form that plain pieces are made of, the delimiters included."""
    return (_PRINTABLE + delimiters.own).translate(delimiters.to_normal)


def split_regular(body: bytes, separator: bytes, plain: bytes) -> list[str] | None:
    """Split `body` at once into segment texts; None where it must be taken piece by piece.

    Regular means: every piece plain, every terminator followed by the same line break, no empty or overlong
    segment, no ISA at a segment's start.
    """
    extra = body.translate(None, plain)
    if len(separator) > 1 and len(extra) == (len(separator) - 1) * body.count(separator):
        extra = extra.replace(separator[1:], b"")
    if extra or separator + b"ISA" in body or body.startswith(b"ISA") or _may_be_overlong(body):
        return None
    if _has_trailing(body):
        return None
    texts = body.decode("latin-1").split(separator.decode())
    del texts[-1]
    if len(separator) > 1 and len(texts) != body.count(TERMINATOR.encode()):
        return None
    return texts if min(texts) > "!" else None


def piece_check(body: bytes, plain: bytes, delimiters: Delimiters) -> Callable[[str], bool]:
    """Give the check by which a piece of `body` that `PLAIN_PIECE` matches is plain."""
    odd = body.translate(None, plain + b"\r\n")
    controls = any(byte < 0x80 for byte in set(odd))
    if not controls and not _has_trailing(body):
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


def _has_trailing(body: bytes) -> bool:
    """Whether a separator ends some segment or composite of `body`."""
    return any(pair in body for pair in _TRAILING_PAIRS) or (
        REPETITION.encode() in body and any(pair in body for pair in _TRAILING_REPETITIONS)
    )


def _may_be_overlong(body: bytes) -> bool:
    """Whether some aligned half of `MAX_SEGMENT` holds no terminator: any overlong segment covers one."""
    half = MAX_SEGMENT // 2
    return any(body.find(b"\x1c", at, at + half) < 0 for at in range(0, len(body) - half + 1, half))
