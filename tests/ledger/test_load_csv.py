"""CSV into the ledger: all rows or none, every fault with its line; templates that load as they are."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from edi_hit.ledger import load_csv, loadable_tables, open_ledger, template
from edi_hit.ledger.loadable import csv_columns
from edi_hit.rules import ConfigError

ON = date(2025, 8, 1)
COVERAGE = "member_id,kind,effective_from,effective_through\n"


def write(folder: Path, text: str, name: str = "in.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def load(address: str, *paths: Path, table: str | None = None) -> list[tuple[str, int]]:
    with open_ledger(address) as ledger, ledger.transaction() as connection:
        return [(file.table, file.rows) for file in load_csv(connection, paths, ON, table)]


def rows(address: str, table: str) -> list[tuple[object, ...]]:
    chosen = loadable_tables()[table]
    with open_ledger(address) as ledger, ledger.reading() as connection:
        return [tuple(row) for row in connection.execute(select(chosen).order_by(*chosen.primary_key))]


def refused(address: str, *paths: Path, table: str | None = None) -> list[str]:
    with pytest.raises(ConfigError) as told:
        load(address, *paths, table=table)
    return str(told.value).splitlines()


def test_every_table_loads_its_own_example(ledger_address: str, tmp_path: Path) -> None:
    for name, table in loadable_tables().items():
        example = ",".join(f'"{column.example}"' for column in csv_columns(table).values())
        path = write(tmp_path, template(name) + example + "\n", f"{name}-x.csv")
        assert load(ledger_address, path) == [(name, 1)]
        assert load(ledger_address, path) == [(name, 1)]
        assert len(rows(ledger_address, name)) == 1, "loaded twice, held once"


def test_values_are_held_exactly(ledger_address: str, tmp_path: Path) -> None:
    path = write(
        tmp_path, "member_id,calendar_year,met,known_on\n1eg4 te5 mk73,2025,123456789.01,2025-03-01\n"
    )
    load(ledger_address, path)
    (row,) = rows(ledger_address, "deductible")
    assert row == ("1EG4TE5MK73", 2025, Decimal("123456789.01"), date(2025, 3, 1))


def test_a_row_replaces_the_one_about_the_same(ledger_address: str, tmp_path: Path) -> None:
    load(ledger_address, write(tmp_path, COVERAGE + "1EG4TE5MK73,hospice,2025-01-01,\n"))
    load(ledger_address, write(tmp_path, COVERAGE + "1EG4TE5MK73,hospice,2025-01-01,2025-02-01\n"))
    (row,) = rows(ledger_address, "coverage")
    assert row[-1] == date(2025, 2, 1)


def test_all_faults_are_listed_with_their_lines_and_nothing_is_loaded(
    ledger_address: str, tmp_path: Path
) -> None:
    text = COVERAGE + (
        "1EG4TE5MK73,part_b,2025-01-01,2025-06-30\n"
        "1EG4TE5MK73,part_b,2025-06-30,\n"
        "UNKNOWN,part_z,2025-02-30,\n"
        "2FH5UF6NM81,part_b,2025-02-01,2025-01-01\n"
        "3GJ6VG7PN92,part_b,2025-02-01,2025-03-01\n"
        "3GJ6VG7PN92,part_b,2025-02-01,2025-03-01\n"
    )
    assert refused(ledger_address, write(tmp_path, text)) == [
        "in.csv: line 3: its span overlaps that of line 2",
        "in.csv: line 4: effective_from is not a date written YYYY-MM-DD",
        "in.csv: line 4: kind is not one of part_b, medicare_advantage, hospice, inpatient, home_health",
        "in.csv: line 4: member_id names nobody",
        "in.csv: line 5: effective_through is before effective_from",
        "in.csv: line 7: says again of what line 6 is about",
        "nothing was loaded",
    ]
    assert rows(ledger_address, "coverage") == []


def test_a_span_may_not_overlap_one_in_the_ledger(ledger_address: str, tmp_path: Path) -> None:
    load(ledger_address, write(tmp_path, COVERAGE + "1EG4TE5MK73,part_b,2025-02-01,2025-03-31\n"))
    for first, last in (("2025-03-31", ""), ("2025-01-01", "2025-02-01"), ("2025-01-01", "")):
        text = COVERAGE + f"2FH5UF6NM81,part_b,2025-01-01,\n1EG4TE5MK73,part_b,{first},{last}\n"
        said = refused(ledger_address, write(tmp_path, text))
        assert said[0] == "in.csv: line 3: its span overlaps that of a row in the ledger"
    apart = COVERAGE + "1EG4TE5MK73,part_b,2025-04-01,\n1EG4TE5MK73,inpatient,2025-03-01,2025-03-05\n"
    load(ledger_address, write(tmp_path, apart))
    assert len(rows(ledger_address, "coverage")) == 3


WRONG_CELLS = [
    # table, cells of one row, what is said of them
    ("enrolment", "1234567890,D6,2025-01-01,", "npi: the check digit of the NPI is wrong"),
    ("enrolment", "1234567893,D7,2025-01-01,", "kind is not one of D6, pump_pharmacy"),
    ("licence", "1234567893,ALA,2025-01-01,", "state is not a state of two letters"),
    ("deductible", "1EG4TE5MK73,2025,12.345,2025-03-01", "met is negative, not in whole cents or too large"),
    ("deductible", "1EG4TE5MK73,2025,-1,2025-03-01", "met is negative, not in whole cents or too large"),
    ("deductible", "1EG4TE5MK73,2025,1e3,2025-03-01", "met is not a plain decimal amount"),
    ("deductible", "1EG4TE5MK73,25,1,2025-03-01", "calendar_year is not a year"),
    ("visit_record", "1EG4TE5MK73,2025-01-10,Y,yes,N", "drug_given is not one of Y, N"),
    ("hit_episode", "1EG4TE5MK73,,", "started_on is blank"),
    (
        "fee_schedule",
        "2025,G00688,1.00,",
        "hcpcs: a HCPCS code is four digits with a letter or a digit at one end",
    ),
    ("fee_schedule", "2025,G0068,0,", "national_amount is not above zero"),
    ("locality_factor", "2025,10112,00,AL,92.3,", "gaf is not a factor near 1"),
]


@pytest.mark.parametrize(("table", "cells", "said"), WRONG_CELLS)
def test_wrong_cells(tmp_path: Path, sqlite_ledger: str, table: str, cells: str, said: str) -> None:
    text = template(table) + cells + "\n"
    line = text.count("\n")
    assert refused(sqlite_ledger, write(tmp_path, text)) == [
        f"in.csv: line {line}: {said}",
        "nothing was loaded",
    ]


def test_wrong_columns_are_named(tmp_path: Path, sqlite_ledger: str) -> None:
    path = write(tmp_path, "member_id,kind,from\n1EG4TE5MK73,part_b,2025-01-01\n")
    said = refused(sqlite_ledger, path, table="coverage")
    assert (
        said[0] == "in.csv: line 1: no column effective_from; 1 columns that the table coverage does not have"
    )
    assert "--table" in refused(sqlite_ledger, path)[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: its columns are not those of one table"),
        (b"\xff\xfe\x00", "is not a text file"),
        (COVERAGE.encode() + b'1EG4TE5MK73,"part_b\n', "line 2: effective_from is blank"),
        (COVERAGE.encode() + b"1EG4TE5MK73,part_b,2025-01-01,,extra\n", "line 2: more cells than columns"),
        (COVERAGE.encode() + b'"' + b"x" * 200_000 + b'"\n', "line 2: field larger than field limit"),
    ],
)
def test_files_that_are_no_csv(tmp_path: Path, sqlite_ledger: str, content: bytes, said: str) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    assert said in refused(sqlite_ledger, path)[0]


def test_one_faulty_file_keeps_the_others_out(tmp_path: Path, sqlite_ledger: str) -> None:
    good = write(tmp_path, COVERAGE + "1EG4TE5MK73,part_b,2025-01-01,\n", "good.csv")
    bad = write(tmp_path, COVERAGE + "1EG4TE5MK73,part_x,2025-01-01,\n", "bad.csv")
    assert refused(sqlite_ledger, good, bad)[0].startswith("bad.csv: line 2: ")
    assert rows(sqlite_ledger, "coverage") == []


def test_faults_hold_no_data_of_the_file(tmp_path: Path, sqlite_ledger: str) -> None:
    path = write(tmp_path, COVERAGE + "SECRET1,SECRET2,SECRET3,SECRET4\n")
    assert "SECRET" not in "\n".join(refused(sqlite_ledger, path))


def test_many_faults_are_counted(tmp_path: Path, sqlite_ledger: str) -> None:
    path = write(tmp_path, COVERAGE + "x,part_b,2025-01-01,\n" * 60)
    said = refused(sqlite_ledger, path)
    assert len(said) == 52
    assert said[-2] == "in.csv: and 10 more faults"


def test_lines_of_one_claim_are_put_together(ledger_address: str, tmp_path: Path) -> None:
    header = template("claim_line").splitlines()[-1]
    columns = header.split(",")

    def line(number: int, outcome: str, code: str = "J1250") -> str:
        cells = {"member_id": "1EG4TE5MK73", "service_date": "2025-02-01", "code": code, "npi": "1234567893"}
        cells |= {
            "claim_id": "A1",
            "line": str(number),
            "payer": "18003",
            "outcome": outcome,
            "paid": "10.10",
        }
        return ",".join(cells.get(column, "") for column in columns) + "\n"

    load(ledger_address, write(tmp_path, header + "\n" + line(1, "unanswered") + line(2, "denied")))
    load(ledger_address, write(tmp_path, header + "\n" + line(1, "paid") + line(3, "paid")))
    held = rows(ledger_address, "claim_line")
    names = [column.name for column in loadable_tables()["claim_line"].columns]
    place, outcome, claim = names.index("line"), names.index("outcome"), names.index("claim")
    assert [(row[place], row[outcome]) for row in held] == [(1, "paid"), (2, "denied"), (3, "paid")]
    assert len({row[claim] for row in held}) == 1
