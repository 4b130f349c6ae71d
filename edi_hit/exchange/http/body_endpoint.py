"""POST /v1/OPERATION: takes a body, works on it, and answers at once or with a job."""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from edi_hit.exchange.http.access import Caller
from edi_hit.exchange.http.job_record import BODY, OUTPUTS, JobRecord, new_record
from edi_hit.exchange.http.job_store import JobStore, job_href
from edi_hit.exchange.http.operations.work import Operation
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.problems import problem, problem_response, refused
from edi_hit.exchange.http.query import as_query, query_texts
from edi_hit.exchange.http.received_body import ReceivedBody, receive_body
from edi_hit.exchange.http.sent_file import file_response

KEY = "idempotency-key"
_LONGEST_KEY = 255

Endpoint = Callable[[Request], Awaitable[Response]]


def body_endpoint(operation: Operation, parts: Parts) -> Endpoint:
    """Give the endpoint of an operation."""

    async def endpoint(request: Request) -> Response:
        caller = parts.access.require(request, operation.scope)
        request.state.caller = caller.name
        query = query_texts(request)
        as_query(query, operation.query)
        _require_type(request, operation.bodies)
        asked = _Asked(operation, query, caller, _key(request, caller), _wants_job(request))
        require_room(parts)
        folder = parts.store.new_folder()
        try:
            most = parts.largest_body(caller.partner)
            body = await receive_body(request, folder / BODY, most, parts.settings.limits)
            record = await _take_in(asked, folder, body, parts)
        except BaseException:
            await parts.runner.cancel(folder.name)
            parts.store.remove(folder.name)
            raise
        return await _answer(request, record, asked, parts)

    return endpoint


class _Asked(msgspec.Struct, frozen=True):
    """What a request asks for. `key` is the hash of its Idempotency-Key, empty without one."""

    operation: Operation
    query: dict[str, str]
    caller: Caller
    key: str
    wants_job: bool

    def fingerprint(self, body: ReceivedBody) -> str:
        """Tell this request from another."""
        said = [self.operation.name, sorted(self.query.items()), self.caller.partner, body.sha256]
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


async def _take_in(asked: _Asked, folder: Path, body: ReceivedBody, parts: Parts) -> JobRecord:
    """Give the job of a request: that of its Idempotency-Key, or a new one."""
    parts.metrics.body_taken(body.size)
    fingerprint = asked.fingerprint(body)
    kept = bool(asked.key) or asked.wants_job or body.size > parts.at_once_bytes
    if kept:
        await asyncio.to_thread(_sync, folder / BODY)
    earlier = parts.store.with_key(asked.key) if asked.key else None
    if earlier is not None:
        if earlier.fingerprint != fingerprint:
            raise refused("key-used")
        parts.store.remove(folder.name)
        if earlier.is_finished:
            await parts.trail.given_out(earlier, "the answer, again")
        return earlier
    record = new_record(folder.name, asked.operation.name, asked.query, asked.caller, body)
    record = msgspec.structs.replace(record, fingerprint=fingerprint, key=asked.key, kept=kept)
    parts.store.remember(record)
    parts.runner.submit(record)
    await parts.store.save(record)
    return record


def _sync(path: Path) -> None:
    """Have a body on disk before its job is promised."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


async def _answer(request: Request, record: JobRecord, asked: _Asked, parts: Parts) -> Response:
    at_once = not asked.wants_job and record.body_bytes <= parts.at_once_bytes
    if at_once and not await ends_while_asked(request, record, parts):
        await drop(record, parts)
        raise refused("not-a-request", "the caller went away")
    latest = parts.store.get(record.id)
    if latest is None:
        raise refused("not-found", "the job was deleted")
    if at_once and latest.is_finished:
        response = answer_of(latest, parts)
        await drop(latest, parts)
        return response
    if not latest.kept:
        latest = msgspec.structs.replace(latest, kept=True)
        await parts.store.save(latest)
    return job_response(latest, parts.store)


async def ends_while_asked(request: Request, record: JobRecord, parts: Parts) -> bool:
    """Wait for a job as long as an answer may take; tell whether the caller is still there."""
    gone = asyncio.ensure_future(request.receive())
    try:
        await parts.runner.ends(record.id, parts.settings.limits.answer_seconds, gone)
        return not gone.done() or record.kept
    finally:
        gone.cancel()


async def drop(record: JobRecord, parts: Parts) -> None:
    """Remove a job that does not outlive its answer."""
    if not record.kept:
        await parts.runner.cancel(record.id)
        await asyncio.to_thread(parts.store.remove, record.id)


def answer_of(record: JobRecord, parts: Parts) -> Response:
    """Give the answer of a finished job, or the problem that ended it."""
    if record.answer is None:
        return problem_response(record.problem or problem("failed"))
    path = parts.store.folder(record.id) / OUTPUTS / record.answer.file
    return file_response(path, record.answer.content_type, record.answer.headers)


def job_response(record: JobRecord, store: JobStore) -> Response:
    """Tell of a job that is not answered yet."""
    return Response(
        msgspec.json.encode(store.document(record)),
        202,
        {"location": job_href(record.id), "retry-after": "1"},
        "application/json",
    )


def require_room(parts: Parts) -> None:
    """Refuse a body where too many wait, or too many jobs are kept; raises `ProblemError`."""
    limits = parts.settings.limits
    if parts.runner.unfinished >= limits.workers + limits.waiting:
        raise refused("too-often", "too many jobs wait", retry_after="5")
    if len(parts.store) >= limits.kept + limits.waiting:
        raise refused("too-often", "too many jobs are kept: delete some", retry_after="60")


def _require_type(request: Request, allowed: tuple[str, ...]) -> None:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given and given not in allowed:
        raise refused("not-this-type", f"taken are {', '.join(allowed)}")


def _key(request: Request, caller: Caller) -> str:
    given = request.headers.get(KEY)
    if given is None:
        return ""
    if not given.isprintable() or not given.isascii() or not 1 <= len(given) <= _LONGEST_KEY:
        raise refused("wrong-parameter", f"an Idempotency-Key has 1 to {_LONGEST_KEY} printable characters")
    return hashlib.sha256(f"{caller.name}\n{given}".encode()).hexdigest()


def _wants_job(request: Request) -> bool:
    return "respond-async" in request.headers.get("prefer", "").lower()
