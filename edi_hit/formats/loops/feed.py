"""X12 to a loop document: says to a writer what opens, what closes and what stands between, in order."""

import re
from typing import Protocol

import msgspec

from edi_hit.formats.loops.segment_form import LATIN, REGULAR, Marks, is_segment, isa_end, shown_segment
from edi_hit.guides import LoopNode, LoopPath, guide_for
from edi_hit.rules import Finding
from edi_hit.x12 import (
    ELEMENT,
    Delimiters,
    Event,
    Flaw,
    GroupEnd,
    GroupStart,
    InterchangeEnd,
    InterchangeStart,
    Outside,
    Segment,
    SetEnd,
    SetStart,
    Source,
    TransactionSet,
    read_events,
)

CUT_OFF_RULE = "X12-ENV-14"

_INTERCHANGE, _GROUP, _SET = 1, 2, 3
"""How many things are open when an interchange, a group, a set has just been opened."""


class LoopWriter(Protocol):
    """What takes the parts of a loop document. Each opening is followed by one `close`."""

    @property
    def unheld(self) -> re.Pattern[str] | None:
        """Finds the characters that the document cannot hold; None where there are none."""

    def start(self) -> None:
        """Begin the document."""

    def open_interchange(self, delimiters: Delimiters, end: bytes) -> None:
        """Open an interchange; `end` is its terminator with the line break that follows."""

    def open_group(self) -> None:
        """Open a functional group."""

    def open_transaction(self, guide: str | None) -> None:
        """Open a transaction set, of the guide of that name."""

    def open_loop(self, node: LoopNode) -> None:
        """Open a loop."""

    def close(self) -> None:
        """Close what was opened last."""

    def segment(self, text: str, marks: Marks, placed: bool) -> None:
        """Take a segment in the fixed form; `placed` is false where its guide has no place for it."""

    def stray_bytes(self, raw: bytes) -> None:
        """Take bytes that are no segment."""

    def finish(self) -> None:
        """End the document."""


class Fed(msgspec.Struct, frozen=True):
    """What was read: how many segments, and whether a trailer or the end of a segment is missing."""

    segments: int
    cut_off: bool


def feed_loops(source: Source, writer: LoopWriter) -> Fed:
    """Read X12 and write it as a loop document, a segment at a time.

    Raises `NotX12Error` and `OSError` as `read_segments` does.
    """
    return _Feed(writer).run(source)


class _Feed:
    """What is open while events go by."""

    def __init__(self, writer: LoopWriter) -> None:
        self._writer = writer
        self._depth = 0
        self._end = b""
        self._tail = ""
        self._st: Segment | None = None
        self._path: LoopPath | None = None
        self._segments = 0
        self._cut_off = False

    def run(self, source: Source) -> Fed:
        self._writer.start()
        for event in read_events(source):
            if type(event) is Segment:
                self._in_set(event)
            else:
                self._envelope(event)
        self._close_to(0)
        self._writer.finish()
        return Fed(self._segments, self._cut_off)

    def _envelope(self, event: Event) -> None:
        match event:
            case InterchangeStart(interchange):
                self._open_interchange(interchange.segment)
            case GroupStart(group):
                self._writer.open_group()
                self._depth = _GROUP
                self._token(group.segment)
            case SetStart(transaction_set):
                self._open_set(transaction_set)
            case SetEnd():
                self._close_to(_GROUP)
            case GroupEnd(segment=trailer):
                self._trailer(trailer)
                self._close_to(_INTERCHANGE)
            case InterchangeEnd(segment=trailer):
                self._trailer(trailer)
            case Outside(segment):
                self._token(segment)
            case Finding():
                self._cut_off |= event.rule == CUT_OFF_RULE and event.is_error

    def _open_interchange(self, isa: Segment) -> None:
        """Open an interchange; an ISA whose delimiters could not be read stays in the one before it."""
        end = isa_end(isa)
        if end is not None:
            self._close_to(0)
            self._end = end
            self._tail = end.translate(isa.delimiters.to_normal).decode(LATIN)
            self._writer.open_interchange(isa.delimiters, end)
            self._depth = _INTERCHANGE
        self._token(isa)

    def _open_set(self, transaction_set: TransactionSet) -> None:
        known = guide_for(transaction_set.kind, transaction_set.guide)
        self._writer.open_transaction(known[0].name if known else None)
        self._depth = _SET
        self._path = LoopPath(known[0]) if known else None
        self._st = transaction_set.segment

    def _trailer(self, segment: Segment | None) -> None:
        if segment is not None:
            self._token(segment)

    def _in_set(self, segment: Segment) -> None:
        """Take a segment of a set; those after ST, of a known guide, stand in their loops."""
        if self._path is None or segment is self._st or (segment.flaws and segment.flaws & Flaw.CONTINUED):
            self._token(segment)
            return
        step = self._path.step(segment.text.split(ELEMENT))
        if step is not None and step.crosses:
            self._close_to(self._depth - step.closes)
            for node in step.opens:
                self._writer.open_loop(node)
            self._depth += len(step.opens)
        self._token(segment, step is not None)

    def _token(self, segment: Segment, placed: bool = True) -> None:
        if segment.verbatim is None and segment.tail == self._tail and is_segment(segment.text):
            self._writer.segment(segment.text, REGULAR, placed)
            self._segments += 1
            return
        shown = shown_segment(segment, self._end, self._writer.unheld)
        if shown is None:
            self._writer.stray_bytes(segment.raw)
        else:
            self._writer.segment(*shown, placed)
            self._segments += 1

    def _close_to(self, depth: int) -> None:
        while self._depth > depth:
            self._writer.close()
            self._depth -= 1
