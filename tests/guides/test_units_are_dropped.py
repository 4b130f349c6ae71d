"""Memory does not grow with the file: a unit is gone when its reader lets it go, and a claim has a limit."""

import gc
import io
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from claim_text import CLAIM, GOOD, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, file_of
from x12_text import findings_of, gs, in_delimiters, isa

from edi_hit.guides import Loop, Unit, loop_builder, read_loops
from edi_hit.x12 import read_events


class LongFile(io.RawIOBase):
    """A file that is made while it is read: a head, then a body again and again."""

    def __init__(self, head: str, body: str, times: int) -> None:
        self._held = head.encode()
        self._body, self._times = body.encode(), times

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub says Buffer
        while len(self._held) < len(buffer) and self._times:
            self._held += self._body
            self._times -= 1
        data, self._held = self._held[: len(buffer)], self._held[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


HEAD = isa() + in_delimiters([gs(), "ST*837*0001*005010X222A1", *HEADER, *PROVIDER])
ONE = in_delimiters([*SUBSCRIBER, *CLAIM, *LINE, *LINE_2])
CLAIM_ONLY = in_delimiters([*CLAIM, *LINE, *LINE_2])


def units_of(source: io.RawIOBase) -> Iterator[Unit]:
    for event in read_loops(read_events(source)):
        if isinstance(event, Unit):
            yield event


def alive() -> int:
    """Loops that exist."""
    return sum(isinstance(thing, Loop) for thing in gc.get_objects())


def with_peak(work: Callable[[], Any]) -> tuple[Any, int]:
    """What `work` gives, and the most bytes it held at a time."""
    gc.collect()
    tracemalloc.start()
    try:
        return work(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_units_are_freed_without_the_cyclic_collector() -> None:
    gc.collect()
    before = alive()
    gc.disable()
    try:
        units = enumerate(units_of(LongFile(HEAD, ONE, 400)))
        most = max(alive() - before for number, _ in units if number % 40 == 39)
    finally:
        gc.enable()
    assert 0 < most < 40


@pytest.mark.parametrize("body", [ONE, CLAIM_ONLY])
def test_memory_is_flat_over_thousands_of_claims(body: str) -> None:
    head = HEAD + in_delimiters(SUBSCRIBER)
    for _ in units_of(LongFile(head, body, 50)):
        pass
    peaks = []
    for times in (1500, 5000):
        count, peak = with_peak(lambda times=times: sum(1 for _ in units_of(LongFile(head, body, times))))
        assert count == times
        peaks.append(peak)
    assert peaks[1] < peaks[0] * 1.2 + 100_000


LIMIT = 2000


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> int:
    """A lower limit of segments held, so that tests need no giant files."""
    assert loop_builder.MAX_HELD == 100_000
    monkeypatch.setattr(loop_builder, "MAX_HELD", LIMIT)
    return LIMIT


def endless_claim(filler: str, times: int) -> bytes:
    second = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
    return file_of(*GOOD, *[filler] * times, *second)


@pytest.mark.parametrize("filler", ["REF*6R*X", "ZZZ*1", "LX*3"])
def test_a_claim_past_the_limit_is_one_finding_and_the_next_claim_is_whole(filler: str, limited: int) -> None:
    events = list(read_loops(read_events(endless_claim(filler, limited + 500))))
    units = [event for event in events if isinstance(event, Unit)]
    assert [unit.loop.opener_element(1) for unit in units] == ["A1", "A2"]
    held = [finding for finding in findings_of(events) if finding.rule == "X12-GUIDE-03"]
    assert len(held) == 1
    assert held[0].claim == "A1"
    assert held[0] in units[0].findings
    assert held[0] not in units[1].findings
    assert [len(unit.loop.loops) for unit in units[1:]] == [1]
    total = sum(len(loop.segments) + len(loop.unplaced) for loop in [units[0].loop, *units[0].loop.loops])
    assert total <= limited


def test_long_segments_count_by_their_length(limited: int) -> None:
    """A claim of few but huge segments does not fill the memory either."""
    body = in_delimiters(["NTE*ADD*" + "A" * 60_000])
    source = LongFile(HEAD + in_delimiters([*SUBSCRIBER, *CLAIM, *LINE]), body, limited // 50)
    found = findings_of(read_loops(read_events(source)))
    assert "X12-GUIDE-03" in {finding.rule for finding in found}


def test_what_follows_an_overlong_segment_is_not_held() -> None:
    head = HEAD + in_delimiters([*SUBSCRIBER, *CLAIM]) + "NTE*ADD*"
    (unit,) = units_of(LongFile(head, "A" * 100_000, 100))
    assert unit.loop.opener_element(1) == "A1"
    peaks = []
    for times in (100, 300):
        found = [
            with_peak(lambda n=times: list(units_of(LongFile(head, "A" * 100_000, n)))) for _ in range(3)
        ]
        assert [len(units) for units, _ in found] == [1, 1, 1]
        peaks.append(min(peak for _, peak in found))  # other threads of the test run can only add to one
    assert peaks[1] < peaks[0] + 100_000, "the segment grew by 20,000,000 bytes"
    assert peaks[1] < 3_000_000
