"""Per diem codes, drug units and revenue codes as the rules read them."""

from edi_hit.reference import Tables
from edi_hit.reference.layout import packaged_rows

TABLES = Tables.packaged()


def test_every_code_of_the_tables_can_be_read() -> None:
    assert all(TABLES.therapy_code(row["hcpcs"]) for row in packaged_rows("s_codes"))
    assert all(TABLES.drug_unit(row["hcpcs"]) for row in packaged_rows("infusion_drugs_units"))


def test_a_parent_excludes_its_children_by_its_own_text() -> None:
    parent = TABLES.therapy_code("S9494")
    assert parent is not None
    children = {row.hcpcs for row in TABLES.therapy_codes("anti_infective") if row.parent == "S9494"}
    assert set(parent.excludes) == children == {"S9497", "S9500", "S9501", "S9502", "S9503", "S9504"}


def test_what_is_only_inferred_excludes_nothing() -> None:
    enteral = TABLES.therapy_code("S9340")
    assert enteral is not None
    assert enteral.excludes == ()


def test_the_meaning_of_a_revenue_code_is_that_of_the_cms_list() -> None:
    meanings = {row["revenue_code"]: row["gist"] for row in packaged_rows("revenue_codes_infusion")}
    assert meanings["0641"] == "Non-routine nursing, central line"
    assert meanings["0644"] == "Non-routine nursing, peripheral line"
