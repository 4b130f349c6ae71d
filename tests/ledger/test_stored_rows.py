"""Rows stored and read in large numbers: each value is what it is when stored one by one."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from sqlalchemy import Table, select

from edi_hit.ledger import ClaimAnswerRow, ClaimLineRow, ClaimRow, open_ledger
from edi_hit.ledger.claim_rows import KnownLine
from edi_hit.ledger.claim_tables import CLAIM, CLAIM_ANSWER, CLAIM_LINE
from edi_hit.ledger.statements import insert_rows, is_one_of, rows_as

DAY = date(2025, 3, 1)


def line(claim: int, place: int, charge: str, answered_on: date | None = DAY) -> ClaimLineRow:
    nothing = None if answered_on is None else Decimal(0)
    return ClaimLineRow(
        claim=claim,
        place=place,
        person="1EG4TE5MK73",
        service_date=DAY if place else None,
        code="G0068",
        modifiers="JA JB",
        place_of_service="12",
        supplier="1999999984",
        claim_id="A",
        line=place + 1,
        control="",
        payer="18003",
        outcome="paid",
        charge=Decimal(charge),
        allowed=nothing,
        paid=nothing,
        deductible=nothing,
        answered_on=answered_on,
        service_through=date(2025, 3, 31),
    )


LINES = [line(1, 0, "250.00"), line(1, 1, "250"), line(1, 2, "-0.01", None), line(2, 0, "99999999.99")]


@pytest.mark.parametrize(
    ("row", "table"), [(ClaimRow, CLAIM), (ClaimLineRow, CLAIM_LINE), (ClaimAnswerRow, CLAIM_ANSWER)]
)
def test_a_row_has_the_columns_of_its_table_in_their_order(row: type[NamedTuple], table: Table) -> None:
    assert row._fields == tuple(table.c.keys())


def test_lines_are_what_was_stored(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        insert_rows(connection, CLAIM_LINE, [])
        insert_rows(connection, CLAIM_LINE, LINES)
        stored = connection.execute(select(CLAIM_LINE).order_by(CLAIM_LINE.c.claim, CLAIM_LINE.c.place))
        assert [ClaimLineRow(*row) for row in stored] == LINES


def test_lines_are_read_as_they_were_stored(ledger_address: str) -> None:
    query = select(*(CLAIM_LINE.c[name] for name in KnownLine._fields))
    query = query.where(is_one_of(CLAIM_LINE.c.claim)).order_by(CLAIM_LINE.c.claim, CLAIM_LINE.c.place)
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        insert_rows(connection, CLAIM_LINE, LINES)
        read = list(rows_as(KnownLine, connection, query, [1]))
        assert list(rows_as(KnownLine, connection, query, [3])) == []
    wanted = [KnownLine(*(getattr(one, name) for name in KnownLine._fields)) for one in LINES[:3]]
    assert read == wanted
    assert [type(one.deductible) for one in read] == [Decimal, Decimal, type(None)]


def test_bytes_are_stored_as_they_are(ledger_address: str) -> None:
    rows = [
        ClaimAnswerRow(1, "ZZ", "SENDER", b"\x00\xff'", b""),
        ClaimAnswerRow(2, "ZZ", "SENDER", b"\\", b"%s"),
    ]
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        insert_rows(connection, CLAIM_ANSWER, rows)
        stored = connection.execute(select(CLAIM_ANSWER).order_by(CLAIM_ANSWER.c.claim))
        assert [ClaimAnswerRow(*row) for row in stored] == rows
