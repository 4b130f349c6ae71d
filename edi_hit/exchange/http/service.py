"""The service as an ASGI application: its parts put together, and its addresses."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

import edi_hit
from edi_hit.exchange.http.access import Access
from edi_hit.exchange.http.audit_trail import AuditTrail
from edi_hit.exchange.http.body_endpoint import body_endpoint
from edi_hit.exchange.http.coverage_endpoints import CoverageEndpoints
from edi_hit.exchange.http.job_endpoints import JobEndpoints
from edi_hit.exchange.http.job_record import JobRecord
from edi_hit.exchange.http.job_runner import JobRunner
from edi_hit.exchange.http.job_store import JobStore
from edi_hit.exchange.http.openapi import openapi
from edi_hit.exchange.http.operations import OPERATIONS
from edi_hit.exchange.http.operations.work import WorkSettings
from edi_hit.exchange.http.page_endpoint import PageEndpoints
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.price_endpoint import PriceEndpoint
from edi_hit.exchange.http.problems import ProblemError, problem_of, problem_response, refused
from edi_hit.exchange.http.service_log import LOG
from edi_hit.exchange.http.service_metrics import METRICS_TYPE, ServiceMetrics
from edi_hit.exchange.http.watch import Watch
from edi_hit.exchange.settings_files import matching_files
from edi_hit.jobs.partner_files import checked_partners
from edi_hit.profiles import Partner
from edi_hit.profiles.http_service import HttpSettings, Scope, is_loopback, require_usable
from edi_hit.reference import Tables
from edi_hit.rules import ConfigError

_SWEPT_EVERY = 60.0
"""Seconds between looks for jobs to remove."""


def make_service(settings: HttpSettings) -> ASGIApp:
    """Give the service, which holds its folder until it is shut down.

    Raises `ConfigError` where the settings contradict each other or the folder is another server's, and
    `OSError` where the folder cannot be used.
    """
    require_usable(settings)
    metrics = ServiceMetrics()
    files = matching_files(Path(), settings.tables)
    tables = Tables.with_files(files) if files else Tables.packaged()
    partners = _partners(settings)
    store = JobStore(Path(settings.folder))
    trail = AuditTrail(settings.ledger)
    runner = JobRunner(store, settings.limits, _work_settings(settings, files, partners), trail, metrics)
    metrics.watch(lambda: runner.unfinished, lambda: len(store))
    parts = Parts(settings, tables, partners, Access(settings), store, runner, trail, metrics)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        runner.start()
        sweeping = asyncio.create_task(_sweep(parts, timedelta(hours=settings.limits.keep_hours)))
        try:
            yield
        finally:
            sweeping.cancel()
            await runner.stop()
            store.close()
            trail.close()

    handlers = {ProblemError: _told, HTTPException: _http_error, Exception: _unforeseen}
    application = Starlette(routes=_routes(parts), lifespan=lifespan, exception_handlers=handlers)
    secure = bool(settings.certificate)
    return Watch(application, metrics, _hosts(settings), settings.limits.send_seconds, secure)


def _routes(parts: Parts) -> list[BaseRoute]:
    document = msgspec.json.encode(openapi(OPERATIONS.values(), parts.access.needs_token))

    async def described(request: Request) -> Response:
        return Response(document, media_type="application/json")

    async def healthy(request: Request) -> Response:
        return Response(
            msgspec.json.encode({"status": "ok", "version": edi_hit.__version__}),
            media_type="application/json",
        )

    async def measured(request: Request) -> Response:
        parts.access.require(request, Scope.METRICS)
        return Response(parts.metrics.text(), media_type=METRICS_TYPE)

    bodies = [
        Route(f"/v1/{one.name}", body_endpoint(one, parts), methods=["POST"]) for one in OPERATIONS.values()
    ]
    return [
        *bodies,
        Route("/v1/price", PriceEndpoint(parts).answer, methods=["GET"]),
        *CoverageEndpoints(parts).routes(),
        *JobEndpoints(parts).routes(),
        *PageEndpoints(parts).routes(),
        Route("/openapi.json", described, methods=["GET"]),
        Route("/health", healthy, methods=["GET"]),
        Route("/metrics", measured, methods=["GET"]),
    ]


def _partners(settings: HttpSettings) -> dict[str, Partner]:
    partners = checked_partners(matching_files(Path(), settings.partners))
    for name, token in settings.tokens.items():
        if token.partner is not None and token.partner not in partners:
            raise ConfigError(f"tokens.{name}.partner: no profile has this name")
    return partners


def _work_settings(
    settings: HttpSettings, tables: list[Path], partners: dict[str, Partner]
) -> Callable[[JobRecord], WorkSettings]:
    def of(record: JobRecord) -> WorkSettings:
        partner = partners.get(record.partner or "")
        return WorkSettings(
            settings.ledger, settings.run, tuple(tables), partner, settings.limits.job_seconds
        )

    return of


def _hosts(settings: HttpSettings) -> frozenset[str] | None:
    """The host names the service answers to, so that no other site can have its name point here.

    None, any name, where it is not on loopback and none is set: there a token is needed.
    """
    own = frozenset(one.lower() for one in settings.hosts)
    if is_loopback(settings.host):
        return own | {"localhost", "127.0.0.1", "[::1]", settings.host}
    return own or None


async def _sweep(parts: Parts, keep: timedelta) -> None:
    while True:
        with suppress(OSError, ProblemError):
            for job in parts.store.expired(keep):
                await parts.trail.expired(job)
                await asyncio.to_thread(parts.store.remove, job.id)
                LOG.info("job removed", extra={"job": job.id})
        await asyncio.sleep(_SWEPT_EVERY)


async def _told(request: Request, error: Exception) -> Response:
    if not isinstance(error, ProblemError):
        raise error
    return problem_response(error.problem, error.headers)


async def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    kind = {404: "not-found", 405: "no-such-method"}.get(error.status_code, "not-a-request")
    told = refused(kind)
    return problem_response(told.problem, error.headers)


async def _unforeseen(request: Request, error: Exception) -> Response:
    return problem_response(problem_of(error))
