"""First step of a run: reads the inputs, keeps their claims on disk, and notes what was wrong with them."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import partial
from operator import itemgetter

import msgspec

from edi_hit.acks import ClaimReceipt
from edi_hit.claims import ClaimRecord
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.claim_batches import ClaimBatches, mark_of
from edi_hit.jobs.counted_reading import OnBytes
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.read_sets import FINDINGS_KEPT
from edi_hit.jobs.reading_processes import ReadingProcesses
from edi_hit.jobs.run_ledger import TakenFile
from edi_hit.jobs.set_report import TakenSet
from edi_hit.jobs.set_share import SetElsewhere
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.spooled_claim import SpooledClaim, spooled
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.ledger import InterchangeId, People
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import TransactionSet

Sender = tuple[str, str]
"""Who sent an interchange: qualifier and id, ISA05 and ISA06."""


class FileRead(msgspec.Struct, frozen=True):
    """What reading one input gave. `rejected_sets` maps a set's ordinal to what rejects it: rules, or codes.

    `senders` are the senders of claims (ISA05, ISA06) in the order they came, `interchanges` all there are
    (ISA05, ISA06, ISA13); `sent_from` says from which set on claims are of which sender: the set's ordinal,
    and the index of the sender. `first` and `end` bound the indexes of its claims in the spool.
    """

    file: InputFile
    summary: FileSummary
    findings: tuple[Finding, ...]
    rejected_sets: dict[int, tuple[str, ...]]
    senders: tuple[Sender, ...]
    sent_from: tuple[tuple[int, int], ...]
    interchanges: tuple[InterchangeId, ...]
    first: int
    end: int
    taken: TakenFile

    def sender_of(self, transaction_set: int) -> int:
        """Give the sender of a set that holds claims, as an index into the senders."""
        return self.sent_from[bisect_right(self.sent_from, transaction_set, key=itemgetter(0)) - 1][1]


class RunClaims:
    """The claims of a run: each on disk, and in the batch of its person."""

    def __init__(self, spool: Spool[SpooledClaim], people: People) -> None:
        self.spool = spool
        self.batches = ClaimBatches()
        self._people = people

    def append(self, entry: SpooledClaim) -> int:
        """Add a claim; give its index in the run."""
        self.batches.add(mark_of(entry.called(self._people)))
        return self.spool.append(entry)

    def extend(self, entries: Spool[SpooledClaim], marks: Iterable[int]) -> int:
        """Add claims, whose people have these marks; give the index of the first in the run."""
        first = len(self.spool)
        for mark in marks:
            self.batches.add(mark)
        self.spool.extend(entries)
        return first


def read_run(
    inputs: Iterable[tuple[InputFile, TakenFile]],
    claims: RunClaims,
    acknowledger: Acknowledger,
    options: CheckOptions | None = None,
    on_bytes: OnBytes | None = None,
    beside: ReadingProcesses | None = None,
) -> Iterator[FileRead]:
    """Read each input into `claims` and acknowledge it, giving what was seen of it.

    `options` say what the inputs are held against. A faulty input does not stop the next one. `on_bytes` is
    called with the number of bytes just read. The processes `beside` this one read sets of the same inputs.
    Raises what they raise.
    """
    for number, (item, taken) in enumerate(inputs):
        yield _FileReader(number, item, taken, claims, beside).read(acknowledger, options, on_bytes)


class _FileReader:
    """Reads one input of the run."""

    def __init__(
        self,
        number: int,
        item: InputFile,
        taken: TakenFile,
        claims: RunClaims,
        beside: ReadingProcesses | None,
    ) -> None:
        self._number = number
        self._item = item
        self._taken = taken
        self._claims = claims
        self._beside = beside
        self._first = len(claims.spool)
        self._senders: dict[Sender, int] = {}
        self._sent_from: list[tuple[int, int]] = []

    def read(
        self, acknowledger: Acknowledger, options: CheckOptions | None, on_bytes: OnBytes | None
    ) -> FileRead:
        sharing = partial(self._beside.share.of, file=self._number) if self._beside else None
        check = FileCheck(self._item, options, acknowledger, on_bytes, sharing)
        kept: list[Finding] = []
        for finding in check.findings(self._keep, on_set=self._take if self._beside else None):
            if len(kept) < FINDINGS_KEPT:
                kept.append(finding)
        return FileRead(
            file=self._item,
            summary=check.summary(),
            findings=tuple(kept),
            rejected_sets=check.rejected_sets,
            senders=tuple(self._senders),
            sent_from=tuple(self._sent_from),
            interchanges=tuple(check.interchanges),
            first=self._first,
            end=len(self._claims.spool),
            taken=self._taken,
        )

    def _keep(self, record: ClaimRecord) -> str:
        """Keep a claim; give the number the payer knows it by."""
        self._note_sender(record.transaction_set)
        index = self._claims.append(spooled(self._number, record))
        return self._taken.payer_claim_number(index, self._first)

    def _take(self, event: SetElsewhere) -> TakenSet:
        """Keep the claims of a set that another process has read."""
        assert self._beside is not None
        report, spools = self._beside.take(self._number, event)
        if len(spools.claims):
            self._note_sender(event.transaction_set)
        first = self._claims.extend(spools.claims, array("q", report.marks))
        return TakenSet(report, spools.providers, self._numbered(spools.receipts, first))

    def _numbered(self, receipts: Iterable[ClaimReceipt], first: int) -> Iterator[ClaimReceipt]:
        for index, receipt in enumerate(receipts, first):
            number = self._taken.payer_claim_number(index, self._first)
            yield msgspec.structs.replace(receipt, payer_claim_number=number)

    def _note_sender(self, transaction_set: TransactionSet) -> None:
        """Note whom the claims of a set, and of those that follow, are from."""
        interchange = transaction_set.group.interchange
        sender = (interchange.sender_qualifier, interchange.sender)
        index = self._senders.setdefault(sender, len(self._senders))
        if not self._sent_from or self._sent_from[-1][1] != index:
            self._sent_from.append((transaction_set.ordinal, index))


def with_repeated(file: FileRead, repeated: Iterable[InterchangeId]) -> FileRead:
    """Give a file with a warning for each interchange whose number its sender used before in another file.

    Where its partner's profile has it refused for that, that is told alone.
    """
    rules = load_rules("edi_hit.jobs")
    rule, refusing = rules["LEDGER-ISA13"], rules["X12-PARTNER-03"].id
    refused = {finding.interchange for finding in file.findings if finding.rule == refusing}
    told = tuple(
        rule.finding(file=file.file.label, segment_id="ISA", element=13, interchange=number, value=number)
        for _, _, number in repeated
        if number not in refused
    )
    warnings = file.summary.warnings + len(told)
    summary = msgspec.structs.replace(file.summary, warnings=warnings)
    return msgspec.structs.replace(file, findings=(*told, *file.findings)[:FINDINGS_KEPT], summary=summary)
