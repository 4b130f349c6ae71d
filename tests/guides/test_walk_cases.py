"""Position decides meaning: a segment belongs to the claim, a line or another payer by what is open."""

from claim_text import CLAIM, GOOD, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, after, changed, file_of
from loop_views import held_with_context, path_of
from x12_text import findings_of, interchange, transaction

from edi_hit.guides import Loop, SetRead, Unit, read_loops
from edi_hit.rules import Finding
from edi_hit.x12 import Delimiters, read_events, read_segments

PATIENT = [
    "HL*3*2*23*0",
    "PAT*19",
    "NM1*QC*1*MAPLE*LEO",
    "N3*7 OAK LN",
    "N4*DAYTON*OH*454021111",
    "DMG*D8*20100101*M",
]
DEPENDENT = [*HEADER, *PROVIDER, "HL*2*1*22*1", "SBR*P********CI", *SUBSCRIBER[2:3], SUBSCRIBER[-1], *PATIENT]
OTHER_PAYER = [
    "SBR*S*18*G1******CI",
    "OI***Y***Y",
    "NM1*IL*1*MAPLE*ROSE****MI*X1",
    "NM1*PR*2*OTHER PAYER*****PI*P2",
]


def units(*segments: str) -> list[Unit]:
    return [event for event in read_loops(read_events(file_of(*segments))) if isinstance(event, Unit)]


def found_in(*segments: str) -> list[Finding]:
    return findings_of(read_loops(read_events(file_of(*segments))))


def tree(loop: Loop) -> list[object]:
    """Loop id, then what is in it: segments as text, child loops as lists."""
    own: list[object] = ["*".join(elements[:2]) for _, elements, _ in loop.segments]
    return [loop.id, *own, *(tree(child) for child in loop.loops)]


def test_a_claim_and_its_lines() -> None:
    (unit,) = units(*GOOD)
    assert path_of(unit.loop) == ("ST_LOOP", "2000A", "2000B", "2300")
    assert tree(unit.loop) == [
        "2300",
        "CLM*A1",
        "HI*ABK\x1fE10A",
        ["2400", "LX*1", "SV1*HC\x1fG0069\x1fJA", "DTP*472", "REF*6R"],
        ["2400", "LX*2", "SV1*HC\x1fJ1817", "DTP*472", "REF*6R"],
    ]
    assert found_in(*GOOD) == []


def test_loops_above_a_claim() -> None:
    (unit,) = units(*GOOD)
    above = unit.loop.above("2000A")
    assert above is not None
    assert tree(above) == [
        "2000A",
        "HL*1",
        "PRV*BI",
        ["2010AA", "NM1*85", "N3*100 MAIN ST", "N4*DAYTON", "REF*EI"],
    ]
    top = unit.loop.above("ST_LOOP")
    assert top is not None
    assert [child.id for child in top.loops] == ["1000A", "1000B"]
    assert unit.loop.above("2300") is unit.loop
    assert unit.loop.above("2000C") is None


def test_both_copies_of_the_claim_loop() -> None:
    (own,) = units(*GOOD)
    (dependent,) = units(*DEPENDENT, *CLAIM, *LINE, *LINE_2)
    assert path_of(dependent.loop) == ("ST_LOOP", "2000A", "2000B", "2000C", "2300")
    assert tree(own.loop) == tree(dependent.loop)
    assert [n.ordinal for n, _, _ in own.loop.segments] == [n.ordinal for n, _, _ in dependent.loop.segments]


def test_a_subscriber_with_claims_and_dependents() -> None:
    found = units(*GOOD, *PATIENT, *CLAIM, *LINE, *LINE_2)
    assert [path_of(unit.loop)[-2:] for unit in found] == [("2000B", "2300"), ("2000C", "2300")]


def test_the_same_segments_at_claim_and_line() -> None:
    """NM1*82 and REF*G1 before the first LX are the claim's, after it the line's."""
    rendering = ["NM1*82*1*FIR*ANN****XX*1234567893"]
    claim = [*CLAIM[:1], "REF*G1*CLAIMAUTH", *CLAIM[1:], *rendering]
    line = [*LINE[:3], "REF*G1*LINEAUTH", LINE[3], *rendering]
    (unit,) = units(*HEADER, *PROVIDER, *SUBSCRIBER, *claim, *line)
    assert tree(unit.loop) == [
        "2300",
        "CLM*A1",
        "REF*G1",
        "HI*ABK\x1fE10A",
        ["2310B", "NM1*82"],
        [
            "2400",
            "LX*1",
            "SV1*HC\x1fG0069\x1fJA",
            "DTP*472",
            "REF*G1",
            "REF*6R",
            ["2420A", "NM1*82"],
        ],
    ]


