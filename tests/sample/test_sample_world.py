"""The invented world agrees with the reference tables wherever it names something real."""

from datetime import date

import pytest

from edi_hit.reference import Tables
from edi_hit.reference.layout import packaged_rows
from edi_hit.sample.draw import Draw
from edi_hit.sample.world import HomeArea, areas, setting, states, therapies, visit_codes

TABLES = Tables.packaged()
AREAS = [area for found in areas().values() for area in found]


@pytest.mark.parametrize("area", AREAS, ids=[f"{area.state}-{area.zip_prefix}" for area in AREAS])
def test_contractors_serve_the_state_in_every_year(area: HomeArea):
    for year in range(setting().first_day.year, setting().last_day.year + 1):
        localities = TABLES.localities_of_state(area.state, date(year, 7, 1))
        assert area.part_b_mac in {locality.mac for locality in localities}
    assert TABLES.contractor(area.part_b_mac).contractor_type == "AB_MAC_B"
    assert TABLES.contractor(area.dme_mac).contractor_type == "DME_MAC"


def test_states_are_told_apart_by_their_localities():
    assert set(states(True)) == {"CA", "NY", "TX"}
    assert set(states(False)) == set(areas()) - {"CA", "NY", "TX"}


def test_medicare_therapies_are_home_infusion_drugs_with_pump_and_supply():
    for therapy in therapies("medicare"):
        for on in (therapy.first_day, therapy.last_day):
            drug = TABLES.hit_drug(therapy.hcpcs, (therapy.modifier,), on)
            assert drug is not None, (therapy.hcpcs, on)
            assert drug.benefit == "permanent"
            assert drug.category == therapy.category
        assert TABLES.pump_code(therapy.pump).supports_hit == "Y"
        assert TABLES.pump_code(therapy.supply).supports_hit == "Y"
        assert {therapy.pump, therapy.supply} <= set(setting().charges)


def test_therapies_stop_with_their_code():
    days = {therapy.hcpcs: (therapy.first_day, therapy.last_day) for therapy in therapies("medicare")}
    assert days["J1170"] == (date(2021, 1, 1), date(2024, 9, 30))
    assert days["J1171"] == (date(2024, 10, 1), date(2025, 12, 31))
    assert days["J1551"] == (date(2022, 7, 1), date(2025, 12, 31))


def test_commercial_therapies_have_a_known_per_diem():
    known = {row["hcpcs"] for row in packaged_rows("s_codes") if row["billing_kind"] == "per_diem"}
    assert {therapy.per_diem for therapy in therapies("commercial")} <= known


def test_visit_codes_by_category_and_visit():
    assert visit_codes() == {
        (1, "initial"): "G0088",
        (2, "initial"): "G0089",
        (3, "initial"): "G0090",
        (1, "subsequent"): "G0068",
        (2, "subsequent"): "G0069",
        (3, "subsequent"): "G0070",
    }


def test_draws_stay_within_their_bounds():
    draw = Draw(5)
    assert {draw.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert {draw.pick("ab") for _ in range(50)} == {"a", "b"}
    assert {draw.day(date(2024, 2, 28), date(2024, 3, 1)).day for _ in range(200)} == {28, 29, 1}
    assert all(len(draw.digits(3)) == 3 for _ in range(200))
    assert not any(draw.happens(0) for _ in range(100))
    assert all(draw.happens(100) for _ in range(100))
