"""What a writer refuses is what a reader would find: the same loop, composed and read."""

import pytest
from claim_text import CLAIM, GOOD, LINE, after, changed, file_of
from x12_text import findings_of

from edi_hit.guides import Loop, Unit, composed_findings, read_loops
from edi_hit.x12 import read_events

KEPT = ("X12-ELE", "X12-SEG-03", "X12-SEG-04", "X12-SEG-05", "X12-ENV-18", "X12-ENV-19")

CASES = {
    "a repeated element": changed("REF*6R*L1", "REF*6R*L1^L2"),
    "a repeated composite": changed("HI*ABK:E10A*ABF:I10", "HI*ABK:E10A^ABK:E11*ABF:I10"),
    "a segment too often": after("REF*6R*L1", "REF*6R*L9"),
    "a loop too often": [*GOOD, *(s for _ in range(49) for s in LINE)],
    "an inner loop too often": after(
        CLAIM[1], *(f"NM1*{code}*1*A*B****XX*1234567893" for code in ("82", "82"))
    ),
    "a required segment missing": changed("DTP*472*D8*20250102"),
    "a required loop missing": [s for s in GOOD if s[:3] not in ("LX*", "SV1", "REF") and s[:7] != "DTP*472"],
    "too many elements": changed("LX*1", "LX*1*2"),
    "an element not used": changed("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*300.5*X**12:B:1*Y*A*Y*Y"),
    "no number": changed("LX*1", "LX*A"),
    "no date": changed("DTP*472*D8*20250102", "DTP*472*D8*20250132"),
    "a relation broken": after("REF*6R*L1", "NM1*82*1*A*B****XX"),
    "nothing wrong": GOOD,
}


@pytest.mark.parametrize("name", CASES)
def test_a_writer_refuses_what_a_reader_finds(name: str) -> None:
    events = list(read_loops(read_events(file_of(*CASES[name]))))
    (unit,) = [event for event in events if isinstance(event, Unit)]
    read = sorted(
        (f.rule, f.message, f.loop, f.segment_id, f.element, f.component, f.ack)
        for f in findings_of(events)
        if f.rule.startswith(KEPT) and f.loop not in ("2000A", "2000B", "2010AA")
    )
    found = list(composed_findings(unit.loop))
    composed = sorted((f.rule, f.message, f.loop, f.segment_id, f.element, f.component, f.ack) for f in found)
    assert composed == read
    assert bool(composed) == (name != "nothing wrong")


def test_loops_above_units_are_composed_without_what_comes_later() -> None:
    (unit,) = [e for e in read_loops(read_events(file_of(*GOOD))) if isinstance(e, Unit)]
    subscriber = unit.loop.parent
    assert subscriber is not None
    assert list(composed_findings(subscriber)) == []
    found = list(composed_findings(Loop(subscriber.node)))
    assert [(f.rule, f.segment_id, f.loop) for f in found] == [
        ("X12-SEG-03", "SBR", "2000B"),
        ("X12-SEG-03", "NM1", "2010BA"),
        ("X12-SEG-03", "NM1", "2010BB"),
    ]
