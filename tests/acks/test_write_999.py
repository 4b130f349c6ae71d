"""The 999: what it says of good and bad sets, groups and segments, segment by segment."""

from pathlib import Path

import pytest
from ack_run import WHOLE_SETS, acknowledge, answer_to, assert_valid, receipt_of
from ack_text import BAD, GUIDE_837P, ONE_GOOD, PAYMENT, claim, claims_set, file_of, group, st
from claim_text import GOOD, after, changed
from x12_text import gs

from edi_hit.profiles.acknowledgment import AcknowledgmentParty, AcknowledgmentPolicy
from edi_hit.rules import Finding, Severity
from edi_hit.x12 import Delimiters

AK1 = f"AK1*HC*1*{GUIDE_837P}"
AK2 = f"AK2*837*0001*{GUIDE_837P}"


def said(data: bytes, tmp_path: Path, policy: AcknowledgmentPolicy | None = None) -> list[str]:
    """The segments of the 999, which is valid and reads back as it was meant."""
    answer = acknowledge(data, policy)
    assert_valid(answer, tmp_path)
    return answer.sets("999")


def test_a_good_file(tmp_path: Path) -> None:
    answer = acknowledge(ONE_GOOD)
    assert_valid(answer, tmp_path)
    assert answer.body("999") == [
        "ISA*00*          *00*          *ZZ*RECEIVER       *ZZ*SENDER         "
        "*250104*0930*^*00501*000000077*0*T*:",
        "GS*FA*RECEIVER*SENDER*20250104*0930*77*X*005010X231A1",
        "ST*999*0001*005010X231A1",
        AK1,
        AK2,
        "IK5*A",
        "AK9*A*1*1*1",
        "SE*6*0001",
        "GE*1*77",
        "IEA*1*000000077",
    ]


SEGMENTS = [
    # a wrong body, what stands between AK2 and AK9
    (BAD, ["IK3*SBR*13*2000*8", "IK4*9*1032*7*ZZZ", "IK5*R*5"]),
    (
        changed("SV1*HC:G0069:JA*200.5*UN*1*12**1:2", "SV1*HC::JA*20x*UN*1*12**1:2"),
        ["IK3*SV1*22*2400*8", "CTX*CLM01:A1", "IK4*1:2*234*1", "IK4*2*782*6*20x", "IK5*R*5"],
    ),
    ([s for s in GOOD if s != "N4*DAYTON*OH*454021234"], ["IK3*N4*11*2010*3", "IK5*R*5"]),
    (
        after("HI*ABK:E10A*ABF:I10", "BPR*1"),
        ["IK3*BPR*21*2300*6", "CTX*CLM01:A1", "IK5*R*5"],
    ),
    (
        after("HI*ABK:E10A*ABF:I10", "REF*ZZ*1"),
        ["IK3*REF*21*2300*2", "CTX*CLM01:A1", "IK5*R*5"],
    ),
    (after("HI*ABK:E10A*ABF:I10", "ZZZ*1"), ["IK5*R*5"]),
    (
        changed("DTP*472*D8*20250102", "DTP*472*D8*20250231"),
        ["IK3*DTP*23*2400*8", "CTX*CLM01:A1", "IK4*3*1251*8*20250231", "IK5*R*5"],
    ),
    (
        changed("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*300.5*X**12:B:1*Y*A*Y*Y"),
        ["IK3*CLM*19*2300*8", "CTX*CLM01:A1", "IK4*3*1032*I10*X", "IK5*R*I5"],
    ),
]


@pytest.mark.parametrize(("body", "wanted"), SEGMENTS, ids=lambda item: item[0] if len(item) < 9 else None)
def test_segments_and_elements(body: list[str], wanted: list[str], tmp_path: Path) -> None:
    found = said(file_of(group(st("0001", body))), tmp_path, WHOLE_SETS)
    assert found == [AK1, AK2, *wanted, "AK9*R*1*1*0"]


def test_a_fault_of_one_claim_leaves_its_set_accepted_with_errors(tmp_path: Path) -> None:
    body = after("HI*ABK:E10A*ABF:I10", "REF*ZZ*1")
    answer = acknowledge(file_of(group(st("0001", body))))
    assert_valid(answer, tmp_path)
    noted = ["IK3*REF*21*2300*2", "CTX*CLM01:A1", "IK5*E*5"]
    assert answer.sets("999") == [AK1, AK2, *noted, "AK9*E*1*1*1"]
    assert (answer.done.claims_accepted, answer.done.claims_rejected) == (0, 1)


