import doctest
from datetime import date
from decimal import Decimal

import pytest

from edi_hit.reference import AddressError, Locality, Tables
from edi_hit.reference import locality as locality_module
from edi_hit.reference.layout import packaged_rows
from edi_hit.reference.manifest import manifest
from edi_hit.rules import ReferenceDataMissing

ON = date(2025, 3, 5)
ALABAMA = Locality.parse("10112-00")


@pytest.fixture
def tables() -> Tables:
    return Tables.packaged()


def test_packaged_tables_are_one_object() -> None:
    assert Tables.packaged() is Tables.packaged()


def test_nothing_is_read_before_it_is_asked_for() -> None:
    tables = Tables()
    tables.sequestration(ON)
    assert {layout.name for layout in tables._store._tables} == {"sequestration"}


def test_a_file_read_in_two_ways_is_two_tables() -> None:
    tables = Tables()
    assert tables.drug_unit("J1559") is not None
    assert "drug billing unit" in [text.kind for text in tables.describe("J1559")]


def test_locality_is_written_as_it_is_read() -> None:
    assert str(Locality.parse("01112-05")) == "01112-05"
    assert doctest.testmod(locality_module).attempted > 0
    assert doctest.testmod(locality_module).failed == 0


@pytest.mark.parametrize(
    "text", ["", "1112-05", "10112", "10112/00", "10112-0", "10112-000", " 10112-00", "1011a-00"]
)
def test_other_forms_of_a_locality_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="five digits"):
        Locality.parse(text)


@pytest.mark.parametrize(
    ("hcpcs", "on", "amount"),
    [
        ("G0068", date(2025, 3, 5), "192.97"),
        ("G0068", date(2019, 1, 1), "138.74"),
        ("G0070", date(2020, 12, 31), "234.59"),
        ("G0088", date(2021, 1, 1), "195.53"),
        ("G0090", date(2026, 12, 31), "402.39"),
    ],
)
def test_national_amounts(tables: Tables, hcpcs: str, on: date, amount: str) -> None:
    rate = tables.hit_rate(hcpcs, on)
    assert rate.amount == Decimal(amount)
    assert rate.status == "computed"
    assert rate.year == on.year
    assert rate.source
    assert rate.arithmetic


def test_a_published_amount_is_not_called_computed(tables: Tables) -> None:
    assert tables.hit_rate("Q2052", date(2024, 6, 1)).status == "published"
    assert tables.hit_rate("Q2052", ON).status == "computed"


@pytest.mark.parametrize(
    ("hcpcs", "on"), [("G0088", date(2020, 12, 31)), ("G0068", date(2027, 1, 1)), ("G0000", ON)]
)
def test_an_amount_that_is_not_there_is_missing(tables: Tables, hcpcs: str, on: date) -> None:
    with pytest.raises(ReferenceDataMissing) as missing:
        tables.hit_rate(hcpcs, on)
    assert missing.value.table == "hit_rates"
    assert missing.value.exit_code == 4
    assert "Home Infusion Therapy rate file" in missing.value.hint


def test_factor_of_a_locality(tables: Tables) -> None:
    gaf = tables.gaf(ALABAMA, ON)
    assert gaf.factor == Decimal("0.923")
    assert (gaf.locality_name, gaf.state, gaf.year, gaf.status) == ("ALABAMA", "AL", 2025, "computed")
    assert gaf.arithmetic == "0.50866 x 1.0 + 0.44839 x 0.869 + 0.04295 x 0.575"


@pytest.mark.parametrize("locality", ["10112-00", "02102-01", "99999-99"])
def test_no_factor_of_2026_is_packaged(tables: Tables, locality: str) -> None:
    with pytest.raises(
        ReferenceDataMissing, match="no geographic adjustment factors for 2026 are loaded"
    ) as missing:
        tables.gaf(Locality.parse(locality), date(2026, 1, 1))
    assert missing.value.table == "hit_gaf"
    assert missing.value.exit_code == 4
    assert locality in str(missing.value)
    assert "Addendum" in missing.value.hint


def test_a_locality_that_ended_is_told_from_a_year_without_factors(tables: Tables) -> None:
    assert tables.gaf(Locality.parse("01112-06"), date(2023, 12, 31)).factor > 1
    with pytest.raises(ReferenceDataMissing, match="there is no locality 01112-06 in 2024"):
        tables.gaf(Locality.parse("01112-06"), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("on", "percent"),
    [
        (date(2013, 4, 1), "2"),
        (date(2020, 4, 30), "2"),
        (date(2020, 5, 1), "0"),
        (date(2021, 6, 1), "0"),
        (date(2022, 3, 31), "0"),
        (date(2022, 4, 1), "1"),
        (date(2022, 5, 1), "1"),
        (date(2022, 6, 30), "1"),
        (date(2022, 7, 1), "2"),
        (date(2025, 3, 5), "2"),
        (date(2026, 12, 31), "2"),
    ],
)
def test_sequestration(tables: Tables, on: date, percent: str) -> None:
    assert tables.sequestration(on).percent == Decimal(percent)


