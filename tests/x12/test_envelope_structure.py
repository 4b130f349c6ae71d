"""Envelopes open and close as events; each level keeps its own verdict and its own counts."""

from x12_text import findings_of, gs, in_delimiters, isa

from edi_hit.x12 import (
    Event,
    GroupEnd,
    GroupStart,
    InterchangeEnd,
    InterchangeStart,
    Outside,
    Segment,
    SetEnd,
    SetStart,
    read_events,
    read_segments,
)

BHT = "BHT*0019*00*1*20250103*1200*CH"


def transaction_set(number: str, *body: str, count: int = 0) -> list[str]:
    total = count or len(body) + 3
    return [f"ST*837*{number}*005010X222A1", BHT, *body, f"SE*{total}*{number}"]


def events_of(*segments: str, header: str = "") -> list[Event]:
    return list(read_events(((header or isa()) + in_delimiters(segments)).encode()))


def ends(events: list[Event]) -> list[tuple[str, int, int, bool]]:
    return [
        (e.transaction_set.control_number, e.segments, e.errors, e.complete)
        for e in events
        if isinstance(e, SetEnd)
    ]


def test_events_come_in_order() -> None:
    found = events_of(gs(), *transaction_set("1"), "GE*1*1", "IEA*1*000000001")
    kinds = [type(event) for event in found]
    assert kinds == [
        InterchangeStart,
        GroupStart,
        SetStart,
        Segment,
        Segment,
        Segment,
        SetEnd,
        GroupEnd,
        InterchangeEnd,
    ]
    assert [event.id for event in found if isinstance(event, Segment)] == ["ST", "BHT", "SE"]


def test_what_the_headers_say() -> None:
    found = events_of(gs(), *transaction_set("0001"), "GE*1*1", "IEA*1*000000001", header=isa(e14="1"))
    start = next(event for event in found if isinstance(event, SetStart)).transaction_set
    assert (start.kind, start.control_number, start.guide, start.ordinal) == (
        "837",
        "0001",
        "005010X222A1",
        0,
    )
    assert (start.group.functional_id, start.group.control_number) == ("HC", "1")
    envelope = start.group.interchange
    assert (envelope.sender, envelope.receiver) == ("SENDER", "RECEIVER")
    assert (envelope.acknowledgment_requested, envelope.usage) == ("1", "T")


def test_a_bad_set_leaves_its_neighbours_clean() -> None:
    sets = [
        *transaction_set("1"),
        *transaction_set("2", "REF*1*A", count=9),
        *transaction_set("3"),
        *transaction_set("4", "~K3*X"),
        *transaction_set("5"),
    ]
    found = events_of(gs(), *sets, "GE*5*1", "IEA*1*000000001")
    assert ends(found) == [
        ("1", 3, 0, True),
        ("2", 4, 1, True),
        ("3", 3, 0, True),
        ("4", 4, 1, True),
        ("5", 3, 0, True),
    ]


def test_a_cut_off_set_is_incomplete_and_its_neighbours_are_not() -> None:
    found = events_of(
        gs(), *transaction_set("1"), *transaction_set("2", "REF*1*A")[:-1], *transaction_set("3")
    )
    assert ends(found) == [("1", 3, 0, True), ("2", 3, 1, False), ("3", 3, 0, True)]
    found = events_of(gs(), *transaction_set("1"), "ST*837*2*005010X222A1", BHT, "")
    assert ends(found) == [("1", 3, 0, True), ("2", 2, 2, False)]


def test_errors_of_envelopes_are_no_errors_of_sets() -> None:
    found = events_of(gs(), *transaction_set("1"), "GE*7*1", "IEA*9*000000002", header=isa(e15="X"))
    assert ends(found) == [("1", 3, 0, True)]
    assert len(findings_of(found)) == 4


def test_several_interchanges_groups_and_sets() -> None:
    one = isa() + in_delimiters(
        [
            *(gs(), *transaction_set("1"), *transaction_set("2"), "GE*2*1"),
            *(gs(control="2"), *transaction_set("1"), "GE*1*2", "IEA*2*000000001"),
        ]
    )
    two = isa(e13="000000002") + in_delimiters([gs(), *transaction_set("1"), "GE*1*1", "IEA*1*000000002"])
    found = list(read_events((one + two).encode()))
    assert findings_of(found) == []
    starts = [event.transaction_set for event in found if isinstance(event, SetStart)]
    assert [start.ordinal for start in starts] == [0, 1, 2, 3]
    assert [start.group.interchange.control_number for start in starts] == ["000000001"] * 3 + ["000000002"]
    assert [event.sets for event in found if isinstance(event, GroupEnd)] == [2, 1, 1]
    assert [event.groups for event in found if isinstance(event, InterchangeEnd)] == [2, 1]


def test_an_end_without_its_trailer_names_none() -> None:
    found = events_of(gs(), *transaction_set("1"))
    assert [event.segment for event in found if isinstance(event, GroupEnd | InterchangeEnd)] == [None, None]


def test_ta1_and_stray_segments_pass_outside() -> None:
    found = events_of("TA1*1*1*1*A*000", gs(), "NTE*X*Y", *transaction_set("1"), "GE*1*1", "IEA*1*000000001")
    assert [event.segment.id for event in found if isinstance(event, Outside)] == ["TA1", "NTE"]


def test_every_segment_read_is_in_one_event() -> None:
    sets = [*transaction_set("1", "~", "REF*1*A*"), "SE*1*1", "K3*X"]
    data = b"\xef\xbb\xbf" + (isa() + in_delimiters([gs(), *sets, "GE*1*1"])).encode() + b"  \n"
    seen: list[Segment] = []
    for event in read_events(data):
        if isinstance(event, Segment):
            seen.append(event)
        elif isinstance(event, InterchangeStart):
            seen.append(event.interchange.segment)
        elif isinstance(event, GroupStart):
            seen.append(event.group.segment)
        elif isinstance(event, Outside) or (isinstance(event, GroupEnd) and event.segment):
            seen.append(event.segment)
    read = [segment for segment in read_segments(data) if segment.text]
    assert [segment.index for segment in seen if segment.text] == [segment.index for segment in read]


def test_findings_of_a_trailer_come_before_what_it_closes() -> None:
    found = events_of(gs(), *transaction_set("1")[:-1], "SE*3*1Ñ", "GE*1*1", "IEA*1*000000001")
    last = [type(event).__name__ for event in found if isinstance(event, SetEnd) or findings_of([event])]
    assert last == ["Finding", "Finding", "SetEnd"]
    assert {finding.transaction for finding in findings_of(found)} == {"1"}
