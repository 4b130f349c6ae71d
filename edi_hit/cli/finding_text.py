"""Findings as lines of text for a terminal."""

from collections.abc import Iterator

from edi_hit.jobs.recent_segments import MarkedSegment
from edi_hit.rules import Finding

_VALUE_LIMIT = 80
_SEGMENT_LIMIT = 160


class FindingPrinter:
    """Gives the lines of one file's findings, under the file's name, grouped by claim."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._claim: str | None = None
        self._started = False

    def lines(self, finding: Finding, segment: MarkedSegment | None = None) -> Iterator[str]:
        """Yield the lines of a finding: what and where, its segment with the element marked, its hint.

        The value stands in place of a segment that is not at hand.
        """
        if not self._started:
            yield f"{self._file}:"
        if finding.claim != self._claim or not self._started:
            yield f"  claim {shown(finding.claim)}" if finding.claim else "  outside any claim"
        self._started, self._claim = True, finding.claim
        place = _place(finding)
        ack = f" [{finding.ack}]" if finding.ack else ""
        yield f"    {finding.severity} {finding.rule}{f' at {place}' if place else ''}{ack}"
        yield f"      {finding.message}"
        if segment is not None:
            yield from _marked(segment, bool(finding.element))
        elif finding.value:
            yield f"      value: {shown(finding.value)}"
        if finding.hint:
            yield f"      {finding.hint}"


def _marked(segment: MarkedSegment, has_element: bool) -> Iterator[str]:
    """The segment, from a little before the fault where it is long, and a line that marks the element."""
    first = max(0, segment.start - _SEGMENT_LIMIT // 2) if len(segment.text) > _SEGMENT_LIMIT else 0
    text = segment.text[first : first + _SEGMENT_LIMIT]
    yield f"        {_one_wide(text)}"
    if has_element:
        length = max(1, min(segment.length, _SEGMENT_LIMIT - (segment.start - first)))
        yield f"        {' ' * (segment.start - first)}{'^' * length}"


def _place(finding: Finding) -> str:
    parts = []
    if finding.segment_id:
        element = f"{finding.element:02d}" if finding.element else ""
        component = f"-{finding.component}" if finding.component else ""
        parts.append(f"{finding.segment_id}{element}{component}")
    if finding.loop:
        parts.append(f"Loop {finding.loop}")
    if finding.transaction:
        parts.append(f"set {shown(finding.transaction)}, segment {finding.segment}")
    if finding.offset is not None:
        parts.append(f"byte {finding.offset}")
    return ", ".join(parts)


def shown(value: str) -> str:
    """A value of a file with control characters made visible, cut where it is long."""
    cut = value if len(value) <= _VALUE_LIMIT else value[:_VALUE_LIMIT] + "..."
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in cut)


def counted(number: int, noun: str) -> str:
    """A number and what it counts: `1 claim`, `2 claims`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _one_wide(text: str) -> str:
    """Text with each control character as one visible one, so that what follows stays in its column."""
    return "".join(c if c.isprintable() else "\u00b7" for c in text)
