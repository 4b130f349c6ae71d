"""Rows of the tables of claims: a value of each column, in their order."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ClaimRow(NamedTuple):
    """A row of `claim`."""

    claim: int
    claim_id: str
    person: str
    supplier: str
    payer: str
    state: str
    answered_on: date
    next_look_on: date | None


class ClaimLineRow(NamedTuple):
    """A row of `claim_line`; money in dollars."""

    claim: int
    place: int
    person: str
    service_date: date | None
    code: str
    modifiers: str
    place_of_service: str
    supplier: str
    claim_id: str
    line: int
    control: str
    payer: str
    outcome: str
    charge: Decimal | None
    allowed: Decimal | None
    paid: Decimal | None
    deductible: Decimal | None
    answered_on: date | None
    service_through: date | None


class ClaimAnswerRow(NamedTuple):
    """A row of `claim_answer`."""

    claim: int
    sender_qualifier: str
    sender: str
    answer: bytes
    body: bytes


class KnownLine(NamedTuple):
    """What an answer may depend on of a line billed earlier: columns of `claim_line`."""

    claim: int
    person: str
    service_date: date | None
    code: str
    modifiers: str
    place_of_service: str
    supplier: str
    claim_id: str
    line: int
    payer: str
    outcome: str
    deductible: Decimal | None
    answered_on: date | None
    service_through: date | None
