import json
from decimal import Decimal
from pathlib import Path

import pytest
from edi_hit_command import edi_hit


def price(*arguments: str) -> dict[str, object]:
    done = edi_hit("price", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_worked_example() -> None:
    found = price("G0068", "--on", "2025-03-05", "--locality", "10112-00", "--charge", "250")
    assert found["national"] == "192.97"
    assert found["gaf"] == "0.923"
    assert found["fee"] == "178.11"
    assert found["charge"] == "250.00"
    assert found["allowed"] == "178.11"
    assert found["rate_status"] == "computed"
    assert any("192.97 x 0.923 = 178.11" in step for step in found["steps"])
    assert len(found["sources"]) == 2
    assert all(found["sources"])


def test_a_charge_below_the_fee_is_what_is_allowed() -> None:
    found = price("G0068", "--on", "2025-03-05", "--state", "AL", "--charge", "100.50")
    assert (found["fee"], found["allowed"]) == ("178.11", "100.50")


def test_without_a_charge_the_fee_is_allowed() -> None:
    found = price("g0068", "--on", "2025-03-05", "--state", "al")
    assert (found["charge"], found["allowed"]) == (None, "178.11")


def test_a_year_without_factors_names_the_table_and_how_to_load_it() -> None:
    done = edi_hit("price", "G0068", "--on", "2026-03-05", "--locality", "10112-00")
    assert done.returncode == 4
    assert "hit_gaf" in done.stderr
    assert "--tables" in done.stderr
    assert done.stdout == ""


def test_cms_files_of_2026_over_ours_price_it(tmp_path: Path) -> None:
    (tmp_path / "GPCI2026.csv").write_text(
        "ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs)\n\n"
        "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
        "2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n"
        "10112,AL,0,ALABAMA,1.0,0.870,0.600\n"
        "* a footer note\n"
    )
    (tmp_path / "gaf_weights.csv").write_text(
        "effective_from,effective_through,work_weight,pe_weight,mp_weight,source,confidence\n"
        "2026-01-01,2026-12-31,0.50866,0.44839,0.04295,the note to Addendum D,read there\n"
    )
    done = edi_hit(
        "price",
        "G0068",
        "--on",
        "2026-03-05",
        "--locality",
        "10112-00",
        "--tables",
        tmp_path,
        "--format",
        "json",
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    factor = Decimal("0.50866") + Decimal("0.44839") * Decimal("0.870") + Decimal("0.04295") * Decimal("0.6")
    assert found["gaf"] == str(round(factor, 3))
    assert found["rate_status"] == "computed"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--state", "CA", "--zip", "90001"), 0, "01182-18"),
        (("--zip", "90001"), 0, "01182-18"),
        (("--state", "AL", "--zip", "90001"), 2, "another state"),
        (("--state", "CA", "--zip", "90002"), 4, "29 localities"),
    ],
)
def test_a_zip_file_places_the_home(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    path = tmp_path / "zip_locality.csv"
    path.write_text("zip_code,state,mac,locality_number,year_quarter\n90001,CA,01182,18,20251\n")
    done = edi_hit("price", "G0068", "--on", "2025-03-05", *arguments, "--tables", path)
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("G0068", "--on", "2025-03-05"), 2, "give the locality"),
        (("G0068", "--on", "2025-02-30", "--state", "AL"), 2, "2025-02-30"),
        (("G0068", "--on", "2025-03-05", "--locality", "1011200"), 2, "locality"),
        (("G0068", "--on", "2025-03-05", "--locality", "10112-00", "--state", "AL"), 2, "not both"),
        (("G0068", "--on", "2025-03-05", "--state", "AL", "--charge", "1e3"), 2, "dollars"),
        (("G0068", "--on", "2025-03-05", "--state", "AL", "--charge", "-5"), 2, "negative"),
        (("G0068", "--on", "2025-03-05", "--state", "AL", "--charge", "9" * 29), 2, "too long"),
        (("G0068", "--on", "2025-03-05", "--state", "AL", "--charge", "1.005"), 2, "whole cents"),
        (("G0068", "--on", "2025-03-05", "--state", "ZZ"), 2, "none that the tables know"),
        (("G0068", "--on", "2025-03-05", "--state", "ON", "--zip", "36201"), 2, "none that the tables know"),
        (("G0068", "--on", "2026-03-05", "--state", "Alabama"), 2, "none that the tables know"),
        (("G0068", "--on", "2025-03-05", "--state", ""), 2, "none that the tables know"),
        (("G0068", "--on", "2025-03-05", "--state", "AL", "--zip", "abc"), 2, "five nor nine digits"),
        (("G0068", "--on", "2025-03-05", "--zip", "abc"), 2, "five nor nine digits"),
        (("G0068", "--on", "2025-03-05", "--locality", "10112-00", "--zip", ""), 2, "not both"),
        (("J1250", "--on", "2025-03-05", "--state", "AL"), 2, "not a home infusion"),
        (("G0088", "--on", "2020-12-31", "--state", "AL"), 2, "not valid on"),
        (("G0068", "--on", "2018-12-31", "--state", "AL"), 2, "not valid on"),
        (("G0068", "--on", "2025-03-05", "--state", "CA"), 4, "29 localities"),
        (("G0068", "--on", "2025-03-05", "--zip", "35203"), 4, "zip_locality"),
        (("G0068", "--on", "2025-03-05", "--locality", "99999-00"), 4, "no locality"),
    ],
)
def test_what_cannot_be_priced_is_said_in_a_line_with_its_exit_code(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = edi_hit("price", *arguments)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "fee", "paid"),
    [
        (("G0068", "--on", "2019-01-01", "--charge", "200"), "138.74", "108.77"),
        (("G0068", "--on", "2020-12-31", "--charge", "200"), "138.21", "110.57"),
        (("G0068", "--on", "2021-01-01", "--state", "AL", "--charge", "250"), "152.09", "121.67"),
        (("Q2052", "--on", "2023-12-31"), "408.23", "320.05"),
        (("Q2052", "--on", "2024-01-01", "--charge", "500"), "420.48", "329.65"),
        (("G0068", "--on", "2025-03-05", "--state", "AL", "--charge", "250"), "178.11", "139.64"),
    ],
)
def test_a_trace_leads_to_the_payment_where_the_deductible_is_met(
    arguments: tuple[str, ...], fee: str, paid: str
) -> None:
    found = price(*arguments, "--trace")
    assert (found["fee"], found["payment"]["paid"]) == (fee, paid)
    for one in found["parameters"]:
        assert one["source"]
        assert one["confidence"]
        assert one["effective_from"]


def test_a_trace_names_every_parameter() -> None:
    found = price("G0068", "--on", "2025-03-05", "--locality", "10112-00", "--trace")
    assert [one["name"] for one in found["parameters"]] == [
        "code G0068",
        "national amount",
        "geographic factor of 10112-00 ALABAMA",
        "work GPCI",
        "practice expense GPCI",
        "malpractice GPCI",
        "weights of the GPCIs",
        "Part B deductible of 2025",
        "coinsurance",
        "sequestration",
    ]
    text = edi_hit("price", "G0068", "--on", "2025-03-05", "--state", "AL", "--trace").stdout
    assert "HIT-PAY-SEQ: 2% of 142.49 = 2.85" in text
    assert "sequestration: 2%, from 2022-07-01 on" in text


def test_an_amount_without_geographic_adjustment_needs_no_locality() -> None:
    found = price("G0069", "--on", "2020-03-05")
    assert (found["locality"], found["gaf"], found["allowed"]) == (None, None, "208.60")
    assert found["rate_status"] == "computed"
    assert price("Q2052", "--on", "2024-06-01")["rate_status"] == "published"
