"""The main job: claims in, decisions and 835s out.

Claims and decisions wait on disk. Memory holds some thirty bytes a claim, and one batch of people's claims.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from edi_hit.adjudication import require_usable
from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits import require_known
from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.jobs import exit_codes, reanswered
from edi_hit.jobs.acknowledge import ENDINGS, Acknowledger
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.counted_reading import OnBytes
from edi_hit.jobs.decide_run import RunDecisions, decide_run, processes
from edi_hit.jobs.decided_claims import DecidedClaims
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import make_folder, planned_outputs, refuse_existing
from edi_hit.jobs.rare_collections import rare_collections
from edi_hit.jobs.read_run import FileRead, RunClaims, read_run, with_repeated
from edi_hit.jobs.read_sets import SetReader
from edi_hit.jobs.reading_processes import reading_beside, reading_processes
from edi_hit.jobs.reanswered import Reanswered
from edi_hit.jobs.remittance_file import REMITTANCE, refuse_foreign
from edi_hit.jobs.run_ledger import RunLedger, TakenFile
from edi_hit.jobs.run_marker import RunMarker
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.spooled_claim import SpooledClaim
from edi_hit.jobs.stored_inputs import StoredInput, stored_inputs
from edi_hit.jobs.worker_processes import beside
from edi_hit.jobs.write_run import (
    DECISIONS,
    REPORT,
    RunRemittances,
    write_decisions,
    write_report,
)
from edi_hit.ledger import Ledger
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables, amount_text

_OF_RUN = (DECISIONS, REPORT, reanswered.REMITTANCES, reanswered.DECISIONS)
"""Outputs of a run that are not of one input."""


class Progress(msgspec.Struct, frozen=True):
    """What is called while a run goes on: after each file read, and after each claim decided.

    `bytes_read`, where given, is called with the number of bytes of an input just read.
    """

    file_read: Callable[[FileRead], None] = lambda file: None
    claim_decided: Callable[[], None] = lambda: None
    claims_found: Callable[[int], None] = lambda count: None
    bytes_read: OnBytes | None = None


class RunResult(msgspec.Struct, frozen=True):
    """What a run gave. `decisions` holds the first decisions, at most as many as asked for.

    `failures` names each input whose 835 could not be written, and why. `reanswered` counts earlier answers
    that rested on one taken back and were given again; `people_to_reopen` the people of whom others may.
    """

    files: tuple[FileRead, ...]
    totals: RunTotals
    outputs: tuple[Path, ...]
    decisions: tuple[ClaimDecision, ...]
    failures: tuple[tuple[str, str], ...]
    exit_code: int
    reanswered: int
    people_to_reopen: int

    def as_json(self) -> dict[str, object]:
        """The result as the command's JSON document. Amounts are texts with two decimals."""
        totals = self.totals
        return {
            "files": [_file_document(file) for file in self.files],
            "claims": totals.claims,
            "states": totals.states,
            "lines": totals.lines,
            "charged": amount_text(totals.charged),
            "charged_answered": amount_text(totals.charged_answered),
            "allowed": amount_text(totals.allowed),
            "paid": amount_text(totals.paid),
            "patient_responsibility": amount_text(totals.patient_responsibility),
            "denied_lines": totals.denied_lines,
            "unknown": totals.unknown,
            "missing_tables": totals.missing_tables,
            "reanswered": self.reanswered,
            "people_to_reopen": self.people_to_reopen,
            "outputs": [str(path) for path in self.outputs],
            "failures": [{"file": file, "reason": reason} for file, reason in self.failures],
        }


def _file_document(file: FileRead) -> dict[str, object]:
    """A file's counts and its first findings, without values of the file."""
    summary: dict[str, object] = msgspec.to_builtins(file.summary)
    summary["findings"] = [msgspec.structs.replace(finding, value=None) for finding in file.findings]
    return summary


