"""Checks one input from end to end and gives its findings as they are made."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from edi_hit.claims import ClaimRecord, claims_of
from edi_hit.guides import GuideEvent, Unit, read_loops
from edi_hit.jobs import exit_codes
from edi_hit.jobs.checked_units import checked_units
from edi_hit.jobs.counted_reading import OnBytes, counted
from edi_hit.jobs.file_acknowledgment import FileAcknowledgment
from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.jobs.partner_findings import KnownBefore, with_partner_findings
from edi_hit.jobs.recent_segments import MarkedSegment, RecentSegments
from edi_hit.profiles import Partner
from edi_hit.reference import Tables
from edi_hit.remits import PaymentRecord, RemittanceRecord, remittances_of
from edi_hit.rules import EdiHitError, Finding, NotX12Error, Severity, load_rules
from edi_hit.x12 import Event, InterchangeEnd, InterchangeStart, SegmentRun, SetEnd, read_events

if TYPE_CHECKING:
    from edi_hit.jobs.acknowledge import Acknowledger, Acknowledging

CUT_OFF_RULE = "X12-ENV-14"

Reading = Event | GuideEvent | ClaimRecord | PaymentRecord | RemittanceRecord
"""What reading an input gives."""

OnPayment = Callable[[PaymentRecord | RemittanceRecord], None]

OnClaim = Callable[[ClaimRecord], str]


_SNIP = re.compile(r"([1-7])(?:-([1-7]))?")


def snip_types(text: str) -> frozenset[int]:
    """Give the SNIP types that `1-5`, `1,2` or `3` stands for; raises `ValueError` where it is none."""
    found: set[int] = set()
    for part in text.split(","):
        match = _SNIP.fullmatch(part.strip())
        if match is None:
            raise ValueError("SNIP types are 1 to 7, such as 1-5 or 1,2")
        found.update(range(int(match.group(1)), int(match.group(2) or match.group(1)) + 1))
    return frozenset(found)


class FileSummary(msgspec.Struct, frozen=True, omit_defaults=False):
    """What was seen in one input. `accepted` is true where no finding is an error.

    `acknowledgment` is None where none was asked for.
    """

    file: str
    accepted: bool
    interchanges: int
    sets: int
    claims: int
    errors: int
    warnings: int
    exit_code: int
    acknowledgment: FileAcknowledgment | None = None


class CheckOptions(msgspec.Struct, frozen=True):
    """What a check looks for. `snip_types` are the SNIP types wanted; findings of none are always given.

    `fail_on` is the least severity for which the exit code is 1; None where findings never fail. `tables` are
    the reference tables of external codes, the packaged ones where None. `mark` keeps the last segments, so
    that findings can be shown with theirs. `partner` is the trading partner the inputs are held against, and
    `known` what came from it before.
    """

    snip_types: frozenset[int] = frozenset(range(1, 8))
    fail_on: Severity | None = Severity.ERROR
    tables: Tables | None = None
    mark: bool = False
    partner: Partner | None = None
    known: KnownBefore | None = None


class FileCheck:
    """Checks one input. Iterate over `findings()`, then ask for `summary()`.

    With an `acknowledger`, the input is acknowledged once its findings are through, whatever SNIP types the
    options ask for. `rejected_sets` then maps the ordinal of each transaction set that is rejected as a whole
    to what rejects it: rules, or acknowledgement codes. An interchange that cannot be read to its end is not
    acknowledged, and its sets are rejected. `interchanges` are those seen
    (ISA05, ISA06, ISA13). `on_bytes` is called with the number of bytes just read.
    """

    def __init__(
        self,
        file: InputFile,
        options: CheckOptions | None = None,
        acknowledger: "Acknowledger | None" = None,
        on_bytes: OnBytes | None = None,
    ) -> None:
        self.file = file
        self._on_bytes = on_bytes
        self._acknowledger = acknowledger
        self._acknowledgment: FileAcknowledgment | None = None
        self._failure: Finding | None = None
        self._options = options or CheckOptions()
        self.rejected_sets: dict[int, tuple[str, ...]] = {}
        self.interchanges: list[tuple[str, str, str]] = []
        self._recent = RecentSegments()
        self._first_open: int | None = None
        self._sets = self._claims = self._errors = self._warnings = 0
        self._exit_code = exit_codes.CLEAN

    def findings(
        self, on_claim: OnClaim | None = None, on_payment: OnPayment | None = None
    ) -> Iterator[Finding]:
        """Yield the findings of the input, in its order; `on_claim` is called with each claim read.

        `on_payment` is called with each claim payment of an 835 and the end of each of its sets.
        What `on_claim` gives is the number its 277CA calls an accepted claim by, empty where it has none.
        An input that is not X12, is cut off or cannot be read ends in a finding, never in an exception.
        Raises `OSError` where its acknowledgements cannot be written.
        """
        events = self._safely(self._events(on_claim is not None, on_payment))
        if self._acknowledger is None:
            yield from self._findings(events, on_claim, None)
            return
        with self._acknowledger.acknowledging(self.file.stem) as acknowledging:
            yield from self._findings(events, on_claim, acknowledging)
            self._acknowledged(acknowledging)

    def _findings(
        self, events: Iterable[Reading], on_claim: OnClaim | None, acknowledging: "Acknowledging | None"
    ) -> Iterator[Finding]:
        for event in events:
            number = on_claim(event) if on_claim and isinstance(event, ClaimRecord) else ""
            if acknowledging is not None:
                acknowledging.add(event, number)
            if not isinstance(event, Finding):
                self._count(event)
            elif event.snip == 0 or event.snip in self._options.snip_types:
                yield self._counted(event)
        if self._failure is not None:
            yield self._failure

    def _count(self, event: Reading) -> None:
        if isinstance(event, ClaimRecord | PaymentRecord | Unit):
            self._claims += 1
        elif isinstance(event, SetEnd):
            self._sets += 1
        elif isinstance(event, InterchangeStart):
            found = event.interchange
            self.interchanges.append((found.sender_qualifier, found.sender, found.control_number))
            self._first_open = self._sets
        elif isinstance(event, InterchangeEnd):
            self._first_open = None

    def _acknowledged(self, acknowledging: "Acknowledging") -> None:
        self._acknowledgment = acknowledging.write()
        self.rejected_sets = acknowledging.rejected_sets()
        if self._failure is not None and self._first_open is not None:
            unread = range(self._first_open, self._sets + 1)
            self.rejected_sets |= dict.fromkeys(unread, (self._failure.rule,))
        if self._acknowledgment.rejects and self._options.fail_on is not None:
            self._exit_code = max(self._exit_code, exit_codes.FINDINGS)

    def _safely(self, events: Iterator[Reading]) -> Iterator[Reading]:
        """Pass `events` on; stop where the input cannot be read any further."""
        try:
            yield from events
        except NotX12Error as error:
            self._fail("X12-ENV-15", str(error), exit_codes.NOT_X12)
        except (EdiHitError, OSError) as error:
            message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self._fail("FILE-READ", f"the input cannot be read: {message}", exit_codes.FAILED)

    def _events(self, with_claims: bool, on_payment: OnPayment | None) -> Iterator[Reading]:
        """What reading the input gives; claims and payments as objects only where they are wanted."""
        events = self._read()
        if self._options.mark:
            events = self._recent.watch(events)
        units = checked_units(read_loops(events), self._options.tables or Tables.packaged())
        if self._options.partner is not None:
            units = with_partner_findings(units, self._options.partner, self._options.known)
        read: Iterator[Reading] = units if on_payment is None else _payments(units, on_payment)
        # Either turns its own units into records and passes all else on, records of the other too.
        return claims_of(cast("Iterator[Event | GuideEvent]", read)) if with_claims else read

    def _read(self) -> Iterable[SegmentRun | Event]:
        if self._on_bytes is None or self.file.source == STANDARD_INPUT:
            return read_events(self.file.source).runs()
        return self._read_counted(self._on_bytes)

    def _read_counted(self, on_bytes: OnBytes) -> Iterator[SegmentRun | Event]:
        with Path(self.file.source).open("rb") as opened:
            yield from read_events(counted(opened, on_bytes)).runs()

    def marked(self, finding: Finding) -> MarkedSegment | None:
        """Give the segment of a finding just yielded, with its place in it marked.

        None where it has none, or where the options do not ask for it.
        """
        return self._recent.marked(finding)

    def _counted(self, finding: Finding) -> Finding:
        self._errors += finding.is_error
        self._warnings += not finding.is_error
        self._exit_code = max(self._exit_code, self._code_of(finding))
        return msgspec.structs.replace(finding, file=self.file.label)

    def _code_of(self, finding: Finding) -> int:
        if finding.is_error and finding.rule == CUT_OFF_RULE:
            return exit_codes.NOT_X12
        fail_on = self._options.fail_on
        fails = fail_on is not None and (finding.is_error or fail_on is not Severity.ERROR)
        return exit_codes.FINDINGS if fails and finding.severity is not Severity.INFO else exit_codes.CLEAN

    def _fail(self, rule: str, message: str, exit_code: int) -> None:
        self._failure = load_rules("edi_hit.jobs")[rule].finding(message, file=self.file.label)
        self._errors += 1
        self._exit_code = exit_code

    def summary(self) -> FileSummary:
        """Give the counts, once `findings` has been exhausted."""
        return FileSummary(
            file=self.file.label,
            accepted=self._errors == 0,
            interchanges=len(self.interchanges),
            sets=self._sets,
            claims=self._claims,
            errors=self._errors,
            warnings=self._warnings,
            exit_code=self._exit_code,
            acknowledgment=self._acknowledgment,
        )


def _payments(events: Iterable[Event | GuideEvent], on_payment: OnPayment) -> Iterator[Reading]:
    for event in remittances_of(events):
        if isinstance(event, PaymentRecord | RemittanceRecord):
            on_payment(event)
        yield event