def test_good_and_bad_sets_side_by_side(tmp_path: Path) -> None:
    data = file_of(group(st("0001", GOOD), st("0002", BAD), st("0003", GOOD)))
    found = said(data, tmp_path)
    assert [s for s in found if s.startswith(("AK2", "IK5", "AK9"))] == [
        AK2,
        "IK5*A",
        f"AK2*837*0002*{GUIDE_837P}",
        "IK5*R*5",
        f"AK2*837*0003*{GUIDE_837P}",
        "IK5*A",
        "AK9*P*3*3*2",
    ]


def test_each_group_gets_its_own_999(tmp_path: Path) -> None:
    data = file_of(
        group(st("0001", GOOD), control="7"), group(st("0001", BAD), st("0002", GOOD), control="8")
    )
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    assert [(g.control_number, g.code, g.received, g.accepted) for g in answer.groups()] == [
        ("7", "A", 1, 1),
        ("8", "P", 2, 1),
    ]
    assert [s for s in answer.body("999") if s.startswith(("ST", "GE"))] == [
        "ST*999*0001*005010X231A1",
        "ST*999*0002*005010X231A1",
        "GE*2*77",
    ]


def test_an_835_without_st03_is_answered(tmp_path: Path) -> None:
    data = file_of(group(st("0001", PAYMENT, "835", ""), kind="HP", guide="005010X221A1"))
    assert said(data, tmp_path) == ["AK1*HP*1*005010X221A1", "AK2*835*0001", "IK5*A", "AK9*A*1*1*1"]


def test_an_835_with_st03_is_accepted(tmp_path: Path) -> None:
    guide = "005010X221A1"
    data = file_of(group(st("0001", PAYMENT, "835", guide), kind="HP", guide=guide))
    assert said(data, tmp_path)[1:] == [f"AK2*835*0001*{guide}", "IK5*A", "AK9*A*1*1*1"]


def test_a_bad_835_is_named_by_its_trace_number(tmp_path: Path) -> None:
    body = [s.replace("CLP*A1*1*", "CLP*A1*77*") for s in PAYMENT]
    found = said(file_of(group(st("0001", body, "835", ""), kind="HP", guide="005010X221A1")), tmp_path)
    assert found[2:5] == ["IK3*CLP*11*2100*8", "CTX*TRN02:EFT0001", "IK4*2*1029*7*77"]


def test_an_unknown_guide_is_refused(tmp_path: Path) -> None:
    data = file_of(group(st("0001", GOOD, guide="005010X999"), guide="005010X999"))
    assert said(data, tmp_path) == [
        "AK1*HC*1*005010X999",
        "AK2*837*0001*005010X999",
        "IK5*R*I6",
        "AK9*R*1*1*0",
    ]


def test_a_sibling_guide_is_accepted(tmp_path: Path) -> None:
    data = file_of(group(st("0001", GOOD, guide="005010X222"), guide="005010X222"))
    assert said(data, tmp_path)[-2:] == ["IK5*A", "AK9*A*1*1*1"]


def test_an_empty_group(tmp_path: Path) -> None:
    assert said(file_of([gs(), "GE*0*1"]), tmp_path) == [AK1, "AK9*A*0*0*0"]
    assert said(file_of([gs(), "GE*2*1"]), tmp_path) == [AK1, "AK9*R*2*0*0*5"]


ENVELOPES = [
    # groups of one file, the segments from AK2 on, why
    ([gs(), *st("0001", GOOD)[:-1], "GE*1*1"], [AK2, "IK5*R*2", "AK9*R*1*1*0"], "no SE"),
    ([gs(), *st("0001", GOOD)], [AK2, "IK5*A", "AK9*E*1*1*1*3"], "no GE"),
    ([gs(), *st("0001", GOOD), "GE*9*7"], [AK2, "IK5*A", "AK9*E*9*1*1*5*4"], "GE01 and GE02 wrong"),
    ([gs(), *st("0001", GOOD), "GE*X*1"], [AK2, "IK5*A", "AK9*E*1*1*1*5"], "GE01 no number"),
    ([gs(), *st("0001", GOOD)[:-1], "SE*9*0001", "GE*1*1"], [AK2, "IK5*R*4", "AK9*R*1*1*0"], "SE01 wrong"),
    (
        [gs(), *st("0001", GOOD)[:-1], f"SE*{len(GOOD) + 2}*0002", "GE*1*1"],
        [AK2, "IK5*R*3", "AK9*R*1*1*0"],
        "SE02 wrong",
    ),
    (
        [gs(), *st("0001", GOOD, guide=""), "GE*1*1"],
        ["AK2*837*0001", "IK5*R*19", "AK9*R*1*1*0"],
        "837 without ST03",
    ),
    (
        [gs(), *st("0001", GOOD), *st("0001", GOOD), "GE*2*1"],
        [AK2, "IK5*A", AK2, "IK5*R*23", "AK9*P*2*2*1"],
        "ST02 twice",
    ),
    ([gs(), *st("1", GOOD), *st("0002", GOOD), "GE*2*1"], ["AK9*R*2*2*0*5"], "ST02 that AK2 cannot repeat"),
]