def test_loops_of_one_position_come_in_any_order() -> None:
    """The referring provider after the rendering one is as good as before it."""
    both = ["NM1*82*1*FIR*ANN****XX*1234567893", "NM1*DN*1*ELM*BO****XX*1234567893"]
    for order in (both, both[::-1]):
        segments = after("HI*ABK:E10A*ABF:I10", *order)
        (unit,) = units(*segments)
        names = [child.id for child in unit.loop.loops]
        assert names == [{"82": "2310B", "DN": "2310A"}[name[4:6]] for name in order] + ["2400", "2400"]
        assert found_in(*segments) == []


def test_segments_of_one_position_come_in_any_order() -> None:
    dates = ["DTP*431*D8*20250101", "DTP*454*D8*20250101", "DTP*484*D8*20250101"]
    numbers = ["REF*G1*A1", "REF*9F*A2", "REF*EA*A3", "REF*P4*A4"]
    for turned in range(3):
        middle = [*dates[turned:], *dates[:turned], *numbers[turned:], *numbers[:turned]]
        assert found_in(*after(CLAIM[0], *middle)) == []


def test_a_further_other_payer_is_no_subscriber() -> None:
    more = [*OTHER_PAYER, *(s.replace("*S*", "*T*").replace("P2", "P3") for s in OTHER_PAYER)]
    segments = after(CLAIM[1], *more)
    (unit,) = units(*segments)
    assert [child.id for child in unit.loop.loops] == ["2320", "2320", "2400", "2400"]
    assert tree(unit.loop.loops[1])[1] == "SBR*T"
    assert tree(unit.loop.loops[1])[3:] == [["2330A", "NM1*IL"], ["2330B", "NM1*PR"]]
    assert found_in(*segments) == []


