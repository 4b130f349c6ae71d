"""Each envelope rule: a minimal bad file gives exactly that finding, its good neighbour none."""

import pytest
from x12_text import USUAL, findings_of, gs, in_delimiters, interchange, isa, transaction

from edi_hit.rules import Finding, Severity
from edi_hit.x12 import Delimiters, read_events

BHT = "BHT*0019*00*1*20250103*1200*CH"
ST = "ST*837*0001*005010X222A1"
SE = "SE*3*0001"
GE = "GE*1*1"
IEA = "IEA*1*000000001"
GOOD = (gs(), ST, BHT, SE, GE, IEA)


def data_of(*segments: str, header: str = "") -> bytes:
    return ((header or isa()) + in_delimiters(segments)).encode()


def found_in(data: bytes) -> list[Finding]:
    return findings_of(read_events(data))


def replaced(old: str, new: str) -> tuple[str, ...]:
    assert old in GOOD
    return tuple(new if segment == old else segment for segment in GOOD)


def test_the_good_neighbour_of_them_all() -> None:
    assert found_in(data_of(*GOOD)) == []


BAD_HEADERS = [
    ("X12-ENV-01", "TA1 024", None, isa(e2="SHORT")),
    ("X12-ENV-02", "TA1 026", 11, isa(e11="U")),
    ("X12-ENV-02", "TA1 026", 11, isa(e11=":")),
    ("X12-ENV-02", "TA1 027", 16, isa(e16="~")),
    ("X12-ENV-05", "TA1 017", 12, isa(e12="00401", e11="U")),
    ("X12-ENV-05", "TA1 017", 12, isa(e12="00501".replace("5", "6"))),
    ("X12-ENV-06", "TA1 010", 1, isa(e1="09")),
    ("X12-ENV-06", "TA1 012", 3, isa(e3="09")),
    ("X12-ENV-06", "TA1 005", 5, isa(e5="QQ")),
    ("X12-ENV-06", "TA1 007", 7, isa(e7="QQ")),
    ("X12-ENV-06", "TA1 019", 14, isa(e14="2")),
    ("X12-ENV-06", "TA1 020", 15, isa(e15="X")),
    ("X12-ENV-22", "TA1 014", 9, isa(e9="251399")),
    ("X12-ENV-22", "TA1 014", 9, isa(e9="230229")),
    ("X12-ENV-22", "TA1 014", 9, isa(e9="25X103")),
    ("X12-ENV-22", "TA1 014", 9, isa(e9="2501 3")),
    ("X12-ENV-22", "TA1 015", 10, isa(e10="2400")),
    ("X12-ENV-22", "TA1 015", 10, isa(e10="12:0")),
]


@pytest.mark.parametrize(("rule", "ack", "element", "header"), BAD_HEADERS)
def test_faults_of_isa(rule: str, ack: str, element: int | None, header: str) -> None:
    data = data_of(*GOOD, header=header)
    (finding,) = found_in(data)
    assert (finding.rule, finding.ack, finding.segment_id, finding.element) == (rule, ack, "ISA", element)
    assert finding.interchange == "000000001"
    lenient = {(11, "X12-ENV-02"), (5, "X12-ENV-06"), (7, "X12-ENV-06")}
    assert finding.is_error == ((element, rule) not in lenient)
    if element is not None:
        assert finding.value
        assert data[finding.offset :].startswith(finding.value.encode())
    else:
        assert finding.offset == 0


@pytest.mark.parametrize("number", ["12345678A", "-12345678", "         "])
def test_isa13_that_is_no_number(number: str) -> None:
    data = data_of(*replaced(IEA, f"IEA*1*{number}"), header=isa(e13=number))
    (finding,) = found_in(data)
    assert (finding.rule, finding.ack, finding.element) == ("X12-ENV-07", "TA1 018", 13)


