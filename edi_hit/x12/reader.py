"""Bytes to segments, streaming: every byte of the input is in exactly one token, with its offset.

A block whose line breaks are regular and whose bytes are plain is split at once; any other block is taken
piece by piece (see `block_split`); a piece that is not plain says what is wrong with it (`Flaw`). Memory is
bounded by the block and the longest segment allowed, whatever the file.
"""

import re
from collections.abc import Generator, Iterator
from typing import Final

from edi_hit.rules import NotX12Error
from edi_hit.x12.block_split import (
    ANY_PIECE,
    BLANKS,
    MAX_SEGMENT,
    PLAIN_PIECE,
    ends_in_separator,
    piece_check,
    plain_bytes,
    split_regular,
)
from edi_hit.x12.delimiters import TERMINATOR, Delimiters
from edi_hit.x12.isa import LOOKAHEAD, IsaShape, leading_length, read_isa, starts_isa
from edi_hit.x12.segment import Flaw, Segment
from edi_hit.x12.segment_run import SegmentRun
from edi_hit.x12.source import BLOCK_SIZE, Source, read_blocks

LONGEST_RUN: Final = 1_000
"""Segments handed on at once: few enough to be still in the processor's cache when they are looked at."""

_FILLING = BLANKS + "\x00\x1a"
"""What may fill up the end of a file: blanks, NUL, and the end-of-file mark of old systems."""


def read_segments(source: Source, block_size: int = BLOCK_SIZE) -> Iterator[Segment]:
    """Yield every segment of `source`, in order, with its byte offset and the delimiters in force.

    Delimiters come from each ISA alone. Takes a path, bytes, a binary stream or `"-"`, plain or gzip.
    Raises `NotX12Error` where the input does not begin with a readable ISA, and `OSError` where it
    cannot be read.
    """
    for item in read_runs(source, block_size):
        if isinstance(item, SegmentRun):
            yield from item.segments
        else:
            yield item


def read_runs(source: Source, block_size: int = BLOCK_SIZE) -> Iterator[SegmentRun | Segment]:
    """Yield the same segments, in the same order, by the run where they have no flaws."""
    return _Reader(read_blocks(source, block_size)).segments()


