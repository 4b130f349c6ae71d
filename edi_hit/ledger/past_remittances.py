"""Outcomes of lines from past 835s: claims found by CLP01 and payee, lines by 6R, else by code and day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select, update

from edi_hit.claims import member_key
from edi_hit.ledger.claim_tables import CLAIM, CLAIM_LINE
from edi_hit.ledger.reopening import note_told
from edi_hit.ledger.statements import in_chunks
from edi_hit.remits import ClaimPayment, ServicePayment

_DENIED = "4"
_REVERSED = "22"
"""CLP02: denied; reversal of a previous payment."""

_SHARES = ("1", "2", "3")
"""CARCs of what the patient owes of an allowed amount: deductible, coinsurance, co-payment."""

_SEQUESTERED = "253"

Line = Row[Any]


class PastPayment(msgspec.Struct, frozen=True):
    """A claim payment of a past 835, the payee's id (N104), and the day it was paid."""

    payment: ClaimPayment
    payee: str
    paid_on: date | None


class PaymentsLoaded(msgspec.Struct):
    """How many lines were given an outcome, and how many payments and lines were found to no claim."""

    lines: int = 0
    claims_unmatched: int = 0
    lines_unmatched: int = 0


def store_past_payments(
    connection: Connection, payments: Iterable[PastPayment], told: PaymentsLoaded
) -> None:
    """Give lines the outcome that past 835s say, in their order; `told` is added to.

    A reversal takes an outcome back: the line is unanswered until it is answered again. Nothing is guessed:
    a payment that fits no claim, or several, and a line that fits none, or several, are only counted.
    """
    wanted = list(payments)
    held = _held_lines(connection, {past.payment.claim_id for past in wanted})
    changes: list[dict[str, Any]] = []
    states: list[dict[str, Any]] = []
    for past in wanted:
        claim = _claim_of(past, held)
        if claim is None:
            told.claims_unmatched += 1
            continue
        found = _outcomes(past, held[past.payment.claim_id][claim], told)
        changes += found
        if found:
            states.append({"its_claim": claim, "state": _state(found), "answered_on": past.paid_on})
    told.lines += len(changes)
    if changes:
        before = {
            (row.claim, row.place): row for lines in held.values() for of in lines.values() for row in of
        }
        since = {(row["its_claim"], row["its_place"]): row for row in changes}
        note_told(connection, [(before[key], row) for key, row in since.items()])
        its = CLAIM_LINE.c.claim == bindparam("its_claim"), CLAIM_LINE.c.place == bindparam("its_place")
        connection.execute(update(CLAIM_LINE).where(*its), changes)
        connection.execute(update(CLAIM).where(CLAIM.c.claim == bindparam("its_claim")), states)


def _held_lines(connection: Connection, claim_ids: set[str]) -> dict[str, dict[int, list[Line]]]:
    """The lines of the claims with these ids (CLM01), by id and by number."""
    held: dict[str, dict[int, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for some in in_chunks(claim_ids):
        query = select(CLAIM_LINE).join(CLAIM, CLAIM.c.claim == CLAIM_LINE.c.claim)
        for row in connection.execute(query.where(CLAIM.c.claim_id.in_(some)).order_by(CLAIM_LINE.c.place)):
            held[row.claim_id][row.claim].append(row)
    return held


def _claim_of(past: PastPayment, held: dict[str, dict[int, list[Line]]]) -> int | None:
    """The one claim a payment answers; None where there is none, or more than one."""
    member = member_key(past.payment.patient.id) if past.payment.patient else None
    fitting = [
        claim
        for claim, lines in held.get(past.payment.claim_id, {}).items()
        if lines[0].supplier == past.payee and member in (None, lines[0].person.partition("|")[0])
    ]
    return fitting[0] if len(fitting) == 1 else None


def _outcomes(past: PastPayment, lines: list[Line], told: PaymentsLoaded) -> list[dict[str, Any]]:
    status, left = past.payment.status, list(lines)
    if not past.payment.lines and status in (_DENIED, _REVERSED):
        return [_row(line, None, status, past.paid_on) for line in left]
    found: list[dict[str, Any]] = []
    for service in past.payment.lines:
        line = _line_of(service, left)
        if line is None:
            told.lines_unmatched += 1
        else:
            left.remove(line)
            found.append(_row(line, service, status, past.paid_on))
    return found


def _line_of(service: ServicePayment, lines: list[Line]) -> Line | None:
    """The one line a service payment answers: by 6R, else by code, modifiers and day."""
    if service.control_number:
        fitting = [line for line in lines if line.control == service.control_number]
        if len(fitting) == 1:
            return fitting[0]
    code = service.submitted_code or service.procedure_code
    on = service.service_dates.start if service.service_dates else None
    fitting = [line for line in lines if line.code == code and on in (None, line.service_date)]
    return fitting[0] if len(fitting) == 1 else None


def _row(line: Line, service: ServicePayment | None, status: str, on: date | None) -> dict[str, Any]:
    row = {"its_claim": line.claim, "its_place": line.place}
    nothing = {"allowed": None, "paid": None, "deductible": None, "answered_on": None}
    if status == _REVERSED:
        return {**row, **nothing, "outcome": "unanswered"}
    if service is None:
        return {**row, **nothing, "outcome": "denied", "answered_on": on}
    kept = _taken(service, "PR", _SHARES) + _taken(service, "CO", (_SEQUESTERED,))
    allowed = service.paid + kept
    return {
        **row,
        "outcome": "paid" if allowed > 0 and status != _DENIED else "denied",
        "allowed": allowed,
        "paid": service.paid,
        "deductible": _taken(service, "PR", _SHARES[:1]),
        "answered_on": on,
    }


def _taken(service: ServicePayment, group: str, carcs: tuple[str, ...]) -> Decimal:
    taken = (one.amount for one in service.adjustments if one.group == group and one.carc in carcs)
    return sum(taken, Decimal(0))


def _state(rows: list[dict[str, Any]]) -> str:
    outcomes = {row["outcome"] for row in rows}
    return "paid" if "paid" in outcomes else "denied" if "denied" in outcomes else "unanswered"
