"""One segment as it was read: its text in the fixed form, its place, and every byte it took."""

from enum import IntEnum

import msgspec

from edi_hit.x12.delimiters import ELEMENT, Delimiters


class Flaw(IntEnum):
    """What the reader saw wrong with the bytes of a segment: bits of `Segment.flaws`. Most have none.

    Plain integers: combining the members of an `IntFlag` costs more than reading a segment.
    """

    LEADING = 1
    EMPTY = 2
    WRAPPED = 4
    BLANK_BEFORE = 8
    NON_ASCII = 16
    CONTROL = 32
    TRAILING_SEPARATOR = 64
    UNTERMINATED = 128
    OVERLONG = 256
    CONTINUED = 512
    ISA_WIDTH = 1024


class Segment(msgspec.Struct, frozen=True, gc=False):
    """One segment.

    `text` is in the fixed form (see `delimiters`), without terminator and line breaks. `offset` is the
    byte offset of its first character in the unpacked input; `index` counts the non-empty segments of
    the input from 0. `tail` is what followed the text: terminator and line breaks, in the fixed form.
    `verbatim` holds the exact bytes only where text and tail do not give them back. A token with
    empty `text` stands for bytes that are no segment (blanks, an empty segment).
    """

    text: str
    offset: int
    index: int
    delimiters: Delimiters
    tail: str
    flaws: int = 0
    verbatim: bytes | None = None

    @property
    def id(self) -> str:
        """The segment id, e.g. `CLM`."""
        return self.text.partition(ELEMENT)[0]

    @property
    def elements(self) -> list[str]:
        """Segment id and elements; `elements[1]` is element 01."""
        return self.text.split(ELEMENT)

    @property
    def raw(self) -> bytes:
        """The exact bytes read, terminator and line breaks included."""
        if self.verbatim is not None:
            return self.verbatim
        return self.delimiters.raw(self.text + self.tail)

    def element_offset(self, position: int) -> int:
        """Byte offset of element `position` (0 = segment id) in the input.

        The offset of the segment where it has fewer elements.
        """
        raw = self.raw
        blanks = 0
        if not self.flaws & Flaw.CONTINUED:
            blanks = len(raw) - len(raw.translate(self.delimiters.to_normal).lstrip(b"\r\n\t "))
        at, separator = blanks, self.delimiters.element.encode("latin-1")
        for _ in range(position):
            found = raw.find(separator, at)
            if found < 0:
                return self.offset
            at = found + 1
        return self.offset + at - blanks
