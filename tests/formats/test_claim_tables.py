"""Claims and remittances as three tables: joined by the number of the claim, typed, with nothing to run."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pyarrow
import pytest
from claim_text import GOOD, file_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from test_claim_documents import CLAIMS, FILES, PAYMENTS, REMITTANCES, records

from edi_hit.formats.csv_table import text_of
from edi_hit.formats.records import Record
from edi_hit.formats.records.kinds import KINDS
from edi_hit.formats.records.model_fields import model_fields
from edi_hit.formats.tables import TABLES, CsvTables, ParquetTables, columns
from edi_hit.rules import ComposeError

Rows = dict[str, list[dict[str, Any]]]

CLAIM_ITEMS = records(file_of(*GOOD))[0]
PAYMENT_ITEMS = records((FILES / "four-payments.835").read_bytes())[0]


def written(items: list[Record], writer: type[CsvTables] | type[ParquetTables]) -> dict[str, bytes]:
    streams = [io.BytesIO() for _ in TABLES]
    tables = writer(*streams)
    tables.start()
    for item in items:
        tables.record(item)
    tables.finish()
    return {table: stream.getvalue() for table, stream in zip(TABLES, streams, strict=True)}


def csv_rows(items: list[Record]) -> Rows:
    files = written(items, CsvTables)
    return {
        table: list(csv.DictReader(io.StringIO(text.decode(), newline=""))) for table, text in files.items()
    }


def parquet_rows(items: list[Record]) -> Rows:
    files = written(items, ParquetTables)
    return {table: parquet.read_table(io.BytesIO(data)).to_pylist() for table, data in files.items()}


def test_a_claim_in_three_tables() -> None:
    rows = parquet_rows(CLAIM_ITEMS)
    (claim,) = rows["claims"]
    assert {name: value for name, value in claim.items() if value is not None} == {
        "claim": 1,
        "kind": "professional",
        "claim_id": "A1",
        "charge": Decimal("300.50"),
        "frequency": "1",
        "place_of_service": "12",
        "filing_indicator": "MB",
        "diagnoses": "E10A I10",
        "patient_last_name": "MAPLE",
        "patient_first_name": "ROSE",
        "patient_born_on": date(1948, 2, 29),
        "patient_gender": "F",
        "member_id": "1EG4TE5MK73",
        "payer_name": "MEDICARE",
        "payer_id": "15202",
        "provider_name": "HOME INFUSION PHARMACY",
        "provider_id": "1234567893",
        "provider_tax_id": "311234567",
        "control_number": 1,
    }
    assert [
        (line["claim"], line["line"], line["procedure_code"], line["modifiers"]) for line in rows["lines"]
    ] == [
        (1, 1, "G0069", "JA"),
        (1, 2, "J1817", None),
    ]
    assert rows["lines"][1]["service_through"] == date(2025, 1, 2)
    assert rows["lines"][0]["units"] == Decimal(1)
    assert rows["lines"][0]["diagnosis_pointers"] == "1 2"
    assert rows["adjustments"] == []


def test_payments_and_their_adjustments() -> None:
    rows = parquet_rows(PAYMENT_ITEMS)
    payments = [item for item in PAYMENT_ITEMS if type(item) is KINDS["claim_payment"]]
    assert [(row["claim"], row["claim_id"], row["paid"]) for row in rows["claims"]] == [
        (number, payment.claim_id, payment.paid) for number, payment in enumerate(payments, 1)
    ]
    assert {row["trace_number"] for row in rows["claims"]} == {"SIM5-1"}
    total = sum(row["amount"] for row in rows["adjustments"])
    assert total == sum(p.charge - p.paid for p in payments)
    assert all(row["group"] and row["reason"] for row in rows["adjustments"])
    assert {row["line"] for row in rows["adjustments"]} >= {1}


def test_adjustments_of_earlier_payers_and_of_the_provider() -> None:
    cas = file_of(
        *GOOD[: GOOD.index("LX*1")],
        *("SBR*S*18*******CI", "CAS*CO*45*10", "AMT*D*5", "OI***Y***Y", "NM1*IL*1*MAPLE*ROSE****MI*9"),
        *("NM1*PR*2*OTHER*****PI*OTHER1", "LX*1", "SV1*HC:G0069*300.5*UN*1***1", "DTP*472*D8*20250102"),
        *("SVD*OTHER1*5*HC:G0069**1", "CAS*PR*2*3*1", "DTP*573*D8*20250105"),
    )
    found = [
        (row["line"], row["payer_id"], row["group"], row["reason"], row["amount"], row["quantity"])
        for row in csv_rows(records(cas)[0])["adjustments"]
    ]
    assert found == [("", "OTHER1", "CO", "45", "10.00", ""), ("1", "OTHER1", "PR", "2", "3.00", "1")]
    plb = (
        (FILES / "four-payments.835")
        .read_bytes()
        .replace(b"SE*44*", b"PLB*1234567893*20241231*WO:ABC*-5~\nSE*45*")
    )
    (row,) = [r for r in csv_rows(records(plb)[0])["adjustments"] if r["group"] == "PLB"]
    assert (row["claim"], row["reason"], row["reference"], row["amount"]) == ("", "WO", "ABC", "-5.00")


def test_no_cell_starts_a_formula() -> None:
    claim = msgspec.structs.replace(CLAIM_ITEMS[1], claim_id="=1+1", prior_authorization="'@x")
    rows = csv_rows([CLAIM_ITEMS[0], claim])
    assert (rows["claims"][0]["claim_id"], rows["lines"][0]["claim_id"]) == ("'=1+1", "'=1+1")
    assert text_of(rows["claims"][0]["prior_authorization"]) == "'@x"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(CLAIMS, REMITTANCES, PAYMENTS))
def test_csv_and_parquet_hold_the_same(record: Record) -> None:
    try:
        typed = parquet_rows([record])
    except ComposeError:
        return
    for table, rows in csv_rows([record]).items():
        for row, other in zip(rows, typed[table], strict=True):
            for column in columns(table):
                cell, value = row[column.column], other[column.column]
                if column.type == "text":
                    assert text_of(cell) == (value or "")
                    assert not cell.startswith(("=", "+", "-", "@"))
                elif column.type in ("money", "number"):
                    assert (Decimal(cell) if cell else None) == value
                else:
                    assert cell == ("" if value is None else str(value))


def test_the_types_in_pyarrow_and_duckdb(tmp_path: Path) -> None:
    expected = {
        "text": (pyarrow.string(), "VARCHAR"),
        "money": (pyarrow.decimal128(12, 2), "DECIMAL(12,2)"),
        "number": (pyarrow.decimal128(27, 9), "DECIMAL(27,9)"),
        "date": (pyarrow.date32(), "DATE"),
        "integer": (pyarrow.int64(), "BIGINT"),
    }
    for table, data in written([*CLAIM_ITEMS, *PAYMENT_ITEMS], ParquetTables).items():
        path = tmp_path / f"{table}.parquet"
        path.write_bytes(data)
        described = duckdb.sql(f"describe select * from '{path}'").fetchall()
        for column, field, row in zip(columns(table), parquet.read_schema(path), described, strict=True):
            assert (field.name, field.type) == (column.column, expected[column.type][0])
            assert row[:2] == (column.column, expected[column.type][1])
    lines, claims = tmp_path / "lines.parquet", tmp_path / "claims.parquet"
    joined = duckdb.sql(f"select sum(l.charge) from '{lines}' l join '{claims}' c using (claim)")
    held = [line for item in [*CLAIM_ITEMS, *PAYMENT_ITEMS] for line in getattr(item, "lines", ())]
    assert joined.fetchall() == [(sum(line.charge for line in held),)]


def test_empty_tables_can_be_read() -> None:
    for table, data in written([], ParquetTables).items():
        assert parquet.read_table(io.BytesIO(data)).num_rows == 0
        assert csv_rows([])[table] == []


@pytest.mark.parametrize("amount", ["10000000000.00", "0.001", "1E+12"])
def test_an_amount_that_does_not_fit_is_refused(amount: str) -> None:
    claim = msgspec.structs.replace(CLAIM_ITEMS[1], charge=Decimal(amount))
    with pytest.raises(ComposeError, match=r"of the claims does not fit decimal\(12,2\)"):
        written([claim], ParquetTables)


def test_every_path_of_a_column_leads_to_a_field() -> None:
    types = {"text": {str, int}, "money": {Decimal}, "number": {Decimal}, "date": {date}, "integer": {int}}
    kinds = {"claim": ("professional", "institutional"), "payment": ("claim_payment",)}
    for table in ("claims", "lines"):
        for column in columns(table):
            for source, names in kinds.items():
                for way in filter(None, getattr(column, source).split(" / ")):
                    models = [KINDS[name] for name in names]
                    if table == "lines":
                        models = [model_fields(model)["lines"].holds for model in models]
                    leaves = {leaf_of(model, way) for model in models} - {None}
                    assert leaves, (column.column, way)
                    assert leaves <= types[column.type], (column.column, way)


def leaf_of(model: Any, path: str) -> Any:
    """The type a path leads to; None where the structure has no such field."""
    for step in path.removesuffix("[]").split("."):
        name = step.removesuffix("[]")
        if name in ("remittance", "envelope"):
            model = KINDS[name]
        elif name == "patient_person":
            model = model_fields(model_fields(KINDS["professional"])["subscriber"].holds)["person"].holds
        elif name in model_fields(model):
            model = model_fields(model)[name].holds
        else:
            return None
    return model