def test_a_claim_after_lines_and_other_payers_is_a_claim() -> None:
    found = units(*after(CLAIM[1], *OTHER_PAYER), "CLM*A2*300.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE)
    assert [unit.loop.opener_element(1) for unit in found] == ["A1", "A2"]
    assert [len(unit.loop.loops) for unit in found] == [3, 1]


def test_an_unknown_segment_stays_with_its_loop_and_nothing_is_lost() -> None:
    segments = after("DTP*472*D8*20250102", "ZZZ*1*2", "REF*QQ*X", "DTP*999*D8*20250101")
    (unit,) = units(*segments)
    line = unit.loop.loops[0]
    assert [segment.text for segment in line.unplaced] == [
        "ZZZ\x1d1\x1d2",
        "REF\x1dQQ\x1dX",
        "DTP\x1d999\x1dD8\x1d20250101",
    ]
    assert tree(line)[-1] == "REF*6R"
    found = found_in(*segments)
    assert [(f.rule, f.segment_id, f.loop, f.claim) for f in found] == [
        ("X12-STR-03", "ZZZ", "2400", "A1"),
        ("X12-STR-03", "REF", "2400", "A1"),
        ("X12-STR-03", "DTP", "2400", "A1"),
    ]
    assert unit.findings == tuple(found)
    data = file_of(*segments)
    kept = sorted(segment.index for segment, _, _ in held_with_context(unit.loop))
    read = [s.index for s in read_segments(data) if s.id not in ("ISA", "GS", "GE", "IEA")]
    assert kept == read


def test_findings_above_a_claim_are_in_every_claim_below() -> None:
    """What is wrong with a subscriber rejects all his claims, whichever comes first; it is told once."""
    second = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
    other = [s.replace("HL*2*", "HL*3*") for s in SUBSCRIBER]
    third = ["CLM*A3*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
    segments = [*after("DMG*D8*19480229*F", "ZZZ*1"), *second, *other, *third]
    found = units(*segments)
    assert [[f.rule for f in unit.findings] for unit in found] == [["X12-STR-03"], ["X12-STR-03"], []]
    assert [f.rule for f in found_in(*segments)] == ["X12-STR-03"]


def test_findings_of_a_claim_are_its_own() -> None:
    segments = [*after("REF*6R*L2", "ZZZ*1"), "CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
    assert [len(unit.findings) for unit in units(*segments)] == [1, 0]


def test_a_set_is_read_to_its_end() -> None:
    events = list(read_loops(read_events(file_of(*GOOD))))
    last = next(event for event in events if isinstance(event, SetRead))
    assert [elements[0] for _, elements, _ in last.loop.segments] == ["ST", "BHT", "SE"]
    assert type(events[events.index(last) + 1]).__name__ == "SetEnd"


def test_an_835_claim_by_claim() -> None:
    body = [
        *("BPR*I*150*C*NON************20250110", "TRN*1*T1*1310000001", "N1*PR*MAC J15", "N3*1 PAYER ST"),
        *("N4*COLUMBUS*OH*43215", "PER*BL*HELP*TE*6145550100", "N1*PE*HOME INFUSION*XX*1234567893"),
        *(
            "LX*1",
            "CLP*A1*1*100*100**MB*ICN1",
            "NM1*QC*1*MAPLE*ROSE",
            "SVC*HC:G0069*100*100",
            "DTM*472*20250102",
        ),
        *("CLP*A2*1*50*50**MB*ICN2", "NM1*QC*1*MAPLE*ROSE", "SVC*HC:G0069*50*50", "DTM*472*20250102"),
        "PLB*1234567893*20251231*L6:X*0",
    ]
    data = interchange(*transaction(*body, kind="835", guide="005010X221A1"))
    events = list(read_loops(read_events(data)))
    found = [event for event in events if isinstance(event, Unit)]
    assert [tree(unit.loop)[1] for unit in found] == ["CLP*A1", "CLP*A2"]
    assert [path_of(unit.loop) for unit in found] == [("ST_LOOP", "2000", "2100")] * 2
    last = next(event for event in events if isinstance(event, SetRead))
    assert [elements[0] for _, elements, _ in last.loop.segments][-2:] == ["PLB", "SE"]


def test_a_set_of_an_unknown_guide_is_one_finding_and_its_neighbours_are_read() -> None:
    dental = transaction(*GOOD, guide="005010X224A2")
    data = interchange(*dental, encoding="utf-8")
    (finding,) = findings_of(read_loops(read_events(data)))
    assert (finding.rule, finding.element, finding.value) == ("X12-GUIDE-01", 3, "005010X224A2")
    both = list(read_loops(read_events(data + file_of(*GOOD))))
    assert len([event for event in both if isinstance(event, Unit)]) == 1


def test_an_id_of_a_sibling_edition_is_read_with_a_warning() -> None:
    data = interchange(*transaction(*GOOD, guide="005010X222"), encoding="utf-8")
    events = list(read_loops(read_events(data)))
    (finding,) = findings_of(events)
    assert (finding.rule, finding.is_error) == ("X12-GUIDE-02", False)
    assert len([event for event in events if isinstance(event, Unit)]) == 1


def test_a_set_without_its_trailer_gives_its_claims() -> None:
    data = interchange(*transaction(*GOOD)[:-3], encoding="utf-8")
    events = list(read_loops(read_events(data)))
    assert len([event for event in events if isinstance(event, Unit)]) == 1


def test_a_broken_claim_does_not_touch_its_neighbour() -> None:
    first = changed("SV1*HC:G0069:JA*200.5*UN*1*12**1:2", "SV9*1")
    found = units(*first, "CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE)
    assert found[0].findings
    assert not found[1].findings
    assert len(LINE_2) == len(found[0].loop.loops[1].segments)


def test_values_are_shown_in_the_delimiters_of_their_interchange() -> None:
    own = Delimiters(element="+", component="|", terminator="'", repetition="!")
    segments = transaction(*changed("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*300.5*A:B^C**12:B:1*Y*A*Y*Y"))
    data = interchange(*segments, delimiters=own)
    (finding,) = findings_of(read_loops(read_events(data)))
    assert (finding.rule, finding.element, finding.value) == ("X12-ELE-I10", 3, "A|B!C")