@pytest.mark.parametrize(("segments", "wanted", "why"), ENVELOPES, ids=[row[2] for row in ENVELOPES])
def test_envelopes(segments: list[str], wanted: list[str], why: str, tmp_path: Path) -> None:
    assert said(file_of(segments), tmp_path)[1:] == wanted


def test_a_group_that_does_not_fit_its_sets(tmp_path: Path) -> None:
    data = file_of(group(st("0001", GOOD), kind="HP"))
    assert said(data, tmp_path) == [f"AK1*HP*1*{GUIDE_837P}", AK2, "IK5*R*18", "AK9*R*1*1*0*1"]


def test_a_policy_can_refuse_a_group_for_its_trailer(tmp_path: Path) -> None:
    policy = AcknowledgmentPolicy(rejecting_group_codes=("5",))
    data = file_of([gs(), *st("0001", GOOD), "GE*9*1"])
    answer = acknowledge(data, policy)
    assert_valid(answer, tmp_path)
    assert answer.sets("999") == [AK1, "AK9*R*9*1*0*5"]
    assert "277ca" not in answer.files


def test_acknowledgements_are_never_acknowledged() -> None:
    answer = acknowledge(ONE_GOOD)
    again = acknowledge(answer.files["999"])
    assert again.files == {}
    assert next(iter(again.receipt.groups)).answered is False


def test_a_277ca_is_acknowledged(tmp_path: Path) -> None:
    found = said(acknowledge(ONE_GOOD).files["277ca"], tmp_path)
    assert found == ["AK1*HN*78*005010X214", "AK2*277*0001*005010X214", "IK5*A", "AK9*A*1*1*1"]


def test_several_interchanges_each_go_back_to_their_sender(tmp_path: Path) -> None:
    first = file_of(group(st("0001", GOOD)), e06="ALPHA".ljust(15), e05="30", e15="P")
    second = file_of(group(st("0001", BAD)), e06="BETA".ljust(15), e13="000000002")
    answer = acknowledge(first + second)
    assert_valid(answer, tmp_path)
    heads = [s.split("*") for s in answer.body("999") if s.startswith("ISA")]
    assert [(h[5], h[6].strip(), h[7], h[8].strip(), h[13], h[15]) for h in heads] == [
        ("ZZ", "RECEIVER", "30", "ALPHA", "000000077", "P"),
        ("ZZ", "RECEIVER", "ZZ", "BETA", "000000078", "T"),
    ]
    assert [g.code for g in answer.groups()] == ["A", "R"]
    assert answer.done.next_control_number == 80


def test_names_of_the_policy_replace_those_of_the_file(tmp_path: Path) -> None:
    policy = AcknowledgmentPolicy(
        sender=AcknowledgmentParty("US", "30", "APPL"), receiver=AcknowledgmentParty("THEM")
    )
    answer = acknowledge(ONE_GOOD, policy)
    assert_valid(answer, tmp_path)
    assert answer.body("999")[0][35:70] == "US             *ZZ*THEM           *"
    assert answer.body("999")[1].startswith("GS*FA*APPL*THEM*")


def test_the_policy_leaves_values_out(tmp_path: Path) -> None:
    found = said(file_of(group(st("0001", BAD))), tmp_path, AcknowledgmentPolicy(copy_values=False))
    assert "IK4*9*1032*7" in found


def test_the_policy_leaves_accepted_sets_out(tmp_path: Path) -> None:
    policy = AcknowledgmentPolicy(list_accepted_sets=False)
    data = file_of(group(st("0001", GOOD), st("0002", BAD)))
    found = said(data, tmp_path, policy)
    assert [s for s in found if s.startswith("AK2")] == [f"AK2*837*0002*{GUIDE_837P}"]
    assert found[-1] == "AK9*P*2*2*1"


