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
from edi_hit.ledger.statements import in_chunks
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


_LINES = select(
    *(
        CLAIM_LINE.c[name]
        for name in (
            "claim", "person", "service_date", "code", "modifiers", "place_of_service", "supplier",
            "claim_id", "line", "payer", "outcome", "deductible", "answered_on", "service_through",
        )
    )
).order_by(CLAIM_LINE.c.claim, CLAIM_LINE.c.place)  # fmt: skip
"""What an answer may depend on of a line billed earlier."""

_OF_PERSON = (COVERAGE, COMPLETE_HISTORY, DEDUCTIBLE, HIT_EPISODE, VISIT_RECORD, PLAN_OF_CARE)
_OF_SUPPLIER = (SUPPLIER, ENROLMENT, ACCREDITATION, LICENCE)


def known_people(connection: Connection, called: Iterable[str], people: People) -> dict[str, KnownPerson]:
    """Give what is known of some people, by what they are called; those nothing is known of are left out."""
    known: dict[str, KnownPerson] = defaultdict(KnownPerson)
    ids = [person for name in called for person in people.ids(name)]
    for row in _rows(connection, _LINES, CLAIM_LINE, "person", ids):
        known[people.called(row.person)].lines.append(row)
    for table in _OF_PERSON:
        for row in _rows(connection, _in_order(table), table, "person", ids):
            getattr(known[people.called(row.person)], table.name).append(row)
    return known


def known_suppliers(connection: Connection, suppliers: Iterable[str]) -> dict[str, KnownSupplier]:
    """Give what is known of some suppliers; those nothing is known of are left out."""
    known: dict[str, KnownSupplier] = defaultdict(KnownSupplier)
    wanted = list(suppliers)
    for table in _OF_SUPPLIER:
        for row in _rows(connection, _in_order(table), table, "supplier", wanted):
            getattr(known[row.supplier], table.name).append(row)
    return known


def _in_order(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key)


def _rows(
    connection: Connection, query: Select[Any], table: Table, column: str, values: list[str]
) -> Iterator[Row[Any]]:
    for some in in_chunks(values):
        yield from connection.execute(query.where(table.c[column].in_(some)))
