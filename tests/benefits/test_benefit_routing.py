"""Which benefit a claim goes to, and what is said where none answers it."""

from datetime import date
from decimal import Decimal

import pytest
from hit_claims import TABLES, claim, decide, subscriber, visit

from edi_hit.benefits import route
from edi_hit.benefits.decision import State
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.mapping.parts import Period


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
        (claim(subscriber=subscriber(payer="SOMEPLAN", filing="CI")), None),
        (claim(other("J1250"), subscriber=subscriber(payer="18003")), "medicare_dme"),
        (claim(other("E0781"), subscriber=subscriber(payer="18003")), "medicare_dme"),
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
    assert decision.reason == "line 2 is no home infusion therapy visit; the other lines are"
    assert "J1250" not in decision.reason


def test_an_undated_visit_is_unanswered_and_names_the_line() -> None:
    decision = decide(claim(visit(), visit(on=None)))
    assert (decision.state, decision.reason) == (State.UNANSWERED, "line 2 is without a date of service")


@pytest.mark.parametrize(
    ("billed", "benefit"),
    [
        (claim(visit(on=date(2020, 6, 1))), "medicare_transitional"),
        (claim(other("J1250"), subscriber=subscriber(payer="18003")), "medicare_dme"),
    ],
)
def test_benefits_that_are_not_built_say_so(billed: Claim, benefit: str) -> None:
    decision = decide(billed)
    assert (decision.state, decision.benefit) == (State.UNANSWERED, benefit)
    assert "no benefit of this release answers it" in (decision.reason or "")
    assert decision.paid is None
    assert len(decision.lines) == 1


def test_another_payer_is_unanswered_without_a_benefit() -> None:
    decision = decide(claim(subscriber=subscriber(payer="SOMEPLAN", filing="CI")))
    assert (decision.state, decision.benefit) == (State.UNANSWERED, None)
    assert "not Medicare" in (decision.reason or "")
