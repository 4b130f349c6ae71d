"""The packaged tables themselves: sourced, parseable, without gaps or overlaps, arithmetic right."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from edi_hit.reference import cents, parse_amount
from edi_hit.reference.code_texts import PLAIN_LISTS
from edi_hit.reference.layout import packaged_entries, packaged_rows
from edi_hit.reference.manifest import DATA, manifest
from edi_hit.reference.user_files import USER_LAYOUTS

Row = Mapping[str, str]

INFOS = manifest()
PACKAGED = [name for name, info in INFOS.items() if info.file]
DATE_COLUMNS = (
    "effective_from",
    "effective_through",
    "stopped_on",
    "captured_on",
    "add_date",
    "action_eff_date",
)
AMOUNT_COLUMNS = (
    "national_amount", "amount", "percent", "work_gpci", "pe_gpci", "mp_gpci", "gaf", "work_weight",
    "pe_weight", "mp_weight", "update_pct", "cpi_u_june_pct", "productivity_pct", "unit_qty",
)  # fmt: skip
MAY_BE_BLANK = {"cpi_u_june_pct", "productivity_pct", "unit_qty"}
SURE_COLUMNS = ("confidence", "status", "verification", "basis")
CONTINUOUS = [
    "sequestration",
    "part_b_deductible",
    "hit_rates",
    "hit_update_factors",
    "gaf_weights",
    "hit_drugs",
]


def rows(name: str) -> tuple[Row, ...]:
    return packaged_rows(name)


def span(row: Row) -> tuple[date, date]:
    if "calendar_year" in row:
        year = int(row["calendar_year"])
        return date(year, 1, 1), date(year, 12, 31)
    begin, end = row.get("effective_from"), row.get("effective_through")
    return date.fromisoformat(begin or "0001-01-01"), date.fromisoformat(end or "9999-12-31")


def spans_by_key(name: str) -> dict[tuple[str, ...], list[tuple[date, date]]]:
    found: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    for row in rows(name):
        found.setdefault(tuple(row[column] for column in INFOS[name].key), []).append(span(row))
    return {key: sorted(spans) for key, spans in found.items()}


def test_every_data_file_is_in_the_manifest_and_back() -> None:
    on_disk = {entry.name for entry in DATA.iterdir() if entry.name.endswith(".csv")}
    assert on_disk == {info.file for info in INFOS.values() if info.file}
    assert all(info.title and info.how_to_load.endswith(".") for info in INFOS.values())


@pytest.mark.parametrize("name", PACKAGED)
def test_every_row_names_its_source_and_how_sure_it_is(name: str) -> None:
    table = rows(name)
    assert table
    for row in table:
        assert row["source"].strip(), row
        sure = next((row[column] for column in SURE_COLUMNS if column in row), "")
        assert sure.strip() or row["source"].startswith("computed from "), row
        assert ".md" not in row["source"], row


@pytest.mark.parametrize("name", PACKAGED)
def test_dates_and_amounts_can_be_read(name: str) -> None:
    for row in rows(name):
        for column in DATE_COLUMNS:
            if row.get(column):
                assert date.fromisoformat(row[column]).isoformat() == row[column]
        for column in AMOUNT_COLUMNS:
            if column in row and (row[column] or column not in MAY_BE_BLANK):
                parse_amount(row[column])
        first, last = span(row)
        assert first <= last


@pytest.mark.parametrize("name", PACKAGED)
def test_no_two_rows_of_one_key_share_a_day(name: str) -> None:
    for key, spans in spans_by_key(name).items():
        for (_, ended), (begun, _) in pairwise(spans):
            assert ended < begun, key


@pytest.mark.parametrize("name", CONTINUOUS)
def test_rows_of_one_key_follow_one_another_without_a_gap(name: str) -> None:
    for key, spans in spans_by_key(name).items():
        for (_, ended), (begun, _) in pairwise(spans):
            assert ended + timedelta(days=1) == begun, key


@pytest.mark.parametrize("name", ["sequestration", "part_b_deductible", "hit_rates", "hit_gaf"])
def test_tables_of_money_reach_the_date_they_are_checked_through(name: str) -> None:
    assert (
        max(last for spans in spans_by_key(name).values() for _, last in spans) >= INFOS[name].checked_through
    )


@pytest.mark.parametrize("name", [name for name in PACKAGED if name in USER_LAYOUTS])
def test_rows_become_values_under_the_manifest_key(name: str) -> None:
    entries = packaged_entries(USER_LAYOUTS[name])
    assert [entry.key for entry in entries] == [
        tuple(row[column] for column in INFOS[name].key) for row in rows(name)
    ]
    assert not any(entry.loaded for entry in entries)


@pytest.mark.parametrize("layout", PLAIN_LISTS, ids=lambda layout: layout.name)
def test_plain_lists_say_something_about_every_code(layout) -> None:
    entries = packaged_entries(layout)
    assert len(entries) == len(rows(layout.name))
    assert all(entry.value.text and entry.value.kind for entry in entries)


def test_every_year_has_every_locality_once() -> None:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows("hit_gaf"):
        assert re.fullmatch(r"[0-9]{5}", row["mac"])
        assert re.fullmatch(r"[0-9]{2}", row["locality_number"])
        assert re.fullmatch(r"[A-Z]{2}", row["state"])
        found.setdefault(row["calendar_year"], set()).add((row["mac"], row["locality_number"]))
    assert {year: len(keys) for year, keys in found.items()} == {
        "2019": 112, "2020": 112, "2021": 112, "2022": 112, "2023": 112, "2024": 109, "2025": 109,
    }  # fmt: skip


def test_a_locality_stays_in_its_state() -> None:
    states: dict[tuple[str, str], set[str]] = {}
    for row in rows("hit_gaf"):
        states.setdefault((row["mac"], row["locality_number"]), set()).add(row["state"])
    assert all(len(found) == 1 for found in states.values())


def test_localities_with_counties_are_those_with_factors() -> None:
    with_factor = {(r["mac"], r["locality_number"]) for r in rows("hit_gaf") if r["calendar_year"] == "2025"}
    with_counties = {(r["mac"], r["locality_number"]) for r in rows("pfs_locality_counties")}
    assert with_counties == with_factor


def test_factors_are_the_weighted_gpcis() -> None:
    (weights,) = rows("gaf_weights")
    shares = [Decimal(weights[column]) for column in ("work_weight", "pe_weight", "mp_weight")]
    assert sum(shares) == 1
    for row in rows("hit_gaf"):
        gpcis = [Decimal(row[column]) for column in ("work_gpci", "pe_gpci", "mp_gpci")]
        factor = sum((share * gpci for share, gpci in zip(shares, gpcis, strict=True)), Decimal(0))
        assert Decimal(row["gaf"]) == factor.quantize(Decimal("0.001"), ROUND_HALF_UP), row
        assert row["status"] == "computed"


def hit_rate_rows() -> dict[tuple[int, str], Row]:
    return {
        (int(row["calendar_year"]), row["hcpcs"]): row for row in rows("hit_rates") if row["hcpcs"][0] == "G"
    }


def test_amounts_of_2019_to_2021_are_their_arithmetic() -> None:
    checked = 0
    for (year, _), row in hit_rate_rows().items():
        if year <= 2021:
            assert from_arithmetic(row["arithmetic"], hours_added=4 if year == 2021 else 3) == Decimal(
                row["national_amount"]
            )
            checked += 1
    assert checked == 12


def from_arithmetic(text: str, hours_added: int) -> Decimal:
    """Work out a line such as `96365 2.11x34.8931=73.62; 96366 0.64x34.8931=22.33; ...; x1.20`."""
    products = re.findall(r"\d{5} ([\d.]+)x([\d.]+)=([\d.]+)", text)
    assert len(products) == 2
    for rvu, factor, product in products:
        assert cents(Decimal(rvu) * Decimal(factor)) == Decimal(product)
    first, added = (Decimal(product) for _, _, product in products)
    assert f"+{hours_added}x" in text
    amount = first + hours_added * added
    if higher := re.search(r"x(1\.20)$", text):
        return cents(amount * Decimal(higher[1]))
    if lower := re.search(r"x\(1-(0\.\d+)\)$", text):
        return cents(amount * (1 - Decimal(lower[1])))
    return amount


def test_amounts_from_2022_are_the_year_before_with_its_update() -> None:
    amounts = hit_rate_rows()
    updates = {
        int(row["calendar_year"]): Decimal(row["update_pct"]) / 100 for row in rows("hit_update_factors")
    }
    for (year, hcpcs), row in amounts.items():
        if year >= 2022:
            before = Decimal(amounts[year - 1, hcpcs]["national_amount"])
            assert Decimal(row["national_amount"]) == cents(before * (1 + updates[year])), row
            assert row["status"] == "computed"
    assert len(amounts) == 3 * 2 + 6 * 6


def test_updates_are_price_growth_less_productivity_where_both_are_known() -> None:
    for row in rows("hit_update_factors"):
        if row["cpi_u_june_pct"]:
            split = Decimal(row["cpi_u_june_pct"]) - Decimal(row["productivity_pct"])
            assert split == Decimal(row["update_pct"])


def test_computed_ivig_amounts_are_their_arithmetic() -> None:
    computed = [row for row in rows("hit_rates") if row["hcpcs"] == "Q2052" and row["status"] == "computed"]
    assert len(computed) == 2
    for row in computed:
        before, factor = row["arithmetic"].split(" x ")
        assert cents(Decimal(before) * Decimal(factor)) == Decimal(row["national_amount"])


def test_adjustment_reasons_limited_to_groups_name_known_groups() -> None:
    groups = {row["code"] for row in rows("group_codes")}
    limited = [row["group_only"].split() for row in rows("carc") if row["group_only"]]
    assert limited
    assert all(group in groups for names in limited for group in names)


def test_a_stopped_code_has_its_day_and_no_other_has() -> None:
    for name in ("carc", "rarc"):
        assert all((row["status"] == "stopped") == bool(row["stopped_on"]) for row in rows(name))
        assert len(rows(name)) == {"carc": 405, "rarc": 1171}[name]
