"""Which claim a visit goes on: every row of the decision table, and what it does not say."""

from datetime import date

import pytest

from edi_hit.benefits.coverage import Visit, VisitPath, claims_for, visit_paths


def visit(path: VisitPath) -> Visit:
    """A visit as a row describes it; any answer where the row takes all."""
    before = path.drug_class.startswith("HIT_DRUG (")
    return Visit(
        under_hh_plan_of_care=path.under_hh_plan_of_care,
        visit_content=path.visit_content,
        hha_is_qualified_hit_supplier=path.hha_is_qualified_hit_supplier.replace("*", "N"),
        visit_made_by=path.visit_made_by.replace("*", "HHA"),
        drug_class="HIT_DRUG" if before else path.drug_class.replace("*", "NON_HIT_DRUG"),
        on=date(2020, 12, 31) if before else date(2021, 1, 1),
    )


@pytest.mark.parametrize("path", visit_paths(), ids=lambda path: path.path_id)
def test_every_row_is_found_by_the_visit_it_describes(path: VisitPath) -> None:
    assert claims_for(visit(path)) == path


def test_there_are_sixteen_rows() -> None:
    assert [path.path_id for path in visit_paths()] == [f"HH-{number:02}" for number in range(1, 17)]


def test_a_visit_the_table_does_not_speak_of_is_not_known() -> None:
    assert claims_for(
        Visit(
            under_hh_plan_of_care="Y", visit_content="HIT_ONLY", hha_is_qualified_hit_supplier="Y",
            visit_made_by="HIT_SUPPLIER", drug_class="HIT_DRUG",
        )
    ) is None  # fmt: skip