@pytest.mark.parametrize("on", [date(2013, 3, 31), date(2027, 1, 1)])
def test_sequestration_outside_the_table_is_unknown(tables: Tables, on: date) -> None:
    with pytest.raises(ReferenceDataMissing) as missing:
        tables.sequestration(on)
    assert missing.value.table == "sequestration"


def test_deductible_is_the_years(tables: Tables) -> None:
    assert tables.part_b_deductible(date(2024, 12, 31)).amount == Decimal("240.00")
    assert tables.part_b_deductible(date(2025, 1, 1)).amount == Decimal("257.00")
    assert "UNVERIFIED" in tables.part_b_deductible(ON).confidence
    with pytest.raises(ReferenceDataMissing):
        tables.part_b_deductible(date(2018, 12, 31))


def test_g_codes(tables: Tables) -> None:
    assert tables.hit_codes() == {"G0068", "G0069", "G0070", "G0088", "G0089", "G0090"}
    old = tables.hit_code("G0069", date(2020, 12, 31))
    new = tables.hit_code("G0069", date(2021, 1, 1))
    assert old is not None
    assert new is not None
    assert (old.category, old.visit_type, old.benefit) == (2, "any", "transitional")
    assert (new.category, new.visit_type, new.benefit) == (2, "subsequent", "permanent")
    assert tables.hit_code("G0090", ON).visit_type == "initial"
    assert tables.hit_code("G0088", date(2020, 12, 31)) is None
    assert tables.hit_code("G0068", date(2018, 12, 31)) is None
    assert tables.hit_code("Q2052", ON) is None


def test_a_g_code_beyond_the_checked_date_is_not_certain(tables: Tables) -> None:
    assert tables.hit_code("G0068", date(2026, 11, 21)).certain
    assert not tables.hit_code("G0068", date(2026, 11, 22)).certain


@pytest.mark.parametrize(
    ("hcpcs", "modifiers", "on", "category"),
    [
        ("J2260", [], ON, 1),
        ("J9190", ["JW"], ON, 3),
        ("J1559", ["JB"], ON, 2),
        ("J1559", ["KX", "JB"], date(2019, 1, 1), 2),
        ("J7799", ["JB"], ON, 2),
        ("J7799", [], ON, None),
    ],
)
def test_category_of_a_drug(
    tables: Tables, hcpcs: str, modifiers: list[str], on: date, category: int | None
) -> None:
    drug = tables.hit_drug(hcpcs, modifiers, on)
    assert drug is not None
    assert drug.category == category


def test_a_subcutaneous_drug_without_its_modifier_is_not_found_but_shown(tables: Tables) -> None:
    assert tables.hit_drug("J1555", [], ON) is None
    (row,) = tables.hit_drug_rows("J1555", ON)
    assert row.modifier_required == "JB"
    assert len(tables.hit_drug_rows("J7799", ON)) == 2


def test_a_drug_is_on_the_list_for_its_days_only(tables: Tables) -> None:
    assert tables.hit_drug("J1170", [], date(2024, 9, 30)) is not None
    assert tables.hit_drug("J1170", [], date(2024, 10, 1)) is None
    assert tables.hit_drug("J1171", [], date(2024, 10, 1)) is not None
    assert tables.hit_drug("J1171", [], date(2024, 9, 30)) is None


def test_how_sure_a_drug_is(tables: Tables) -> None:
    assert tables.hit_drug("J9000", [], ON).certain
    assert not tables.hit_drug("J9200", [], ON).certain
    assert not tables.hit_drug("J2260", [], ON).certain
    assert tables.hit_drug("J2260", [], date(2020, 1, 1)).certain
    assert not tables.hit_drug("J9000", [], date(2026, 6, 1)).certain
    assert tables.hit_drug("J3490", [], ON).benefit == "neither"


def test_a_missing_drug_is_no_while_the_list_is_checked_and_unknown_after(tables: Tables) -> None:
    assert tables.is_checked("hit_drugs", ON)
    assert not tables.is_checked("hit_drugs", date(2026, 6, 1))
    assert tables.checked_through("hit_drugs") == date(2026, 1, 25)


@pytest.mark.parametrize(
    ("state", "on", "localities"),
    [
        ("AL", ON, ["10112-00"]),
        ("al", ON, ["10112-00"]),
        ("VA", ON, ["11302-00", "12202-01"]),
        ("MD", ON, ["12202-01", "12302-01", "12302-99"]),
        ("DC", date(2019, 5, 1), ["12202-01"]),
        ("GU", ON, ["01212-01"]),
        ("MO", date(2020, 5, 1), ["05302-01", "05302-02", "05302-99"]),
        ("XX", ON, []),
        ("AL", date(2026, 5, 1), []),
    ],
)
def test_localities_of_a_state(tables: Tables, state: str, on: date, localities: list[str]) -> None:
    assert [str(locality) for locality in tables.localities_of_state(state, on)] == localities


