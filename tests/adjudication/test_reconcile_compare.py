"""Two answers to one claim: what differs, at which line, told once."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from remittance_files import adjusted_to, with_lines

from edi_hit.adjudication.reconcile import Answer, Difference, Kind, compare
from edi_hit.mapping.parts import Adjustment, Party, Period
from edi_hit.remits import ClaimPayment, ServicePayment

DAY = Period.day(date(2025, 3, 5))
HUNDRED = Decimal("100.00")
Reasons = tuple[tuple[str, str, str], ...]
"""Adjustments: group code, CARC, dollars."""


def money(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("0.01"))


def line(*reasons: tuple[str, str, str], code: str = "G0068", control: str = "L1") -> ServicePayment:
    """A line of 100 dollars with these adjustments."""
    bare = ServicePayment(
        procedure_code=code, charge=HUNDRED, paid=HUNDRED, service_dates=DAY, control_number=control
    )
    return adjusted_to(bare, *((group, carc, money(amount)) for group, carc, amount in reasons))


def claim(*lines: ServicePayment) -> ClaimPayment:
    bare = ClaimPayment("A1", "1", HUNDRED, HUNDRED, patient=Party(entity="1", last_name="MAPLE"))
    return with_lines(bare, lines)


def at_claim_level(payment: ClaimPayment, group: str, carc: str, amount: str) -> ClaimPayment:
    """The claim payment with an adjustment of the claim as a whole."""
    taken = Adjustment(group, carc, money(amount))
    return msgspec.structs.replace(payment, adjustments=(taken,), paid=payment.paid - taken.amount)


def differences(expected: ClaimPayment, actual: ClaimPayment) -> list[Difference]:
    return compare(Answer(0, 0, 0, 0, None, expected), Answer(0, 0, 0, 0, None, actual)).differences


def told(expected: ClaimPayment, actual: ClaimPayment) -> list[tuple[str, int | None, str, str]]:
    found = differences(expected, actual)
    return [(one.kind.value, one.line, str(one.amount), one.reason) for one in found]


PAID = (("CO", "45", "20"), ("PR", "2", "16"))
"""80 allowed, 64 paid, 16 for the patient."""

SHARE = "patient share differs"

LINES = [
    ("nothing", PAID, []),
    ("less allowed", (("CO", "45", "30"), ("PR", "2", "14")), [("underpaid", "8.00", "CO 45")]),
    ("more allowed", (("CO", "45", "10"), ("PR", "2", "18")), [("overpaid", "8.00", "CO 45")]),
    ("sequestered", (*PAID, ("CO", "253", "1.28")), [("underpaid", "1.28", "CO 253")]),
    ("denied", (("CO", "50", "100"),), [("denied though payable", "64.00", "CO 50")]),
    ("denied, for the patient", (("PR", "96", "100"),), [("denied though payable", "64.00", "PR 96")]),
    ("under the deductible", (("CO", "45", "20"), ("PR", "1", "80")), [("underpaid", "64.00", "PR 1")]),
    ("more to the patient", (("CO", "45", "18"), ("PR", "2", "18")), [(SHARE, "2.00", "PR 2")]),
    ("a copay", (("CO", "45", "20"), ("PR", "3", "16")), [("reason differs", "16.00", "PR 3")]),
    ("another reason", (("CO", "97", "20"), ("PR", "2", "16")), [("reason differs", "20.00", "CO 97")]),
]  # fmt: skip


@pytest.mark.parametrize(("reasons", "kinds"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_what_a_line_got(
    reasons: tuple[tuple[str, str, str], ...], kinds: list[tuple[str, str, str]]
) -> None:
    expected = claim(line(*PAID), line(*PAID, control="L2"))
    actual = claim(line(*PAID), line(*reasons, control="L2"))
    assert told(expected, actual) == [(kind, 2, amount, reason) for kind, amount, reason in kinds]


def test_a_payment_for_what_should_be_denied() -> None:
    expected, actual = claim(line(("CO", "119", "100"))), claim(line(*PAID))
    assert told(expected, actual) == [("paid though denied", 1, "64.00", "CO 119")]
    allowed_only = claim(line(("CO", "45", "20"), ("PR", "1", "80")))
    assert told(expected, allowed_only) == [("paid though denied", 1, "80.00", "CO 119")]


def test_amounts_are_told_as_texts_of_what_each_side_did() -> None:
    (found,) = differences(claim(line(*PAID)), claim(line(("CO", "45", "30"), ("PR", "2", "14"))))
    assert (found.expected, found.actual, found.code, found.date) == ("64.00", "56.00", "G0068", DAY.start)
    (found,) = differences(claim(line(*PAID)), claim(line(("CO", "97", "20"), ("PR", "2", "16"))))
    assert (found.expected, found.actual) == ("CO 45 20.00", "CO 97 20.00")
    (found,) = differences(claim(line(*PAID)), claim(line(("CO", "45", "18"), ("PR", "2", "18"))))
    assert (found.expected, found.actual) == ("16.00", "18.00")


def test_a_claim_denied_as_a_whole_is_told_once() -> None:
    expected = claim(line(*PAID), line(*PAID, control="L2"), line(("CO", "50", "100"), control="L3"))
    actual = claim(*(line(("CO", "27", "100"), control=f"L{n}") for n in (1, 2, 3)))
    assert told(expected, actual) == [("denied though payable", None, "128.00", "CO 27")]
    assert told(actual, expected) == [("paid though denied", None, "128.00", "CO 27")]


def test_a_denial_of_the_claim_as_a_whole_is_told_once() -> None:
    expected = claim(line(*PAID), line(*PAID, control="L2"))
    actual = at_claim_level(claim(line(), line(control="L2")), "CO", "27", "200")
    assert told(expected, actual) == [("denied though payable", None, "128.00", "CO 27")]


def test_an_adjustment_of_the_claim_instead_of_its_lines_is_no_difference() -> None:
    sequestered = [line(*PAID, ("CO", "253", "1.28"), control=f"L{n}") for n in (1, 2)]
    plain = claim(*(line(*PAID, control=f"L{n}") for n in (1, 2)))
    at_claim = at_claim_level(plain, "CO", "253", "2.56")
    assert told(claim(*sequestered), at_claim) == []
    assert told(at_claim, claim(*sequestered)) == []


def test_an_adjustment_of_the_claim_that_was_not_expected() -> None:
    expected = claim(line(*PAID))
    assert told(expected, at_claim_level(expected, "CO", "45", "5")) == [("underpaid", None, "5.00", "CO 45")]


def test_lines_are_found_without_control_numbers() -> None:
    expected = claim(line(*PAID), line(*PAID, code="J1559", control="L2"))
    actual = claim(line(*PAID, code="J1559", control=""), line(("CO", "45", "100"), control=""))
    assert told(expected, actual) == [("denied though payable", 1, "64.00", "CO 45")]


def test_a_line_is_found_by_its_control_number_whatever_its_code() -> None:
    actual = msgspec.structs.replace(line(*PAID, code="G0069"), submitted_code="", service_dates=None)
    assert told(claim(line(*PAID)), claim(actual)) == []


def test_the_submitted_code_counts_where_another_was_paid() -> None:
    paid_as = msgspec.structs.replace(line(*PAID, code="G0069", control=""), submitted_code="G0068")
    assert told(claim(line(*PAID)), claim(paid_as)) == []


def test_a_line_split_under_one_control_number_is_taken_together() -> None:
    half = msgspec.structs.replace(line(*PAID), charge=money("50"))
    parts = [
        adjusted_to(half, ("CO", "45", money("10")), ("PR", "2", money("8"))),
        adjusted_to(half, ("CO", "45", money("15")), ("PR", "2", money("8"))),
    ]
    expected = claim(line(*PAID), line(*PAID, control="L2"))
    assert told(expected, claim(*parts, line(*PAID, control="L2"))) == [("underpaid", 1, "5.00", "CO 45")]


def test_lines_of_one_side_only() -> None:
    both = claim(line(*PAID), line(*PAID, code="G0069", control="L2"))
    assert told(both, claim(line(*PAID))) == [("line missing", 2, "64.00", "")]
    assert told(claim(line(*PAID)), both) == [("line unexpected", 2, "64.00", "")]


def test_an_answer_without_lines_is_compared_as_a_whole() -> None:
    expected = claim(line(*PAID), line(*PAID, control="L2"))
    short = msgspec.structs.replace(expected, lines=(), adjustments=(Adjustment("CO", "45", money("40")),))
    assert told(expected, msgspec.structs.replace(short, paid=money("100")))[0][:3] == (
        "underpaid",
        None,
        "28.00",
    )


def test_what_only_the_head_of_the_claim_says() -> None:
    expected = claim(line(*PAID))
    assert told(expected, msgspec.structs.replace(expected, paid=money("60"))) == [
        ("underpaid", None, "4.00", "")
    ]
    owed = msgspec.structs.replace(expected, patient_responsibility=money("20"))
    assert told(expected, owed) == [("patient share differs", None, "4.00", "")]
    assert told(expected, msgspec.structs.replace(expected, patient_responsibility=None)) == []


def test_kinds_are_the_ten_of_the_command() -> None:
    assert len(Kind) == 10
