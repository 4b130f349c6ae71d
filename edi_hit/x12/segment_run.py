"""Segments by the run: a whole file is read many at a time, which is faster than one by one."""

from edi_hit.x12.segment import Segment


class SegmentRun:
    """Segments that follow one another, none with a flaw; `texts` are their texts."""

    __slots__ = ("segments", "texts")

    def __init__(self, segments: list[Segment], texts: list[str]) -> None:
        self.segments = segments
        self.texts = texts

    def add(self, segment: Segment, text: str) -> None:
        """Add the segment that follows."""
        self.segments.append(segment)
        self.texts.append(text)

    def part(self, start: int, end: int) -> "SegmentRun":
        """Those from `start` up to `end`."""
        if start == 0 and end == len(self.texts):
            return self
        return SegmentRun(self.segments[start:end], self.texts[start:end])
