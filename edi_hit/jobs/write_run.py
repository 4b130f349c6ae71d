"""Third step of a run: writes the 835 of each input, `decisions.ndjson` and `report.html`."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import msgspec

from edi_hit.claims import Claim, as_service_claim
from edi_hit.jobs.decide_run import RunDecisions
from edi_hit.jobs.output_files import written_whole
from edi_hit.jobs.read_run import FileRead
from edi_hit.jobs.reanswered import REMITTANCES as REANSWERED
from edi_hit.jobs.reanswered import Reanswered
from edi_hit.jobs.remittance_file import REMITTANCE, Interchanges, envelope, write_835
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.set_to_write import SetToWrite, with_heads
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.spooled_claim import SpooledClaim
from edi_hit.ledger import SentInterchange, SentSet
from edi_hit.remits import PaymentInSet
from edi_hit.report.run_report import run_report
from edi_hit.rules import ComposeError

DECISIONS = "decisions.ndjson"
REPORT = "report.html"


class WriteResult(msgspec.Struct):
    """What was written, and which input's 835 could not be: file and reason."""

    paths: list[Path]
    failures: list[tuple[str, str]]


class RunRemittances:
    """The 835s of a run on `claims`, written into `out`; `force` overwrites older simulations."""

    def __init__(
        self, run: RunDecisions, claims: Spool[SpooledClaim], out: Path, ledger: RunLedger, force: bool
    ) -> None:
        self._run = run
        self._claims = claims
        self._out = out
        self._on = ledger.as_of
        self._settings = ledger.settings.remittance
        self._ledger = ledger
        self._force = force

    def write(self, files: list[FileRead]) -> WriteResult:
        """Write one 835 for each input with an answered claim: an interchange for each sender of claims.

        With `force`, an older simulation of an input that now has no answered claim is removed. An 835 that
        cannot be written does not stop the others.
        """
        result = WriteResult([], [])
        for number, file in enumerate(files):
            path = self._out / f"{file.file.stem}.{REMITTANCE}"
            senders = sorted(self._run.sets.get(number, {}).items())
            if senders:
                self._write(path, file, [(at, list(sets.values())) for at, sets in senders], result)
            elif self._force and path.exists():
                path.unlink()
        return result

    def _write(
        self, path: Path, file: FileRead, senders: list[tuple[int, list[SetToWrite]]], result: WriteResult
    ) -> None:
        sent = [_sent(file, at, sets) for at, sets in senders]
        numbers = self._ledger.control_numbers(sent)
        interchanges: Interchanges = []
        for (at, sets), number in zip(senders, numbers, strict=True):
            header = envelope(file.senders[at], number, self._on, self._settings)
            interchanges.append((header, with_heads(header, number, sets, self._ledger, self._claim)))
        try:
            write_835(path, interchanges, self._payments, self._force)
            result.paths.append(path)
        except ComposeError as error:
            self._ledger.forget(numbers)
            result.failures.append((file.file.label, str(error)))

    def _claim(self, index: int) -> Claim:
        claim = self._claims[index].claim
        assert claim is not None, "a claim that could not be read is not answered"
        return as_service_claim(claim)

    def _payments(self, group: SetToWrite) -> Iterator[PaymentInSet]:
        for index in group.claims:
            yield from self._run.decided.payments(index)


def _sent(file: FileRead, sender: int, sets: list[SetToWrite]) -> SentInterchange:
    """What the ledger keeps of an interchange."""
    return SentInterchange(
        file=file.taken.number,
        receiver_qualifier=file.senders[sender][0],
        receiver=file.senders[sender][1],
        sets=tuple(
            SentSet(*group.key, group.total, tuple(file.taken.claim(i - file.first) for i in group.claims))
            for group in sets
        ),
    )


def write_decisions(files: list[FileRead], run: RunDecisions, path: Path, force: bool) -> None:
    """Write one decision a line, in the order the claims came."""
    with written_whole(path, force) as stream:
        stream.writelines(run.decided.line(index) for _, index in _in_order(files))


def write_report(
    files: list[FileRead], run: RunDecisions, again: Reanswered, path: Path, on: date, force: bool
) -> None:
    """Write the page a person reads."""
    decisions = ((file.file.label, run.decided.decision(index)) for file, index in _in_order(files))
    earlier = ((REANSWERED, decision) for decision in again.decisions())
    told = len(again), again.people_to_reopen
    with written_whole(path, force) as stream:
        for part in run_report(chain(decisions, earlier), run.totals, on, *told):
            stream.write(part.encode("utf-8"))


def _in_order(files: list[FileRead]) -> Iterator[tuple[FileRead, int]]:
    """Give every claim with its file, by its index in the run."""
    for file in files:
        for index in range(file.first, file.end):
            yield file, index
