"""X12 to records: claims and remittances among what was found wrong, and what no record can hold."""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, cast

import msgspec

from edi_hit.claims import ClaimRecord, claims_of
from edi_hit.formats.loops.segment_form import isa_end
from edi_hit.formats.records.kinds import Envelope, Record
from edi_hit.guides import GuideEvent, LoopRead, SetRead, Unit, guide_for, read_loops
from edi_hit.remits import ClaimPayment, PaymentRecord, RemittanceRecord, remittances_of
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import (
    Event,
    Group,
    GroupStart,
    Outside,
    SetStart,
    Source,
    TransactionSet,
    place_of,
    read_events,
)

HELD_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of claim payments that wait in memory for the end of their remittance; more wait on disk."""

REMITTANCES = "835"
KINDS_OF_SETS = ("837", REMITTANCES)
LEFT_OUT = "FORM-LEFT-OUT"

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(ClaimPayment).decode


def records_of_x12(source: Source) -> Iterator[Record | Finding]:
    """Yield the records of `source` in order, each group's envelope first, a remittance before its payments.

    Errors come among them as findings, and so does what no record can hold (FORM-LEFT-OUT). Raises
    `NotX12Error` and `OSError` as `read_segments` does.
    """
    with tempfile.SpooledTemporaryFile(max_size=HELD_IN_MEMORY) as spool:
        reading = _Reading(spool)
        payments = remittances_of(read_loops(read_events(source)))
        for event in claims_of(cast("Iterable[Event | GuideEvent]", payments)):
            yield from reading.take(event)


class _Reading:
    """What waits: the payments of the remittance being read."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._waiting = 0
        self._left_out: TransactionSet | None = None

    def take(self, event: object) -> Iterator[Record | Finding]:
        """Give what an event of the reading leads to."""
        match event:
            case Finding():
                if event.is_error:
                    yield event
            case GroupStart(group):
                yield from self._envelope(group)
            case ClaimRecord(claim=claim):
                yield claim or _left_out("a claim that cannot be read", event.transaction_set, event.claim_id)
            case PaymentRecord(payment=payment):
                if payment is None:
                    yield _left_out(
                        "a claim payment that cannot be read", event.transaction_set, event.claim_id
                    )
                else:
                    self._spool.write(_encode(payment) + b"\n")
                    self._waiting += 1
            case RemittanceRecord():
                yield from self._remittance(event)
            case _:
                yield from self._no_record(event)

    def _envelope(self, group: Group) -> Iterator[Record | Finding]:
        envelope = envelope_of(group)
        if envelope is None:
            place = place_of(group.segment, None, group)
            message = "the envelope: a date or a control number of it cannot be read"
            yield load_rules("edi_hit.formats")[LEFT_OUT].finding(message, **place)
        else:
            yield envelope

    def _remittance(self, end: RemittanceRecord) -> Iterator[Record | Finding]:
        """Give a remittance and the payments that waited for it."""
        if end.remittance is None:
            message = f"a remittance that cannot be read, with its {self._waiting} claim payments,"
            yield _left_out(message, end.transaction_set)
        else:
            yield end.remittance
            self._spool.seek(0)
            yield from (_decode(line) for line in self._spool)
        self._spool.seek(0)
        self._spool.truncate()
        self._waiting = 0

    def _no_record(self, event: object) -> Iterator[Finding]:
        """Tell of what is left out: sets of another kind, once each, groups without claims, and strays."""
        match event:
            case SetStart(current) if guide_for(current.kind, current.guide) is None:
                yield _left_out("a transaction set of a guide that is not known", current)
            case Unit(transaction_set=current) | SetRead(transaction_set=current):
                other = isinstance(event, Unit) or current.kind not in KINDS_OF_SETS
                if other and current is not self._left_out:
                    self._left_out = current
                    yield _left_out("a transaction set of another kind than claims and remittances", current)
            case LoopRead(guide=guide, transaction_set=current) if guide.name == REMITTANCES:
                yield _left_out("a group without claim payments", current)
            case Outside(segment) if segment.text:
                place = place_of(segment)
                yield load_rules("edi_hit.formats")[LEFT_OUT].finding("a segment outside any set", **place)


def envelope_of(group: Group) -> Envelope | None:
    """Give what an interchange and its group say; None where a date or a control number cannot be read."""
    interchange, delimiters = group.interchange, group.segment.delimiters
    elements = [*group.segment.elements, *[""] * 8]
    number = interchange.control_number
    try:
        created_on = datetime.strptime(elements[4], "%Y%m%d").date()
    except ValueError:
        return None
    if not (number.isascii() and number.isdigit()):
        return None
    return Envelope(
        sender=interchange.sender,
        receiver=interchange.receiver,
        created_on=created_on,
        created_at=elements[5],
        control_number=int(number),
        functional_id=group.functional_id,
        guide=group.version,
        usage=interchange.usage,
        sender_qualifier=interchange.sender_qualifier,
        receiver_qualifier=interchange.receiver_qualifier,
        application_sender=group.sender,
        application_receiver=group.receiver,
        acknowledgment_requested=interchange.acknowledgment_requested,
        line_break=(isa_end(interchange.segment) or b"\n")[1:].decode("ascii"),
        delimiters="".join(
            (
                delimiters.element,
                delimiters.repetition or "^",
                delimiters.component or ":",
                delimiters.terminator,
            )
        ),
    )


def _left_out(what: str, transaction_set: TransactionSet, claim: str | None = None) -> Finding:
    place = place_of(transaction_set.segment, transaction_set)
    return load_rules("edi_hit.formats")[LEFT_OUT].finding(f"{what} is left out", **place, claim=claim)
