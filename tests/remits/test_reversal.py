"""A reversal negates every amount and quantity; with the correction it nets to the corrected answer."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.claims import pays_after
from edi_hit.mapping.parts import Adjustment, Amount, Party, Period, Quantity
from edi_hit.remits import ClaimPayment, ServicePayment, reversal, unbalanced
from edi_hit.remits.claim_status import sent_on_status

D = Decimal
LINE = ServicePayment(
    procedure_code="G0068",
    charge=D("260.00"),
    paid=D("139.64"),
    units_paid=D(3),
    units_submitted=D(4),
    service_dates=Period.day(date(2025, 3, 5)),
    adjustments=(
        Adjustment("OA", "23", D("10.00")),
        Adjustment("CO", "45", D("71.89"), D(1)),
        Adjustment("CO", "253", D("2.85")),
        Adjustment("PR", "2", D("35.62")),
    ),
    control_number="L1",
    amounts=(Amount("B6", D("178.11")),),
    quantities=(Quantity("ZK", D(4)),),
    remark_codes=("N640",),
)
CLAIM = ClaimPayment(
    claim_id="A1",
    status="19",
    charge=D("260.00"),
    paid=D("149.64"),
    patient_responsibility=D("35.62"),
    payer_claim_number="ICN1",
    crossover_carrier=Party(last_name="NEXT"),
    adjustments=(Adjustment("CO", "A1", D("-10.00")),),
    amounts=(Amount("AU", D("178.11")),),
    quantities=(Quantity("ZL", D(2)),),
    remark_codes=("MA01",),
    lines=(LINE,),
)  # fmt: skip


def numbers(value: object) -> list[Decimal]:
    """Every amount and quantity of a structure, in order."""
    if isinstance(value, Decimal):
        return [value]
    if isinstance(value, msgspec.Struct):
        return [n for name in value.__struct_fields__ for n in numbers(getattr(value, name))]
    return [n for one in value for n in numbers(one)] if isinstance(value, tuple) else []


def test_every_amount_and_quantity_is_negated_and_nothing_else_changes() -> None:
    taken = reversal(CLAIM)
    former = msgspec.structs.replace(CLAIM, patient_responsibility=None)
    assert numbers(taken) == [-number for number in numbers(former)]
    assert len(numbers(taken)) == 16
    assert (taken.status, taken.patient_responsibility, taken.crossover_carrier) == ("22", None, None)
    assert (taken.claim_id, taken.payer_claim_number) == ("A1", "ICN1")
    assert [one.group for one in taken.lines[0].adjustments] == ["OA", "CO", "CO", "PR"]
    assert (taken.lines[0].control_number, taken.lines[0].remark_codes) == ("L1", ("N640",))


def test_a_reversal_balances_as_its_claim_does() -> None:
    assert list(unbalanced(CLAIM)) == []
    assert list(unbalanced(reversal(CLAIM))) == []


def test_the_status_says_that_the_claim_was_sent_on() -> None:
    assert [sent_on_status(code) for code in "123"] == ["19", "20", "21"]


def test_the_order_of_payers() -> None:
    assert all(pays_after(*pair) for pair in ("PS", "ST", "TA", "AH", "PH"))
    assert not any(pays_after(*pair) for pair in ("SP", "PP", "PU", "UP"))
    assert not pays_after("", "S")
