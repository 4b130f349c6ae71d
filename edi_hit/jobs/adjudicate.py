"""The main job: claims in, decisions and 835s out.

Claims and decisions wait on disk. Memory holds some thirty bytes a claim, and the facts of home infusion and
drug lines (see `RunHistory`).
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits import require_known
from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.jobs import exit_codes
from edi_hit.jobs.acknowledge import ENDINGS, Acknowledger
from edi_hit.jobs.decide_run import Decided, RunContext, RunDecisions, decide_run
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import make_folder, planned_outputs, refuse_existing
from edi_hit.jobs.read_run import FileRead, SpooledClaim, read_run
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.write_run import (
    DECISIONS,
    REMITTANCE,
    REPORT,
    refuse_foreign,
    write_decisions,
    write_report,
    write_run_835s,
)
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables, amount_text


class Progress(msgspec.Struct, frozen=True):
    """What is called while a run goes on: after each file read, and after each claim decided."""

    file_read: Callable[[FileRead], None] = lambda file: None
    claim_decided: Callable[[], None] = lambda: None
    claims_found: Callable[[int], None] = lambda count: None


class RunResult(msgspec.Struct, frozen=True):
    """What a run gave. `decisions` holds the first decisions, at most as many as asked for.

    `failures` names each input whose 835 could not be written, and why.
    """

    files: tuple[FileRead, ...]
    totals: RunTotals
    outputs: tuple[Path, ...]
    decisions: tuple[ClaimDecision, ...]
    failures: tuple[tuple[str, str], ...]
    exit_code: int

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
    force: bool = False,
    show: int = 0,
    progress: Progress | None = None,
) -> RunResult:
    """Decide the claims of `inputs` and write the results into the folder `out`, made where it is missing.

    `as_of` is the production date of the 835s; `received_on` the day the claims came in, where known;
    `show` how many decisions to give back. Raises `ConfigError` where two inputs would write the same
    name, an output exists, or `settings` give codes to what is no rule; `OSError` where `out` cannot be
    written.
    """
    settings, tables, progress = (
        settings or RunSettings(),
        tables or Tables.packaged(),
        progress or Progress(),
    )
    require_known(settings)
    planned = planned_outputs(inputs, out, (REMITTANCE, *ENDINGS), (DECISIONS, REPORT))
    refuse_existing(planned, force)
    refuse_foreign(path for path in planned if path.suffix == f".{REMITTANCE}")
    make_folder(out)
    acknowledger = Acknowledger(out, as_of, settings.acknowledgments, received_on, force)
    with Spool(SpooledClaim, out) as claims, Spool(Decided, out) as decided:
        files = []
        for file in read_run(inputs, claims, acknowledger):
            files.append(file)
            progress.file_read(file)
        progress.claims_found(len(claims))
        context = RunContext(settings, tables, received_on)
        run = decide_run(claims, files, context, decided, progress.claim_decided)
        written = write_run_835s(files, run, out, as_of, settings.remittance, force)
        write_decisions(files, run, out / DECISIONS, force)
        write_report(files, run, out / REPORT, as_of, force)
        shown = tuple(decided[run.by_claim[i]].decision for i in range(min(show, len(claims))))
    outputs = (*written.paths, *_acknowledgments(files), out / DECISIONS, out / REPORT)
    failures = tuple(written.failures)
    return RunResult(tuple(files), run.totals, outputs, shown, failures, _exit_code(files, run, failures))


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
