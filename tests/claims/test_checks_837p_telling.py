"""How the checks of an 837P tell what they find: all faults of a place, none twice, and never by raising."""

import pytest
from claim_text import CLAIM, GOOD, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, changed, file_of
from hypothesis import given, settings
from hypothesis import strategies as st
from snip_findings import checked_claims, guide_errors, told

CLM, HI = CLAIM
SV1_1, SV1_2 = LINE[1], LINE_2[1]
HOME_ZIP = "N4*DAYTON*OH*454021111"
HEAD = [*HEADER, *PROVIDER, *SUBSCRIBER]


def test_one_wrong_count_of_lines_goes_on_from_there() -> None:
    lines = [s.replace("LX*2", f"LX*{n}").replace("*L2", f"*L{n}") for n in (5, 6, 7) for s in LINE_2]
    segments = [*HEAD, CLM.replace("300.5", "500.5"), HI, *LINE, *lines]
    found = told(checked_claims(file_of(*segments)))
    assert [(finding.rule, finding.value) for finding in found] == [("X12-837-07", "5")]


def test_every_pointer_and_every_modifier_is_told() -> None:
    segments = changed(SV1_1, "SV1*HC:G0069:J-:A_*200.5*UN*1*12**3:4")
    found = told(checked_claims(file_of(*segments)))
    assert [(finding.rule, finding.component) for finding in found] == [
        ("X12-SNIP5-MODIFIER", 3),
        ("X12-SNIP5-MODIFIER", 4),
        ("X12-837-11", 1),
        ("X12-837-11", 2),
    ]


@pytest.mark.parametrize("charge", ["1OO", "", "100.00.1", "-", "1e2"])
def test_no_sum_is_judged_where_an_amount_cannot_be_read(charge: str) -> None:
    segments = changed(SV1_2, SV1_2.replace("*100*", f"*{charge}*"))
    data = file_of(*segments)
    assert guide_errors(data)
    assert told(checked_claims(data)) == []


def test_what_the_guide_tells_of_an_element_is_not_told_again() -> None:
    segments = changed(HOME_ZIP, "N4*DAYTON*OH*4540212345678901")
    data = file_of(*segments)
    assert [(finding.rule, finding.element) for finding in guide_errors(data)] == [("X12-ELE-05", 3)]
    assert told(checked_claims(data)) == []


PIECES = st.sampled_from(
    ["", "*", ":", "~", "^", "9", "-", ".", "A", " ", "20250102", "XX", "*~", "CAS*CO*45*1~"]
)
PLACES = st.tuples(st.integers(0, 100_000), st.integers(0, 12), PIECES)


@settings(max_examples=200, deadline=None)
@given(changes=st.lists(PLACES, min_size=1, max_size=8))
def test_no_file_makes_the_checks_raise(changes: list[tuple[int, int, str]]) -> None:
    text = "~".join(GOOD)
    for at, length, piece in changes:
        at %= len(text)
        text = text[:at] + piece + text[at + length :]
    for checked in checked_claims(file_of(*text.split("~"))):
        assert checked.rejects == any(finding.is_error for finding in checked.findings)
