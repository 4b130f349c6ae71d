"""Contracts are read whole, or everything that is wrong in them is told."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from edi_hit.profiles import FeeBasis, PerDiemBasis, read_contracts, read_run_settings
from edi_hit.rules import ConfigError

EXAMPLES = Path(__file__).parents[2] / "examples"
TERMS = """\
name = "Plan"
payers = ["P1"]
effective_from = 2025-01-01
per_diem_basis = "INFUSION_DAY"
fees = "fees.csv"
"""
FEES = """\
code,basis,rate,effective_from,source
S9500,fee,150.00,2025-01-01,agreed
"""


def write(folder: Path, terms: str = TERMS, **files: str) -> Path:
    for name, text in {"fees": FEES, **files}.items():
        (folder / f"{name}.csv").write_text(text)
    path = folder / "contract.toml"
    path.write_text(terms)
    return path


def faults(path: Path, *others: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_contracts([path, *others])
    return [line.removeprefix(str(path.parent)).lstrip("/") for line in str(caught.value).splitlines()]


def test_the_example_is_read_by_the_settings_of_the_examples() -> None:
    settings = read_run_settings(EXAMPLES / "settings.toml")
    contract = settings.contract("SUMMIT01", date(2004, 2, 1))
    assert contract is not None
    assert settings.contract("PLANID12345", date(2026, 1, 1)) is contract
    assert settings.contract("SUMMIT01", date(2003, 12, 31)) is None
    assert contract.per_diem_basis is PerDiemBasis.ACCESS_DAY
    assert contract.percent_second_therapy == 50
    assert "made up" in contract.name


def test_rows_of_the_example_say_that_they_are_made_up() -> None:
    contract = read_run_settings(EXAMPLES / "settings.toml").contracts["SUMMIT01"][0]
    sources = {row.source for rows in contract.fees.values() for row in rows}
    sources |= {row.source for rows in contract.drug_prices.values() for row in rows}
    assert sources == {"example: made up"}


def test_a_row_holds_what_its_cells_say(tmp_path: Path) -> None:
    (contract,) = read_contracts([write(tmp_path)])["P1"]
    (fee,) = contract.fees["S9500"]
    assert (fee.basis, fee.rate, fee.effective_from) == (FeeBasis.FEE, Decimal("150.00"), date(2025, 1, 1))
    assert (fee.ndc, fee.modifier, fee.per, fee.effective_through) == ("", "", "unit", None)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    terms = TERMS.replace("INFUSION_DAY", "SOME_DAY").replace("2025-01-01", "'soon'")
    terms += 'percent_second_therapy = 150\nhome_place = "12"\ndrug_prices = "prices.csv"\n'
    fees = (
        FEES
        + "s9,fee,-1,2025-13-01,agreed\nS9501,rent,1,2025-01-01,\nS9502,percent_of_charge,101,2025-01-01,x\n"
    )
    prices = (
        "kind,code,unit,price,effective_from,source\nawp,J0696,,1,2025-01-01,x\nasp,J0696,,0,2025-01-01,x\n"
    )
    told = faults(write(tmp_path, terms, fees=fees, prices=prices))
    places = [said.split(": ")[:3] for said in told]
    assert {tuple(place[:2]) for place in places if place[0] == "contract.toml"} == {
        ("contract.toml", "home_place"),
        ("contract.toml", "effective_from"),
        ("contract.toml", "per_diem_basis"),
        ("contract.toml", "percent_second_therapy"),
    }
    assert {tuple(place[1:]) for place in places if place[0] == "fees.csv"} == {
        ("line 3", "code"), ("line 3", "rate"), ("line 3", "effective_from"), ("line 4", "basis"),
        ("line 4", "source"), ("line 5", "rate"),
    }  # fmt: skip
    assert {tuple(place[1:]) for place in places if place[0] == "prices.csv"} == {
        ("line 2", "code"),
        ("line 3", "price"),
    }


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e9", "-0.01"])
def test_a_rate_is_a_plain_number(tmp_path: Path, number: str) -> None:
    told = faults(write(tmp_path, fees=FEES.replace("150.00", number)))
    assert told == ["fees.csv: line 2: rate: a number from 0 to 1,000,000 is wanted"]


def test_rows_that_contradict_each_other_are_named_by_their_lines(tmp_path: Path) -> None:
    told = faults(write(tmp_path, fees=FEES + "S9500,fee,160.00,2025-06-01,agreed\n"))
    assert told == ["fees.csv: lines 2 and 3 contradict each other: both hold on the same days"]


def test_rows_that_follow_each_other_are_taken(tmp_path: Path) -> None:
    fees = (
        "code,basis,rate,effective_from,effective_through,source\n"
        "S9500,fee,150,2025-01-01,2025-06-30,x\nS9500,fee,160,2025-07-01,,x\n"
    )
    (contract,) = read_contracts([write(tmp_path, fees=fees)])["P1"]
    assert [row.rate for row in contract.fees["S9500"]] == [150, 160]


def test_two_contracts_of_a_payer_on_one_day_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    other = tmp_path / "other.toml"
    other.write_text(TERMS.replace("2025-01-01", "2026-01-01"))
    told = faults(path, other)
    assert told == ["other.toml: payers: another contract of a payer is in force on the same days"]
    path.write_text(TERMS + "effective_through = 2025-12-31\n")
    assert len(read_contracts([path, other])["P1"]) == 2


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (TERMS.replace("fees.csv", "nothing.csv"), "nothing.csv: "),
        (TERMS.replace('fees = "fees.csv"\n', ""), "contract.toml: fees: "),
        (TERMS + "fees = 1", "contract.toml: "),
        (TERMS + "effective_through = 2024-01-01", "contract.toml: effective_through: "),
    ],
)
def test_a_contract_that_cannot_be_read_says_where(tmp_path: Path, terms: str, said: str) -> None:
    (told,) = faults(write(tmp_path, terms))
    assert told.startswith(said)


def test_settings_do_not_hold_contracts_themselves(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[contracts]\nP1 = []\n")
    with pytest.raises(ConfigError, match="contract_files"):
        read_run_settings(path)
