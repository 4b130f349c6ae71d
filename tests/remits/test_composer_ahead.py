"""Claim payments composed ahead of their set are written, or refused with it, as those composed in it."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from edi_hit.mapping.parts import Adjustment
from edi_hit.remits import ClaimPayment, ComposedPayments, ComposerAhead, PaymentInSet, Remittance, reversal
from edi_hit.remits.write_remittances import write_remittances
from edi_hit.rules import ComposeError
from edi_hit.sample.envelope import sample_header
from edi_hit.sample.sample_remittances import sample_remittances
from edi_hit.x12 import ComposeWriter

HEAD, CLAIMS = next(one for one in sample_remittances(40, 3) if len(one[1]) > 1)
TOO_LITTLE = Decimal("0.01")


def ahead(*payments: ClaimPayment) -> ComposedPayments | tuple[ClaimPayment, ...]:
    return ComposerAhead(HEAD.payment.production_date or HEAD.payment.paid_on).composed(payments)


def written(head: Remittance, claims: Sequence[PaymentInSet]) -> str:
    stream = io.BytesIO()
    writer = ComposeWriter(stream, sample_header(1, "HP", "835"))
    writer.start()
    assert write_remittances(writer, [(head, claims)]) == len(CLAIMS)
    writer.end()
    return stream.getvalue().decode()


def refused(head: Remittance, claims: Sequence[PaymentInSet]) -> ComposeError:
    with pytest.raises(ComposeError) as error:
        written(head, claims)
    return error.value


def test_the_payments_of_a_claim_are_written_together() -> None:
    composed = ahead(*CLAIMS)
    assert isinstance(composed, ComposedPayments)
    assert composed.payments == len(CLAIMS)
    assert written(HEAD, [composed]) == written(HEAD, CLAIMS)


def test_a_reversal_and_its_correction_are_composed() -> None:
    composed = ahead(reversal(CLAIMS[0]), CLAIMS[0])
    assert isinstance(composed, ComposedPayments)
    assert (composed.paid, composed.charge) == (0, 0)


def test_nothing_is_composed_of_a_claim_without_an_answer() -> None:
    assert ahead() == ()


@pytest.mark.parametrize(
    "change",
    [
        {"paid": CLAIMS[0].paid + TOO_LITTLE},
        {"claim_id": ""},
        {"status": "Q"},
        {"payer_claim_number": "A\nB"},
        {"adjustments": (Adjustment("CO", "45", Decimal("1.00")),)},
    ],
)
def test_a_payment_that_is_refused_is_left_to_its_set_which_says_why(change: dict[str, object]) -> None:
    wrong = msgspec.structs.replace(CLAIMS[0], **change)
    assert ahead(wrong) == (wrong,)
    assert ahead(CLAIMS[1], wrong) == (CLAIMS[1], wrong)
    assert isinstance(ahead(CLAIMS[1]), ComposedPayments)


@pytest.mark.parametrize(
    "change",
    [{"amount": HEAD.payment.amount + TOO_LITTLE}, {"amount": Decimal("-1.00")}, {"handling": "H"}],
)
def test_a_set_that_is_refused_is_refused_for_the_same(change: dict[str, object]) -> None:
    head = msgspec.structs.replace(HEAD, payment=msgspec.structs.replace(HEAD.payment, **change))
    composed = ahead(*CLAIMS)
    assert isinstance(composed, ComposedPayments)
    error, expected = refused(head, [composed]), refused(head, CLAIMS)
    assert (str(error), error.findings) == (str(expected), expected.findings)


def test_a_wrong_payee_is_told_with_its_first_claim() -> None:
    head = msgspec.structs.replace(HEAD, payee=msgspec.structs.replace(HEAD.payee, id="1234567890"))
    composed = ahead(*CLAIMS)
    assert isinstance(composed, ComposedPayments)
    error, expected = refused(head, [composed]), refused(head, CLAIMS)
    assert (str(error), error.findings) == (str(expected), expected.findings)
    assert "X12-SNIP5-NPI" in str(error)


def test_sums_too_large_to_keep_are_left_to_the_set() -> None:
    assert ahead(billed(Decimal(10) ** 17)) == (billed(Decimal(10) ** 17),)
    assert isinstance(ahead(billed(Decimal(10) ** 9)), ComposedPayments)


def test_codes_are_judged_on_the_day_of_production() -> None:
    stopped = billed(Decimal("10.00"), Adjustment("CO", "15", Decimal("1.00")))
    assert isinstance(ComposerAhead(date(2018, 4, 1)).composed((stopped,)), ComposedPayments)
    assert ComposerAhead(date(2019, 4, 1)).composed((stopped,)) == (stopped,)


def billed(charge: Decimal, *adjustments: Adjustment) -> ClaimPayment:
    """The first claim with one line of this charge, paid but for the adjustments."""
    paid = charge - sum(item.amount for item in adjustments)
    line = msgspec.structs.replace(CLAIMS[0].lines[0], charge=charge, paid=paid, adjustments=adjustments)
    return msgspec.structs.replace(
        CLAIMS[0], charge=charge, paid=paid, patient_responsibility=None, adjustments=(), lines=(line,)
    )
