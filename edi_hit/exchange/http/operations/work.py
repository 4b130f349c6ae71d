"""What an operation is given to work on, and what it leaves."""

import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from edi_hit.exchange.http.job_record import BODY, OUTPUTS, PROGRESS, Answer, Progress
from edi_hit.jobs import exit_codes
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.validate import FileSummary
from edi_hit.profiles import Partner, RunSettings, numbered, read_run_settings
from edi_hit.profiles.http_service import Scope
from edi_hit.reference import Tables
from edi_hit.rules import NotX12Error

STEM = "claims"
"""The stem of the names of outputs: nothing of a body is in a name."""

_TOLD_EVERY = 0.5


class WorkSettings(msgspec.Struct, frozen=True):
    """What of the service's settings work needs: the ledger, files of run settings and of tables.

    `partner` is that of the caller's token; `job_seconds` is how long the work may take.
    """

    ledger: str = ""
    run: str = ""
    tables: tuple[Path, ...] = ()
    partner: Partner | None = None
    job_seconds: int = 1800


class Work(msgspec.Struct, frozen=True):
    """One piece of work: the folder of its job, the parameters asked for, and the day of the request.

    `inline` tells whether the answer holds its outputs, or where to get them: at `href` and their name.
    """

    folder: Path
    query: Any
    on: date
    settings: WorkSettings
    inline: bool
    href: str

    @property
    def body(self) -> InputFile:
        """The body, as an input of a job."""
        return InputFile(str(self.folder / BODY), STEM, STEM)

    @property
    def outputs(self) -> Path:
        """The folder to write outputs into."""
        return self.folder / OUTPUTS

    def run_settings(self) -> RunSettings:
        """The run settings of the service, with the caller's partner's way to acknowledge."""
        settings = read_run_settings(Path(self.settings.run)) if self.settings.run else RunSettings()
        partner = self.settings.partner
        if partner is None:
            return settings
        first = settings.acknowledgments.first_control_number
        return msgspec.structs.replace(settings, acknowledgments=numbered(partner.acknowledgments, first))

    def tables(self) -> Tables:
        """The reference tables of the service."""
        return Tables.with_files(self.settings.tables) if self.settings.tables else Tables.packaged()

    def progress(self, phase: str, total: int) -> Callable[[int], None]:
        """Give what is to be called with how much more of a phase is done; told twice a second."""
        return _Telling(self.folder, phase, total).more

    def bytes_read(self) -> Callable[[int], None]:
        """Give what is to be called with the number of bytes of the body just read."""
        return self.progress("reading", (self.folder / BODY).stat().st_size)


class _Telling:
    def __init__(self, folder: Path, phase: str, total: int) -> None:
        self._folder, self._phase, self._total = folder, phase, total
        self._done = 0
        self._told = 0.0

    def more(self, count: int) -> None:
        self._done += count
        now = time.monotonic()
        if now - self._told < _TOLD_EVERY:
            return
        self._told = now
        temporary = self._folder / f"{PROGRESS}.tmp"
        temporary.write_bytes(msgspec.json.encode(Progress(self._phase, self._done, self._total)))
        temporary.replace(self._folder / PROGRESS)


class Operation(msgspec.Struct, frozen=True):
    """An operation on a body: its parameters, the scope it needs, the types of body it takes, what it does.

    `answers` maps each content type of an answer to the structure of it, None where it is no JSON;
    `problems` are statuses of problems that others have not.
    """

    name: str
    summary: str
    description: str
    scope: Scope
    query: type[msgspec.Struct]
    bodies: tuple[str, ...]
    answers: dict[str, Any]
    work: Callable[[Work], Answer]
    problems: tuple[int, ...] = ()


def require_x12(summary: FileSummary) -> None:
    """Raise `NotX12Error` for a body of which nothing is X12; one that is cut off later has findings."""
    if summary.exit_code == exit_codes.NOT_X12 and not summary.interchanges:
        raise NotX12Error("it has no readable ISA, or is cut off inside it")


def outcome(summary: FileSummary) -> str:
    """Say in counts what was found in a body."""
    return f"{summary.claims} claims, {summary.errors} errors"


X12_BODIES = ("application/octet-stream", "application/edi-x12", "text/plain", "application/gzip")
"""The types an X12 body may have."""


class WrittenFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of the answer: its name, its size in bytes, and its text or its address."""

    name: str
    size: int
    text: str | None = None
    href: str | None = None


def written_files(work: Work, names: Iterable[str]) -> list[WrittenFile]:
    """Give the outputs of those names as they stand in an answer."""
    return [_written(work, name) for name in names]


def _written(work: Work, name: str) -> WrittenFile:
    path = work.outputs / name
    size = path.stat().st_size
    if not work.inline:
        return WrittenFile(name, size, href=f"{work.href}/{name}")
    data = path.read_bytes()
    try:
        return WrittenFile(name, size, text=data.decode())
    except UnicodeDecodeError:
        return WrittenFile(name, size, text=data.decode("latin-1"))
