"""A decision as a claim payment: other procedures, units, kinds of insurance, days, amounts."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from story_files import StoryClaim, StoryLine

from edi_hit.adjudication import claim_payment, crossed_over
from edi_hit.benefits.decision import ClaimDecision, FormerAnswer, LineDecision, State
from edi_hit.claims import Claim, OtherPayer, OtherPayerName, as_service_claim
from edi_hit.mapping.parts import Adjustment, Amount
from edi_hit.profiles import PayerIdentity, RemittanceSettings, RunSettings
from edi_hit.remits import ClaimPayment, unbalanced

ON = date(2025, 8, 1)
DAY = date(2025, 3, 5)
CLAIM = StoryClaim("A1", (StoryLine("G0068", DAY), StoryLine("G0070", DAY, modifiers=("JB",)))).build()
NEXT = OtherPayerName(last_name="NEXT PLAN", id_qualifier="PI", id="NP1")


def line(number: int, **fields: object) -> LineDecision:
    billed = CLAIM.lines[number - 1]
    values = {"charge": billed.charge, "allowed": billed.charge, "paid": billed.charge} | fields
    return LineDecision(
        number, billed.control_number, billed.procedure_code, billed.modifiers, DAY, billed.units, **values
    )


def payment(*lines: LineDecision, claim: Claim = CLAIM, benefit: str = "medicare_hit") -> ClaimPayment:
    paid = sum((one.paid or Decimal(0) for one in lines), Decimal("0.00"))
    decision = ClaimDecision("A1", benefit, "P", State.PAID, claim.charge, "1", paid, paid, None, lines)
    return claim_payment(claim, decision, "SIM1", on=ON, settings=RunSettings())


def test_another_procedure_is_paid_and_the_one_billed_is_named() -> None:
    given = payment(line(1, paid_code="G0088"), line(2, paid_code="G0070", paid_modifiers=("KX",)))
    first, second = given.lines
    assert (first.procedure_code, first.submitted_code, first.submitted_modifiers) == ("G0088", "G0068", ())
    assert (second.procedure_code, second.modifiers) == ("G0070", ("KX",))
    assert (second.submitted_code, second.submitted_modifiers) == ("G0070", ("JB",))
    same = payment(line(1, paid_code="G0068"), line(2)).lines[0]
    assert (same.submitted_code, same.submitted_qualifier) == ("", "")


def test_the_procedures_of_a_split_line_return_its_control_number() -> None:
    halves = (
        line(1, charge=Decimal("150.00"), allowed=Decimal(150), paid=Decimal("150.00"), paid_code="G0088"),
        line(
            1, charge=Decimal("100.00"), allowed=None, paid=Decimal("0.00"), paid_code="G0089",
            adjustments=(Adjustment("CO", "97", Decimal("100.00")),),
        ),
    )  # fmt: skip
    given = payment(*halves, line(2))
    assert list(unbalanced(given)) == []
    assert [(one.procedure_code, one.submitted_code) for one in given.lines] == [
        ("G0088", "G0068"),
        ("G0089", "G0068"),
        ("G0070", ""),
    ]
    assert [one.control_number for one in given.lines] == ["L1", "L1", "L2"]
    unnumbered = tuple(msgspec.structs.replace(one, control_number="") for one in CLAIM.lines)
    given = payment(*halves, line(2), claim=msgspec.structs.replace(CLAIM, lines=unnumbered))
    assert [one.control_number for one in given.lines] == ["1", "1", ""]


def test_units_are_told_where_other_units_are_paid() -> None:
    fewer, as_billed = payment(line(1, units_paid=Decimal(2)), line(2)).lines
    assert (fewer.units_paid, fewer.units_submitted) == (2, 3)
    assert (as_billed.units_paid, as_billed.units_submitted) == (3, None)
    denied = payment(line(1, denied=True, paid=Decimal(0)), line(2)).lines[0]
    assert (denied.units_paid, denied.units_submitted) == (0, 3)


@pytest.mark.parametrize(
    ("benefit", "sent", "indicator"),
    [
        ("medicare_hit", "CI", "MB"),
        ("home_health", "MA", "MA"),
        ("commercial", "HM", "HM"),
        ("commercial", "CI", "ZZ"),
        ("medicaid", "MC", "MC"),
    ],
)
def test_the_kind_of_insurance(benefit: str, sent: str, indicator: str) -> None:
    subscriber = msgspec.structs.replace(CLAIM.subscriber, filing_indicator=sent)
    claim = msgspec.structs.replace(CLAIM, subscriber=subscriber)
    assert payment(line(1), line(2), claim=claim, benefit=benefit).filing_indicator == indicator


def test_the_settings_of_the_payer_say_the_kind_of_insurance() -> None:
    settings = RunSettings(payers={"10112": PayerIdentity(filing_indicator="12", remarks=("MA01",))})
    decision = ClaimDecision("A1", "commercial", "P", State.PAID, CLAIM.charge, "1", lines=(line(1), line(2)))
    given = claim_payment(CLAIM, decision, "SIM1", on=ON, settings=settings)
    assert (given.filing_indicator, given.remark_codes) == ("12", ("MA01",))


def test_what_the_patient_paid_and_what_is_covered_are_told() -> None:
    claim = msgspec.structs.replace(CLAIM, patient_paid=Decimal("20.00"))
    amounts = payment(line(1), line(2), claim=claim).amounts
    assert amounts == (Amount("AU", Decimal("500.00")), Amount("F5", Decimal("20.00")))


def test_an_institutional_claim_returns_the_days_of_its_statement() -> None:
    claim = StoryClaim("A1", (StoryLine("S9500", DAY, revenue="0640"),), facility="34").build()
    span = msgspec.structs.replace(claim, statement_dates=CLAIM.lines[0].service_dates)
    assert as_service_claim(span) is span
    decided = line(1, units_paid=None)
    given = payment(decided, claim=span)
    assert (given.statement_from, given.statement_through) == (DAY, DAY)


@pytest.mark.parametrize(
    ("state", "sends", "after", "status"),
    [
        (State.PAID, True, "S", "19"),
        (State.DENIED, True, "S", "1"),
        (State.PAID, False, "S", "1"),
        (State.PAID, True, "", "1"),
        (State.PAID, True, "P", "1"),
    ],
)
def test_only_paid_claims_of_payers_that_do_so_are_sent_on(
    state: State, sends: bool, after: str, status: str
) -> None:
    others = (OtherPayer(sequence=after, payer=NEXT),) if after else ()
    claim = msgspec.structs.replace(CLAIM, other_payers=others)
    settings = RunSettings(payer=PayerIdentity(crossover=sends))
    decision = ClaimDecision("A1", "medicare_hit", "P", state, CLAIM.charge, "1", lines=(line(1), line(2)))
    decided = crossed_over(claim, decision, settings)
    assert decided.status == status
    assert crossed_over(claim, decided, settings) == decided
    given = claim_payment(claim, decided, "SIM1", on=ON, settings=settings)
    carrier = given.crossover_carrier
    assert (carrier.last_name if carrier else None) == ("NEXT PLAN" if status == "19" else None)
    assert ("MA18" in given.remark_codes) is (status == "19")


def test_of_several_payers_the_next_one_is_sent_the_claim() -> None:
    third = OtherPayer(sequence="T", payer=OtherPayerName(last_name="THIRD"))
    claim = msgspec.structs.replace(CLAIM, other_payers=(third, OtherPayer(sequence="S", payer=NEXT)))
    decision = ClaimDecision(
        "A1", "medicare_hit", "P", State.PAID, CLAIM.charge, "19", lines=(line(1), line(2))
    )
    given = claim_payment(claim, decision, "SIM1", on=ON, settings=RunSettings())
    assert given.crossover_carrier is not None
    assert given.crossover_carrier.last_name == "NEXT PLAN"


def test_a_correction_carries_no_interest() -> None:
    settings = RunSettings(remittance=RemittanceSettings(interest_percent=Decimal("3.65")))
    lines = (line(1), line(2))
    first = ClaimDecision(
        "A1", "medicare_hit", "P", State.PAID, CLAIM.charge, "1", paid=Decimal("500.00"), lines=lines
    )
    received = date(2025, 6, 22)
    late = claim_payment(CLAIM, first, "SIM1", received, on=ON, settings=settings)
    assert late.amounts == (Amount("I", Decimal("0.50")),)
    again = msgspec.structs.replace(first, former=FormerAnswer(State.DENIED))
    assert claim_payment(CLAIM, again, "SIM1", received, on=ON, settings=settings).amounts == ()
