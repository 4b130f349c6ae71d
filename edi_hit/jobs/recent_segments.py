"""Keeps the last segments read, so that a finding can be shown with its segment and the element marked."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.rules import Finding
from edi_hit.x12 import COMPONENT, ELEMENT, Event, Segment, SegmentRun

_KEPT = 5_000
"""Segments kept at least, more than a run has; twice as many at most."""


class MarkedSegment(msgspec.Struct, frozen=True):
    """A segment's text as it was sent, and where in it the fault stands: first character and length."""

    text: str
    start: int
    length: int


class RecentSegments:
    """The last segments of transaction sets that went by."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []

    def watch(self, events: Iterable[SegmentRun | Event]) -> Iterator[SegmentRun | Event]:
        """Pass `events` on, remembering their segments."""
        for event in events:
            if isinstance(event, SegmentRun):
                self._segments += event.segments
            elif type(event) is Segment:
                self._segments.append(event)
            if len(self._segments) >= 2 * _KEPT:
                del self._segments[:-_KEPT]
            yield event

    def marked(self, finding: Finding) -> MarkedSegment | None:
        """Give the segment a finding stands at; None where it has gone by, or the finding has no place."""
        if finding.offset is None or finding.segment is None:
            return None
        after = bisect_right(self._segments, finding.offset, key=lambda segment: segment.offset)
        if not after:
            return None
        segment = self._segments[after - 1]
        return _marked(segment, finding) if finding.offset < segment.offset + len(segment.raw) else None


def _marked(segment: Segment, finding: Finding) -> MarkedSegment | None:
    if finding.segment_id is not None and segment.id != finding.segment_id:
        return None
    elements = segment.elements
    at = finding.element or 0
    start = sum(len(element) + 1 for element in elements[:at])
    length = len(elements[at]) if at < len(elements) else 0
    if finding.component and at < len(elements):
        parts = elements[at].split(COMPONENT)
        start += sum(len(part) + 1 for part in parts[: finding.component - 1])
        length = len(parts[finding.component - 1]) if finding.component <= len(parts) else 0
    text = segment.delimiters.shown(ELEMENT.join(elements))
    return MarkedSegment(text, min(start, len(text)), max(length, 1))
