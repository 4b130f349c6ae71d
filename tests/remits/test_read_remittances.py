"""Reading 835s of any quality: every claim payment comes out, with the payment it belongs to."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from sample_files import each_sample
from x12_text import findings_of, interchange, transaction

from edi_hit.guides import Unit, read_loops
from edi_hit.remits import PaymentRecord, RemittanceRecord, read_remittances
from edi_hit.rules import Finding
from edi_hit.x12 import read_events

HEAD = ["BPR*I*150*C*CHK************20250110", "TRN*1*T1*1310000001", "N1*PR*MAC J15*XV*15202", "REF*2U*15"]
PAYEE = ["N1*PE*HOME INFUSION*XX*1234567893", "LX*1"]
CLAIM = ["CLP*A1*1*150*150**MB*ICN1*12*1", "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73"]
LINE = ["SVC*HC:G0069*150*150", "DTM*472*20250103"]
PLB = "PLB*1234567893*20251231*WO:ICN9*25*L6*-5.5"


def read(*segments: str) -> tuple[list[PaymentRecord], list[RemittanceRecord], list[Finding]]:
    data = interchange(*transaction(*segments, kind="835", guide="005010X221A1"))
    events = list(read_remittances(data))
    return (
        [event for event in events if isinstance(event, PaymentRecord)],
        [event for event in events if isinstance(event, RemittanceRecord)],
        findings_of(events),
    )


def test_a_payment_knows_its_head_and_the_set_its_provider_adjustments() -> None:
    payments, (remittance,), _ = read(*HEAD, *PAYEE, *CLAIM, *LINE, PLB)
    head = payments[0].head
    assert (head.trace_number, head.amount, head.paid_on) == ("T1", Decimal(150), date(2025, 1, 10))
    assert (head.payer.name, head.payer.ids) == ("MAC J15", ("15202", "15"))
    assert (head.payee.name, head.payee.id) == ("HOME INFUSION", "1234567893")
    assert head.provider_adjustments == ()
    taken = [(item.reason, item.amount) for item in remittance.head.provider_adjustments]
    assert taken == [("WO", Decimal(25)), ("L6", Decimal("-5.50"))]


def test_a_head_that_lacks_everything_is_still_a_head() -> None:
    payments, (remittance,), findings = read("LX*1", *CLAIM, *LINE)
    assert payments[0].payment is not None
    assert remittance.head.amount is None
    assert remittance.head.payer.name == ""
    assert any(finding.is_error for finding in findings)


def test_an_amount_no_money_can_be_is_told_once_and_the_next_claim_is_read() -> None:
    payments, _, findings = read(*HEAD, *PAYEE, "CLP*A0*1*150*15.005**MB*ICN1*12*1", CLAIM[1], *CLAIM, *LINE)
    assert [(record.claim_id, record.payment is None) for record in payments] == [("A0", True), ("A1", False)]
    told = [finding for finding in findings if finding.claim == "A0" and finding.element == 4]
    assert [finding.rule for finding in told] == ["X12-ENV-18"]


def test_a_line_without_a_code_is_read_with_what_was_sent() -> None:
    payments, _, findings = read(*HEAD, *PAYEE, *CLAIM, "SVC*HC>G0069*100*90", "CAS*CO*45*10", *LINE)
    payment = payments[0].payment
    assert payment is not None
    assert [line.procedure_code for line in payment.lines] == ["HC>G0069", "G0069"]
    assert payment.lines[0].adjustments[0].amount == Decimal(10)
    assert payment.unmapped == ()
    assert [finding.component for finding in findings if finding.segment_id == "SVC"] == [1, 2]


def test_faults_payers_make_are_findings() -> None:
    claim = CLAIM[0].replace("*1*150", "*5*150")
    payments, _, findings = read(*HEAD, *PAYEE, claim, CLAIM[1], *LINE, "CAS*CR*45*10")
    payment = payments[0].payment
    assert payment is not None
    assert (payment.status, payment.lines[0].adjustments[0].group) == ("5", "CR")
    places = {(finding.segment_id, finding.element) for finding in findings if finding.is_error}
    assert {("CLP", 2), ("CAS", 1)} <= places


@each_sample("835", x12=True)
def test_every_payment_of_the_samples_is_read_with_its_lines(sample: Path) -> None:
    units = [event for event in read_loops(read_events(sample)) if isinstance(event, Unit)]
    records = [event for event in read_remittances(sample) if isinstance(event, PaymentRecord)]
    lines = [sum(child.id == "2110" for child in unit.loop.loops) for unit in units]
    assert [len(record.payment.lines) for record in records if record.payment] == lines


def test_what_is_wrong_in_another_set_is_not_told_of_a_payment() -> None:
    broken = interchange(*transaction("BHT*0019*00*1*20250103*1200*CH"))
    payment = interchange(*transaction(*HEAD, *PAYEE, *CLAIM, *LINE, kind="835", guide="005010X221A1"))
    alone, beside = list(read_remittances(payment)), list(read_remittances(broken + payment))
    (of_alone,) = (event for event in alone if isinstance(event, RemittanceRecord))
    (of_beside,) = (event for event in beside if isinstance(event, RemittanceRecord))
    assert len(findings_of(beside)) > len(findings_of(alone))
    assert [finding.rule for finding in of_beside.findings] == [finding.rule for finding in of_alone.findings]
