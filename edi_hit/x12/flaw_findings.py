"""Turns the flaws the reader saw in a segment into findings."""

import re
from collections.abc import Callable, Iterator

from edi_hit.rules import Finding, Severity, load_rules
from edi_hit.x12.segment import Flaw, Segment

Placer = Callable[..., dict[str, object]]

_MESSAGES: tuple[tuple[Flaw, str, str | None], ...] = (
    (Flaw.LEADING, "X12-ENV-04", "a byte order mark or blanks stand before a segment and were skipped"),
    (Flaw.WRAPPED, "X12-ENV-03", None),
    (Flaw.BLANK_BEFORE, "X12-ENV-16", "blanks stand between segments"),
    (Flaw.TRAILING_SEPARATOR, "X12-ENV-16", "a separator ends the segment or a composite"),
    (Flaw.UNTERMINATED, "X12-ENV-14", "the data end inside a segment"),
    (Flaw.OVERLONG, "X12-ENV-21", None),
    (Flaw.ISA_WIDTH, "X12-ENV-01", None),
)
_CONTROL = re.compile("[\x00-\x1b\x7f\u241c-\u241f]")
"""Control characters in a value; those the fixed form uses as delimiters are there as their pictures."""

_ONCE = Flaw.WRAPPED | Flaw.BLANK_BEFORE | Flaw.TRAILING_SEPARATOR | Flaw.LEADING
"""Habits of a sender rather than faults of one segment: told once for an interchange."""


class FlawReporter:
    """Reports the flaws of segments, each habit of a sender once per interchange."""

    def __init__(self) -> None:
        self._rules = load_rules("edi_hit.x12")
        self._told = 0

    def forget(self) -> None:
        """Start a new interchange."""
        self._told = 0

    def findings(self, segment: Segment, place: Placer) -> Iterator[Finding]:
        """Yield the findings of `segment`; `place(segment, element)` gives their place."""
        flaws = segment.flaws & ~self._told
        if _closes_cleanly(segment):
            flaws &= ~Flaw.UNTERMINATED
        self._told |= flaws & _ONCE
        for flaw, rule, message in _MESSAGES:
            if flaws & flaw and not (flaw is Flaw.LEADING and _only_line_breaks(segment)):
                yield self._rules[rule].finding(message, **place(segment, None))
        if flaws & (Flaw.NON_ASCII | Flaw.CONTROL):
            yield from self._characters(segment, flaws, place)

    def empty_segments(self, count: int, at: dict[str, object]) -> Finding:
        """The finding of so many empty segments in a row, the first of them at this place."""
        message = "an empty segment: two terminators with nothing between them"
        if count > 1:
            message = f"{count} empty segments in a row: terminators with nothing between them"
        return self._rules["X12-ENV-16"].finding(message, **at, severity=Severity.ERROR)

    def _characters(self, segment: Segment, flaws: int, place: Placer) -> Iterator[Finding]:
        shown = segment.delimiters.shown
        for position, value in enumerate(segment.elements):
            if flaws & Flaw.CONTROL and _CONTROL.search(value):
                yield self._rules["X12-ENV-17"].finding(None, **place(segment, position), value=shown(value))
            elif flaws & Flaw.NON_ASCII and not value.isascii():
                yield self._rules["X12-ENV-04"].finding(
                    "a character outside ASCII", **place(segment, position), value=shown(value)
                )


def _closes_cleanly(segment: Segment) -> bool:
    """Whether an unterminated last segment is a whole IEA: only its terminator was left out."""
    return segment.id == "IEA" and len(segment.elements) == 3


def _only_line_breaks(segment: Segment) -> bool:
    return not (segment.verbatim or b"").strip(b"\r\n")
