"""What a contract lacks is named, with the way to load it; units of drugs convert."""

from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from story_files import TABLES, StoryClaim, StoryLine, example_contract

from edi_hit.benefits import answer
from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.profiles import DrugPrice, Fee, FeeBasis, NdcFactor, RunSettings

DAY = date(2025, 2, 3)
ROW: dict[str, Any] = {"effective_from": date(2025, 1, 1), "source": "test"}
NDC = "00000000001"
AWP = DrugPrice(kind="awp", code=NDC, price=Decimal(40), unit="GR", **ROW)
FACTOR = NdcFactor(ndc=NDC, code="J0696", ndc_unit="GR", hcpcs_units=Decimal(4), **ROW)


def decide(line: StoryLine, **changes: Any) -> ClaimDecision:
    contract = msgspec.structs.replace(example_contract(), **changes)
    claim = StoryClaim(id="A1", payer="SUMMIT01", filing="CI", lines=(line,))
    settings = RunSettings(contracts={"SUMMIT01": (contract,)})
    return answer(claim.build(), ClaimFacts(complete=True), TABLES, settings)


def drug(sent: str, code: str = "J0696", units: int = 4, **changes: Any) -> ClaimDecision:
    """A drug at 100% of its AWP of 40.00 a gram; a gram is four units of J0696."""
    fee = Fee(code=code, basis=FeeBasis.AWP, rate=Decimal(100), **ROW)
    tables = {"drug_prices": {NDC: (AWP,)}, "ndc_factors": {NDC: (FACTOR,)}} | changes
    line = StoryLine(code=code, on=DAY, charge="500.00", units=units, ndc=f"{NDC} {sent}".strip())
    return decide(line, fees={code: (fee,)}, **tables)


@pytest.mark.parametrize(
    ("sent", "units", "allowed"), [("1 GR", 4, "40.00"), ("1000 ME", 4, "40.00"), (".5 GR", 2, "20.00")]
)
def test_grams_and_milligrams_of_an_ndc_convert(sent: str, units: int, allowed: str) -> None:
    decision = drug(sent, units=units)
    assert (decision.state, str(decision.allowed)) == (State.PAID, allowed)


def test_a_gram_priced_ndc_of_25_mg_is_a_fortieth_of_a_gram() -> None:
    decision = drug(".025 GR", code="S5001", units=1)
    assert str(decision.allowed) == "1.00"


def test_an_ndc_in_a_unit_without_a_factor_says_what_to_load() -> None:
    decision = drug("2 UN", ndc_factors={})
    assert decision.state is State.UNANSWERED
    assert decision.missing_table == "contract ndc_factors"
    assert "no unit factor for the NDC" in (decision.reason or "")
    assert "ndc_factors" in (decision.reason or "")


def test_an_asp_of_a_code_that_names_no_drug_is_found_by_the_ndc() -> None:
    fee = Fee(code="S5001", basis=FeeBasis.ASP, rate=Decimal(106), **ROW)
    asp = DrugPrice(kind="asp", code="J0696", price=Decimal(10), **ROW)
    line = StoryLine(code="S5001", on=DAY, charge="500.00", units=1, ndc=f"{NDC} 2 GR")
    tables = {"drug_prices": {"J0696": (asp,)}, "ndc_factors": {NDC: (FACTOR,)}}
    decision = decide(line, fees={"S5001": (fee,)}, **tables)
    assert str(decision.allowed) == "84.80"
    assert decide(line, fees={"S5001": (fee,)}, **tables | {"ndc_factors": {}}).state is State.UNANSWERED


def test_a_fee_may_be_for_one_unit_of_the_ndc() -> None:
    fee = Fee(code="J0696", basis=FeeBasis.FEE, rate=Decimal(30), per="ndc", ndc=NDC, **ROW)
    other = Fee(code="J0696", basis=FeeBasis.FEE, rate=Decimal(1), **ROW)
    line = StoryLine(code="J0696", on=DAY, charge="500.00", units=8, ndc=f"{NDC} 2 GR")
    decision = decide(line, fees={"J0696": (other, fee)}, ndc_factors={NDC: (FACTOR,)})
    assert str(decision.allowed) == "60.00"


@pytest.mark.parametrize(
    ("mark", "setting"), [("SH", "percent_second_therapy"), ("SJ", "percent_third_therapy")]
)
def test_a_concurrent_therapy_without_a_percentage_says_which_setting(mark: str, setting: str) -> None:
    line = StoryLine(code="S9348", on=DAY, charge="500.00", units=1, modifiers=(mark,))
    decision = decide(line, **{setting: None})
    assert (decision.state, decision.missing_table) == (State.UNANSWERED, "contract")
    assert f"Set {setting} in the contract" in (decision.reason or "")


def test_a_line_without_units_is_not_priced() -> None:
    decision = decide(StoryLine(code="S9500", on=DAY, charge="500.00", units=0))
    assert decision.state is State.UNANSWERED
    assert "no units" in (decision.reason or "")