BAD_TRAILERS = [
    ("X12-ENV-07", "TA1 021", "IEA", 1, IEA, "IEA*2*000000001"),
    ("X12-ENV-07", "TA1 021", "IEA", 1, IEA, "IEA*X*000000001"),
    ("X12-ENV-07", "TA1 001", "IEA", 2, IEA, "IEA*1*000000002"),
    ("X12-ENV-07", "TA1 001", "IEA", 2, IEA, "IEA*1*1"),
    ("X12-ENV-07", "TA1 001", "IEA", 2, IEA, "IEA*1"),
    ("X12-ENV-09", "AK905 5", "GE", 1, GE, "GE*2*1"),
    ("X12-ENV-09", "AK905 5", "GE", 1, GE, "GE**1"),
    ("X12-ENV-09", "AK905 4", "GE", 2, GE, "GE*1*2"),
    ("X12-ENV-09", "AK905 4", "GE", 2, GE, "GE*1"),
    ("X12-ENV-10", "IK502 4", "SE", 1, SE, "SE*4*0001"),
    ("X12-ENV-10", "IK502 4", "SE", 1, SE, "SE*3.0*0001"),
    ("X12-ENV-10", "IK502 4", "SE", 1, SE, "SE*+3*0001"),
    ("X12-ENV-10", "IK502 4", "SE", 1, SE, "SE*²*0001"),
    ("X12-ENV-10", "IK502 3", "SE", 2, SE, "SE*3*1"),
    ("X12-ENV-10", "IK502 3", "SE", 2, SE, "SE*3"),
]


@pytest.mark.parametrize(("rule", "ack", "segment_id", "element", "old", "new"), BAD_TRAILERS)
def test_faults_of_trailers(rule: str, ack: str, segment_id: str, element: int, old: str, new: str) -> None:
    data = ((isa()) + in_delimiters(replaced(old, new))).encode("latin-1")
    finding = found_in(data)[-1]
    assert (finding.rule, finding.ack) == (rule, ack)
    assert (finding.segment_id, finding.element) == (segment_id, element)
    assert finding.is_error
    elements = new.split("*")
    sent = len(elements) > element
    assert finding.value == (elements[element] if sent else "")
    assert data[finding.offset :].startswith((elements[element] if sent else new).encode("latin-1"))
    others = [f for f in found_in(data)[:-1] if f.rule != "X12-ENV-04"]
    assert others == []


@pytest.mark.parametrize(("written", "trailer"), [("17", "017"), ("017", "17"), ("000000017", "17")])
def test_the_group_number_may_be_padded(written: str, trailer: str) -> None:
    assert found_in(data_of(gs(control=written), ST, BHT, SE, f"GE*1*{trailer}", IEA)) == []


@pytest.mark.parametrize("count", ["1", "01", "000001"])
def test_counts_may_be_padded(count: str) -> None:
    assert found_in(data_of(gs(), ST, BHT, "SE*03*0001", f"GE*{count}*1", f"IEA*{count}*000000001")) == []


def test_gs01_that_does_not_fit() -> None:
    (finding,) = found_in(data_of(gs("HP"), ST, BHT, SE, GE, IEA))
    assert (finding.rule, finding.ack, finding.segment_id) == ("X12-ENV-08", "AK905 1", "ST")


def test_a_group_holds_one_kind_of_set() -> None:
    second = ["ST*999*0002", "AK1*HC*1", "SE*3*0002"]
    found = found_in(data_of(gs(), ST, BHT, SE, *second, "GE*2*1", IEA))
    assert {finding.rule for finding in found} == {"X12-ENV-08"}
    assert {finding.transaction for finding in found} == {"0002"}


@pytest.mark.parametrize("st", ["ST*837*0001", "ST*837*0001*005010X223A2"])
def test_st03_of_an_837_repeats_gs08(st: str) -> None:
    data = data_of(*replaced(ST, st))
    (finding,) = found_in(data)
    assert (finding.rule, finding.ack, finding.element) == ("X12-ENV-11", "IK502 19", 3)
    assert finding.is_error


def test_st03_of_an_835_is_not_used() -> None:
    header = gs("HP", "005010X221A1")
    assert found_in(data_of(header, "ST*835*0001", "BPR*I*0", SE, GE, IEA)) == []
    (finding,) = found_in(data_of(header, "ST*835*0001*005010X221A1", "BPR*I*0", SE, GE, IEA))
    assert (finding.rule, finding.severity, finding.element) == ("X12-ENV-11", Severity.WARNING, 3)


def test_st02_is_unique_in_its_group_only() -> None:
    again = data_of(gs(), ST, BHT, SE, ST, BHT, SE, "GE*2*1", IEA)
    (finding,) = found_in(again)
    assert (finding.rule, finding.ack, finding.element, finding.value) == (
        "X12-ENV-10",
        "IK502 23",
        2,
        "0001",
    )
    assert finding.offset == again.rindex(b"ST*837") + len(b"ST*837*")
    two_groups = data_of(gs(), ST, BHT, SE, GE, gs(control="2"), ST, BHT, SE, "GE*1*2", "IEA*2*000000001")
    assert found_in(two_groups) == []


