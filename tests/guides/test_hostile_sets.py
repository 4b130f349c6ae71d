"""Sets made to be slow: work and what is held grow with the input, never with its square."""

import pytest
from claim_text import CLAIM, HEADER, LINE, PROVIDER, SUBSCRIBER, file_of
from x12_text import findings_of

from edi_hit.guides import Unit, read_loops
from edi_hit.guides.hierarchy import Hierarchy
from edi_hit.guides.loop_builder import MOST_FINDINGS_ABOVE
from edi_hit.x12 import ELEMENT, read_events, read_segments

SECOND = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]


def test_a_claim_carries_no_more_than_so_many_findings_of_what_is_above() -> None:
    above = ["ZZZ*1"] * (MOST_FINDINGS_ABOVE + 500)
    data = file_of(*HEADER, *PROVIDER, *above, *SUBSCRIBER, *SECOND, *SECOND)
    events = list(read_loops(read_events(data)))
    assert len(findings_of(events)) == len(above)
    units = [event for event in events if isinstance(event, Unit)]
    assert [len(unit.findings) for unit in units] == [MOST_FINDINGS_ABOVE] * 2


def test_findings_of_claims_that_have_gone_by_are_let_go() -> None:
    data = file_of(*HEADER, *PROVIDER, *SUBSCRIBER, *["CLM*A3*1***12:B:1*Y*A*Y*Y"] * 50)
    units = [event for event in read_loops(read_events(data)) if isinstance(event, Unit)]
    assert [len(unit.findings) for unit in units] == [2] * 50


@pytest.mark.parametrize("parent", ["the level before", "the first"])
def test_deep_and_wide_levels_are_found_by_number(parent: str) -> None:
    levels = [f"HL*{n}*{n - 1 if parent == 'the level before' else 1}*22*1" for n in range(2, 4_000)]
    hierarchy = Hierarchy()
    found = []
    for segment in read_segments(file_of("HL*1**20*1", *levels)):
        if segment.id == "HL":
            found += hierarchy.add(segment.text.split(ELEMENT), segment, "2000B")
    assert [fault.element for fault in found] == ([] if parent == "the level before" else [4] * 3_997)


def test_elements_too_many_are_one_finding() -> None:
    data = file_of(*HEADER, *PROVIDER, *SUBSCRIBER, "REF*G1" + "*X" * 5_000, *SECOND)
    found = [f.element for f in findings_of(read_loops(read_events(data))) if f.rule == "X12-ELE-03"]
    assert len(found) <= 1
