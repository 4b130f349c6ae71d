"""Reads one input from end to end: envelopes, findings, and its claims or claim payments."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import cast

import msgspec

from edi_hit.claims import ClaimRecord, claims_of
from edi_hit.guides import GuideEvent, read_loops
from edi_hit.jobs import exit_codes
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.checked_units import checked_units
from edi_hit.jobs.counted_reading import OnBytes, counted
from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.jobs.partner_findings import with_partner_findings
from edi_hit.jobs.recent_segments import RecentSegments
from edi_hit.jobs.set_share import SetElsewhere
from edi_hit.reference import Tables
from edi_hit.remits import PaymentRecord, RemittanceRecord, remittances_of
from edi_hit.rules import EdiHitError, Finding, NotX12Error, load_rules
from edi_hit.x12 import Event, SegmentRun, read_events

Reading = Event | GuideEvent | ClaimRecord | PaymentRecord | RemittanceRecord | SetElsewhere
"""What reading an input gives."""

OnPayment = Callable[[PaymentRecord | RemittanceRecord], None]

Sharing = Callable[[Iterable[SegmentRun | Event]], Iterator[SegmentRun | Event | SetElsewhere]]
"""Passes on the events of an input that are to be read here."""


class Failure(msgspec.Struct, frozen=True):
    """Why an input could not be read to its end."""

    finding: Finding
    exit_code: int


class FileReading:
    """One reading of an input: go through its `events` once.

    `failure` then tells why it could not be read to its end, where it could not. `on_bytes` is called with
    the number of bytes just read; `recent`, where given, remembers the last segments; `sharing` leaves to
    others what they read.
    """

    def __init__(
        self,
        file: InputFile,
        options: CheckOptions,
        on_bytes: OnBytes | None = None,
        recent: RecentSegments | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self._file = file
        self._options = options
        self._on_bytes = on_bytes
        self._recent = recent
        self._sharing = sharing
        self.failure: Failure | None = None

    def events(self, *, with_claims: bool, on_payment: OnPayment | None = None) -> Iterator[Reading]:
        """Yield what the input holds, as far as it can be read; claims and payments as objects if wanted."""
        try:
            yield from self._events(with_claims, on_payment)
        except NotX12Error as error:
            self._fail("X12-ENV-15", str(error), exit_codes.NOT_X12)
        except (EdiHitError, OSError) as error:
            message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self._fail("FILE-READ", f"the input cannot be read: {message}", exit_codes.FAILED)

    @property
    def label(self) -> str:
        """How the input is called in results."""
        return self._file.label

    def _fail(self, rule: str, message: str, exit_code: int) -> None:
        finding = load_rules("edi_hit.jobs")[rule].finding(message, file=self.label)
        self.failure = Failure(finding, exit_code)

    def _events(self, with_claims: bool, on_payment: OnPayment | None) -> Iterator[Reading]:
        events = self._read()
        if self._recent is not None:
            events = self._recent.watch(events)
        if self._sharing is not None:
            # What follows passes on all events it does not know.
            events = cast("Iterator[SegmentRun | Event]", self._sharing(events))
        units = checked_units(read_loops(events), self._options.tables or Tables.packaged())
        if self._options.partner is not None:
            units = with_partner_findings(units, self._options.partner, self._options.known)
        read: Iterator[Reading] = units if on_payment is None else _payments(units, on_payment)
        # Either turns its own units into records and passes all else on, records of the other too.
        return claims_of(cast("Iterator[Event | GuideEvent]", read)) if with_claims else read

    def _read(self) -> Iterable[SegmentRun | Event]:
        if self._on_bytes is None or self._file.source == STANDARD_INPUT:
            return read_events(self._file.source).runs()
        return self._read_counted(self._on_bytes)

    def _read_counted(self, on_bytes: OnBytes) -> Iterator[SegmentRun | Event]:
        with Path(self._file.source).open("rb") as opened:
            yield from read_events(counted(opened, on_bytes)).runs()


def _payments(events: Iterable[Event | GuideEvent], on_payment: OnPayment) -> Iterator[Reading]:
    for event in remittances_of(events):
        if isinstance(event, PaymentRecord | RemittanceRecord):
            on_payment(event)
        yield event
