"""The receipt: what is kept of a file, on disk or in memory, and the verdicts that follow from it."""

from pathlib import Path

import pytest
from ack_run import acknowledge, answer_to, at_claims, finding_at, receipt_of
from ack_text import BAD, ONE_GOOD, PAYMENT, claim, claims_set, file_of, group, st
from claim_text import GOOD

from edi_hit.acks import (
    ClaimReceipt,
    GroupReceipt,
    InterchangeReceipt,
    ProviderReceipt,
    Receipt,
    ReceiptBuilder,
    SetReceipt,
    rejected_sets,
)
from edi_hit.claims import read_claims
from edi_hit.guides import Unit, read_loops
from edi_hit.jobs.spool import Spool
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.x12 import read_events

MIXED = file_of(
    group(st("0001", claims_set(claim("A1", "100"), claim("A2", "50"))), st("0002", BAD)),
    group(st("0001", PAYMENT, "835", ""), kind="HP", guide="005010X221A1"),
)


def test_what_is_kept() -> None:
    receipt = receipt_of(MIXED)
    (interchange,) = receipt.interchanges
    assert (interchange.groups, interchange.answered_groups, interchange.complete) == (2, 2, True)
    claims_group, payments = receipt.groups
    assert (claims_group.sets, claims_group.included, payments.functional_id) == (2, "2", "HP")
    first, second, third = receipt.sets
    assert (first.control_number, first.guide, first.rejected, first.reference) == (
        "0001",
        "005010X222A1",
        False,
        "B0001",
    )
    assert (first.totals.accepted, first.totals.amount, first.providers) == (2, 150, 1)
    assert (second.rejected, second.ordinal) == (True, 1)
    assert (third.kind, third.guide, third.trace_number) == ("835", "", "EFT0001")
    one = next(iter(receipt.claims))
    assert (one.claim_id, one.charge, one.first_day, one.last_day, one.lines) == (
        "A1",
        100,
        "20250102",
        "20250102",
        1,
    )


def test_claims_and_units_give_the_same_receipt() -> None:
    """Whether a job reads claims or bare loops, the acknowledgements are the same."""
    receipt = Receipt.in_memory()
    builder = ReceiptBuilder(receipt)
    for event in read_claims(MIXED):
        builder.add(event)
    assert answer_to(receipt).files == acknowledge(MIXED).files


def test_a_receipt_on_disk_gives_the_same_acknowledgements(tmp_path: Path) -> None:
    checks = at_claims(A2=("X12-837-BAL-01", "STC A7:178"))
    with (
        Spool(InterchangeReceipt, tmp_path) as interchanges,
        Spool(GroupReceipt, tmp_path) as groups,
        Spool(SetReceipt, tmp_path) as sets,
        Spool(ProviderReceipt, tmp_path) as providers,
        Spool(ClaimReceipt, tmp_path) as claims,
    ):
        receipt = Receipt(interchanges, groups, sets, providers, claims)
        builder = ReceiptBuilder(receipt)
        for event in read_loops(read_events(MIXED)):
            if isinstance(event, Unit):
                builder.add_unit(event, checks(event))
            else:
                builder.add(event)
        assert answer_to(receipt).files == acknowledge(MIXED, None, checks).files


def test_add_unit_says_whether_the_claim_stands() -> None:
    builder = ReceiptBuilder(Receipt.in_memory())
    verdicts = []
    checks = at_claims(A2=("X12-837-BAL-01", "STC A7:178"))
    for event in read_loops(read_events(MIXED)):
        if isinstance(event, Unit):
            verdicts.append(builder.add_unit(event, checks(event)))
        else:
            builder.add(event)
    assert verdicts == [True, False, True, True]


REJECTED = [
    # a file, its rejected sets by ordinal with what rejects them
    (MIXED, {1: "X12-ELE-07"}),
    (MIXED.partition(b"IEA")[0], {0: "TA1 023", 1: "X12-ELE-07", 2: "TA1 023"}),
    (MIXED.replace(b"GE*2*1", b"GE*3*1"), {1: "X12-ELE-07"}),
    (file_of(group(st("0001", GOOD), kind="ZX"), group(st("0001", GOOD))), {0: "X12-ENV-08"}),
    (
        file_of(group(st("1", GOOD), st("0002", GOOD)), group(st("0001", GOOD))),
        {0: "X12-ELE-04", 1: "AK905 5"},
    ),
]


@pytest.mark.parametrize(("data", "reasons"), REJECTED)
def test_rejected_sets(data: bytes, reasons: dict[int, str]) -> None:
    """A set falls by itself, or with its group or interchange."""
    receipt = receipt_of(data)
    assert rejected_sets(receipt) == {ordinal: (reason,) for ordinal, reason in reasons.items()}
    done = answer_to(receipt).done
    assert (done.sets_rejected, done.sets_accepted + done.sets_rejected) == (
        len(reasons),
        len(list(receipt.sets)),
    )


def test_findings_no_claim_takes_are_told_in_the_999() -> None:
    builder = ReceiptBuilder(receipt := Receipt.in_memory())
    stray = None
    for event in read_loops(read_events(file_of(group(st("0001", GOOD), st("0002", GOOD))))):
        if isinstance(event, Unit) and stray is None:
            stray = finding_at(event, "CLM", rule="X12-837-BAL-01", ack="STC A7:178", element=2, claim="GONE")
            builder.add(stray)
            continue
        builder.add(event)
    answer = answer_to(receipt)
    assert [s.code for s in answer.groups()[0].sets] == ["R", "A"]


def test_memory_holds_no_claims_of_a_set() -> None:
    """What the builder itself holds does not grow with the claims: one claim at most is open."""

    class Gone:
        """A store that keeps nothing."""

        def __init__(self) -> None:
            self.count = 0

        def append(self, item: object) -> None:
            self.count += 1

        def __iter__(self):
            return iter(())

    rows = Gone()
    builder = ReceiptBuilder(Receipt([], [], [], [], rows))
    data = file_of(group(st("0001", claims_set(*[claim(f"A{n}") for n in range(300)]))))
    for seen, event in enumerate(read_loops(read_events(data))):
        builder.add(event)
        if isinstance(event, Unit):
            assert rows.count >= seen - 4
    assert rows.count == 300


def test_warnings_alone_note_a_set() -> None:
    data = file_of(group(st("0001", GOOD, guide="005010X222"), guide="005010X222"))
    (quiet,) = receipt_of(data).sets
    (noted,) = receipt_of(data, AcknowledgmentPolicy(note_warnings=True)).sets
    assert (quiet.noted, quiet.notes, quiet.rejected) == (False, (), False)
    assert (noted.noted, noted.rejected, [note.code for note in noted.notes]) == (True, False, ["I12"])


def test_notes_are_short_whatever_the_file_holds() -> None:
    body = [s.replace("CLM*A1*", f"CLM*{'N' * 30_000}*").replace("*E10A", f"*{'V' * 30_000}") for s in GOOD]
    (found,) = receipt_of(file_of(group(st("0001", body)))).sets
    assert found.notes
    assert max(len(note.value) for note in found.notes) == 99
    assert max(len(note.claim) for note in found.notes) == 35


def test_one_good_file_uses_no_odd_characters() -> None:
    assert receipt_of(ONE_GOOD).characters == set()
