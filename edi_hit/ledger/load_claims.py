"""Loads past 837s and 835s: claims as lines without an outcome, then what the remittances say of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection

from edi_hit.claims import Claim, ClaimRecord, claims_of, person_key
from edi_hit.claims.identity import supplier_key
from edi_hit.guides import read_loops
from edi_hit.ledger.files import sha256_of, take_in
from edi_hit.ledger.past_claims import PastClaim, known_claims, store_past_claims
from edi_hit.ledger.past_remittances import PastPayment, PaymentsLoaded, store_past_payments
from edi_hit.remits import PaymentRecord, remittances_of
from edi_hit.x12 import read_events

_AT_ONCE = 1_000
_VOID = "8"


class ClaimsLoaded(msgspec.Struct):
    """What was loaded: new claims, claims that were known, claims that could not be read or name nobody."""

    claims: int = 0
    known: int = 0
    left_out: int = 0
    payments: PaymentsLoaded = msgspec.field(default_factory=PaymentsLoaded)


def load_claims(connection: Connection, paths: list[Path], on: date) -> ClaimsLoaded:
    """Load past 837s and 835s, told apart by what they hold; `on` is the day they are received.

    All claims are stored before the first remittance is looked at. Raises `NotX12Error` and `OSError`.
    """
    told = ClaimsLoaded()
    for path in paths:
        file, first = take_in(connection, sha256_of(path), on).number, 0
        for some in _in_parts(_claims(path, told)):
            known = known_claims(connection, some)
            new = [claim for claim in some if claim.key not in known]
            store_past_claims(connection, file, first, new)
            told.claims, told.known = told.claims + len(new), told.known + len(some) - len(new)
            first += len(some)
    for path in paths:
        for payments in _in_parts(_payments(path)):
            store_past_payments(connection, payments, told.payments)
    return told


def _in_parts(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _claims(path: Path, told: ClaimsLoaded) -> Iterator[PastClaim]:
    for event in claims_of(read_loops(read_events(path))):
        if isinstance(event, ClaimRecord):
            claim, person = event.claim, None
            if isinstance(claim, Claim) and event.accepted and claim.frequency != _VOID:
                person = person_key(claim)
            if isinstance(claim, Claim) and person is not None:
                yield _past_claim(claim, person)
            else:
                told.left_out += 1


def _past_claim(claim: Claim, person: str) -> PastClaim:
    supplier = supplier_key(claim.billing_provider.party)
    lines: list[dict[str, Any]] = [
        {
            "person": person,
            "service_date": line.service_dates.start if line.service_dates else None,
            "service_through": line.service_dates.end if line.service_dates else None,
            "code": line.procedure_code,
            "modifiers": " ".join(line.modifiers),
            "place_of_service": line.place_of_service or claim.place_of_service,
            "supplier": supplier,
            "claim_id": claim.claim_id,
            "line": line.number,
            "control": line.control_number,
            "payer": claim.payer.id,
            "outcome": "unanswered",
            "charge": line.charge,
            **dict.fromkeys(("allowed", "paid", "deductible", "answered_on")),
        }
        for line in claim.lines
    ]
    return PastClaim(claim.claim_id, person, supplier, claim.payer.id, lines)


def _payments(path: Path) -> Iterator[PastPayment]:
    for event in remittances_of(read_loops(read_events(path))):
        if isinstance(event, PaymentRecord) and event.payment is not None:
            yield PastPayment(event.payment, event.head.payee.id, event.head.paid_on)
