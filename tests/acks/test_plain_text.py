"""What a 277CA repeats of a claim is plain and no longer than its element, and otherwise as it was sent."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from edi_hit.acks.claim_acknowledgment import ClaimStatus, ClaimStatusCode, PatientStatuses, StatusReport
from edi_hit.acks.mapping_277ca import PATIENT_STATUSES
from edi_hit.acks.plain_text import is_plain, make_plain, plain
from edi_hit.guides import Loop, LoopNode, guide
from edi_hit.mapping.parts import Party, Period
from edi_hit.x12 import COMPONENT

DAY = date(2026, 1, 2)
ACCEPTED = StatusReport((ClaimStatusCode("A2", "20"),), DAY, "WQ", Decimal("12.50"))


def node() -> LoopNode:
    return guide("277CA").root.loop("2000A").loop("2000B").loop("2000C").loop("2000D")


def composed(name: Party, number: str) -> Loop:
    claim = ClaimStatus("A1", (ACCEPTED,), clearinghouse_number=number, service_dates=Period.day(DAY))
    loop = PATIENT_STATUSES.write(PatientStatuses(name, (claim,)), node())
    make_plain(loop)
    return loop


def test_what_is_plain_stays_as_it_is() -> None:
    loop = composed(Party("1", "O'NEIL ROE", "ANN", "J", "", "JR", "MI", "8GD3WX1EF24"), "DCN 1")
    (name,) = loop.loops[0].segments
    assert name[1] == ["NM1", "QC", "1", "O'NEIL ROE", "ANN", "J", "", "JR", "MI", "8GD3WX1EF24"]
    texts = [elements for _, elements, _ in loop.loops[1].segments]
    assert ["REF", "D9", "DCN 1"] in texts
    assert ["STC", f"A2{COMPONENT}20", "20260102", "WQ", "12.5"] in texts


def test_text_is_cut_to_the_length_its_element_has() -> None:
    loop = composed(Party("1", "R" * 61, "A" * 36, "J" * 26, "", "X" * 11, "MI", "8GD3WX1EF24"), "D" * 51)
    (name,) = loop.loops[0].segments
    assert [len(text) for text in name[1][3:8]] == [60, 35, 25, 0, 10]
    assert ["REF", "D9", "D" * 50] in [elements for _, elements, _ in loop.loops[1].segments]


TEXTS = st.text("AB é'.-\x7f" + COMPONENT, min_size=1, max_size=70).filter(str.strip)


@given(TEXTS, TEXTS, TEXTS)
def test_any_value_comes_plain_and_short_enough(last: str, middle: str, number: str) -> None:
    loop = composed(Party("1", last, "ANN", middle, id_qualifier="MI", id="8GD3WX1EF24"), number)
    (name,) = loop.loops[0].segments
    reference = next(elements for _, elements, _ in loop.loops[1].segments if elements[0] == "REF")
    for sent, told, room in ((last, name[1][3], 60), (middle, name[1][5], 25), (number, reference[2], 50)):
        assert is_plain(told)
        assert told == plain(plain(sent)[:room])
