import io
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from edi_hit.mapping.parts import Address, Adjustment, Contact, ContactNumber, Party, Period
from edi_hit.remits import (
    ClaimPayment,
    Payee,
    Payer,
    Payment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
    unbalanced,
    write_remittances,
)
from edi_hit.rules import ComposeError
from edi_hit.x12 import ComposeWriter, EnvelopeHeader

HEADER = EnvelopeHeader(
    sender="SIM",
    receiver="PROVIDER",
    created_on=date(2025, 3, 1),
    created_at="0000",
    control_number=1,
    functional_id="HP",
    version="005010X221A1",
)
LINE = ServicePayment(
    procedure_code="G0068",
    charge=Decimal("250.00"),
    paid=Decimal("139.64"),
    units_paid=Decimal("4"),
    service_dates=Period.day(date(2025, 3, 5)),
    adjustments=(
        Adjustment("CO", "45", Decimal("71.89")),
        Adjustment("PR", "2", Decimal("35.62")),
        Adjustment("CO", "253", Decimal("2.85")),
    ),
    control_number="L1",
)
CLAIM = ClaimPayment(
    claim_id="A1",
    status="1",
    charge=Decimal("250.00"),
    paid=Decimal("139.64"),
    patient_responsibility=Decimal("35.62"),
    filing_indicator="MB",
    payer_claim_number="SIM1",
    patient=Party(entity="1", last_name="MAPLE", first_name="ROSE", id_qualifier="MI", id="1EG4TE5MK73"),
    lines=(LINE,),
)


def head(amount: str, *adjustments: ProviderAdjustment) -> Remittance:
    day = date(2025, 3, 1)
    return Remittance(
        payment=Payment(Decimal(amount), "SIM1", "1000000000", day, production_date=day),
        payer=Payer(
            "PAYER", Address("1 WAY", "", "TOWN", "AL", "352030001"),
            contacts=(Contact("BL", "HELP", (ContactNumber("UR", "EXAMPLE.COM"),)),),
        ),
        payee=Payee("PROVIDER", "XX", "1234567893"),
        provider_adjustments=adjustments,
    )  # fmt: skip


def written(remittance: Remittance, *claims: ClaimPayment) -> str:
    stream = io.BytesIO()
    writer = ComposeWriter(stream, HEADER)
    writer.start()
    write_remittances(writer, [(remittance, claims)])
    writer.end()
    return stream.getvalue().decode()


def test_a_balanced_claim_is_written_with_one_cas_a_group() -> None:
    text = written(head("139.64"), CLAIM)
    assert "SVC*HC:G0068*250*139.64**4~" in text
    assert "CAS*CO*45*71.89**253*2.85~\nCAS*PR*2*35.62~" in text
    assert "REF*6R*L1~" in text
    assert "CLP*A1*1*250*139.64*35.62*MB*SIM1~" in text
    assert "BPR*I*139.64*C*NON" in text


def test_seven_reasons_of_a_group_take_a_second_cas() -> None:
    reasons = tuple(Adjustment("CO", str(4 + i), Decimal("1.00")) for i in range(7))
    line = msgspec.structs.replace(LINE, charge=Decimal("7.00"), paid=Decimal("0.00"), adjustments=reasons)
    claim = msgspec.structs.replace(
        CLAIM, charge=line.charge, paid=line.paid, patient_responsibility=None, lines=(line,)
    )
    text = written(head("0.00"), claim)
    assert "CAS*CO*4*1**5*1**6*1**7*1**8*1**9*1~\nCAS*CO*10*1~" in text


@pytest.mark.parametrize(
    ("change", "equation"),
    [
        ({"lines": (msgspec.structs.replace(LINE, paid=Decimal("139.65")),)}, "X12-835-BAL-01"),
        ({"paid": Decimal("139.63")}, "X12-835-BAL-02"),
        ({"charge": Decimal("251.00")}, "X12-835-BAL-03"),
        ({"patient_responsibility": Decimal("35.00")}, "X12-835-BAL-06"),
    ],
)
def test_what_does_not_balance_is_refused(change: dict[str, object], equation: str) -> None:
    claim = msgspec.structs.replace(CLAIM, **change)
    assert any(equation in text for text in unbalanced(claim))
    with pytest.raises(ComposeError, match=equation):
        written(head("139.64"), claim)


@pytest.mark.parametrize("amount", ["139.63", "0.00", "279.28"])
def test_a_payment_that_is_not_the_sum_of_its_claims_is_refused(amount: str) -> None:
    with pytest.raises(ComposeError, match="X12-835-BAL-04"):
        written(head(amount), CLAIM)


def test_a_provider_adjustment_lowers_the_payment_and_comes_last() -> None:
    adjustment = ProviderAdjustment("1234567893", date(2025, 12, 31), "WO", Decimal("39.64"), "OLD1")
    text = written(head("100.00", adjustment), CLAIM)
    assert "PLB*1234567893*20251231*WO:OLD1*39.64~\nSE*" in text


def test_a_negative_payment_is_refused() -> None:
    adjustment = ProviderAdjustment("1234567893", date(2025, 12, 31), "WO", Decimal("239.64"))
    with pytest.raises(ComposeError, match="X12-835-BAL-05"):
        written(head("-100.00", adjustment), CLAIM)
