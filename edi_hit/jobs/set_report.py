"""What a process tells of a transaction set it has read, and where it keeps what it read of the set."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from edi_hit.acks import ClaimReceipt, ProviderReceipt, SetOutcome
from edi_hit.jobs.file_counts import FileCounts
from edi_hit.jobs.file_reading import Failure
from edi_hit.jobs.spool import Spool, Stretch
from edi_hit.jobs.spooled_claim import SpooledClaim
from edi_hit.rules import Finding

T = TypeVar("T")


class SetReport(msgspec.Struct, frozen=True, array_like=True):
    """A transaction set read, or as much of it as could be read.

    `file` is the number of its input, `transaction_set` its ordinal there, `findings` the first of those
    wanted. `failure` says why it could not be read to its end; `outcome` is None then. `characters` are those
    its receipt notes; `marks` the marks of its claims' people (see `ClaimBatches`), as an array of "q". The
    stretches say where its claims, their receipts and those of its billing providers are.
    """

    file: int
    transaction_set: int
    counts: FileCounts
    findings: tuple[Finding, ...]
    failure: Failure | None
    outcome: SetOutcome | None
    characters: str
    marks: bytes
    claims: Stretch
    receipts: Stretch
    providers: Stretch


class SetSpools:
    """What a process reads of transaction sets, on disk in `folder`; a context manager.

    Made before the process is forked: the process fills its copy and takes out set by set, and the one it
    was forked from holds the set at hand.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self.reports = self._spool(SetReport)
        self.claims = self._spool(SpooledClaim)
        self.receipts = self._spool(ClaimReceipt)
        self.providers = self._spool(ProviderReceipt)

    def _spool(self, kind: type[T]) -> Spool[T]:
        return self._stack.enter_context(Spool(kind, self._folder))

    def hold(self, at: Stretch) -> SetReport:
        """Hold the set whose report is there, and no other."""
        self.reports.hold(at)
        report = self.reports[0]
        self.claims.hold(report.claims)
        self.receipts.hold(report.receipts)
        self.providers.hold(report.providers)
        return report

    def __enter__(self) -> "SetSpools":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()


class TakenSet(NamedTuple):
    """A set that another process has read, with the receipts of its billing providers and claims."""

    report: SetReport
    providers: Spool[ProviderReceipt]
    claims: Iterator[ClaimReceipt]
