"""What a ledger knows of some people and suppliers: one statement a table, however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, select

from edi_hit.ledger.care_tables import (
    COMPLETE_HISTORY,
    COVERAGE,
    DEDUCTIBLE,
    HIT_EPISODE,
    PLAN_OF_CARE,
    VISIT_RECORD,
)
from edi_hit.ledger.claim_tables import CLAIM_LINE
from edi_hit.ledger.people import People
from edi_hit.ledger.statements import SOME, in_chunks, is_one_of
from edi_hit.ledger.supplier_tables import ACCREDITATION, ENROLMENT, LICENCE, SUPPLIER

LedgerRow = Row[Any]
"""A row of a table, with the table's columns as attributes."""

Rows = list[LedgerRow]


class KnownPerson(msgspec.Struct):
    """Rows about one person: of `claim_line`, and of the tables of the same names."""

    lines: Rows = []
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


_COLUMNS = (
    "claim", "person", "service_date", "code", "modifiers", "place_of_service", "supplier",
    "claim_id", "line", "payer", "outcome", "deductible", "answered_on", "service_through",
)  # fmt: skip
"""What an answer may depend on of a line billed earlier."""

_LINES = (
    select(*(CLAIM_LINE.c[name] for name in _COLUMNS))
    .where(is_one_of(CLAIM_LINE.c.person))
    .order_by(CLAIM_LINE.c.claim, CLAIM_LINE.c.place)
)


def _rows_about(column: str, *tables: Table) -> dict[str, Select[Any]]:
    """What to ask each table, by its name, for the rows of some people or suppliers."""
    return {
        table.name: select(table).where(is_one_of(table.c[column])).order_by(*table.primary_key)
        for table in tables
    }


_OF_PERSON = _rows_about(
    "person", COVERAGE, COMPLETE_HISTORY, DEDUCTIBLE, HIT_EPISODE, VISIT_RECORD, PLAN_OF_CARE
)
_OF_SUPPLIER = _rows_about("supplier", SUPPLIER, ENROLMENT, ACCREDITATION, LICENCE)


def known_people(connection: Connection, called: Iterable[str], people: People) -> dict[str, KnownPerson]:
    """Give what is known of some people, by what they are called; those nothing is known of are left out."""
    known: dict[str, KnownPerson] = defaultdict(KnownPerson)
    ids = [person for name in called for person in people.ids(name)]
    for row in _rows(connection, _LINES, ids):
        known[people.called(row.person)].lines.append(row)
    for table, query in _OF_PERSON.items():
        for row in _rows(connection, query, ids):
            getattr(known[people.called(row.person)], table).append(row)
    return known


def known_suppliers(connection: Connection, suppliers: Iterable[str]) -> dict[str, KnownSupplier]:
    """Give what is known of some suppliers; those nothing is known of are left out."""
    known: dict[str, KnownSupplier] = defaultdict(KnownSupplier)
    wanted = list(suppliers)
    for table, query in _OF_SUPPLIER.items():
        for row in _rows(connection, query, wanted):
            getattr(known[row.supplier], table).append(row)
    return known


def _rows(connection: Connection, query: Select[Any], values: list[str]) -> Iterator[Row[Any]]:
    for some in in_chunks(values):
        yield from connection.execute(query, {SOME: some})
