"""Runs jobs, each in a process of its own, so many at a time; ends those that take too long."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any

import msgspec

from edi_hit.exchange.http.audit_trail import AuditTrail
from edi_hit.exchange.http.job_record import ANSWER, JobRecord, JobState
from edi_hit.exchange.http.job_store import JobStore, files_href
from edi_hit.exchange.http.operations import WORK
from edi_hit.exchange.http.operations.work import Work, WorkSettings
from edi_hit.exchange.http.problems import ProblemError, problem, problem_of
from edi_hit.exchange.http.service_log import LOG, where_raised
from edi_hit.exchange.http.service_metrics import ServiceMetrics
from edi_hit.exchange.http.work_process import Bounds, Outcome, run_work
from edi_hit.profiles.http_service import HttpLimits

_TRIES = 3
"""How often a job is begun that a stop of the server broke off."""

_ENDED_FOR_BOUNDS = (-signal.SIGXCPU, -signal.SIGKILL)
_decoder = msgspec.json.Decoder(Outcome)

SettingsOf = Callable[[JobRecord], WorkSettings]


class JobRunner:
    """Runs the jobs of a store. Start it in the event loop it is to run in."""

    def __init__(
        self,
        store: JobStore,
        limits: HttpLimits,
        settings_of: SettingsOf,
        trail: AuditTrail,
        metrics: ServiceMetrics,
    ) -> None:
        self._store = store
        self._limits = limits
        self._settings_of = settings_of
        self._trail = trail
        self._metrics = metrics
        self._slots = asyncio.Semaphore(limits.workers)
        self._processes = multiprocessing.get_context("forkserver")
        self._running: dict[str, asyncio.Task[None]] = {}

    def start(self) -> None:
        """Make processes ready, and go on with what an earlier server left."""
        self._processes.set_forkserver_preload(["edi_hit.exchange.http.ready_process"])
        for record in self._store:
            if not record.is_finished:
                self.submit(record)

    @property
    def unfinished(self) -> int:
        """How many jobs run or wait."""
        return len(self._running)

    def submit(self, record: JobRecord) -> None:
        """Run a job as soon as there is room."""
        task = asyncio.create_task(self._run(record))
        self._running[record.id] = task
        task.add_done_callback(lambda _: self._running.pop(record.id, None))

    async def ends(self, job: str, seconds: float, unless: asyncio.Future[Any]) -> None:
        """Wait for the end of a job, at most so long, or until `unless` is there."""
        task = self._running.get(job)
        if task is not None:
            both: list[asyncio.Future[Any]] = [task, unless]
            await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    async def cancel(self, job: str) -> None:
        """End a job that runs or waits."""
        task, record = self._running.get(job), self._store.get(job)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
            if record is not None:
                with suppress(ProblemError):
                    await self._trail.broken_off(record)

    async def stop(self) -> None:
        """End all processes; their jobs are begun anew by the next server."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _run(self, record: JobRecord) -> None:
        async with self._slots:
            record = self._latest(record).started()
            if record.tries > _TRIES:
                await self._end(record.failed(problem("failed", "the job was broken off too often")))
                return
            await self._save(record)
            with self._metrics.working(record.operation):
                outcome = await self._worked(record)
        await self._end(self._ended(self._latest(record), outcome))

    def _latest(self, record: JobRecord) -> JobRecord:
        """The record as it is now; it may have become one that is kept."""
        latest = self._store.get(record.id) or record
        return msgspec.structs.replace(record, kept=latest.kept)

    def _ended(self, record: JobRecord, outcome: Outcome) -> JobRecord:
        if outcome.where:
            LOG.error("work failed", extra={"job": record.id, "error": outcome.where})
        if outcome.answer is not None:
            return record.done(outcome.answer)
        return record.failed(outcome.problem or problem("failed"))

    async def _end(self, record: JobRecord) -> None:
        try:
            await self._trail.ended(record)
        except ProblemError as error:
            record = record.failed(error.problem)
        await self._save(record)
        self._store.forget_body(record.id)
        self._metrics.job_ended(record.operation, record.state)
        status = record.problem.status if record.state is JobState.FAILED and record.problem else 200
        LOG.info(
            "job ended",
            extra={
                "job": record.id,
                "operation": record.operation,
                "caller": record.caller,
                "bytes": record.body_bytes,
                "status": status,
            },
        )

    async def _save(self, record: JobRecord) -> None:
        """Keep a record; where the disk does not take it, memory has it, and the job goes on."""
        try:
            await self._store.save(record)
        except OSError as error:
            LOG.error("record not written", extra={"job": record.id, "error": where_raised(error)})

    async def _worked(self, record: JobRecord) -> Outcome:
        try:
            return await self._outcome(record)
        except Exception as error:
            return Outcome(problem=problem_of(error), where=where_raised(error))

    async def _outcome(self, record: JobRecord) -> Outcome:
        folder = self._store.folder(record.id)
        work = Work(
            folder=folder,
            query=msgspec.convert(record.query, WORK[record.operation].query, strict=False),
            on=record.on,
            settings=self._settings_of(record),
            inline=record.body_bytes <= self._limits.at_once_kb * 1024,
            href=files_href(record.id),
        )
        limits = self._limits
        bounds = Bounds(limits.memory_mb, limits.output_mb, limits.job_seconds)
        process = self._processes.Process(target=run_work, args=(record.operation, work, bounds), daemon=True)
        await asyncio.to_thread(process.start)
        in_time = await self._ends(process)
        try:
            return _decoder.decode((folder / ANSWER).read_bytes())
        except (OSError, msgspec.DecodeError):
            return self._without_answer(process.exitcode, in_time)
        finally:
            process.close()

    async def _ends(self, process: BaseProcess) -> bool:
        """Wait for the end of a process; one that takes too long, or whose job is cancelled, is killed."""
        ended = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(process.sentinel, ended.set)
        try:
            async with asyncio.timeout(self._limits.job_seconds):
                await ended.wait()
        except TimeoutError:
            return False
        else:
            return True
        finally:
            loop.remove_reader(process.sentinel)
            process.kill()
            process.join()

    def _without_answer(self, code: int | None, in_time: bool) -> Outcome:
        if not in_time or code in _ENDED_FOR_BOUNDS:
            return Outcome(problem=problem("too-much", "it took too long, or too much memory"))
        return Outcome(problem=problem("failed"), where=f"the process of the job ended with {code}")
