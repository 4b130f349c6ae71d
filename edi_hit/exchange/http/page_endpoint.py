"""The page for a person: a form to drop a file on, and what is found in it. Works without JavaScript."""

import asyncio
from importlib.resources import files
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from edi_hit.exchange.http.access import Caller
from edi_hit.exchange.http.body_endpoint import Endpoint, answer_of, drop, ends_while_asked, require_room
from edi_hit.exchange.http.form_body import receive_form
from edi_hit.exchange.http.job_record import BODY, JobRecord, new_record
from edi_hit.exchange.http.operations.look import LOOK, LookQuery
from edi_hit.exchange.http.page_templates import page
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.problems import Problem, ProblemError, problem, refused
from edi_hit.exchange.http.query import as_query
from edi_hit.exchange.http.received_body import ReceivedBody
from edi_hit.ledger import sha256_of
from edi_hit.profiles.http_service import Scope

_HTML = "text/html; charset=utf-8"
_OWN = "edi_hit.exchange.http"
_STATIC = {
    "page.css": ("text/css; charset=utf-8", (("edi_hit.report", "parts.css"), (_OWN, "page/page.css"))),
    "icon.svg": ("image/svg+xml", ((_OWN, "page/icon.svg"),)),
    "page.js": ("text/javascript; charset=utf-8", ((_OWN, "page/page.js"),)),
}
"""The type of each static file, and what it is put together from."""

_ASKED = ("history", "received")
"""Fields of the form that are parameters of what is asked."""


class PageEndpoints:
    """The addresses of the page."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        """Give the routes of the page."""
        return [
            Route("/", self.form, methods=["GET"]),
            Route("/", self.look, methods=["POST"]),
            *(Route(f"/static/{name}", _static(name), methods=["GET"]) for name in _STATIC),
        ]

    async def form(self, request: Request) -> Response:
        """Show the form."""
        return self._page(None, 200)

    async def look(self, request: Request) -> Response:
        """Show what is in the file of the form; a problem is shown above a new form."""
        try:
            return await self._look(request)
        except ProblemError as error:
            return self._page(error.problem, error.problem.status, dict(error.headers or {}))

    async def _look(self, request: Request) -> Response:
        _require_same_site(request)
        self._parts.access.knock(request)
        require_room(self._parts)
        store = self._parts.store
        folder = store.new_folder()
        try:
            record = await self._taken(request, folder.name)
        except BaseException:
            store.remove(folder.name)
            raise
        store.remember(record)
        self._parts.runner.submit(record)
        there = await ends_while_asked(request, record, self._parts)
        latest = store.get(record.id)
        try:
            if not there or latest is None or not latest.is_finished:
                raise refused("too-much", "it took too long for the page: POST it to /v1/adjudicate as a job")
            if latest.answer is None:
                raise ProblemError(latest.problem or problem("failed"))
            return answer_of(latest, self._parts)
        finally:
            await drop(record, self._parts)

    async def _taken(self, request: Request, job: str) -> JobRecord:
        body = self._parts.store.folder(job) / BODY
        fields = await receive_form(request, body, self._parts.settings.limits)
        caller = self._caller(request, fields.get("token", "").strip())
        size = body.stat().st_size
        if not size:
            raise refused("not-x12", "choose a file first: this one is empty")
        query = {name: fields[name] for name in _ASKED if fields.get(name)}
        as_query(query, LookQuery)
        self._parts.metrics.body_taken(size)
        received = ReceivedBody(size, await asyncio.to_thread(sha256_of, body))
        return new_record(job, LOOK.name, query, caller, received)

    def _caller(self, request: Request, token: str) -> Caller:
        caller = self._parts.access.admit(request, token, Scope.VALIDATE, Scope.ADJUDICATE)
        request.state.caller = caller.name
        return caller

    def _page(self, told: Problem | None, status: int, headers: dict[str, str] | None = None) -> Response:
        limit = self._parts.settings.limits.page_kb
        parts = page("form.html.j2", problem=told, needs_token=self._parts.access.needs_token, page_kb=limit)
        return Response("".join(parts), status, headers, _HTML)


def _require_same_site(request: Request) -> None:
    """Refuse a form that another site sent: without tokens, whoever has the page open could be used."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if site not in ("same-origin", "none") or foreign:
        raise refused("other-site")


def _static(name: str) -> Endpoint:
    kind, sources = _STATIC[name]
    data = b"".join((files(package) / path).read_bytes() for package, path in sources)

    async def endpoint(request: Request) -> Response:
        return Response(data, headers={"cache-control": "max-age=3600", "content-type": kind})

    return endpoint
