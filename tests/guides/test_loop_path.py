"""Following a set without checking it opens and closes the loops that reading it with all checks does."""

from pathlib import Path

from claim_text import GOOD, file_of
from damage import damaged
from hypothesis import given, settings
from sample_files import each_sample

from edi_hit.guides import Loop, LoopPath, PlacedSegment, guide_for, place_segments
from edi_hit.rules import NotX12Error
from edi_hit.x12 import ELEMENT, Flaw, SetStart, read_events

FILES = [
    file_of(*GOOD),
    (Path(__file__).parents[1] / "files" / "four-claims.837").read_bytes(),
    (Path(__file__).parents[1] / "files" / "four-payments.835").read_bytes(),
]


def check_same_loops(data: bytes) -> int:
    """Hold both ways against each other, segment by segment; give how many segments stood in a loop."""
    path: LoopPath | None = None
    loops: list[Loop] = []
    count = 0
    for event in place_segments(read_events(data)):
        if isinstance(event, SetStart):
            found = guide_for(event.transaction_set.kind, event.transaction_set.guide)
            path, loops, st = LoopPath(found[0]) if found else None, [], event.transaction_set.segment
        if not isinstance(event, PlacedSegment) or path is None or event.segment.flaws & Flaw.CONTINUED:
            continue
        if event.segment is st:
            loops = list(event.path)
            continue
        step = path.step(event.segment.text.split(ELEMENT))
        assert (step is None) == (event.node is None)
        if step is not None and step.crosses:
            del loops[len(loops) - step.closes :]
            assert [loop.node for loop in event.path[len(loops) :]] == list(step.opens)
            loops += event.path[len(loops) :]
        assert all(mine is its for mine, its in zip(loops, event.path, strict=False))
        assert len(event.path) <= len(loops)
        count += 1
    return count


@each_sample(x12=True)
def test_of_every_sample(sample: Path) -> None:
    check_same_loops(sample.read_bytes())


def test_of_good_files() -> None:
    assert check_same_loops(b"".join(FILES)) == 149


@settings(max_examples=200, deadline=None)
@given(damaged(FILES))
def test_of_damaged_files(data: bytes) -> None:
    try:
        check_same_loops(data)
    except NotX12Error:
        return
