"""Which benefit a claim goes to, and what is said where none answers it."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hit_claims import TABLES, claim, decide, facts, subscriber, visit

from edi_hit.benefits import deductible_taken, is_drug_code, payment_rules, route
from edi_hit.benefits.decision import State
from edi_hit.benefits.registry import BUILT
from edi_hit.benefits.routing import (
    HOME_HEALTH,
    IVIG,
    MEDICARE,
    MEDICARE_DME,
    MEDICARE_HIT,
    MEDICARE_TRANSITIONAL,
)
from edi_hit.benefits.routing_codes import routing_codes
from edi_hit.claims import InstitutionalView
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.mapping.parts import Period
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.reference.payer_tables import PAYER_BENEFITS


def other(code: str, on: date = date(2025, 3, 5)) -> ServiceLine:
    return ServiceLine(
        number=1, charge=Decimal(10), procedure_code=code, service_dates=Period.day(on), units=Decimal(1)
    )


@pytest.mark.parametrize(
    ("billed", "benefit"),
    [
        (claim(visit(on=date(2021, 1, 1))), "medicare_hit"),
        (claim(visit(on=date(2020, 12, 31))), "medicare_transitional"),
        (claim(visit(on=date(2019, 1, 1))), "medicare_transitional"),
        (claim(visit(on=date(2018, 12, 31))), "medicare_hit"),
        (claim(visit("G0088", on=date(2020, 12, 31))), "medicare_hit"),
        (claim(visit(on=date(2020, 12, 31)), visit(on=date(2021, 1, 1))), "medicare_hit"),
        (claim(subscriber=subscriber(payer="SOMEMAC")), "medicare_hit"),
        (claim(subscriber=subscriber(payer="SOMEMAC", filing="MA")), "medicare_hit"),
        (claim(subscriber=subscriber(filing="")), "medicare_hit"),
        (claim(subscriber=subscriber(payer="18003")), "medicare_hit"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="CI")), "commercial"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="BL")), "commercial"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="HM")), "commercial"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="MC")), "medicaid"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="16")), "medicare_advantage"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="OF")), "part_d"),
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="WC")), None),
        (claim(visit(on=None), subscriber=subscriber(payer="SOMEPLAN", filing="CI")), None),
        (claim(other("J1250"), visit(on=None, number=2), subscriber=subscriber(payer="18003")), None),
        (claim(other("J1250"), subscriber=subscriber(payer="18003")), "medicare_dme"),
        (claim(other("E0781"), subscriber=subscriber(payer="18003")), "medicare_dme"),
        (claim(other("S9348"), subscriber=subscriber(payer="18003")), "medicare_dme"),
        (claim(other("99213"), subscriber=subscriber(payer="18003")), None),
        (claim(other("J1250")), None),
        (claim(other("99213")), None),
        (claim(visit(), other("J1250")), None),
        (claim(visit(on=None)), None),
        (claim(visit(procedure_qualifier="ER")), None),
    ],
)
def test_routes(billed: Claim, benefit: str | None) -> None:
    assert route(billed, TABLES).benefit == benefit


def test_a_mixed_claim_is_unanswered_and_names_the_line() -> None:
    decision = decide(claim(visit(), other("J1250")))
    assert decision.state is State.UNANSWERED
    assert decision.reason == "line 2 is no home infusion visit; the other lines are"
    assert "J1250" not in decision.reason


def test_a_per_diem_beside_a_visit_is_denied_and_the_visit_is_answered() -> None:
    alone = decide(claim(visit()))
    decision = decide(claim(visit(), other("S9348")))
    assert (decision.state, decision.benefit, decision.charge) == (State.PAID, "medicare_hit", Decimal(260))
    assert (decision.allowed, decision.paid) == (alone.allowed, alone.paid)
    told = [(one.group, one.carc, one.amount) for one in decision.lines[1].adjustments]
    assert told == [("CO", "96", Decimal(10))]
    assert decision.lines[1].remarks == ("N56",)


def test_drug_and_pump_beside_a_visit_to_part_b_are_denied_and_prove_no_drug() -> None:
    decision = decide(claim(visit(), other("E0781"), other("J1250")), facts(complete=True, drugs=()))
    assert [line.denied for line in decision.lines] == [True, True, True]
    assert [line.adjustments[0].carc for line in decision.lines] == ["16", "109", "109"]
    paid = decide(claim(visit(), other("E0781"), other("J1250")))
    assert (paid.state, [line.denied for line in paid.lines]) == (State.PAID, [False, True, True])


def test_an_undated_visit_is_unanswered_and_names_the_line() -> None:
    decision = decide(claim(visit(), visit(on=None)))
    assert (decision.state, decision.reason) == (State.UNANSWERED, "line 2 is without a date of service")


def test_lines_of_one_number_are_told_apart_by_their_place() -> None:
    lines = tuple(visit(on=on, number=7) for on in (date(2020, 6, 1), date(2025, 3, 5)))
    assert route(claim(lines=lines), TABLES).benefit == "medicare_hit"
    both_dated = tuple(visit(on=date(2020, 6, day), number=7) for day in (1, 2))
    assert route(claim(lines=both_dated), TABLES).benefit == "medicare_transitional"
    undated = (visit(number=7), visit(on=None, number=7))
    assert route(claim(lines=undated), TABLES).reason == "line 7 is without a date of service"


@pytest.mark.parametrize(
    ("code", "on", "drug"),
    [
        ("J1250", date(2025, 3, 5), True),
        ("J9999", None, True),
        ("E0781", date(2025, 3, 5), False),
        ("G0068", None, False),
        ("", None, False),
    ],
)
def test_what_a_drug_code_is(code: str, on: date | None, drug: bool) -> None:
    assert is_drug_code(code, on, TABLES) is drug


def test_a_listed_drug_of_another_section_is_one_on_its_days(tmp_path: Path) -> None:
    path = tmp_path / "hit_drugs.csv"
    path.write_text(
        "hcpcs,modifier_required,category,benefit,effective_from,effective_through\n"
        "Q4082,,1,permanent,2025-01-01,2025-06-30\n"
    )
    tables = Tables.with_files([path])
    days = (date(2025, 6, 30), date(2025, 7, 1), None)
    assert [is_drug_code("Q4082", on, tables) for on in days] == [True, False, False]


def test_payment_rules_are_those_declared_so() -> None:
    books = [benefit.book for benefit in BUILT.values()]
    declared = {rule.id for book in books for rule in book.rules.values() if rule.outcome == "payment"}
    assert payment_rules() == declared
    assert "HIT-PAY-GAF" in declared
    assert "HIT-DUP" not in declared


def test_the_deductible_of_a_line_is_told_by_the_codes_of_its_rule() -> None:
    line = decide(known=facts(deductible_left=Decimal(50))).lines[0]
    assert deductible_taken("medicare_hit", line, RunSettings()) == Decimal("50.00")
    assert str(deductible_taken("medicare_hit", decide().lines[0], RunSettings())) == "0.00"
    for benefit in (None, "medicaid"):
        assert deductible_taken(benefit, line, RunSettings()) == 0


def test_every_benefit_a_claim_can_belong_to_is_built() -> None:
    told = set(routing_codes().filing_indicators.codes.values()) - {MEDICARE}
    of_medicare = {MEDICARE_HIT, MEDICARE_TRANSITIONAL, MEDICARE_DME, IVIG, HOME_HEALTH}
    assert told | set(PAYER_BENEFITS) | of_medicare == set(BUILT)


def test_another_payer_is_unanswered_without_a_benefit() -> None:
    decision = decide(claim(subscriber=subscriber(payer="SOMEPLAN", filing="WC")))
    assert (decision.state, decision.benefit) == (State.UNANSWERED, None)
    assert "neither the payer id nor SBR09" in (decision.reason or "")


def test_a_payer_id_that_a_table_knows_comes_before_sbr09(tmp_path: Path) -> None:
    path = tmp_path / "payers.csv"
    path.write_text("payer_id,benefit,program\nTXMCO,medicaid,TX\n18003,commercial,\n")
    tables = Tables.with_files([path])
    assert route(claim(subscriber=subscriber(payer="TXMCO", filing="HM")), tables).benefit == "medicaid"
    assert (
        route(claim(other("J1250"), subscriber=subscriber(payer="18003")), tables).benefit == "medicare_dme"
    )
    known = tables.payer("TXMCO")
    assert known is not None
    assert known.program == "TX"


@pytest.mark.parametrize(
    ("facility", "benefit"), [("32", "home_health"), ("34", "home_health"), ("13", "medicare_hit")]
)
def test_an_institutional_claim_is_told_by_its_type_of_bill(facility: str, benefit: str) -> None:
    whole = claim(subscriber=subscriber(payer="SOMEMAC", filing="MA"))
    own = {name: getattr(whole, name) for name in whole.__struct_fields__}
    assert route(InstitutionalView(**own | {"facility_type": facility}), TABLES).benefit == benefit