MISSING = [
    ((gs(), ST, BHT, GE, IEA), [("IK502 2", "GE")]),
    ((gs(), ST, BHT, SE, IEA), [("AK905 3", "IEA")]),
    ((gs(), ST, BHT, SE, GE), [("TA1 023", "ISA")]),
    ((gs(), ST, BHT), [("IK502 2", "ST")]),
    ((gs(), ST, BHT, IEA), [("IK502 2", "IEA")]),
    ((gs(),), [("AK905 3", "GS")]),
    ((), [("TA1 023", "ISA")]),
]


@pytest.mark.parametrize(("segments", "expected"), MISSING)
def test_missing_trailers(segments: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    found = found_in(data_of(*segments))
    assert [(finding.ack, finding.segment_id) for finding in found] == expected
    assert {finding.rule for finding in found} == {"X12-ENV-14"}
    assert all(finding.is_error for finding in found)


def test_a_set_that_starts_before_the_last_ended() -> None:
    found = found_in(data_of(gs(), ST, BHT, "ST*837*0002*005010X222A1", BHT, "SE*3*0002", "GE*2*1", IEA))
    assert [(f.rule, f.ack, f.transaction) for f in found] == [("X12-ENV-14", "IK502 2", "0001")]


STRAY = [
    (gs(), "CLM*A1*100", ST, BHT, SE, GE, IEA),
    (gs(), ST, BHT, SE, "CLM*A1*100", GE, IEA),
    ("CLM*A1*100", gs(), ST, BHT, SE, GE, IEA),
    (gs(), "TA1*1*1*1*A*000", ST, BHT, SE, GE, IEA),
    (gs(), ST, BHT, SE, "SE*3*0001", GE, IEA),
    (gs(), ST, BHT, SE, GE, "GE*1*1", IEA),
    (gs(), ST, BHT, SE, GE, IEA, "IEA*1*000000001"),
    (gs(), ST, BHT, SE, GE, IEA, "NTE*X*AFTER"),
]


@pytest.mark.parametrize("segments", STRAY)
def test_a_segment_where_none_may_stand(segments: tuple[str, ...]) -> None:
    (finding,) = found_in(data_of(*segments))
    assert (finding.rule, finding.ack, finding.severity) == ("X12-ENV-20", "TA1 024", Severity.ERROR)


@pytest.mark.parametrize("segments", [("ST*837*0001", BHT, SE), (GE,), ("GS*HC",)])
def test_a_group_or_set_without_its_interchange(segments: tuple[str, ...]) -> None:
    found = found_in(data_of(*GOOD, *segments))
    assert {finding.rule for finding in found} == {"X12-ENV-20"}


def test_segments_in_no_group_are_one_finding() -> None:
    """Where GS is missing, that is told once and not for each segment it should have opened."""
    (finding,) = found_in(data_of(ST, BHT, SE, IEA.replace("1*", "0*", 1)))
    assert (finding.rule, finding.segment_id) == ("X12-ENV-20", "ST")


def test_ta1_outside_an_interchange_is_a_finding() -> None:
    (finding,) = found_in(data_of(*GOOD, "TA1*000000905*250103*1200*A*000"))
    assert finding.rule == "X12-ENV-20"


def test_ta1_between_isa_and_gs_is_no_finding() -> None:
    assert found_in(data_of("TA1*000000905*250103*1200*A*000", *GOOD)) == []
    assert found_in(data_of("TA1*000000905*250103*1200*A*000", "IEA*0*000000001")) == []


FLAWED = [
    ("X12-ENV-03", Severity.WARNING, "BHT*0019*00*1*2025\n0103*1200*CH"),
    ("X12-ENV-16", Severity.WARNING, "BHT*0019*00*1*20250103*1200*CH*"),
    ("X12-ENV-16", Severity.ERROR, "~BHT*0019*00*1*20250103*1200*CH"),
    ("X12-ENV-16", Severity.WARNING, " BHT*0019*00*1*20250103*1200*CH"),
    *(
        ("X12-ENV-17", Severity.ERROR, f"BHT*0019*00*1{control}*20250103*1200*CH")
        for control in "\t\x00\x1b\x1c\x1d\x1e\x1f\x7f"
    ),
    ("X12-ENV-21", Severity.ERROR, "BHT*0019*00*" + "1" * 70_000 + "*20250103*1200*CH"),
]


@pytest.mark.parametrize(("rule", "severity", "segment"), FLAWED)
def test_flaws_of_a_segment(rule: str, severity: Severity, segment: str) -> None:
    (finding,) = found_in(data_of(*replaced(BHT, segment)))
    assert (finding.rule, finding.severity) == (rule, severity)
    assert finding.transaction == "0001"


@pytest.mark.parametrize("count", [1, 2, 5_000])
def test_empty_segments_in_a_row_are_told_once_with_their_number(count: int) -> None:
    data = data_of(*replaced(BHT, "~" * count + BHT))
    (finding,) = found_in(data)
    assert (finding.rule, finding.segment) == ("X12-ENV-16", 2)
    assert data[finding.offset :].startswith(b"~" * count + b"BHT")
    assert finding.message.startswith("an empty segment" if count == 1 else f"{count} empty segments")


def test_a_control_character_beside_a_letter_outside_ascii_is_the_error() -> None:
    (finding,) = found_in(data_of(*replaced(BHT, "BHT*0019*00*Ñ\t*20250103*1200*CH")))
    assert finding.rule == "X12-ENV-17"


def test_characters_outside_ascii_are_found_where_they_are() -> None:
    data = data_of(*replaced(BHT, "BHT*0019*00*PEÑA*20250103*1200*Ü"))
    found = found_in(data)
    assert [(f.rule, f.ack, f.element, f.value) for f in found] == [
        ("X12-ENV-04", "IK403 6", 3, "PEÑA"),
        ("X12-ENV-04", "IK403 6", 6, "Ü"),
    ]
    assert data[found[1].offset :].startswith("Ü".encode())


@pytest.mark.parametrize("lead", [b"\xef\xbb\xbf", b"  "])
def test_marks_before_isa(lead: bytes) -> None:
    (finding,) = found_in(lead + data_of(*GOOD))
    assert (finding.rule, finding.severity, finding.offset) == ("X12-ENV-04", Severity.WARNING, 0)
    assert found_in(b"\r\n" + data_of(*GOOD)) == []


def test_a_habit_of_the_sender_is_told_once_an_interchange() -> None:
    wrapped = replaced(BHT, "BHT*0019*00*1*2025\n0103*1200*\nCH")
    data = data_of(gs(), ST, *[wrapped[2]] * 4, "SE*6*0001", GE, IEA)
    assert [finding.rule for finding in found_in(data)] == ["X12-ENV-03"]
    assert [finding.rule for finding in found_in(data + data)] == ["X12-ENV-03"] * 2


def test_data_that_end_inside_a_segment() -> None:
    found = found_in(data_of(gs(), ST, BHT)[:-5])
    assert [(f.rule, f.ack) for f in found] == [("X12-ENV-14", "TA1 023")]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_an_iea_without_its_terminator_is_whole(end: bytes) -> None:
    assert found_in(data_of(*GOOD)[:-1] + end) == []


def test_a_second_isa_that_cannot_be_read_is_one_finding() -> None:
    data = data_of(*GOOD)
    (finding,) = found_in(data + b"ISA*00*SHORT~" + data[106:])
    assert (finding.rule, finding.ack, finding.offset) == ("X12-ENV-01", "TA1 024", len(data))


def test_the_value_of_a_finding_is_in_the_sender_s_delimiters() -> None:
    own = Delimiters("|", ">", "~", ">")
    data = (isa(own) + in_delimiters(GOOD, own)).encode()
    (finding,) = found_in(data)
    assert (finding.rule, finding.element, finding.value) == ("X12-ENV-02", 11, ">")
    assert USUAL.shown("A\x1fB\x1eC\x1dD\x1cE") == "A:B^C*D~E"


def test_messages_hold_nothing_of_the_file() -> None:
    secret = "SECRETX"
    bad = data_of(
        gs(control=secret),
        f"ST*837*{secret}*{secret}",
        f"NM1*{secret}Ü\t",
        f"SE*{secret}*X",
        "GE*X*X",
        "IEA*X*X",
    )
    for finding in found_in(bad):
        assert secret not in finding.message + (finding.hint or "")


def test_a_faulty_count_is_shown_in_the_delimiters_of_its_interchange() -> None:
    segments = [s.replace("SE*", "SE*1:") for s in transaction(kind="999", guide="005010X231A1")]
    found = [f for f in findings_of(read_events(interchange(*segments))) if f.rule == "X12-ENV-10"]
    assert [f.value for f in found] == ["1:2"]
