"""Checks ISA/GS/ST..SE/GE/IEA while segments stream by (rules X12-ENV-*), and says what opens and closes.

Each level keeps its own verdict: a bad transaction set does not reject its neighbours (X12-ENV-12).
"""

from collections.abc import Callable, Iterator
from typing import Final

from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import header_checks
from edi_hit.x12.delimiters import ELEMENT
from edi_hit.x12.events import (
    Event,
    Group,
    GroupEnd,
    GroupStart,
    Interchange,
    InterchangeEnd,
    InterchangeStart,
    Outside,
    SetEnd,
    SetStart,
    TransactionSet,
)
from edi_hit.x12.flaw_findings import FlawReporter
from edi_hit.x12.place import place_of
from edi_hit.x12.reader import read_runs
from edi_hit.x12.segment import Flaw, Segment
from edi_hit.x12.segment_run import SegmentRun
from edi_hit.x12.source import Source


class Events:
    """The events of one reading, to be gone through once: one by one, or by the run with `runs`."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __iter__(self) -> Iterator[Event]:
        for item in self.runs():
            if isinstance(item, SegmentRun):
                yield from item.segments
            else:
                yield item

    def runs(self) -> Iterator[SegmentRun | Event]:
        """The same events, segments by the run where they have no flaws."""
        return _Envelope().events(read_runs(self._source))


def read_events(source: Source) -> Events:
    """Give the envelopes, segments and findings of `source`, in order.

    Segments of transaction sets (ST and SE included) come as they are; all others inside the event of the
    envelope they open or close, or as `Outside`. Going through them raises `NotX12Error` and `OSError` as
    `read_segments` does.
    """
    return Events(source)


_TRAILERS = ("SE", "GE", "IEA")
"""Segments whose flaws are told before what they close is closed."""

_CONTROL_STARTS: Final = {"ISA", "IEA"} | {
    segment_id + after for segment_id in ("GS", "GE", "ST", "SE") for after in ("", ELEMENT)
}
"""How segments begin that open or close an envelope: the first three characters."""
_CONTROL_INITIALS: Final = {start[0] for start in _CONTROL_STARTS}

_MISSING_TRAILER = {"SE": "IK502 2", "GE": "AK905 3", "IEA": "TA1 023"}
"""What acknowledges a trailer that did not come."""


class _Envelope:
    """What is open while a stream of segments goes by."""

    def __init__(self) -> None:
        self._rules = load_rules("edi_hit.x12")
        self._flaws = FlawReporter()
        self._interchange: Interchange | None = None
        self._group: Group | None = None
        self._set: TransactionSet | None = None
        self._groups = self._sets = self._errors = self._set_total = 0
        self._last: Segment | None = None
        self._last_stray: int | None = None
        self._empty_ones = 0
        self._empty_place: dict[str, object] = {}
        self._group_numbers: set[str] = set()
        self._set_numbers: set[str] = set()
        self._set_kind = ""
        self._handlers: dict[str, Callable[[Segment], Iterator[Event]]] = {
            "ISA": self._isa,
            "IEA": self._iea,
            "GS": self._gs,
            "GE": self._ge,
            "ST": self._st,
            "SE": self._se,
        }

    def events(self, segments: Iterator[SegmentRun | Segment]) -> Iterator[SegmentRun | Event]:
        for item in segments:
            if not isinstance(item, SegmentRun) and item.flaws & Flaw.EMPTY:
                yield self._empty(item)
                continue
            if self._empty_ones:
                yield self._told_empty()
            if isinstance(item, SegmentRun):
                yield from self._run(item)
            else:
                yield from self._one(item)
        if self._empty_ones:
            yield self._told_empty()
        yield from self._end_of_data()

    def _run(self, run: SegmentRun) -> Iterator[SegmentRun | Event]:
        """Pass segments on, but those that open or close an envelope, or stand outside a set."""
        start = 0
        for at, text in enumerate(run.texts):
            if self._set is None or (text[0] in _CONTROL_INITIALS and text[:3] in _CONTROL_STARTS):
                if start < at:
                    yield self._passed(run, start, at)
                start = at + 1
                yield from self._one(run.segments[at])
        if start < len(run.texts):
            yield self._passed(run, start, len(run.texts))

    def _passed(self, run: SegmentRun, start: int, end: int) -> SegmentRun:
        self._last = run.segments[end - 1]
        return run.part(start, end)

    def _empty(self, segment: Segment) -> Outside:
        """Count an empty segment; those that follow one another are told of once."""
        if not self._empty_ones:
            self._empty_place = self._place(segment)
        self._empty_ones += 1
        return Outside(segment)

    def _told_empty(self) -> Finding:
        found = self._flaws.empty_segments(self._empty_ones, self._empty_place)
        self._errors += 1
        self._empty_ones = 0
        return found

    def _one(self, segment: Segment) -> Iterator[Event]:
        if segment.id == "ISA":
            self._flaws.forget()
        if segment.id in _TRAILERS:
            yield from self._flaws_of(segment)
        handler = None if segment.flaws & Flaw.CONTINUED else self._handlers.get(segment.id)
        if handler is not None:
            yield from handler(segment)
        elif self._set is not None and segment.text:
            yield segment
        elif not segment.text or segment.flaws & Flaw.CONTINUED or self._is_ta1_in_its_place(segment):
            yield Outside(segment)
        else:
            yield from self._stray(segment)
        if segment.id not in _TRAILERS:
            yield from self._flaws_of(segment)
        if segment.text:
            self._last = segment

    def _is_ta1_in_its_place(self, segment: Segment) -> bool:
        return segment.id == "TA1" and self._interchange is not None and self._group is None

    def _stray(self, segment: Segment) -> Iterator[Event]:
        """Tell of a segment that may not stand here, once for all that follow each other."""
        yield Outside(segment)
        if self._last_stray is None or segment.index != self._last_stray + 1:
            yield self._finding("X12-ENV-20", segment)
        self._last_stray = segment.index

    def _flaws_of(self, segment: Segment) -> Iterator[Finding]:
        for finding in self._flaws.findings(segment, self._place):
            self._errors += finding.is_error
            yield finding

    def _place(self, segment: Segment, element: int | None = None) -> dict[str, object]:
        return place_of(segment, self._set, self._group, self._interchange, element)

    def _finding(
        self,
        rule: str,
        segment: Segment,
        message: str | None = None,
        element: int | None = None,
        value: str | None = None,
        **more: object,
    ) -> Finding:
        if value is not None:
            more["value"] = segment.delimiters.shown(value)
        finding = self._rules[rule].finding(message, **self._place(segment, element), **more)
        self._errors += finding.is_error
        return finding

    def _isa(self, segment: Segment) -> Iterator[Event]:
        yield from self._close_interchange(segment, None)
        self._interchange = header_checks.interchange(segment)
        self._groups, self._group_numbers = 0, set()
        yield InterchangeStart(self._interchange)
        for rule, message, element, ack in header_checks.isa_faults(segment):
            value = segment.elements[element] if element else None
            severity = header_checks.isa_severity(rule, element)
            yield self._finding(rule, segment, message, element, ack=ack, value=value, severity=severity)

    def _gs(self, segment: Segment) -> Iterator[Event]:
        yield from self._close_group(segment, None)
        if self._interchange is None:
            yield from self._stray(segment)
            return
        self._groups += 1
        self._group = header_checks.group(segment, self._interchange)
        self._sets, self._set_numbers, self._set_kind = 0, set(), ""
        yield GroupStart(self._group)
        number = self._group.control_number
        if number in self._group_numbers:
            message = "GS06 is used twice in this interchange"
            yield self._finding("X12-ENV-09", segment, message, 6, ack="AK905 19", value=number)
        self._group_numbers.add(number)

    def _st(self, segment: Segment) -> Iterator[Event]:
        yield from self._close_set(segment, None)
        if self._group is None:
            yield from self._stray(segment)
            return
        self._sets += 1
        self._errors = 0
        self._set = header_checks.transaction_set(segment, self._group, self._set_total)
        self._set_total += 1
        yield SetStart(self._set)
        yield segment
        yield from self._st_faults(segment, self._set)

    def _st_faults(self, segment: Segment, current: TransactionSet) -> Iterator[Finding]:
        if current.control_number in self._set_numbers:
            yield self._finding(
                "X12-ENV-10",
                segment,
                "ST02 is used twice in this group",
                2,
                ack="IK502 23",
                value=current.control_number,
            )
        self._set_numbers.add(current.control_number)
        for rule, message, element, ack in header_checks.st_faults(segment, current, self._set_kind):
            severity = header_checks.st_severity(rule, current)
            yield self._finding(rule, segment, message, element, ack=ack, severity=severity)
        self._set_kind = self._set_kind or current.kind

    def _se(self, segment: Segment) -> Iterator[Event]:
        current = self._set
        if current is None:
            yield from self._stray(segment)
            return
        yield segment
        counted = segment.index - current.segment.index + 1
        elements = [*segment.elements, "", ""]
        if header_checks.number(elements[1]) != counted:
            message = f"SE01 does not match the {counted} segments counted from ST to SE"
            yield self._finding("X12-ENV-10", segment, message, 1, ack="IK502 4", value=elements[1])
        if elements[2] != current.control_number:
            message = "SE02 is not the ST02 of the set"
            yield self._finding("X12-ENV-10", segment, message, 2, ack="IK502 3", value=elements[2])
        yield from self._close_set(segment, segment)

    def _ge(self, segment: Segment) -> Iterator[Event]:
        yield from self._close_set(segment, None)
        if self._group is None:
            yield from self._stray(segment)
            return
        elements = [*segment.elements, "", ""]
        if header_checks.number(elements[1]) != self._sets:
            message = f"GE01 does not match the {self._sets} transaction sets counted"
            yield self._finding("X12-ENV-09", segment, message, 1, ack="AK905 5", value=elements[1])
        if not header_checks.same_number(elements[2], self._group.control_number):
            message = "GE02 is not the GS06 of the group"
            yield self._finding("X12-ENV-09", segment, message, 2, ack="AK905 4", value=elements[2])
        yield from self._close_group(segment, segment)

    def _iea(self, segment: Segment) -> Iterator[Event]:
        yield from self._close_group(segment, None)
        if self._interchange is None:
            yield from self._stray(segment)
            return
        elements = [*segment.elements, "", ""]
        if header_checks.number(elements[1]) != self._groups:
            message = f"IEA01 does not match the {self._groups} functional groups counted"
            yield self._finding("X12-ENV-07", segment, message, 1, ack="TA1 021", value=elements[1])
        if elements[2] != self._interchange.control_number and len(self._interchange.segment.elements) == 17:
            message = "IEA02 is not the ISA13 of the interchange"
            yield self._finding("X12-ENV-07", segment, message, 2, ack="TA1 001", value=elements[2])
        yield from self._close_interchange(segment, segment)

    def _close_set(self, at: Segment, trailer: Segment | None, told: bool = False) -> Iterator[Event]:
        """Close the set that is open; `told` says that its missing SE has been told already."""
        current = self._set
        if current is None:
            return
        if trailer is None and not told:
            yield self._missing(at, "SE")
        last = trailer or self._last or current.segment
        count = max(last.index - current.segment.index, 0) + 1
        self._set = None
        yield SetEnd(current, count, self._errors, trailer is not None)

    def _close_group(self, at: Segment, trailer: Segment | None, told: bool = False) -> Iterator[Event]:
        if self._group is not None and trailer is None and not told:
            yield self._missing(at, "SE", "GE")
        yield from self._close_set(at, None, told or trailer is None)
        if self._group is not None:
            ended, self._group = self._group, None
            yield GroupEnd(ended, trailer, self._sets)

    def _close_interchange(self, at: Segment, trailer: Segment | None, told: bool = False) -> Iterator[Event]:
        if self._interchange is not None and trailer is None and not told:
            yield self._missing(at, "SE", "GE", "IEA")
        yield from self._close_group(at, None, told or trailer is None)
        if self._interchange is not None:
            ended, self._interchange = self._interchange, None
            yield InterchangeEnd(ended, trailer, self._groups)

    def _missing(self, at: Segment, *trailers: str) -> Finding:
        """Tell which of these trailers did not come, of what is open: one finding, for the innermost."""
        still_open = {"SE": self._set, "GE": self._group, "IEA": self._interchange}
        missing = [trailer for trailer in trailers if still_open[trailer] is not None]
        message = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        return self._finding("X12-ENV-14", at, message, ack=_MISSING_TRAILER[missing[0]])

    def _end_of_data(self) -> Iterator[Event]:
        """Close what is open. That the data end inside a segment was told with it."""
        inside = self._last is not None and bool(self._last.flaws & Flaw.UNTERMINATED)
        for still_open in (self._set, self._group, self._interchange):
            if still_open is not None:
                yield from self._close_interchange(still_open.segment, None, inside)
                return
