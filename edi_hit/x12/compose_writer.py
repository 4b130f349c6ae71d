"""The compose writer: writes segments given as elements, fills the envelopes and their counts, strictly.

Control numbers, dates and times are given by the caller: nothing here reads a clock.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import BinaryIO, Protocol

import msgspec

from edi_hit.rules import ComposeError, DelimiterClashError
from edi_hit.x12.delimiters import COMPONENT, ELEMENT, HIPAA_USUAL, REPETITION, TERMINATOR, Delimiters
from edi_hit.x12.segment_text import without_empty_ends


def _translation(normal: Sequence[str], own: Sequence[str]) -> bytes | None:
    """The bytes of an interchange for those of the fixed form; None where its delimiters are no ASCII."""
    used = [(mark, one) for mark, one in zip(normal, own, strict=True) if one]
    if not all(one.isascii() for _, one in used):
        return None
    return bytes.maketrans(*("".join(side).encode() for side in zip(*used, strict=True)))


class EnvelopeHeader(msgspec.Struct, frozen=True):
    """What ISA and GS say: who sends to whom, when, and under which numbers.

    `usage` is ISA15 (T test, P production); `functional_id` GS01; `version` GS08, the guide id.
    `control_number` serves ISA13 and GS06.
    """

    sender: str
    receiver: str
    created_on: date
    created_at: str
    control_number: int
    functional_id: str
    version: str
    usage: str = "T"
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    application_sender: str = ""
    application_receiver: str = ""
    acknowledgment_requested: str = "0"


class SegmentSink(Protocol):
    """What takes composed segments: a `ComposeWriter`, or something that looks at them first."""

    def start_set(self, kind: str, guide: str = "") -> None:
        """Begin a transaction set."""

    def segment(self, elements: list[str]) -> None:
        """Take one segment, id first."""

    def segments(self, texts: Sequence[str]) -> None:
        """Take segments as texts in the fixed form without empty ends."""

    def end_set(self) -> None:
        """End the transaction set."""


class ComposeWriter:
    """Writes one interchange with one functional group to a binary stream: `start`, sets, `end`.

    The two are made of `start_interchange`, `start_group`, `end_group` and `end_interchange`, for an
    interchange with a TA1 before its group, or without a group. `line_break` follows each terminator. Raises
    `DelimiterClashError` where a value holds one of the delimiters, `ComposeError` where it holds a line
    break or needs a delimiter not chosen.
    """

    def __init__(
        self,
        stream: BinaryIO,
        header: EnvelopeHeader,
        delimiters: Delimiters = HIPAA_USUAL,
        line_break: str = "\n",
    ) -> None:
        self._stream = stream
        self._header = header
        self._delimiters = delimiters
        own = (
            delimiters.element,
            delimiters.repetition or "",
            delimiters.component or "",
            delimiters.terminator,
        )
        normal = (ELEMENT, REPETITION, COMPONENT, TERMINATOR)
        self._tail = delimiters.terminator + line_break
        self._pairs = (*zip(normal[:3], own[:3], strict=True), (TERMINATOR, self._tail))
        self._one_by_one = not any(mark in normal for mark in own)
        unused = "" if delimiters.repetition else REPETITION
        unused += "" if delimiters.component else COMPONENT
        clashing = "".join({*own}.difference(normal))
        self._forbidden = re.compile(f"[\r\n{TERMINATOR}{unused}]")
        self._refused = re.compile(f"[\r\n{TERMINATOR}{unused}{re.escape(clashing)}]")
        self._refused_bytes = f"\r\n{unused}{clashing}".encode()
        self._table = _translation(normal, own)
        self._groups = 0
        self._sets = 0
        self._segments = 0

    def start(self) -> None:
        """Write ISA and GS."""
        self.start_interchange()
        self.start_group()

    def start_interchange(self) -> None:
        """Write ISA."""
        h = self._header
        control = f"{h.control_number:09d}"
        if len(h.sender) > 15 or len(h.receiver) > 15:
            raise ComposeError("ISA06 and ISA08 hold at most 15 characters")
        day = h.created_on.strftime("%Y%m%d")
        repetition, component = self._delimiters.repetition or "U", self._delimiters.component or ":"
        isa = ["ISA", "00", " " * 10, "00", " " * 10, h.sender_qualifier, h.sender.ljust(15)]
        isa += [h.receiver_qualifier, h.receiver.ljust(15), day[2:], h.created_at]
        rest = ["", repetition, "00501", control, h.acknowledgment_requested, h.usage, component]
        self._stream.write((self._checked(isa) + self._delimiters.element.join(rest) + self._tail).encode())

    def start_group(self) -> None:
        """Write GS."""
        self._groups += 1
        h, day = self._header, self._header.created_on.strftime("%Y%m%d")
        gs = ["GS", h.functional_id, h.application_sender or h.sender, h.application_receiver or h.receiver]
        self.segment([*gs, day, h.created_at, str(h.control_number), "X", h.version])

    def start_set(self, kind: str, guide: str = "") -> None:
        """Write ST with the next control number; `guide` is ST03, left out where empty."""
        self._sets += 1
        self._segments = 0
        self.segment(["ST", kind, f"{self._sets:04d}", guide])

    def segment(self, elements: list[str]) -> None:
        """Write one segment; separators at its end are left out."""
        self._segments += 1
        self._stream.write((self._checked(elements) + self._tail).encode())

    def segments(self, texts: Sequence[str]) -> None:
        """Write segments, as texts in the fixed form without empty ends."""
        self.write(self.encoded(texts), len(texts))

    def encoded(self, texts: Sequence[str]) -> bytes:
        """Give segments, as texts in the fixed form without empty ends, in the form they are written in.

        Raises as `segment` does; nothing is written.
        """
        block = TERMINATOR.join(texts).encode()
        is_plain = block.count(TERMINATOR.encode()) == len(texts) - 1
        is_plain &= len(block.translate(None, self._refused_bytes)) == len(block)
        if self._table is None or not is_plain:
            return "".join(self._checked(text.split(ELEMENT)) + self._tail for text in texts).encode()
        tail = self._tail.encode()
        return block.translate(self._table).replace(tail[:1], tail) + tail

    def write(self, encoded: bytes, count: int) -> None:
        """Write `count` segments that `encoded` has given."""
        self._segments += count
        self._stream.write(encoded)

    def _checked(self, elements: list[str]) -> str:
        """The segment without its terminator."""
        text = ELEMENT.join(elements)
        if self._refused.search(text) or text.count(ELEMENT) != len(elements) - 1:
            raise self._refusal(elements)
        return self._in_own(without_empty_ends(text))

    def _in_own(self, text: str) -> str:
        """The text in the delimiters of the interchange."""
        if not self._one_by_one:  # a delimiter that serves as another one inside would be replaced twice
            return text.translate({ord(normal): own for normal, own in self._pairs})
        for normal, own in self._pairs:
            text = text.replace(normal, own)
        return text

    def _refusal(self, elements: list[str]) -> ComposeError:
        """Why a segment cannot be written."""
        values = "".join(elements)
        if ELEMENT in values or self._forbidden.search(values):
            return ComposeError(f"a value of segment {elements[0]} holds a line break or a separator")
        return DelimiterClashError(f"a value of segment {elements[0]} holds a delimiter of the interchange")

    def end_set(self) -> None:
        """Write SE with the count of segments."""
        self.segment(["SE", str(self._segments + 1), f"{self._sets:04d}"])

    def end(self) -> None:
        """Write GE and IEA."""
        self.end_group()
        self.end_interchange()

    def end_group(self) -> None:
        """Write GE with the count of sets."""
        self.segment(["GE", str(self._sets), str(self._header.control_number)])

    def end_interchange(self) -> None:
        """Write IEA with the count of groups."""
        self.segment(["IEA", str(self._groups), f"{self._header.control_number:09d}"])
