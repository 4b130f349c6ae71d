"""First step of a run: reads the inputs, keeps their claims on disk, and notes what was wrong with them."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.claims import AnyClaim, ClaimRecord, person_key
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.claim_batches import ClaimBatches
from edi_hit.jobs.counted_reading import OnBytes
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.run_ledger import TakenFile
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.validate import CheckOptions, FileCheck, FileSummary
from edi_hit.ledger import InterchangeId, People
from edi_hit.rules import Finding, load_rules

FINDINGS_KEPT = 200
"""Findings of one file a run keeps to show; `validate` shows them all."""


Sender = tuple[str, str]
"""Who sent an interchange: qualifier and id, ISA05 and ISA06."""


class SpooledClaim(msgspec.Struct, frozen=True):
    """A claim of the run: its file, its sender and transaction set in that file, the claim, and its errors.

    `sender` is an index into the file's senders.
    """

    file: int
    sender: int
    transaction_set: int
    claim_id: str
    claim: AnyClaim | None
    error_rules: tuple[str, ...]


class FileRead(msgspec.Struct, frozen=True):
    """What reading one input gave. `rejected_sets` maps a set's ordinal to what rejects it: rules, or codes.

    `senders` are the senders of claims (ISA05, ISA06) in the order they came, `interchanges` all there are
    (ISA05, ISA06, ISA13); `first` and `end` bound the
    indexes of its claims in the spool.
    """

    file: InputFile
    summary: FileSummary
    findings: tuple[Finding, ...]
    rejected_sets: dict[int, tuple[str, ...]]
    senders: tuple[Sender, ...]
    interchanges: tuple[InterchangeId, ...]
    first: int
    end: int
    taken: TakenFile


class RunClaims:
    """The claims of a run: each on disk, and in the batch of its person."""

    def __init__(self, spool: Spool[SpooledClaim], people: People) -> None:
        self.spool = spool
        self.batches = ClaimBatches()
        self._people = people

    def append(self, entry: SpooledClaim) -> int:
        """Add a claim; give its index in the run."""
        person = person_key(entry.claim) if entry.claim is not None else None
        self.batches.add(None if person is None else self._people.called(person))
        return self.spool.append(entry)


def read_run(
    inputs: Iterable[tuple[InputFile, TakenFile]],
    claims: RunClaims,
    acknowledger: Acknowledger,
    options: CheckOptions | None = None,
    on_bytes: OnBytes | None = None,
) -> Iterator[FileRead]:
    """Read each input into `claims` and acknowledge it, giving what was seen of it.

    `options` say what the inputs are held against. A faulty input does not stop the next one. `on_bytes` is
    called with the number of bytes just read.
    """
    for number, (item, taken) in enumerate(inputs):
        yield _FileReader(number, item, taken, claims).read(acknowledger, options, on_bytes)


class _FileReader:
    """Reads one input of the run."""

    def __init__(self, number: int, item: InputFile, taken: TakenFile, claims: RunClaims) -> None:
        self._number = number
        self._item = item
        self._taken = taken
        self._claims = claims
        self._first = len(claims.spool)
        self._senders: dict[Sender, int] = {}

    def read(
        self, acknowledger: Acknowledger, options: CheckOptions | None, on_bytes: OnBytes | None
    ) -> FileRead:
        check = FileCheck(self._item, options, acknowledger, on_bytes)
        kept: list[Finding] = []
        for finding in check.findings(self._keep):
            if len(kept) < FINDINGS_KEPT:
                kept.append(finding)
        return FileRead(
            file=self._item,
            summary=check.summary(),
            findings=tuple(kept),
            rejected_sets=check.rejected_sets,
            senders=tuple(self._senders),
            interchanges=tuple(check.interchanges),
            first=self._first,
            end=len(self._claims.spool),
            taken=self._taken,
        )

    def _keep(self, record: ClaimRecord) -> str:
        """Keep a claim; give the number the payer knows it by."""
        errors = tuple(dict.fromkeys(f.rule for f in record.findings if f.is_error))
        transaction_set = record.transaction_set
        interchange = transaction_set.group.interchange
        sender = (interchange.sender_qualifier, interchange.sender)
        index = self._claims.append(
            SpooledClaim(
                file=self._number,
                sender=self._senders.setdefault(sender, len(self._senders)),
                transaction_set=transaction_set.ordinal,
                claim_id=record.claim_id,
                claim=record.claim,
                error_rules=errors,
            )
        )
        return self._taken.payer_claim_number(index, self._first)


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
