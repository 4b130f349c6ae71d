"""Tables for posting hold every amount and code of the remittances they are made of."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from remittance_files import ZERO, under_trace, written
from sample_files import each_sample
from x12_text import interchange, transaction

from edi_hit.guides import SetRead, read_loops
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.post import PostResult, post
from edi_hit.report.posting_rows import (
    TABLES,
    AdjustmentRow,
    ClaimRow,
    LineRow,
    PaymentRow,
    PostingRow,
    ProviderAdjustmentRow,
    RemarkRow,
)
from edi_hit.sample import sample_remittances
from edi_hit.x12 import Segment, read_events


class Kept:
    """A sink that holds the rows."""

    def __init__(self) -> None:
        self.rows: dict[str, list[PostingRow]] = {name: [] for name in TABLES}

    def add(self, table: str, row: PostingRow) -> None:
        assert type(row) is TABLES[table]
        self.rows[table].append(row)


def posted(*paths: Path) -> tuple[dict[str, list], PostResult]:
    sink = Kept()
    result = post(find_inputs(map(str, paths)), sink)
    return sink.rows, result


def test_sample_remittances_come_out_whole(tmp_path: Path) -> None:
    given = [(head, list(claims)) for head, claims in sample_remittances(80, 11)]
    rows, result = posted(written(tmp_path / "a.835", *given))
    claims = [claim for _, group in given for claim in group]
    lines = [line for claim in claims for line in claim.lines]
    assert [(row.claim, row.charge, row.paid) for row in rows["claims"]] == [
        (claim.claim_id, claim.charge, claim.paid) for claim in claims
    ]
    assert [(row.control, row.code, row.charge, row.paid) for row in rows["lines"]] == [
        (line.control_number, line.procedure_code, line.charge, line.paid) for line in lines
    ]
    assert [(row.group, row.carc, row.amount) for row in rows["adjustments"]] == [
        (one.group, one.carc, one.amount) for line in lines for one in line.adjustments
    ]
    reasons = [one for head, _ in given for one in head.provider_adjustments]
    assert [(row.reason, row.amount) for row in rows["provider_adjustments"]] == [
        (one.reason, one.amount) for one in reasons
    ]
    assert reasons
    assert {row.reconciles for row in rows["payments"]} == {"yes"}
    assert result.exit_code == 0
    assert result.totals.amount == result.totals.claims_paid - result.totals.provider_adjusted


def test_rows_name_their_payment_and_codes_have_texts(tmp_path: Path) -> None:
    head, claims = next(iter(sample_remittances(5, 1)))
    rows, _ = posted(written(tmp_path / "a.835", (head, claims)))
    for name in ("payments", "claims", "lines", "adjustments"):
        for row in rows[name]:
            assert (row.payment, row.trace, row.payer, row.payee) == (
                1,
                head.payment.trace_number,
                head.payer.name,
                head.payee.name,
            )
    assert {row.group_text for row in rows["adjustments"] if row.group == "CO"} == {
        "provider may not bill the patient (contract or rule)"
    }
    assert all(row.carc_text for row in rows["adjustments"])
    assert all(row.status_text for row in rows["claims"])


def _segments(path: Path) -> list[list[str]]:
    """The segments of the 835 sets of a file, as they stand in it."""
    events = read_loops(read_events(path))
    sets = {event.transaction_set.ordinal for event in events if isinstance(event, SetRead)}
    held, ordinal = [], -1
    for event in read_events(path):
        ordinal += type(event).__name__ == "SetStart"
        if isinstance(event, Segment) and ordinal in sets:
            held.append([event.delimiters.shown(text) for text in event.elements])
    return held


def amounts(segments: list[list[str]], segment_id: str, places: range) -> Counter[Decimal]:
    found = (s[at] for s in segments if s[0] == segment_id for at in places if at < len(s) and s[at])
    return Counter(Decimal(text) for text in found)


@each_sample("835", x12=True)
def test_every_amount_and_code_of_the_samples_comes_out(sample: Path) -> None:
    segments = _segments(sample)
    rows, _ = posted(sample)
    assert Counter(row.paid for row in rows["claims"]) == amounts(segments, "CLP", range(4, 5))
    assert Counter(row.charge for row in rows["lines"]) == amounts(segments, "SVC", range(2, 3))
    assert Counter(row.paid for row in rows["lines"]) == amounts(segments, "SVC", range(3, 4))
    assert Counter(row.amount for row in rows["adjustments"]) == amounts(segments, "CAS", range(3, 19, 3))
    assert Counter(row.amount for row in rows["provider_adjustments"]) == amounts(
        segments, "PLB", range(4, 15, 2)
    )
    lines = Counter(s[2] for s in segments if s[0] == "LQ" and s[1] == "HE")
    outpatient = Counter(code for s in segments if s[0] == "MOA" for code in s[3:8] if code)
    inpatient = Counter(
        s[at] for s in segments if s[0] == "MIA" for at in (5, 20, 21, 22, 23) if at < len(s) and s[at]
    )
    assert Counter(row.remark for row in rows["remarks"]) == lines + outpatient + inpatient


HEAD = [
    "BPR*I*75*C*CHK************20250110",
    "TRN*1*T1*1310000001",
    "N1*PR*PAYER",
    "N3*1 ST",
    "N4*TOWN*OH*43215",
]
HEAD += ["PER*BL*HELP*TE*6145550100", "N1*PE*PAYEE*XX*1234567893", "LX*1"]
CLAIM = ["CLP*A1*1*100*80*15*MB*ICN1*12*1", "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73"]
LINE = ["SVC*HC:G0069:JB*100*80**2**3", "DTM*472*20250103", "CAS*CO*45*5*1", "CAS*PR*2*15"]
LINE += ["REF*6R*L1", "AMT*B6*95", "LQ*HE*N640"]
PLB = "PLB*1234567893*20251231*WO:ICN9*5"


def file_of(path: Path, *segments: str) -> Path:
    path.write_bytes(interchange(*transaction(*segments, kind="835", guide="005010X221A1")))
    return path


def test_what_a_line_says(tmp_path: Path) -> None:
    rows, result = posted(file_of(tmp_path / "a.835", *HEAD, *CLAIM, *LINE, PLB))
    (line,), (claim,) = rows["lines"], rows["claims"]
    assert isinstance(line, LineRow)
    assert (line.line, line.control, line.modifiers, line.allowed) == (1, "L1", "JB", Decimal(95))
    assert (line.units_paid, line.units_submitted) == (Decimal(2), Decimal(3))
    assert isinstance(claim, ClaimRow)
    assert (claim.patient_id, claim.patient_responsibility) == ("1EG4TE5MK73", Decimal(15))
    reduction, share = rows["adjustments"]
    assert isinstance(reduction, AdjustmentRow)
    assert (reduction.carc, reduction.quantity, share.group) == ("45", Decimal(1), "PR")
    (remark,) = rows["remarks"]
    assert isinstance(remark, RemarkRow)
    assert (remark.remark, remark.line, bool(remark.remark_text)) == ("N640", 1, True)
    (taken,) = rows["provider_adjustments"]
    assert isinstance(taken, ProviderAdjustmentRow)
    assert (taken.reason_text, taken.reference) == ("overpayment recovered", "ICN9")
    (payment,) = rows["payments"]
    assert isinstance(payment, PaymentRow)
    assert (payment.amount, payment.claims_paid, payment.provider_adjusted, payment.difference) == (
        Decimal(75),
        Decimal(80),
        Decimal(5),
        ZERO,
    )
    assert result.exit_code == 0


@pytest.mark.parametrize(("amount", "difference"), [("80", Decimal(5)), ("x", None)])
def test_a_payment_that_does_not_add_up_says_so(
    tmp_path: Path, amount: str, difference: Decimal | None
) -> None:
    head = [HEAD[0].replace("*75*", f"*{amount}*"), *HEAD[1:]]
    rows, result = posted(file_of(tmp_path / "a.835", *head, *CLAIM, *LINE, PLB))
    (payment,) = rows["payments"]
    assert (payment.difference, payment.reconciles) == (difference, "no")
    assert result.totals.unreconciled == 1
    assert result.unreconciled == [payment]
    assert result.exit_code == 1


def test_a_file_cut_off_is_posted_as_far_as_it_goes_and_does_not_add_up(tmp_path: Path) -> None:
    data = file_of(tmp_path / "a.835", *HEAD, *CLAIM, *LINE, PLB).read_bytes()
    (tmp_path / "cut.835").write_bytes(data[: data.index(b"PLB*")])
    rows, result = posted(tmp_path / "cut.835", tmp_path / "a.835")
    assert [(row.payment, row.difference) for row in rows["payments"]] == [(1, Decimal(-5)), (2, ZERO)]
    assert result.exit_code == 3


def test_a_trace_number_that_comes_twice_is_said(tmp_path: Path) -> None:
    head, claims = next(iter(sample_remittances(5, 1)))
    first, again = written(tmp_path / "a.835", (head, claims)), written(tmp_path / "b.835", (head, claims))
    other = written(tmp_path / "c.835", (under_trace(head, "OTHER"), claims))
    rows, result = posted(first, again, other)
    assert [row.same_trace_as for row in rows["payments"]] == [None, 1, None]
    assert [finding.rule for file in result.files for finding in file.findings] == ["REC-TRACE"]
    assert result.exit_code == 1


def test_reasons_of_a_claim_have_no_line(tmp_path: Path) -> None:
    claim = [*CLAIM, "CAS*CO*253*3", "MOA***MA01"]
    segments = [
        HEAD[0].replace("*75*", "*77*"),
        *HEAD[1:],
        claim[0].replace("*80*", "*77*"),
        claim[2],
        claim[1],
    ]
    rows, _ = posted(file_of(tmp_path / "a.835", *segments, claim[3], *LINE))
    whole = [row for row in rows["adjustments"] if row.line is None]
    assert [(row.group, row.carc, row.amount) for row in whole] == [("CO", "253", Decimal(3))]
    assert [row.remark for row in rows["remarks"] if row.line is None] == ["MA01"]
