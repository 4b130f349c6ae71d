"""The walk against pyx12's: every segment of every sample set in the same loop, or the reason it is not."""

from collections.abc import Iterator
from pathlib import Path

from guide_oracle import placements
from loop_views import placed
from sample_files import each_sample

from edi_hit.guides import guide_for, read_loops
from edi_hit.rules import Finding
from edi_hit.x12 import Segment, SetStart, TransactionSet, read_events

ELSEWHERE = {
    "botsedi__837p-all-fields.dat": "NM1*P3 is out of order: pyx12 drops it, and takes its REF for 2330D's",
    "silvenga__bad-header.edi": "loops of an 837P in an 837I: both lose their place, and find it elsewhere",
}
"""Sample files with a segment that pyx12 puts somewhere and we do not put there, and why."""


def sets_of(events: list[object]) -> Iterator[tuple[TransactionSet, list[Segment]]]:
    """The transaction sets among `events`, each with its segments."""
    current: TransactionSet | None = None
    segments: list[Segment] = []
    for event in events:
        if isinstance(event, SetStart):
            if current is not None:
                yield current, segments
            current, segments = event.transaction_set, []
        elif isinstance(event, Segment):
            segments.append(event)
    if current is not None:
        yield current, segments


def theirs_of(events: list[object]) -> Iterator[tuple[TransactionSet, Segment, tuple[str, ...] | None]]:
    """The segments of sets with a known guide (SE apart, which pyx12 finds in no map of a guide's own)."""
    for current, segments in sets_of(events):
        known = guide_for(current.kind, current.guide)
        if known is not None:
            for segment, path in zip(segments, placements(known[0].name, segments), strict=True):
                if segment.id != "SE":
                    yield current, segment, path


@each_sample("837P", "837I", "835", x12=True)
def test_segments_stand_in_the_loops_pyx12_puts_them(sample: Path) -> None:
    events: list[object] = list(read_events(sample))
    ours = placed(read_loops(read_events(sample)))
    differ = [
        segment.id
        for _, segment, theirs in theirs_of(events)
        if theirs is not None and ours.get(segment.index) != (theirs, True)
    ]
    assert bool(differ) == (sample.name in ELSEWHERE), differ


@each_sample("837P", "837I", "835", x12=True)
def test_what_pyx12_does_not_place_is_told(sample: Path) -> None:
    """Where we put a segment that pyx12 does not find, a finding came at it or before it in its set."""
    events: list[object] = list(read_loops(read_events(sample)))
    first_told: dict[str | None, int] = {}
    for event in events:
        if isinstance(event, Finding) and event.is_error and event.segment is not None:
            first_told.setdefault(event.transaction, event.segment)
    for current, segment, theirs in theirs_of(list(read_events(sample))):
        if theirs is None:
            ordinal = segment.index - current.segment.index + 1
            assert first_told.get(current.control_number, ordinal + 1) <= ordinal


@each_sample("837P", "837I", "835", x12=True)
def test_what_pyx12_places_is_never_unplaced(sample: Path) -> None:
    """Where pyx12 finds every segment of a file, there is no X12-STR-03 and none out of order."""
    events: list[object] = list(read_loops(read_events(sample)))
    if all(theirs is not None for _, _, theirs in theirs_of(list(read_events(sample)))):
        found = [event.rule for event in events if isinstance(event, Finding)]
        assert "X12-STR-03" not in found
        assert "X12-SEG-07" not in found
