"""Whatever comes in, what goes out is valid: real files, and files with bytes and segments gone wrong."""

import tempfile
from pathlib import Path

from ack_run import Answer, acknowledge, assert_valid, without_dateless_ta1s
from ack_text import PAYMENT, claim, claims_set, file_of, group, st
from claim_text import GOOD
from hypothesis import given, settings
from hypothesis import strategies as some
from sample_files import each_sample
from spoiling import spoiled

from edi_hit.acks import Ta1
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, AnswerWhen
from edi_hit.rules import NotX12Error

POLICIES = (
    AcknowledgmentPolicy(),
    AcknowledgmentPolicy(ta1=AnswerWhen.ALWAYS, note_warnings=True, copy_values=True),
    AcknowledgmentPolicy(list_accepted_sets=False, findings_per_set=3, snip_in_999=(1, 2, 3, 4, 5)),
)
BASE = file_of(
    group(st("0001", claims_set(claim("A1", "100"), claim("A2", "50"))), st("0002", GOOD)),
    group(st("0001", PAYMENT, "835", ""), kind="HP", guide="005010X221A1"),
) + file_of(group(st("0001", GOOD)), e06="OTHER".ljust(15), e13="000000002", e14="1")


def assert_sound(answer: Answer) -> None:
    """The counts of every 999 agree with its sets, and every TA1 repeats a control number."""
    for told in answer.groups() if "999" in answer.files else ():
        assert told.received is not None
        assert told.accepted is not None
        listed = [one.code for one in told.sets]
        assert told.code == "R" or told.accepted >= sum(code in "AE" for code in listed)
        assert told.accepted <= told.received
        assert (told.code in "RP") == (told.accepted < told.received or told.code == "R")
        assert all(one.errors for one in told.sets if one.code == "R")
    for kind in answer.files:
        numbers = [interchange.control_number for interchange in answer.receipt.interchanges]
        assert all(item.control_number in numbers for item in answer.read(kind) if isinstance(item, Ta1))


def check(data: bytes, policy: AcknowledgmentPolicy) -> None:
    try:
        answer = acknowledge(data, policy)
    except NotX12Error:
        return
    for kind, written in answer.files.items():
        answer.files[kind] = without_dateless_ta1s(written)
    with tempfile.TemporaryDirectory() as folder:
        assert_valid(answer, Path(folder))
    assert_sound(answer)


@given(data=spoiled(BASE), policy=some.sampled_from(POLICIES))
@settings(max_examples=80, deadline=None)
def test_spoiled_files_get_valid_acknowledgements(data: bytes, policy: AcknowledgmentPolicy) -> None:
    check(data, policy)


@given(
    at=some.integers(0, len(BASE) - 1),
    junk=some.binary(min_size=1, max_size=6),
    policy=some.sampled_from(POLICIES),
)
@settings(max_examples=60, deadline=None)
def test_flipped_bytes_get_valid_acknowledgements(at: int, junk: bytes, policy: AcknowledgmentPolicy) -> None:
    check(BASE[:at] + junk + BASE[at + len(junk) :], policy)


@each_sample()
def test_real_files_get_valid_acknowledgements(sample: Path) -> None:
    data = sample.read_bytes()
    for policy in POLICIES[:2]:
        check(data, policy)
