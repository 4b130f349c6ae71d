"""Checks one input from end to end and gives its findings as they are made."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from edi_hit.claims import ClaimRecord
from edi_hit.jobs import exit_codes
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.counted_reading import OnBytes
from edi_hit.jobs.file_acknowledgment import FileAcknowledgment
from edi_hit.jobs.file_counts import FileCounts
from edi_hit.jobs.file_reading import Failure, FileReading, OnPayment, Reading, Sharing
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.recent_segments import MarkedSegment, RecentSegments
from edi_hit.jobs.set_share import SetElsewhere
from edi_hit.rules import Finding
from edi_hit.x12 import InterchangeEnd, InterchangeStart

if TYPE_CHECKING:
    from edi_hit.jobs.acknowledge import Acknowledger, Acknowledging
    from edi_hit.jobs.set_report import TakenSet

OnClaim = Callable[[ClaimRecord], str]

OnSet = Callable[[SetElsewhere], "TakenSet"]


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


class FileCheck:
    """Checks one input. Iterate over `findings()`, then ask for `summary()`.

    With an `acknowledger`, the input is acknowledged once its findings are through, whatever SNIP types the
    options ask for. `rejected_sets` then maps the ordinal of each transaction set that is rejected as a whole
    to what rejects it: rules, or acknowledgement codes. An interchange that cannot be read to its end is not
    acknowledged, and its sets are rejected. `interchanges` are those seen
    (ISA05, ISA06, ISA13). `on_bytes` is called with the number of bytes just read; `sharing` leaves sets to
    other processes.
    """

    def __init__(
        self,
        file: InputFile,
        options: CheckOptions | None = None,
        acknowledger: "Acknowledger | None" = None,
        on_bytes: OnBytes | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        self.file = file
        self._acknowledger = acknowledger
        self._acknowledgment: FileAcknowledgment | None = None
        self._failure: Failure | None = None
        self._options = options or CheckOptions()
        self.rejected_sets: dict[int, tuple[str, ...]] = {}
        self.interchanges: list[tuple[str, str, str]] = []
        self._recent = RecentSegments() if self._options.mark else None
        self._reading = FileReading(file, self._options, on_bytes, self._recent, sharing)
        self._first_open: int | None = None
        self._counts = FileCounts()

    def findings(
        self,
        on_claim: OnClaim | None = None,
        on_payment: OnPayment | None = None,
        on_set: OnSet | None = None,
    ) -> Iterator[Finding]:
        """Yield the findings of the input, in its order; `on_claim` is called with each claim read.

        `on_payment` is called with each claim payment of an 835 and the end of each of its sets; `on_set`
        with each set that `sharing` leaves to another process, and gives what that one has read.
        What `on_claim` gives is the number its 277CA calls an accepted claim by, empty where it has none.
        An input that is not X12, is cut off or cannot be read ends in a finding, never in an exception.
        Raises `OSError` where its acknowledgements cannot be written.
        """
        events = self._reading.events(with_claims=on_claim is not None, on_payment=on_payment)
        if self._acknowledger is None:
            yield from self._findings(events, on_claim, on_set, None)
            return
        with self._acknowledger.acknowledging(self.file.stem) as acknowledging:
            yield from self._findings(events, on_claim, on_set, acknowledging)
            self._acknowledged(acknowledging)

    def _findings(
        self,
        events: Iterator[Reading],
        on_claim: OnClaim | None,
        on_set: OnSet | None,
        acknowledging: "Acknowledging | None",
    ) -> Iterator[Finding]:
        for event in events:
            if on_set is not None and type(event) is SetElsewhere:
                yield from self._taken(on_set(event), acknowledging)
                if self._failure is not None:
                    break
                continue
            number = on_claim(event) if on_claim and isinstance(event, ClaimRecord) else ""
            if acknowledging is not None:
                acknowledging.add(event, number)
            if not isinstance(event, Finding):
                self._count(event)
            elif self._options.wants(event):
                self._counts.finding(event, self._options.fail_on)
                yield msgspec.structs.replace(event, file=self.file.label)
        self._failure = self._failure or self._reading.failure
        if self._failure is not None:
            self._counts.add(FileCounts(errors=1, exit_code=self._failure.exit_code))
            yield self._failure.finding

    def _taken(self, taken: "TakenSet", acknowledging: "Acknowledging | None") -> Iterator[Finding]:
        """Take what another process has read of a set."""
        if acknowledging is not None:
            acknowledging.add_set(taken)
        self._counts.add(taken.report.counts)
        self._failure = taken.report.failure
        yield from taken.report.findings

    def _count(self, event: Reading) -> None:
        self._counts.event(event)
        if isinstance(event, InterchangeStart):
            found = event.interchange
            self.interchanges.append((found.sender_qualifier, found.sender, found.control_number))
            self._first_open = self._counts.sets
        elif isinstance(event, InterchangeEnd):
            self._first_open = None

    def _acknowledged(self, acknowledging: "Acknowledging") -> None:
        self._acknowledgment = acknowledging.write()
        self.rejected_sets = acknowledging.rejected_sets()
        if self._failure is not None and self._first_open is not None:
            unread = range(self._first_open, self._counts.sets + 1)
            self.rejected_sets |= dict.fromkeys(unread, (self._failure.finding.rule,))
        if self._acknowledgment.rejects and self._options.fail_on is not None:
            self._counts.add(FileCounts(exit_code=exit_codes.FINDINGS))

    def marked(self, finding: Finding) -> MarkedSegment | None:
        """Give the segment of a finding just yielded, with its place in it marked.

        None where it has none, or where the options do not ask for it.
        """
        return self._recent.marked(finding) if self._recent is not None else None

    def summary(self) -> FileSummary:
        """Give the counts, once `findings` has been exhausted."""
        return FileSummary(
            file=self.file.label,
            accepted=self._counts.errors == 0,
            interchanges=len(self.interchanges),
            sets=self._counts.sets,
            claims=self._counts.claims,
            errors=self._counts.errors,
            warnings=self._counts.warnings,
            exit_code=self._counts.exit_code,
            acknowledgment=self._acknowledgment,
        )
