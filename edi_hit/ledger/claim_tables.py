"""Claims, their lines with what became of them, their answers, and those that wait."""

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Date, Index, Integer, LargeBinary, String, Table

from edi_hit.ledger.columns import amount, choice, column, day, hcpcs, person, supplier, text
from edi_hit.ledger.loadable import Loadable
from edi_hit.ledger.metadata import METADATA
from edi_hit.reference.cells import Cells

OUTCOMES = ("paid", "denied", "unanswered")

CLAIMS_PER_FILE = 2**32
"""A claim's number is that of its file times this, plus its place in the file: known before it is stored."""


def claim_number(file: int, place: int) -> int:
    """Give the number of the claim at a place (from 0) of a file."""
    return file * CLAIMS_PER_FILE + place


def file_of(claim: int) -> int:
    """Give the number of the file a claim came in."""
    return claim // CLAIMS_PER_FILE


def is_of_file(claim: ColumnElement[Any], file: int) -> ColumnElement[bool]:
    """Whether the claim whose number a column holds came in a file."""
    return claim.between(claim_number(file, 0), claim_number(file + 1, -1))


def place_of(claim: int) -> int:
    """Give the place (from 0) of a claim in its file."""
    return claim % CLAIMS_PER_FILE


def _line_number(cells: Cells, name: str) -> int:
    return int(cells.digits(name, 6))


def _modifiers(cells: Cells, name: str) -> str:
    parts = cells.text(name, "").split()
    return " ".join(Cells({name: part}).modifier(name) for part in parts)


CLAIM = Table(
    "claim",
    METADATA,
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    Column("claim_id", String, nullable=False),
    Column("person", String, nullable=False),
    Column("supplier", String, nullable=False),
    Column("payer", String, nullable=False),
    Column("state", String, nullable=False),
    Column("answered_on", Date),
    Column("next_look_on", Date),
    comment="Every claim taken in and not rejected: CLM01, whose it is (empty: nobody's), and its state.",
)
Index("claim_by_id", CLAIM.c.claim_id)
Index(
    "claim_waiting",
    CLAIM.c.next_look_on,
    sqlite_where=CLAIM.c.state == "pended",
    postgresql_where=CLAIM.c.state == "pended",
)

CLAIM_LINE = Table(
    "claim_line",
    METADATA,
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    person(key=False),
    day("service_date", "the day of the service", "2025-01-10"),
    hcpcs("code", "the HCPCS code", "J1250"),
    column("modifiers", String, _modifiers, "modifiers with blanks between them", "JB"),
    text("place_of_service", "the place of service, two digits", "12"),
    supplier(key=False),
    text("claim_id", "the claim's number at the supplier (CLM01)", "A-1001", required=True),
    column("line", Integer, _line_number, "the line's number on the claim (LX01)", "1", required=True),
    text("control", "the line's control number (REF*6R)", "A-1001-1"),
    text(
        "payer",
        "the payer's id on the claim (NM109 of 2010BB), which tells a DME contractor",
        "18003",
        required=True,
    ),
    choice("outcome", OUTCOMES, "what became of it", "paid"),
    amount("charge", "the charge", "250.00"),
    amount("allowed", "the amount allowed", "200.00"),
    amount("paid", "the amount paid", "156.80"),
    amount("deductible", "what it took of the Part B deductible", "0.00"),
    day("answered_on", "the day it was answered", "2025-02-01"),
    day("service_through", "the last day of the service; blank: the day of the service", "2025-01-16"),
    info=Loadable(
        "Lines billed earlier and what became of them.", key=("claim_id", "person", "supplier", "line")
    ).as_info(),
    sqlite_with_rowid=False,
)
Index("claim_line_by_person", CLAIM_LINE.c.person, CLAIM_LINE.c.service_date)

CLAIM_ANSWER = Table(
    "claim_answer",
    METADATA,
    Column("claim", BigInteger, primary_key=True, autoincrement=False),
    Column("sender_qualifier", String, nullable=False),
    Column("sender", String, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    comment="The answer given, and the claim as sent with its sender: to give it, or work it out, again.",
)

RULE_LIST = Table(
    "rule_list",
    METADATA,
    Column("digest", String, primary_key=True),
    Column("rules", LargeBinary, nullable=False),
    comment="The rules, in order, that answers name by their place.",
)
