"""What Medicaid programs ask: look-ups, faulty rows of a user's file, the page that lists the programs."""

from datetime import date
from pathlib import Path

import pytest

from edi_hit.reference import Tables
from edi_hit.reference.layout import packaged_rows
from edi_hit.rules import ConfigError

ON = date(2025, 3, 5)
PAGE = Path(__file__).parents[2] / "docs" / "medicaid.md"


def asked(program: str, rule: str, code: str, on: date = ON) -> str | None:
    found = Tables.packaged().medicaid_rule(program, rule, code, on)
    return found.value if found else None


def test_the_row_of_a_code_comes_before_one_of_its_beginning_and_one_of_any(tmp_path: Path) -> None:
    path = tmp_path / "medicaid_rules.csv"
    path.write_text(
        "program,rule,code,value,effective_from,effective_through\n"
        "ST,units_a_month,,30,2025-01-01,\nST,units_a_month,A42,20,2025-01-01,\n"
        "ST,units_a_month,A4223,10,2025-01-01,2025-06-30\n"
    )
    tables = Tables.with_files([path])
    found = [tables.medicaid_rule("ST", "units_a_month", code, ON) for code in ("A4223", "A4222", "K0552")]
    assert [row.count for row in found if row] == [10, 20, 30]
    later = tables.medicaid_rule("ST", "units_a_month", "A4223", date(2025, 7, 1))
    assert later is not None
    assert later.count == 20
    assert tables.medicaid_rule("ST", "units_a_month", "A4223", date(2024, 12, 31)) is None


def test_packaged_rows_hold_on_their_days() -> None:
    assert asked("TX", "hours_between", "A4221") == "72"
    assert asked("TX", "hours_between", "A4221", date(2022, 2, 28)) is None
    assert asked("TX", "rental_months_a_year", "E0781", date(2022, 2, 28)) == "4"
    assert asked("TX", "rental_months_a_year", "E0781", date(2022, 3, 1)) == "10"
    assert asked("NY", "drug_channel", "J0696", date(2023, 3, 31)) is None
    assert asked("NY", "drug_channel", "B4150") == "pharmacy"
    assert asked("ZZ", "drug_channel", "J0696") is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ST,no_such_rule,,Y", "rule is not one of"),
        ("ST,units_a_month,A4222,many", "value is not a whole number above 0"),
        ("ST,units_a_month,A4222,0", "value is not a whole number above 0"),
        ("ST,drug_channel,,mail", "value is not one of pharmacy, medical"),
        ("ST,invoice_required,,N", "value is not one of Y"),
        (",invoice_required,,Y", "program is blank"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "medicaid_rules.csv"
    path.write_text(f"program,rule,code,value,effective_from,effective_through\n{row},2025-01-01,\n")
    with pytest.raises(ConfigError, match=f"line 2: .*{said}"):
        Tables.with_files([path])


def test_the_page_lists_every_program_that_was_read() -> None:
    read = {row["state_or_program"] for row in packaged_rows("medicaid_states")} - {"GENERAL"}
    rows = PAGE.read_text(encoding="utf-8").splitlines()
    for program in read:
        name = program.split(" (not")[0]
        assert any(line.startswith(f"| {name} |") for line in rows), program
    assert {row["program"] for row in packaged_rows("medicaid_rules")} <= set(read)