def test_a_state_of_one_locality_needs_no_zip_code(tables: Tables) -> None:
    assert tables.locality_of_home("AL", "36201", ON) == ALABAMA
    assert tables.locality_of_home("AL", None, ON) == ALABAMA


@pytest.mark.parametrize("state", ["ZZ", "ON", "Alabama", "", "A", "ALABAMA", "A L"])
@pytest.mark.parametrize("on", [ON, date(2026, 5, 1)])
def test_a_state_that_no_table_knows_is_a_wrong_address(tables: Tables, state: str, on: date) -> None:
    with pytest.raises(AddressError, match="the state of the home is none that the tables know"):
        tables.locality_of_home(state, None, on)


@pytest.mark.parametrize(
    "zip_code", ["abc", "3620", "36201-", "36201-12", "3620112345", "", " ", "36201\u0661"]
)
@pytest.mark.parametrize("on", [ON, date(2026, 5, 1)])
def test_a_zip_code_of_another_form_is_refused_without_any_table(
    tables: Tables, zip_code: str, on: date
) -> None:
    for look_up in (
        lambda: tables.locality_of_home("AL", zip_code, on),
        lambda: tables.locality_of_zip(zip_code, on),
    ):
        with pytest.raises(AddressError, match="neither five nor nine digits"):
            look_up()


def test_a_state_of_several_localities_needs_the_zip_code_table(tables: Tables) -> None:
    for state in ("CA", "VA"):
        with pytest.raises(ReferenceDataMissing) as missing:
            tables.locality_of_home(state, "94103", ON)
        assert missing.value.table == "zip_locality"
        assert "ZIP5" in missing.value.hint
    with pytest.raises(ReferenceDataMissing, match="2026") as missing:
        tables.locality_of_home("AL", "36201", date(2026, 1, 1))
    assert missing.value.table == "hit_gaf"


def test_a_zip_code_without_its_table_is_missing(tables: Tables) -> None:
    with pytest.raises(ReferenceDataMissing) as missing:
        tables.locality_of_zip("36201", ON)
    assert missing.value.table == "zip_locality"
    with pytest.raises(ReferenceDataMissing):
        tables.checked_through("zip_locality")
    with pytest.raises(ValueError, match="neither five nor nine"):
        tables.locality_of_zip("362", ON)


def test_pumps_and_contractors(tables: Tables) -> None:
    assert tables.pump_code("E0781").supports_hit == "Y"
    assert tables.pump_code("E0784").insulin_only
    assert tables.pump_code("A4305").supports_hit == "N"
    assert tables.pump_code("E9999") is None
    assert tables.contractor("10112").contractor_type == "AB_MAC_B"
    assert tables.contractor("18003").contractor_type == "DME_MAC"
    assert tables.contractor("60054") is None


def test_codes_of_a_remittance(tables: Tables) -> None:
    assert tables.carc("45").active
    assert tables.carc("1").gist == "deductible"
    assert tables.carc("9999") is None
    assert tables.rarc("N822") is not None
    assert tables.carc("253").captured_on == date(2024, 6, 18)
    assert tables.group_code("PR").valid_in_5010
    assert not tables.group_code("CR").valid_in_5010
    assert tables.claim_status_code("22").gist
    assert tables.claim_status_code("5") is None


def test_a_stopped_code_was_usable_before(tables: Tables) -> None:
    stopped = tables.rarc("M78")
    assert not stopped.active
    assert stopped.stopped_on is not None
    assert not stopped.usable_on(stopped.stopped_on)
    assert stopped.usable_on(date(2000, 1, 1))


def test_what_the_tables_say_of_a_code(tables: Tables) -> None:
    kinds = [text.kind for text in tables.describe("J1559")]
    assert kinds == ["home infusion drug", "home infusion drug", "drug billing unit"]
    spoken = tables.describe("G0068")
    assert {text.effective_from for text in spoken} >= {date(2019, 1, 1), date(2021, 1, 1)}
    assert any("192.97 dollars (computed)" in text.text for text in spoken)
    assert all(text.source and text.confidence and text.code == "G0068" for text in spoken)
    assert [text.kind for text in tables.describe("1")] == [
        "adjustment reason (CARC)",
        "claim status (CLP02)",
    ]
    assert tables.describe("NO SUCH CODE") == []


def test_every_table_of_the_manifest_can_be_read_through() -> None:
    for info in manifest().values():
        assert bool(packaged_rows(info.name)) == bool(info.file)
    with pytest.raises(KeyError):
        packaged_rows("no_such_table")
