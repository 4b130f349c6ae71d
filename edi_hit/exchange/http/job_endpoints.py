"""The jobs of a caller: how far they are, what they gave, and taking them away."""

import asyncio

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from edi_hit.exchange.http.body_endpoint import answer_of
from edi_hit.exchange.http.job_record import JobDocument, JobRecord
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.problems import refused
from edi_hit.exchange.http.sent_file import file_response

LISTED = 100
"""Jobs listed, the newest first."""


class JobList(msgspec.Struct, frozen=True):
    """The newest jobs of a caller, and how many there are."""

    total: int
    jobs: list[JobDocument]


class JobEndpoints:
    """Each caller sees its own jobs alone."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        """Give the routes of the jobs."""
        return [
            Route("/v1/jobs", self.all, methods=["GET"]),
            Route("/v1/jobs/{job}", self.one, methods=["GET", "DELETE"]),
            Route("/v1/jobs/{job}/result", self.result, methods=["GET"]),
            Route("/v1/jobs/{job}/files/{name}", self.file, methods=["GET"]),
        ]

    async def all(self, request: Request) -> Response:
        """List the caller's jobs."""
        caller = self._parts.access.require(request)
        own = sorted(
            (one for one in self._parts.store if one.caller == caller.name and one.kept),
            key=lambda one: one.created,
            reverse=True,
        )
        jobs = [self._parts.store.document(one) for one in own[:LISTED]]
        return _json(JobList(len(own), jobs))

    async def one(self, request: Request) -> Response:
        """Say how far a job is, or end it and remove all it wrote."""
        record = self._own(request)
        if request.method != "DELETE":
            return _json(self._parts.store.document(record))
        await self._parts.runner.cancel(record.id)
        await self._parts.trail.removed(record)
        await asyncio.to_thread(self._parts.store.remove, record.id)
        return Response(status_code=204)

    async def result(self, request: Request) -> Response:
        """Give the answer of a job, as it would have been given at once."""
        record = self._own(request)
        if not record.is_finished:
            raise refused("not-ready", retry_after="1")
        await self._parts.trail.given_out(record, "the answer")
        return answer_of(record, self._parts)

    async def file(self, request: Request) -> Response:
        """Give a file that a job wrote."""
        record = self._own(request)
        path = self._parts.store.output(record, request.path_params["name"])
        if path is None:
            raise refused("not-found")
        await self._parts.trail.given_out(record, path.name)
        return file_response(path, "application/octet-stream")

    def _own(self, request: Request) -> JobRecord:
        caller = self._parts.access.require(request)
        request.state.caller = caller.name
        record = self._parts.store.get(request.path_params["job"])
        if record is None or record.caller != caller.name or not record.kept:
            raise refused("not-found")
        return record


def _json(document: object) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
