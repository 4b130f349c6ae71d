"""Does what is to be done with one file: makes everything that is to be sent, in a staging folder."""

from pathlib import Path

import msgspec

from edi_hit.exchange.drop.plan import PlannedFolder
from edi_hit.exchange.drop.staging import Staging
from edi_hit.exchange.file_contents import known_before
from edi_hit.jobs import exit_codes
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.adjudicate import adjudicate
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.forms import LOOPS, form_named
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_targets import all_written_to
from edi_hit.jobs.translate import Translation
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.ledger import DropFile, Fate, InterchangeKey, Ledger, Registered, Verdict
from edi_hit.profiles import AcknowledgmentPolicy, Partner, PartnerWork, Work, numbered
from edi_hit.reference import Tables
from edi_hit.rules import EdiHitError, Finding

FINDINGS_KEPT = 200
ACCEPTED = "accepted"


class Answering(msgspec.Struct, frozen=True):
    """A file to answer: where it is, who sent it, what is known of it, and where what is made waits."""

    registered: Registered
    path: Path
    staging: Staging
    folder: PlannedFolder
    partner: Partner | None
    tables: Tables
    ledger: Ledger
    interchanges: frozenset[InterchangeKey]

    @property
    def file(self) -> DropFile:
        """The file as the journal has it."""
        return self.registered.file

    @property
    def work(self) -> PartnerWork:
        """What is to be done."""
        return self.folder.work_for(self.partner)

    @property
    def first_number(self) -> int:
        """What the interchanges of its acknowledgements are numbered from."""
        return self.file.first_control_number or 1

    @property
    def input(self) -> InputFile:
        """The file as the jobs take it: called by its digest."""
        return InputFile(str(self.path), self.staging.called, self.staging.called)

    @property
    def options(self) -> CheckOptions:
        """What it is held against."""
        known = known_before(self.registered)
        return CheckOptions(tables=self.tables, partner=self.partner, known=known)


class Judged(msgspec.Struct, frozen=True):
    """What was seen of the file, and its first findings. `failure` says what else went wrong.

    `people_to_reopen` counts people of whom earlier answers may rest on one that the file took back.
    """

    summary: FileSummary
    findings: tuple[Finding, ...]
    failure: str = ""
    people_to_reopen: int = 0


def answer(job: Answering) -> tuple[Verdict, int]:
    """Do what is to be done with a file, and say how it ends; outputs wait in the staging folder.

    Give also how many people it leaves to `edi-hit ledger reopen`.

    What is made depends on the file, what is known of it and the settings alone: done again, it is the same
    byte for byte. Raises `OSError` and `LedgerError`: nothing is decided then.
    """
    made = job.staging.begin()
    judged = _adjudicate(job, made) if job.work.do is Work.ADJUDICATE else _validate(job, made)
    if judged.summary.exit_code == exit_codes.FAILED:
        raise OSError("the file could not be read")
    fate, reason = _end(job, judged)
    if fate is Fate.ARCHIVE and job.work.do is Work.TRANSLATE:
        failure = _translate(job, made)
        if failure:
            fate, reason = Fate.ERROR, "not translated"
            judged = msgspec.structs.replace(judged, failure=failure)
    if reason != ACCEPTED:
        job.staging.report(
            job.file, reason, failure=judged.failure, summary=judged.summary, findings=judged.findings
        )
    outputs = job.staging.arrange(made, job.partner, job.file)
    return Verdict(fate, reason, outputs, judged.summary.claims), judged.people_to_reopen


def _validate(job: Answering, made: Path) -> Judged:
    policy = job.partner.acknowledgments if job.partner else AcknowledgmentPolicy()
    on = job.file.received_on
    acknowledger = Acknowledger(made, on, numbered(policy, job.first_number), on, force=True)
    check = FileCheck(job.input, job.options, acknowledger)
    kept: list[Finding] = []
    for finding in check.findings():
        if len(kept) < FINDINGS_KEPT:
            kept.append(finding)
    return Judged(check.summary(), tuple(kept))


def _adjudicate(job: Answering, made: Path) -> Judged:
    settings = job.folder.run_settings
    policy = job.partner.acknowledgments if job.partner else settings.acknowledgments
    settings = msgspec.structs.replace(settings, acknowledgments=numbered(policy, job.first_number))
    on = job.file.received_on
    result = adjudicate(
        [job.input],
        made,
        as_of=on,
        settings=settings,
        tables=job.tables,
        received_on=on,
        ledger=job.ledger,
        force=True,
        options=job.options,
        reanswer=False,
    )
    missing = ", ".join(result.totals.missing_tables)
    failures = [reason for _, reason in result.failures] + ([f"no table: {missing}"] if missing else [])
    (file,) = result.files
    return Judged(file.summary, file.findings, "; ".join(failures), result.people_to_reopen)


def _end(job: Answering, judged: Judged) -> tuple[Fate, str]:
    """Where the file ends, and why."""
    summary, acknowledged = judged.summary, judged.summary.acknowledgment
    used = job.registered.interchanges
    if used and len(used) == len(job.interchanges):
        return Fate.QUARANTINE, "control number used before"
    if acknowledged is None or not (summary.errors or acknowledged.rejects or judged.failure):
        return Fate.ARCHIVE, ACCEPTED
    if summary.errors and not acknowledged.sets_accepted:
        return Fate.ERROR, "rejected"
    return Fate.ARCHIVE, "accepted in part"


def _translate(job: Answering, made: Path) -> str:
    """Write the file in the form asked for; give why it cannot be, or nothing."""
    form = form_named(job.work.to, job.work.view or None, LOOPS)
    paths = form.paths(made / f"{job.staging.called}{form.suffix}")
    try:
        with all_written_to(paths, force=True) as streams:
            Translation(job.work.to, job.work.view or None).write(job.input, streams)
    except EdiHitError as error:
        return str(error)
    return ""
