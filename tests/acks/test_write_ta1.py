"""The TA1: when it is due, what it says, where it stands, and when there is none."""

from pathlib import Path

import pytest
from ack_run import acknowledge, assert_valid
from ack_text import ONE_GOOD, file_of, group, st
from claim_text import GOOD
from x12_text import isa

from edi_hit.acks import Ta1, read_acknowledgments
from edi_hit.acks.interchange_note import code_table
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, AnswerWhen, InterchangeVerdict
from edi_hit.rules import load_rules
from edi_hit.x12 import Delimiters

ONE_SET = group(st("0001", GOOD))
CUT_OFF = file_of(ONE_SET).partition(b"IEA")[0]


def policy(when: str) -> AcknowledgmentPolicy:
    return AcknowledgmentPolicy(ta1=AnswerWhen(when))


@pytest.mark.parametrize(
    ("data", "due"),
    [
        (ONE_GOOD, {"always"}),
        (file_of(ONE_SET, e14="1"), {"always", "asked", "on_error"}),
        (CUT_OFF, {"always", "on_error"}),
    ],
    ids=["clean", "asked", "cut off"],
)
def test_when_it_is_due(data: bytes, due: set[str]) -> None:
    assert {when.value for when in AnswerWhen if acknowledge(data, policy(when)).ta1s()} == due


def test_it_stands_between_isa_and_gs(tmp_path: Path) -> None:
    answer = acknowledge(file_of(ONE_SET, e14="1", e13="000000905", e09="250102", e10="0815"))
    assert_valid(answer, tmp_path)
    assert [segment.split("*")[0] for segment in answer.body("999")][:4] == ["ISA", "TA1", "GS", "ST"]
    assert answer.body("999")[1] == "TA1*000000905*250102*0815*A*000"
    assert answer.body("999")[-1] == "IEA*1*000000077"
    assert answer.ta1s() == [Ta1("000000905", "250102", "0815", "A", "000")]
    assert answer.ta1s()[0].accepted


CODES = [
    # what is wrong, TA104, TA105, sets accepted
    (CUT_OFF, "R", "023", 0),
    (ONE_GOOD.replace(b"IEA*1*", b"IEA*2*"), "E", "021", 1),
    (ONE_GOOD.replace(b"IEA*1*000000001", b"IEA*1*000000002"), "E", "001", 1),
    (ONE_GOOD.replace(b"*00501*", b"*00401*"), "R", "017", 0),
    (file_of(ONE_SET, e15="X"), "R", "020", 0),
    (file_of(ONE_SET, e14="7"), "E", "019", 1),
    (file_of(["CLM*1", *ONE_SET]), "E", "024", 1),
    (file_of(group(st("0001", GOOD), kind="ZX")), "R", "024", 0),
    (file_of(group(st("0001", GOOD), kind="ZX"), group(st("0001", GOOD))), "E", "024", 1),
]


@pytest.mark.parametrize(("data", "verdict", "note", "accepted"), CODES)
def test_verdicts(data: bytes, verdict: str, note: str, accepted: int, tmp_path: Path) -> None:
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    (ta1,) = answer.ta1s("999" if "999" in answer.files else "ta1")
    assert (ta1.code, ta1.note) == (verdict, note)
    assert answer.done.sets_accepted == accepted
    assert ("277ca" in answer.files) == (accepted > 0)


@pytest.mark.parametrize(("element", "value", "note"), [("e09", "251399", "014"), ("e10", "2561", "015")])
def test_a_date_or_time_that_is_none_is_noted(element: str, value: str, note: str) -> None:
    (ta1,) = acknowledge(file_of(ONE_SET, **{element: value})).ta1s()
    assert (ta1.code, ta1.note) == ("E", note)
    assert value in (ta1.date, ta1.time)


@pytest.mark.parametrize(("element", "value"), [("e09", "25X103"), ("e10", "12:0")])
def test_there_is_none_where_the_date_or_time_is_no_number(element: str, value: str) -> None:
    answer = acknowledge(file_of(ONE_SET, e14="1", **{element: value}))
    assert answer.ta1s() == []
    assert answer.groups()[0].code == "A"


def test_the_policy_can_change_a_verdict() -> None:
    lenient = AcknowledgmentPolicy(interchange_verdicts={"023": InterchangeVerdict.NOTED})
    answer = acknowledge(CUT_OFF, lenient)
    assert [ta1.code for ta1 in answer.ta1s()] == ["E"]
    assert answer.groups()[0].code == "A"
    strict = AcknowledgmentPolicy(interchange_verdicts={"021": InterchangeVerdict.REJECTED})
    assert acknowledge(ONE_GOOD.replace(b"IEA*1*", b"IEA*2*"), strict).groups()[0].code == "R"


def test_without_a_999_it_has_a_file_of_its_own(tmp_path: Path) -> None:
    answer = acknowledge(file_of(e14="1"))
    assert set(answer.files) == {"ta1"}
    assert_valid(answer, tmp_path)
    assert answer.body("ta1")[1:] == ["TA1*000000001*250103*1200*A*000", "IEA*0*000000077"]


def test_a_ta1_is_never_answered_with_a_ta1() -> None:
    answer = acknowledge(file_of(e14="1"))
    back = answer.files["ta1"].replace(b"*0*T*:", b"*1*T*:")
    assert acknowledge(back, policy("always")).files == {}


def test_a_999_may_get_a_ta1_but_no_999() -> None:
    inbound = acknowledge(ONE_GOOD).files["999"]
    answer = acknowledge(inbound, policy("always"))
    assert set(answer.files) == {"ta1"}
    assert [ta1.control_number for ta1 in answer.ta1s("ta1")] == ["000000077"]


@pytest.mark.parametrize("number", ["00000001X", "         ", "-00000001"])
def test_there_is_none_without_a_readable_control_number(number: str) -> None:
    """X12-ENV-15."""
    data = isa(e13=number, e14="1").encode() + b"GS*FA*A*B*20250103*1200*1*X*005010X231A1~GE*0*1~IEA*1*1~"
    assert acknowledge(data).files == {}


def test_there_is_none_without_an_address() -> None:
    assert acknowledge(file_of(e14="1", e06=" " * 15)).files == {}


def test_other_delimiters_are_answered_in_the_usual_ones() -> None:
    own = Delimiters(element="|", component=">", terminator="\r", repetition="!")
    answer = acknowledge(file_of(ONE_SET, delimiters=own, e14="1"))
    assert answer.body("999")[1] == "TA1*000000001*250103*1200*A*000"


def test_ids_with_delimiters_choose_others(tmp_path: Path) -> None:
    own = Delimiters(element="|", component=">", terminator="\r", repetition="!")
    data = file_of(ONE_SET, delimiters=own, e14="1", e06="A*B~C:D^E".ljust(15))
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    assert b"A*B~C:D^E" in answer.files["999"]
    assert [ta1.code for ta1 in answer.ta1s()] == ["A"]


def test_a_short_ta1_is_still_read() -> None:
    data = isa() + "TA1*000000905*250102~IEA*0*000000001~"
    assert list(read_acknowledgments(data.encode())) == [Ta1("000000905", "250102", "", "", "")]


def test_every_code_a_rule_gives_has_a_verdict() -> None:
    acks = [rule.ack or "" for rule in load_rules("edi_hit.x12").values()]
    given = {ack[4:] for ack in acks if ack.startswith("TA1 ")}
    assert given <= set(code_table().codes)
    assert set(code_table().rules) <= set(load_rules("edi_hit.x12"))
