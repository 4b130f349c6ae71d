"""What a ledger knows of some people and suppliers: one statement a table that holds rows, however many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Label, Row, Select, Table, select

from edi_hit.ledger.care_tables import (
    COMPLETE_HISTORY,
    COVERAGE,
    DEDUCTIBLE,
    HIT_EPISODE,
    PLAN_OF_CARE,
    VISIT_RECORD,
)
from edi_hit.ledger.claim_rows import KnownLine
from edi_hit.ledger.claim_tables import CLAIM_LINE
from edi_hit.ledger.people import People
from edi_hit.ledger.statements import SOME, in_chunks, is_one_of, rows_as
from edi_hit.ledger.supplier_tables import ACCREDITATION, ENROLMENT, LICENCE, SUPPLIER

LedgerRow = Row[Any]
"""A row of a table, with the table's columns as attributes."""

Rows = list[LedgerRow]


class KnownPerson(msgspec.Struct):
    """Lines billed earlier for one person, and rows of the tables of the same names."""

    lines: list[KnownLine] = []
    coverage: Rows = []
    complete_history: Rows = []
    deductible: Rows = []
    hit_episode: Rows = []
    visit_record: Rows = []
    plan_of_care: Rows = []


class KnownSupplier(msgspec.Struct):
    """Rows about one supplier: their columns are those of the tables of the same names."""

    supplier: Rows = []
    enrolment: Rows = []
    accreditation: Rows = []
    licence: Rows = []


_LINES = (
    select(*(CLAIM_LINE.c[name] for name in KnownLine._fields))
    .where(is_one_of(CLAIM_LINE.c.person))
    .order_by(CLAIM_LINE.c.claim, CLAIM_LINE.c.place)
)


def _rows_about(column: str, *tables: Table) -> dict[str, Select[Any]]:
    """What to ask each table, by its name, for the rows of some people or suppliers."""
    return {
        table.name: select(table).where(is_one_of(table.c[column])).order_by(*table.primary_key)
        for table in tables
    }


def _are_there(*tables: Table) -> Select[Any]:
    """What to ask which of the tables hold any rows: the others need not be asked for rows of anybody."""
    asked: list[Label[Any]] = [select(table).exists().label(table.name) for table in tables]
    return select(*asked)


_PERSON_TABLES = COVERAGE, COMPLETE_HISTORY, DEDUCTIBLE, HIT_EPISODE, VISIT_RECORD, PLAN_OF_CARE
_OF_PERSON, _OF_ANY_PERSON = _rows_about("person", *_PERSON_TABLES), _are_there(*_PERSON_TABLES)

_SUPPLIER_TABLES = SUPPLIER, ENROLMENT, ACCREDITATION, LICENCE
_OF_SUPPLIER, _OF_ANY_SUPPLIER = _rows_about("supplier", *_SUPPLIER_TABLES), _are_there(*_SUPPLIER_TABLES)


def known_people(connection: Connection, called: Iterable[str], people: People) -> dict[str, KnownPerson]:
    """Give what is known of some people, by what they are called; those nothing is known of are left out."""
    known: dict[str, KnownPerson] = defaultdict(KnownPerson)
    ids = [person for name in called for person in people.ids(name)]
    for some in in_chunks(ids):
        for line in rows_as(KnownLine, connection, _LINES, some):
            known[people.called(line.person)].lines.append(line)
    for table, row in _rows_of(connection, _OF_ANY_PERSON, _OF_PERSON, ids):
        getattr(known[people.called(row.person)], table).append(row)
    return known


def known_suppliers(connection: Connection, suppliers: Iterable[str]) -> dict[str, KnownSupplier]:
    """Give what is known of some suppliers; those nothing is known of are left out."""
    known: dict[str, KnownSupplier] = defaultdict(KnownSupplier)
    for table, row in _rows_of(connection, _OF_ANY_SUPPLIER, _OF_SUPPLIER, list(suppliers)):
        getattr(known[row.supplier], table).append(row)
    return known


def _rows_of(
    connection: Connection, of_any: Select[Any], queries: dict[str, Select[Any]], values: list[str]
) -> Iterator[tuple[str, Row[Any]]]:
    """Yield rows with the names of their tables, of those that hold any."""
    are_there = connection.execute(of_any).one()._mapping
    for table, query in queries.items():
        if are_there[table]:
            for row in _rows(connection, query, values):
                yield table, row


def _rows(connection: Connection, query: Select[Any], values: list[str]) -> Iterator[Row[Any]]:
    for some in in_chunks(values):
        yield from connection.execute(query, {SOME: some})
