"""The main job: claims in, decisions and 835s out. Memory does not grow with the claims; disk does."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.jobs.decide_run import Decided, RunContext, RunDecisions, decide_run
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import refuse_existing
from edi_hit.jobs.read_run import FileRead, SpooledClaim, read_run
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.validate import EXIT_CLEAN, EXIT_FAILED, EXIT_FINDINGS
from edi_hit.jobs.write_run import (
    DECISIONS,
    REPORT,
    remittance_path,
    write_decisions,
    write_report,
    write_run_835s,
)
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables, amount_text
from edi_hit.rules import ConfigError


class Progress(msgspec.Struct, frozen=True):
    """What is called while a run goes on: after each file read, and after each claim decided."""

    file_read: Callable[[FileRead], None] = lambda file: None
    claim_decided: Callable[[], None] = lambda: None
    claims_found: Callable[[int], None] = lambda count: None


class RunResult(msgspec.Struct, frozen=True):
    """What a run gave. `decisions` holds the first decisions, at most as many as asked for."""

    files: tuple[FileRead, ...]
    totals: RunTotals
    outputs: tuple[Path, ...]
    decisions: tuple[ClaimDecision, ...]
    exit_code: int

    def as_json(self) -> dict[str, object]:
        """The result as the command's JSON document. Amounts are texts with two decimals."""
        totals = self.totals
        return {
            "files": [file.summary for file in self.files],
            "claims": totals.claims,
            "states": totals.states,
            "lines": totals.lines,
            "charged": amount_text(totals.charged),
            "allowed": amount_text(totals.allowed),
            "paid": amount_text(totals.paid),
            "patient_responsibility": amount_text(totals.patient_responsibility),
            "denied_lines": totals.denied_lines,
            "unknown": totals.unknown,
            "missing_tables": totals.missing_tables,
            "outputs": [str(path) for path in self.outputs],
        }


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
    name or an output exists, and `OSError` where `out` cannot be written.
    """
    settings, tables, progress = (
        settings or RunSettings(),
        tables or Tables.packaged(),
        progress or Progress(),
    )
    _refuse_name_clash(inputs)
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    expected = [out / f"{item.stem}.835" for item in inputs]
    refuse_existing([*expected, out / DECISIONS, out / REPORT], force)
    with Spool(SpooledClaim, out) as claims, Spool(Decided, out) as decided:
        files = []
        for file in read_run(inputs, claims):
            files.append(file)
            progress.file_read(file)
        progress.claims_found(len(claims))
        context = RunContext(settings, tables, received_on)
        run = decide_run(claims, files, context, decided, progress.claim_decided)
        outputs = write_run_835s(files, run, out, as_of, settings.remittance, force)
        write_decisions(files, run, out / DECISIONS, force)
        write_report(files, run, out / REPORT, as_of, force)
        shown = tuple(decided[run.by_claim[i]].decision for i in range(min(show, len(claims))))
    return RunResult(
        tuple(files), run.totals, (*outputs, out / DECISIONS, out / REPORT), shown, _exit_code(files, run)
    )


def _refuse_name_clash(inputs: list[InputFile]) -> None:
    clashing = [stem for stem, count in Counter(item.stem for item in inputs).items() if count > 1]
    if clashing:
        raise ConfigError(f"two inputs would write {clashing[0]}.835: give one of them another name")


def _exit_code(files: list[FileRead], run: RunDecisions) -> int:
    codes = [file.summary.exit_code for file in files]
    if run.totals.states[State.REJECTED]:
        codes.append(EXIT_FINDINGS)
    if run.totals.missing_tables:
        codes.append(EXIT_FAILED)
    return max(codes, default=EXIT_CLEAN)


__all__ = ["Progress", "RunResult", "adjudicate", "remittance_path"]