class _Reader:
    """State of one reading: the bytes held, where they start in the input, how many segments were seen."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._held = b""
        self._base = 0
        self._index = 0
        self._ended = False
        self._overlong = False

    def segments(self) -> Iterator[SegmentRun | Segment]:
        self._fill(LOOKAHEAD)
        yield from self._lead()
        shape = read_isa(self._held)
        if shape is None:
            raise NotX12Error(self._why_unreadable())
        while shape is not None:
            yield self._isa(shape)
            shape = yield from self._interchange(shape.delimiters)

    def _why_unreadable(self) -> str:
        if not self._held and self._base == 0:
            return "the input is empty"
        if starts_isa(self._held):
            return "the ISA segment is cut off or its delimiters cannot be read"
        return "the input does not begin with an ISA segment"

    def _fill(self, wanted: int) -> None:
        """Hold at least `wanted` bytes, where the input still has them."""
        parts, size = [self._held], len(self._held)
        while size < wanted and not self._ended:
            block = next(self._blocks, b"")
            self._ended = not block
            parts.append(block)
            size += len(block)
        self._held = b"".join(parts)

    def _drop(self, count: int) -> None:
        self._held = self._held[count:]
        self._base += count

    def _lead(self) -> Iterator[Segment]:
        while length := leading_length(self._held[:LOOKAHEAD]):
            blanks, at = self._held[:length], self._base
            self._drop(length)
            self._fill(LOOKAHEAD)
            yield Segment("", at, self._index, _NO_DELIMITERS, "", Flaw.LEADING, blanks)

    def _isa(self, shape: IsaShape) -> Segment:
        text = shape.text.translate(shape.delimiters.to_normal).decode("latin-1")[:-1]
        self._fill(shape.length + 2)
        broken = re.match(rb"\r?\n|\r", self._held[shape.length : shape.length + 2])
        tail = TERMINATOR + (broken.group().decode() if broken else "")
        flaws = 0 if shape.well_formed else Flaw.ISA_WIDTH
        flaws |= Flaw.WRAPPED if len(shape.text) < shape.length else 0
        verbatim = self._held[: shape.length + len(tail) - 1]
        segment = Segment(text, self._base, self._index, shape.delimiters, tail, flaws, verbatim)
        self._line_break = tail[1:]
        self._index += 1
        self._drop(len(verbatim))
        return segment

    def _interchange(self, delimiters: Delimiters) -> Generator[SegmentRun | Segment, None, IsaShape | None]:
        """Yield the segments after an ISA; return the shape of the ISA that then starts what is held.

        More is read only once all that is held has been looked at: it may hold many small interchanges.
        """
        separator = TERMINATOR.encode() + self._line_break.encode()
        plain = plain_bytes(delimiters)
        while True:
            normal = self._held.translate(delimiters.to_normal)
            cut = self._complete(normal, separator)
            texts = split_regular(normal[:cut], separator, plain) if cut else None
            if texts is not None:
                yield from self._regular(texts, cut, delimiters)
            else:
                shape = yield from self._irregular(normal, plain, delimiters)
                if shape is not None or (self._ended and not self._held):
                    return shape
            self._fill(len(self._held) + 1)

    def _complete(self, normal: bytes, separator: bytes) -> int:
        """Length of the part of `normal` whose segments are surely whole; 0 where it cannot be told.

        What follows a terminator belongs to its segment, so a terminator at the very end of what is
        held says nothing yet.
        """
        cut = normal.rfind(separator) + len(separator)
        if cut == len(normal):
            cut = normal.rfind(separator, 0, cut - len(separator)) + len(separator)
        if self._ended or cut < len(separator) or normal[cut : cut + 1] in b"\r\n\t ":
            return 0
        return cut

    def _regular(self, texts: list[str], length: int, delimiters: Delimiters) -> Iterator[SegmentRun]:
        """Yield the segments of a block that was split at once. This loop is the reader's speed."""
        tail = TERMINATOR + self._line_break
        offset, index, step = self._base, self._index, len(tail)
        self._index += len(texts)
        self._drop(length)
        for start in range(0, len(texts), LONGEST_RUN):
            part = texts[start : start + LONGEST_RUN]
            segments = []
            for text in part:
                segments.append(Segment(text, offset, index, delimiters, tail))
                offset += len(text) + step
                index += 1
            yield SegmentRun(segments, part)

    def _irregular(
        self, normal: bytes, plain: bytes, delimiters: Delimiters
    ) -> Generator[SegmentRun | Segment, None, IsaShape | None]:
        """Yield the complete segments held, piece by piece; return the shape of a readable new ISA met.

        The tail of a segment is complete only once the next one has begun, so the last is kept back.
        """
        text, done = normal.decode("latin-1"), 0
        is_plain = piece_check(normal, plain, delimiters)
        run = SegmentRun([], [])
        while True:
            match = None if self._overlong else PLAIN_PIECE.match(text, done)
            if match is not None:
                piece, tail = match.groups()
                if is_plain(piece) and len(piece) <= MAX_SEGMENT:
                    run.add(Segment(piece, self._base + done, self._index, delimiters, tail), piece)
                    self._index += 1
                    done = match.end()
                    if len(run.texts) < LONGEST_RUN:
                        continue
            if run.texts:
                yield run
                run = SegmentRun([], [])
            match = ANY_PIECE.match(text, done)
            if match is None or (match.end() == len(text) and not self._ended):
                break
            piece, tail = match.groups()
            if len(piece) > MAX_SEGMENT or self._may_be_isa(done):
                break
            yield self._token(piece, tail, self._held[done : match.end()], self._base + done, delimiters)
            done = match.end()
        self._drop(done)
        if self._may_be_isa(0):
            if len(self._held) < 2 * LOOKAHEAD and not self._ended:
                return None
            yield from self._lead()
            return read_isa(self._held)
        yield from self._remainder(delimiters)
        return None

    def _may_be_isa(self, start: int) -> bool:
        """Whether a readable ISA starts at `start`, or might once more is held."""
        first = self._held[start : start + 3]
        if self._overlong or (first != b"ISA" and first[:1].isalnum()):
            return False
        at = start + leading_length(self._held[start : start + LOOKAHEAD])
        if not starts_isa(self._held, at):
            return False
        enough = self._ended or len(self._held) >= at + LOOKAHEAD
        return not enough or read_isa(self._held, at) is not None

    def _remainder(self, delimiters: Delimiters) -> Iterator[Segment]:
        """Yield what is held without a terminator: pieces too long to wait for, and the input's end."""
        while len(self._held) > MAX_SEGMENT or (self._ended and self._held):
            text = self._held[: MAX_SEGMENT + 1].translate(delimiters.to_normal).decode("latin-1")
            if TERMINATOR in text:
                return
            flaws = Flaw.UNTERMINATED if len(text) <= MAX_SEGMENT else Flaw.OVERLONG
            piece, at = self._held[:MAX_SEGMENT], self._base
            self._drop(len(piece))
            yield self._token(text[:MAX_SEGMENT], "", piece, at, delimiters, flaws)

    def _token(
        self, text: str, tail: str, raw: bytes, at: int, delimiters: Delimiters, flaws: int = 0
    ) -> Segment:
        if not self._overlong and not text.strip(BLANKS if tail else _FILLING):
            flaws = Flaw.EMPTY if tail else Flaw.LEADING
            return Segment("", at, self._index, delimiters, tail, flaws, raw)
        continued, self._overlong = self._overlong, bool(flaws & Flaw.OVERLONG)
        if continued:
            flaws = flaws & ~Flaw.OVERLONG | Flaw.CONTINUED
        elif text[0] in BLANKS:
            flaws |= Flaw.BLANK_BEFORE if text[0] in " \t" else 0
            stripped = text.lstrip(BLANKS)
            at += len(text) - len(stripped)
            text = stripped
        if flaws & Flaw.UNTERMINATED:
            text = text.rstrip("\r\n")
        clean, more = clean_text(text, delimiters)
        if tail.strip(TERMINATOR + "\r\n"):
            more |= Flaw.BLANK_BEFORE
        self._index += not continued
        return Segment(clean, at, self._index - 1, delimiters, tail, flaws | more, raw)


_NO_DELIMITERS = Delimiters(element="*", component=None, terminator="~")


def clean_text(text: str, delimiters: Delimiters) -> tuple[str, int]:
    """Take line breaks out of a segment's text in the fixed form, decode it, and give its flaws (`Flaw`)."""
    flaws = 0
    if not text.isascii():
        flaws |= Flaw.NON_ASCII
        text = _decoded(text)
    if delimiters.strange.search(text):
        text, more = _shown_strange(text, delimiters)
        flaws |= more
    if text and ends_in_separator(text):
        flaws |= Flaw.TRAILING_SEPARATOR
    return text, flaws


def _shown_strange(text: str, delimiters: Delimiters) -> tuple[str, int]:
    """Take out line breaks, and show by their pictures controls that would be our delimiters."""
    shown = text.translate(delimiters.pictures)
    joined = shown.replace("\r", "").replace("\n", "")
    flaws = Flaw.WRAPPED if joined != shown else 0
    if shown != text or delimiters.strange.search(joined):
        flaws |= Flaw.CONTROL
    return joined, flaws


def _decoded(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text