def test_warnings_are_noted_where_the_policy_says_so(tmp_path: Path) -> None:
    data = file_of(group(st("0001", changed("N3*100 MAIN ST", "N3*100 MA\u00cfN ST"))))
    assert said(data, tmp_path)[-2:] == ["IK5*A", "AK9*A*1*1*1"]
    noted = said(data, tmp_path, AcknowledgmentPolicy(note_warnings=True))
    assert noted[2:] == ["IK3*N3*9**8", "IK4*1*166*6", "IK5*E*5", "AK9*E*1*1*1"]
    assert "277ca" in acknowledge(data, AcknowledgmentPolicy(note_warnings=True)).files


def test_types_outside_the_policy_do_not_reject(tmp_path: Path) -> None:
    found = said(file_of(group(st("0001", BAD))), tmp_path, AcknowledgmentPolicy(snip_in_999=(1,)))
    assert found[-2:] == ["IK5*A", "AK9*A*1*1*1"]
    by_set = AcknowledgmentPolicy(snip_in_999=(1,), snip_in_999_by_set={"837": (1, 2)})
    assert said(file_of(group(st("0001", BAD))), tmp_path, by_set)[-1] == "AK9*R*1*1*0"


def test_a_set_tells_a_bounded_number_of_faults(tmp_path: Path) -> None:
    bad = [claim(f"A{n}", "1e5") for n in range(40)]
    policy = AcknowledgmentPolicy(findings_per_set=25)
    answer = acknowledge(file_of(group(st("0001", claims_set(*bad)))), policy)
    assert_valid(answer, tmp_path)
    (told,) = answer.groups()
    assert [s.claim_id for s in told.sets[0].segments] == [f"A{n}" for n in range(25)]
    assert answer.done.left_out == 15


def test_delimiters_give_way_to_the_numbers_of_the_file(tmp_path: Path) -> None:
    own = Delimiters(element="|", component=">", terminator="\n", repetition="!")
    bad = changed("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*NUMBER*1e5***12:B:1*Y*A*Y*Y")
    data = file_of(group(st("0001", bad)), delimiters=own).replace(b"|NUMBER|", b"|A*1:2~3^4|")
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    (told,) = answer.groups()
    assert told.sets[0].segments[0].claim_id == "A*1:2~3^4"


def test_a_value_with_a_delimiter_is_not_copied(tmp_path: Path) -> None:
    bad = changed("HI*ABK:E10A*ABF:I10", "HI*ABK:E10A^ABF:I10")
    found = said(file_of(group(st("0001", bad))), tmp_path)
    assert "IK4*1**12" in found


def test_a_value_with_an_accent_is_not_copied(tmp_path: Path) -> None:
    bad = changed("SBR*P*18*******MB", "SBR*P*18*******PE\u00d1A")
    assert "IK4*9*1032*7" in said(file_of(group(st("0001", bad))), tmp_path)


def test_a_long_claim_id_is_cut_to_35_characters(tmp_path: Path) -> None:
    """X12 Request for Interpretation 2293."""
    number = "C" * 38
    bad = changed("CLM*A1*300.5***12:B:1*Y*A*Y*Y", f"CLM*{number}*x***12:B:1*Y*A*Y*Y")
    assert f"CTX*CLM01:{number[:35]}" in said(file_of(group(st("0001", bad))), tmp_path)


def test_a_missing_dependent_segment_names_its_trigger(tmp_path: Path) -> None:
    def frequency(unit: object) -> tuple[Finding, ...]:
        return (
            Finding(
                rule="X12-837-09", snip=4, severity=Severity.ERROR, message="REF*F8 is missing",
                segment=19, segment_id="CLM", element=5, component=3, loop="2300", claim="A1", ack="IK304 I6",
            ),
        )  # fmt: skip

    answer = acknowledge(ONE_GOOD, None, frequency)
    assert_valid(answer, tmp_path)
    assert answer.sets("999")[2:5] == [
        "IK3*CLM*19*2300*I6",
        "CTX*CLM01:A1",
        "CTX*SITUATIONAL TRIGGER*CLM*19*2300*5:3",
    ]
    (trigger,) = answer.groups()[0].sets[0].segments[0].triggers
    assert (trigger.segment_id, trigger.position, trigger.element, trigger.component) == ("CLM", 19, 5, 3)


def test_the_same_receipt_gives_the_same_bytes() -> None:
    receipt = receipt_of(ONE_GOOD)
    assert answer_to(receipt).files == answer_to(receipt).files
