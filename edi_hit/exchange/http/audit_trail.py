"""What the service did, and for whom, in the ledger's audit trail; where it has no ledger, nowhere."""

import asyncio
from threading import Lock

from edi_hit.exchange.http.job_record import JobRecord
from edi_hit.exchange.http.problems import ProblemError, problem
from edi_hit.exchange.http.service_log import LOG, where_raised
from edi_hit.ledger import AuditAct, Ledger, give_up_body, open_ledger, record_act
from edi_hit.rules import LedgerError

_SERVICE = "http"


class AuditTrail:
    """Writes entries into the ledger at `address`, opened with the first of them.

    An entry has the name of a token and its partner, an operation, the digest of a body and counts. Where it
    cannot be written, `ProblemError` is raised: nothing is given or removed without its entry.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._ledger: Ledger | None = None
        self._opening = Lock()

    async def ended(self, job: JobRecord) -> None:
        """Record what became of a job: the outcome of its work, or a problem."""
        outcome = job.answer.outcome if job.answer else ""
        if job.problem is not None:
            outcome = f"{job.problem.status} {job.problem.kind}"
        await self._record(_owner(job), job.operation, job, outcome)

    async def broken_off(self, job: JobRecord) -> None:
        """Record that work on a job was ended before it was done."""
        await self._record(_owner(job), job.operation, job, "broken off")

    async def given_out(self, job: JobRecord, what: str) -> None:
        """Record that something a job wrote is given to whom it belongs to."""
        await self._record(_owner(job), "given out", job, what)

    async def removed(self, job: JobRecord) -> None:
        """Record that whom a job belongs to has all it wrote removed."""
        await self._record(_owner(job), "removed", job, "as asked")

    async def expired(self, job: JobRecord) -> None:
        """Record that the service removes all a job wrote."""
        await self._record(_SERVICE, "removed", job, "kept long enough")

    async def _record(self, actor: str, action: str, job: JobRecord, detail: str) -> None:
        if not self._address:
            return
        subject = f"job {job.id}: {job.body_bytes} bytes sha256 {job.sha256}"
        try:
            await asyncio.to_thread(self._write, AuditAct(actor, action, subject, detail), job.id)
        except LedgerError as error:
            LOG.error("not in the audit trail", extra={"job": job.id, "error": where_raised(error)})
            raise ProblemError(problem("ledger")) from error

    def _write(self, act: AuditAct, job: str) -> None:
        """Add an entry; nobody works on the body any more, however its process ended."""
        with self._opened().transaction() as connection:
            give_up_body(connection, job)
            record_act(connection, act)

    def _opened(self) -> Ledger:
        with self._opening:
            if self._ledger is None:
                self._ledger = open_ledger(self._address)
            return self._ledger

    def close(self) -> None:
        """Give the ledger back."""
        if self._ledger is not None:
            self._ledger.close()


def _owner(job: JobRecord) -> str:
    return f"{_SERVICE} {job.caller}" + (f" (partner {job.partner})" if job.partner else "")
