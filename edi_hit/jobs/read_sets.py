"""Reads the transaction sets of a run that fall to one process, for the process it was forked from."""

from array import array
from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from edi_hit.acks import Receipt, SetOutcome, SetReceiptBuilder
from edi_hit.claims import ClaimRecord
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.claim_batches import mark_of
from edi_hit.jobs.file_counts import FileCounts
from edi_hit.jobs.file_reading import Failure, FileReading, Reading
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.set_report import SetReport, SetSpools
from edi_hit.jobs.set_share import SetShare
from edi_hit.jobs.spool import Stretch
from edi_hit.jobs.spooled_claim import spooled
from edi_hit.ledger import People
from edi_hit.profiles import AcknowledgmentSettings
from edi_hit.rules import Finding
from edi_hit.x12 import SetEnd, SetStart, TransactionSet

FINDINGS_KEPT = 200
"""Findings of one file a run keeps to show; `validate` shows them all."""


class SetReader(msgspec.Struct, frozen=True):
    """Reads transaction sets, in a process of its own.

    `options` say what the inputs are held against, `policy` what acknowledgements tell, `people` who is who.
    """

    options: CheckOptions
    policy: AcknowledgmentSettings
    people: People

    def read(self, inputs: Sequence[InputFile], share: SetShare, spools: SetSpools) -> Iterator[Stretch]:
        """Read the sets of a share into spools; give where the report of each is, in their order."""
        for number, item in enumerate(inputs):
            reading = FileReading(item, self.options, sharing=partial(share.of, file=number))
            for report in self._reports(number, reading, spools):
                spools.reports.append(report)
                yield spools.reports.take_out()

    def _reports(self, file: int, reading: FileReading, spools: SetSpools) -> Iterator[SetReport]:
        current: _OpenSet | None = None
        for event in reading.events(with_claims=True):
            if type(event) is SetStart:
                current = _OpenSet(self, spools, file, reading.label, event.transaction_set)
            elif type(event) is SetEnd and current is not None:
                yield current.ended(event)
                current = None
            elif current is not None:
                current.add(event)
        if current is not None:
            yield current.report(None, reading.failure)


class _OpenSet:
    """The set that is being read."""

    def __init__(
        self, reader: SetReader, spools: SetSpools, file: int, label: str, transaction_set: TransactionSet
    ) -> None:
        self._options = reader.options
        self._people = reader.people
        self._spools = spools
        self._file = file
        self._label = label
        self._ordinal = transaction_set.ordinal
        self._counts = FileCounts()
        self._findings: list[Finding] = []
        self._marks = array("q")
        self._receipt = Receipt([], [], [], self._spools.providers, self._spools.receipts)
        self._builder = SetReceiptBuilder(self._receipt, reader.policy, transaction_set)

    def add(self, event: Reading) -> None:
        """Take what comes between the start and the end of the set."""
        self._builder.add(event)
        if isinstance(event, Finding):
            self._finding(event)
            return
        self._counts.event(event)
        if isinstance(event, ClaimRecord):
            claim = spooled(self._file, event)
            self._marks.append(mark_of(claim.called(self._people)))
            self._spools.claims.append(claim)

    def _finding(self, finding: Finding) -> None:
        if self._options.wants(finding):
            self._counts.finding(finding, self._options.fail_on)
            if len(self._findings) < FINDINGS_KEPT:
                self._findings.append(msgspec.structs.replace(finding, file=self._label))

    def ended(self, end: SetEnd) -> SetReport:
        """Give what was read of the set, which is through."""
        self._counts.event(end)
        return self.report(self._builder.finish(end.complete), None)

    def report(self, outcome: SetOutcome | None, failure: Failure | None) -> SetReport:
        """Give what was read of the set."""
        return SetReport(
            file=self._file,
            transaction_set=self._ordinal,
            counts=self._counts,
            findings=tuple(self._findings),
            failure=failure,
            outcome=outcome,
            characters="".join(sorted(self._receipt.characters)),
            marks=self._marks.tobytes(),
            claims=self._spools.claims.take_out(),
            receipts=self._spools.receipts.take_out(),
            providers=self._spools.providers.take_out(),
        )
