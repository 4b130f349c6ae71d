"""Following a set without checking it opens and closes the loops that reading it with all checks does."""

from pathlib import Path

from claim_text import GOOD, file_of
from damage import damaged
from hypothesis import given, settings
from loop_views import in_loops
from sample_files import each_sample

from edi_hit.guides import Loop, LoopPath, guide_for, read_loops
from edi_hit.rules import NotX12Error
from edi_hit.x12 import ELEMENT, Flaw, Segment, SetStart, read_events

FILES = [
    file_of(*GOOD),
    (Path(__file__).parents[1] / "files" / "four-claims.837").read_bytes(),
    (Path(__file__).parents[1] / "files" / "four-payments.835").read_bytes(),
]


def check_same_loops(data: bytes) -> int:
    """Hold both ways against each other, segment by segment; give how many segments stood in a loop."""
    events = list(read_events(data))
    placed = {one.segment.index: one for one in in_loops(read_loops(events))}
    path: LoopPath | None = None
    loops: list[Loop] = []
    count = 0
    for event in events:
        if isinstance(event, SetStart):
            found = guide_for(event.transaction_set.kind, event.transaction_set.guide)
            path, st = LoopPath(found[0]) if found else None, event.transaction_set.segment
        if path is None or not isinstance(event, Segment) or event.index not in placed:
            continue
        if event.flaws & Flaw.CONTINUED:
            continue
        one = placed[event.index]
        if event is st:
            loops = list(one.loops)
            continue
        step = path.step(event.text.split(ELEMENT))
        assert (step is None) == (one.node is None)
        if step is not None and step.crosses:
            del loops[len(loops) - step.closes :]
            assert [loop.node for loop in one.loops[len(loops) :]] == list(step.opens)
            loops += one.loops[len(loops) :]
        assert all(mine is its for mine, its in zip(loops, one.loops, strict=False))
        assert len(one.loops) <= len(loops)
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
