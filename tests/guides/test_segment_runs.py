"""Segments are read by the run: what comes of it is the same as one by one."""

import pytest
from claim_text import CLAIM, GOOD, LINE, LINE_2, after, changed, file_of
from loop_views import placed
from x12_text import findings_of, gs, interchange, transaction

from edi_hit.guides import Unit, read_loops
from edi_hit.x12 import Outside, SegmentRun, SetEnd, read_events, read_segments
from edi_hit.x12.reader import LONGEST_RUN

MANY = LONGEST_RUN // 4
"""Claims of a file that is longer than a run."""


def claims(*each: str) -> list[str]:
    return [*GOOD, *(segment for _ in range(MANY) for segment in each)]


CLEAN = [*CLAIM, *LINE, *LINE_2]
FILES = {
    "clean": file_of(*claims(*CLEAN)),
    "a fault in each claim": file_of(*claims(*CLEAN[:-1], "REF*6R*", "ZZZ*1")),
    "a segment out of order": file_of(*claims(*LINE, *CLAIM)),
    "several sets": interchange(*[gs(), *transaction(*GOOD)[1:-2] * 200, "GE*200*1", "IEA*1*000000001"]),
    "no trailers between sets": interchange(*[gs(), *transaction(*GOOD)[1:-3] * 200]),
    "segments outside a set": interchange(*transaction(*GOOD)[:-2], *CLEAN, "GE*1*1", "IEA*1*000000001"),
    "no group": interchange(*CLEAN),
    "empty segments": file_of(*claims(*CLEAN)).replace(b"REF*6R*L1~", b"REF*6R*L1~~~", 3),
    "a separator at the end": file_of(*changed("N3*7 OAK LN", "N3*7 OAK LN*")),
    "another guide": interchange(*transaction(*GOOD, guide="004010X098A1")),
    "an accent": file_of(*changed("N3*7 OAK LN", "N3*7 ÉLM LN")) + file_of(*claims(*CLEAN)),
}


@pytest.mark.parametrize("name", FILES)
def test_runs_give_what_single_segments_give(name: str) -> None:
    data = FILES[name]
    single, by_run = list(read_loops(list(read_events(data)))), list(read_loops(read_events(data)))
    assert [type(event) for event in by_run] == [type(event) for event in single]
    assert findings_of(by_run) == findings_of(single)
    assert placed(by_run) == placed(single)
    ends = [[event for event in events if isinstance(event, SetEnd | Outside)] for events in (single, by_run)]
    assert ends[0] == ends[1]


def test_every_segment_of_a_set_is_in_a_run_or_alone() -> None:
    data = FILES["several sets"]
    runs = list(read_events(data).runs())
    held = [segment for run in runs if isinstance(run, SegmentRun) for segment in run.segments]
    texts = [text for run in runs if isinstance(run, SegmentRun) for text in run.texts]
    assert [segment.text for segment in held] == texts
    body = [s for s in read_segments(data) if s.id not in ("ISA", "GS", "ST", "SE", "GE", "IEA")]
    assert len(body) > 2 * LONGEST_RUN
    assert held == body[: len(held)]
    assert len(body) - len(held) < LONGEST_RUN


def test_a_unit_comes_before_what_follows_its_run_is_looked_at() -> None:
    events = read_loops(read_events(FILES["a fault in each claim"]))
    first = next(event for event in events if isinstance(event, Unit))
    assert first.loop.opener_element(1) == "A1"


@pytest.mark.parametrize("times", [9, 10, 11, 12, 14])
def test_what_comes_too_often_is_told_once(times: int) -> None:
    papers = [f"PWK*OZ*BM***AC*DMN{number:04}" for number in range(times)]
    found = findings_of(read_loops(read_events(file_of(*after(CLAIM[0], *papers)))))
    assert [(f.rule, f.segment_id) for f in found] == [("X12-SEG-05", "PWK")] * (times > 10)
    if found:
        assert found[0].segment == 1 + 1 + len(GOOD[: GOOD.index(CLAIM[0])]) + 11