def adjudicate(
    inputs: list[InputFile],
    out: Path,
    *,
    as_of: date,
    settings: RunSettings | None = None,
    tables: Tables | None = None,
    received_on: date | None = None,
    ledger: Ledger | None = None,
    force: bool = False,
    show: int = 0,
    progress: Progress | None = None,
    options: CheckOptions | None = None,
    workers: int = 1,
    reanswer: bool = True,
) -> RunResult:
    """Decide the claims of `inputs` and write the results into the folder `out`, made where it is missing.

    `as_of` is the production date of the 835s; `received_on` the day the claims came in, where known;
    `show` how many decisions to give back; `options` what the inputs are held against; `workers` how many
    processes may read and decide a large run, each forked from this one. What happened before
    is read from `ledger`, and what is decided is recorded there; claims of a file answered before get the
    same answers again. Earlier answers that rest on one that a replacement or void takes back are given again
    into files of their own, reanswered.835 and reanswered.ndjson, unless not to `reanswer`.

    Raises `ConfigError` where two inputs would write the same name, an output exists, or `settings` give
    codes to what is no rule, or codes an 835 cannot carry; `LedgerError` where the ledger fails and
    `OSError` where `out` cannot be written: the same call then completes the run.
    """
    settings, tables, progress = (
        settings or RunSettings(),
        tables or Tables.packaged(),
        progress or Progress(),
    )
    require_known(settings)
    require_usable(settings, tables, as_of)
    planned = planned_outputs(inputs, out, (REMITTANCE, *ENDINGS), _OF_RUN)
    with stored_inputs(inputs) as stored:
        marker = RunMarker(out, stored)
        force = force or marker.was_broken_off()
        refuse_existing(planned, force)
        refuse_foreign((path for path in planned if path.suffix == f".{REMITTANCE}"), settings.remittance)
        make_folder(out)
        marker.set(planned)
        acknowledger = Acknowledger(out, as_of, settings.acknowledgments, received_on, force)
        run_ledger = RunLedger(ledger, tables, settings, as_of, reanswers=reanswer)
        with Reanswered(ledger, run_ledger, out) as again:
            result = _run(
                stored, acknowledger, run_ledger, again, received_on, force, show, progress, options, workers
            )
        marker.remove()
    return result


def _run(
    inputs: list[StoredInput],
    acknowledger: Acknowledger,
    ledger: RunLedger,
    again: Reanswered,
    received_on: date | None,
    force: bool,
    show: int,
    progress: Progress,
    options: CheckOptions | None,
    workers: int,
) -> RunResult:
    """Read, decide, write: the three steps of a run."""
    out = acknowledger.folder
    taken = ledger.take_in((item.sha256 for item in inputs), received_on)
    with rare_collections(), Spool(SpooledClaim, out) as spool:
        claims = RunClaims(spool, ledger.people)
        files = _read(inputs, taken, claims, acknowledger, ledger, progress, options, workers)
        progress.claims_found(len(spool))
        with DecidedClaims(out, len(spool), processes(workers, len(spool))) as decided:
            run = decide_run(claims, files, ledger, decided, progress.claim_decided)
            again.collect(list(dict.fromkeys(file.number for file in taken if file.number)))
            forks = len(decided.parts) > 1
            if forks:
                ledger.let_go()
            with beside(partial(write_decisions, files, run, out / DECISIONS, force), forks=forks):
                written = RunRemittances(run, spool, out, ledger, force).write(files)
                written.failures += again.write(force)
                write_report(files, run, again, out / REPORT, ledger.as_of, force)
            ledger.finish(taken)
            shown = tuple(decided.decision(i) for i in range(min(show, len(spool))))
    outputs = (*written.paths, *again.paths, *_acknowledgments(files), out / DECISIONS, out / REPORT)
    failures = tuple(written.failures)
    code = _exit_code(files, run, failures)
    told = len(again), again.people_to_reopen
    return RunResult(tuple(files), run.totals, outputs, shown, failures, code, *told)


def _read(
    inputs: list[StoredInput],
    taken: list[TakenFile],
    claims: RunClaims,
    acknowledger: Acknowledger,
    ledger: RunLedger,
    progress: Progress,
    options: CheckOptions | None,
    workers: int,
) -> list[FileRead]:
    """Read and acknowledge the inputs, large ones in several processes."""
    options = options or CheckOptions()
    count = reading_processes(inputs, options, workers)
    if count > 1:
        ledger.let_go()
    reader = SetReader(options, acknowledger.settings, ledger.people)
    files = []
    with reading_beside(inputs, reader, acknowledger.folder, count) as beside:
        inputs_taken = zip(inputs, taken, strict=True)
        for file in read_run(inputs_taken, claims, acknowledger, options, progress.bytes_read, beside):
            repeated = ledger.repeated(file.taken, file.interchanges)
            files.append(with_repeated(file, repeated) if repeated else file)
            progress.file_read(file)
    return files


def _acknowledgments(files: list[FileRead]) -> Iterator[Path]:
    """The TA1, 999 and 277CA written, file by file."""
    for file in files:
        if file.summary.acknowledgment is not None:
            yield from map(Path, file.summary.acknowledgment.files)


def _exit_code(files: list[FileRead], run: RunDecisions, failures: tuple[tuple[str, str], ...]) -> int:
    codes = [file.summary.exit_code for file in files]
    if run.totals.states[State.REJECTED]:
        codes.append(exit_codes.FINDINGS)
    if failures:
        codes.append(exit_codes.FINDINGS)
    if run.totals.missing_tables:
        codes.append(exit_codes.FAILED)
    return max(codes, default=exit_codes.CLEAN)
