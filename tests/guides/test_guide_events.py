"""The contract of the events: no segment of the input is lost, each comes in its order, with its loops."""

import random
from collections import Counter
from pathlib import Path

import pytest
from claim_text import CLAIM, GOOD, HEADER, LINE, PROVIDER, SUBSCRIBER, after, file_of
from loop_views import held_with_context, in_loops, of_known_sets, path_of, segment_of
from sample_files import each_sample
from x12_text import findings_of, interchange, transaction

from edi_hit.guides import GuideEvent, Loop, LoopRead, SetRead, Unit, read_loops
from edi_hit.x12 import SetStart, read_events, read_segments

SECOND = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
OTHER_SUBSCRIBER = [s.replace("HL*2*", "HL*3*") for s in SUBSCRIBER]


def rebuilt(data: bytes) -> bytes:
    return b"".join(s.raw for event in read_events(data) if (s := segment_of(event)) is not None)


def ids(loops: tuple[Loop, ...]) -> list[str]:
    return [loop.id for loop in loops]


def held(data: bytes) -> Counter[int]:
    """How often each segment stands in what `read_loops` gives, by its index; each loop is looked at once."""
    seen: dict[int, Loop] = {}
    found: Counter[int] = Counter()
    for event in read_loops(read_events(data)):
        if isinstance(event, GuideEvent):
            at: Loop | None = event.loop
            while at is not None:
                seen[id(at)] = at
                at = at.parent
    for loop in seen.values():
        own = {
            id(segment): segment
            for segment, path, _ in held_with_context(loop)
            if path[: len(path_of(loop))] == path_of(loop)
        }
        found.update(segment.index for segment in own.values())
    return found


def check_nothing_is_lost(data: bytes) -> None:
    assert rebuilt(data) == b"".join(segment.raw for segment in read_segments(data))
    assert held(data) == Counter(segment.index for segment in of_known_sets(read_events(data)))


def test_every_segment_comes_in_its_loops() -> None:
    found = in_loops(read_loops(read_events(file_of(*GOOD))))
    assert [one.segment.index for one in found] == list(range(2, len(GOOD) + 4))
    paths = {one.segment.text.replace("\x1d", "*"): ids(one.loops) for one in found}
    above = ["ST_LOOP", "2000A", "2000B"]
    assert paths["ST*837*0001*005010X222A1"] == ["ST_LOOP"]
    assert paths["PER*IC*OFFICE*TE*6145550100"] == ["ST_LOOP", "1000A"]
    assert paths["HL*2*1*22*0"] == above
    assert paths["LX*2"] == [*above, "2300", "2400"]
    assert paths[f"SE*{len(GOOD) + 2}*0001"] == ["ST_LOOP"]
    lines = [one.loops[-1] for one in found if one.segment.id == "SV1"]
    assert lines[0] is not lines[1]
    assert lines[0] is next(one.loops[-1] for one in found if one.segment.id == "LX")
    assert all(one.node is not None and one.node.id == one.segment.id for one in found)


def test_what_has_no_place_stays_where_it_stood() -> None:
    stray = ["ZZZ*1", "CUR*85*USD", "DTP*431*D8*20250101", "NTE*ADD*LATE"]
    data = file_of(*after("DTP*472*D8*20250102", *stray))
    found = in_loops(read_loops(read_events(data)))
    at = next(number for number, one in enumerate(found) if one.segment.id == "ZZZ")
    line, claim = ["ST_LOOP", "2000A", "2000B", "2300", "2400"], ["ST_LOOP", "2000A", "2000B", "2300"]
    assert [(one.segment.id, ids(one.loops), one.node is not None) for one in found[at : at + 5]] == [
        ("ZZZ", line, False),
        ("CUR", line, False),
        ("DTP", claim, True),
        ("NTE", line, True),
        ("REF", line, True),
    ]
    assert found[at].loops[-1] is found[at + 4].loops[-1]
    check_nothing_is_lost(data)


def test_a_set_of_an_unknown_guide_comes_without_loops() -> None:
    data = interchange(*transaction(*GOOD, guide="005010X224A2"))
    assert in_loops(read_loops(read_events(data))) == []
    assert rebuilt(data) == data


NO_UNIT = {
    "subscriber": ([*HEADER, *PROVIDER, *SUBSCRIBER], [("ST_LOOP", "2000A", "2000B")]),
    "one of two subscribers": (
        [*HEADER, *PROVIDER, *SUBSCRIBER, *OTHER_SUBSCRIBER, *SECOND],
        [("ST_LOOP", "2000A", "2000B")],
    ),
    "provider": ([*HEADER, *PROVIDER], [("ST_LOOP", "2000A")]),
    "header only": (HEADER, []),
}


@pytest.mark.parametrize("name", NO_UNIT)
def test_loops_above_units_without_any_come_too(name: str) -> None:
    segments, expected = NO_UNIT[name]
    data = file_of(*segments)
    events = list(read_loops(read_events(data)))
    assert [path_of(event.loop) for event in events if isinstance(event, LoopRead)] == expected
    assert isinstance(events[-4], SetRead)
    check_nothing_is_lost(data)


def test_a_payee_without_payments() -> None:
    body = [
        "BPR*I*0*C*NON************20250110",
        "TRN*1*T1*1310000001",
        "N1*PR*MAC J15",
        "LX*1",
        "TS3*1*11*20251231*1*5",
    ]
    data = interchange(*transaction(*body, "LX*2", kind="835", guide="005010X221A1"))
    found = [event.loop for event in read_loops(read_events(data)) if isinstance(event, LoopRead)]
    assert [[elements[0] for _, elements, _ in loop.segments] for loop in found] == [["LX", "TS3"], ["LX"]]
    check_nothing_is_lost(data)


@each_sample(x12=True)
def test_nothing_of_a_sample_is_lost(sample: Path) -> None:
    check_nothing_is_lost(sample.read_bytes())


def mutated(pick: random.Random) -> list[str]:
    """The good segments and a second claim, after some of them were deleted, doubled, swapped or moved."""
    segments = [*GOOD, *SECOND, *OTHER_SUBSCRIBER, *SECOND]
    for _ in range(pick.randrange(1, 6)):
        at, to = pick.randrange(len(segments)), pick.randrange(len(segments))
        kind = pick.randrange(4)
        if kind == 0:
            del segments[at]
        elif kind == 1:
            segments.insert(to, segments[at])
        elif kind == 2:
            segments[at], segments[to] = segments[to], segments[at]
        else:
            segments.insert(to, segments.pop(at))
    return segments


@pytest.mark.parametrize("seed", range(150))
def test_nothing_of_a_broken_file_is_lost(seed: int) -> None:
    data = file_of(*mutated(random.Random(seed)))
    check_nothing_is_lost(data)
    sets = [event for event in read_events(data) if isinstance(event, SetStart)]
    assert len(sets) == 1


def test_a_claim_id_is_told_of_claims_alone() -> None:
    """AK2 opens a unit too, but what it names is no claim."""
    claim = findings_of(read_loops(read_events(file_of(*after("LX*1", "ZZZ*1")))))
    assert [finding.claim for finding in claim] == ["A1"]
    body = ["AK1*HC*1*005010X222A1", "AK2*837*0001", "ZZZ*1", "IK5*A", "AK9*A*1*1*1"]
    data = interchange(*transaction(*body, kind="999", guide="005010X231A1"))
    events = list(read_loops(read_events(data)))
    assert [event.loop.id for event in events if isinstance(event, Unit)] == ["2000"]
    assert [(finding.rule, finding.claim) for finding in findings_of(events)] == [("X12-STR-03", None)]
