"""First step of a run: reads the inputs, keeps their claims on disk, and notes what was wrong with them."""

from collections.abc import Iterator

import msgspec

from edi_hit.claims import AnyClaim, ClaimRecord
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.rules import Finding

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

    `senders` are the interchange senders (ISA05, ISA06) in the order they came; `first` and `end` bound the
    indexes of its claims in the spool.
    """

    file: InputFile
    summary: FileSummary
    findings: tuple[Finding, ...]
    rejected_sets: dict[int, tuple[str, ...]]
    senders: tuple[Sender, ...]
    first: int
    end: int


def payer_claim_number(index: int) -> str:
    """The number of a claim of the run, by its index: in the 277CA (REF*1K) and in the 835 (CLP07)."""
    return f"SIM{index + 1:09d}"


def read_run(
    inputs: list[InputFile], spool: Spool[SpooledClaim], acknowledger: Acknowledger
) -> Iterator[FileRead]:
    """Read each input into `spool` and acknowledge it, giving what was seen of it.

    A faulty input does not stop the next one.
    """
    for number, item in enumerate(inputs):
        yield _FileReader(number, item, spool).read(acknowledger)


class _FileReader:
    """Reads one input of the run."""

    def __init__(self, number: int, item: InputFile, spool: Spool[SpooledClaim]) -> None:
        self._number = number
        self._item = item
        self._spool = spool
        self._senders: dict[Sender, int] = {}

    def read(self, acknowledger: Acknowledger) -> FileRead:
        first = len(self._spool)
        check = FileCheck(self._item, acknowledger=acknowledger)
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
            first=first,
            end=len(self._spool),
        )

    def _keep(self, record: ClaimRecord) -> str:
        """Keep a claim; give the number the payer knows it by."""
        errors = tuple(dict.fromkeys(f.rule for f in record.findings if f.is_error))
        transaction_set = record.transaction_set
        interchange = transaction_set.group.interchange
        sender = (interchange.sender_qualifier, interchange.sender)
        index = self._spool.append(
            SpooledClaim(
                file=self._number,
                sender=self._senders.setdefault(sender, len(self._senders)),
                transaction_set=transaction_set.ordinal,
                claim_id=record.claim_id,
                claim=record.claim,
                error_rules=errors,
            )
        )
        return payer_claim_number(index)
