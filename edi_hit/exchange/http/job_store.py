"""The jobs of the service: a folder each, and a record in memory that survives a restart as a file."""

import asyncio
import fcntl
import os
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from edi_hit.exchange.http.job_record import (
    ANSWER,
    BODY,
    OUTPUTS,
    PROGRESS,
    RECORD,
    JobDocument,
    JobRecord,
    Output,
    Progress,
)
from edi_hit.jobs.output_files import make_folder, written_whole
from edi_hit.rules import ConfigError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_decoder = msgspec.json.Decoder(JobRecord)


class JobStore:
    """The jobs in `folder`, which belongs to one server at a time.

    Raises `ConfigError` where another server has it, and `OSError` where it cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._jobs = folder / "jobs"
        make_folder(self._jobs)
        self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            raise ConfigError(f"{folder} is in use by another server") from error
        self._records: dict[str, JobRecord] = {}
        self._keys: dict[str, str] = {}
        for path in self._jobs.iterdir():
            self._recover(path)
        self._writing = threading.Lock()

    def _recover(self, folder: Path) -> None:
        """Take up a job of an earlier server; what was not to outlive its answer goes."""
        try:
            record = _decoder.decode((folder / RECORD).read_bytes())
        except (OSError, msgspec.DecodeError):
            shutil.rmtree(folder, ignore_errors=True)
            return
        if record.is_finished:
            self.forget_body(record.id)
        else:
            shutil.rmtree(folder / OUTPUTS, ignore_errors=True)
            (folder / OUTPUTS).mkdir(mode=0o700)
        self.remember(record)

    def remember(self, record: JobRecord) -> None:
        """Know a record from now on, until the server ends."""
        self._records[record.id] = record
        if record.key:
            self._keys[record.key] = record.id

    def close(self) -> None:
        """Leave the folder to another server."""
        os.close(self._lock)

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[JobRecord]:
        return iter(tuple(self._records.values()))

    def new_folder(self) -> Path:
        """Make the folder of a new job; its name is the job's id."""
        folder = self._jobs / secrets.token_hex(16)
        folder.mkdir(mode=0o700)
        (folder / OUTPUTS).mkdir(mode=0o700)
        return folder

    def folder(self, job: str) -> Path:
        """The folder of a job."""
        return self._jobs / job

    def get(self, job: str) -> JobRecord | None:
        """Give a job's record."""
        return self._records.get(job)

    def with_key(self, key: str) -> JobRecord | None:
        """Give the job that was asked for with an Idempotency-Key."""
        return self._records.get(self._keys.get(key, ""))

    async def save(self, record: JobRecord) -> None:
        """Keep a record; one that outlives its answer is on disk before this returns."""
        self.remember(record)
        if record.kept:
            await asyncio.to_thread(self._write, record.id)

    def _write(self, job: str) -> None:
        with self._writing:
            record = self._records.get(job)
            if record is not None:
                with written_whole(self.folder(job) / RECORD, force=True) as stream:
                    stream.write(msgspec.json.encode(record))

    def remove(self, job: str) -> None:
        """Forget a job and remove all it wrote."""
        record = self._records.pop(job, None)
        if record is not None and self._keys.get(record.key) == job:
            del self._keys[record.key]
        shutil.rmtree(self.folder(job), ignore_errors=True)

    def forget_body(self, job: str) -> None:
        """Remove the body of a job that needs it no more."""
        for name in (BODY, ANSWER, PROGRESS):
            (self.folder(job) / name).unlink(missing_ok=True)

    def expired(self, keep: timedelta) -> list[JobRecord]:
        """The jobs that ended longer ago than `keep`."""
        limit = datetime.now(UTC) - keep
        return [one for one in self if one.finished is not None and one.finished < limit]

    def output(self, record: JobRecord, name: str) -> Path | None:
        """Give a file that a finished job wrote, by its name."""
        path = self.folder(record.id) / OUTPUTS / name
        return path if record.is_finished and _NAME.fullmatch(name) and path.is_file() else None

    def document(self, record: JobRecord) -> JobDocument:
        """What a caller is told of a job."""
        href = job_href(record.id)
        return JobDocument(
            id=record.id,
            operation=record.operation,
            state=record.state,
            created=record.created,
            body_bytes=record.body_bytes,
            href=href,
            finished=record.finished,
            progress=None if record.is_finished else self._progress(record.id),
            result=f"{href}/result" if record.answer else None,
            outputs=tuple(self._outputs(record)) if record.answer else (),
            problem=record.problem,
        )

    def _progress(self, job: str) -> Progress | None:
        try:
            return msgspec.json.decode((self.folder(job) / PROGRESS).read_bytes(), type=Progress)
        except (OSError, msgspec.DecodeError):
            return None

    def _outputs(self, record: JobRecord) -> Iterator[Output]:
        for path in sorted((self.folder(record.id) / OUTPUTS).iterdir()):
            if self.output(record, path.name):
                yield Output(path.name, path.stat().st_size, f"{files_href(record.id)}/{path.name}")


def job_href(job: str) -> str:
    """The address of a job."""
    return f"/v1/jobs/{job}"


def files_href(job: str) -> str:
    """The address of the files of a job, without a name."""
    return f"{job_href(job)}/files"
