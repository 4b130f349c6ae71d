"""Around every request: its number, log line, metrics, security headers; a problem for what goes wrong."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from edi_hit.exchange.http.problems import (
    Problem,
    ProblemError,
    problem,
    problem_of,
    problem_response,
)
from edi_hit.exchange.http.service_log import LOG
from edi_hit.exchange.http.service_metrics import ServiceMetrics

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
"""On every answer; an answer's own win."""

_DRAINED, _DRAINED_SECONDS = 16 * 1024 * 1024, 2.0
"""How much is taken of a body that is refused, and for how long."""

_CUT_OFF = 499
"""Logged where the caller went away before its answer."""


class Watch:
    """The outermost part of the service. Nothing of a request's content goes into logs or metrics."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: ServiceMetrics,
        hosts: frozenset[str] | None,
        send_seconds: float,
        secure: bool,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._hosts = hosts
        self._send_seconds = send_seconds
        self._headers = dict(SECURITY_HEADERS)
        if secure:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer for what goes wrong with it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self._headers, self._send_seconds)
        begun = time.monotonic()
        try:
            if self._hosts is not None and _host(scope) not in self._hosts:
                await exchange.fail(problem("wrong-host"))
            else:
                await self._app(scope, exchange.receive, exchange.send)
        except ProblemError as error:
            await exchange.fail(error.problem, error.headers)
        except (ClientDisconnect, ConnectionError, TimeoutError):
            exchange.status = _CUT_OFF
            await exchange.fail(problem("not-a-request", "the connection was lost"))
        except Exception as error:
            LOG.exception("request failed", extra={"request": exchange.id})
            await exchange.fail(problem_of(error))
        finally:
            self._tell(scope, exchange, time.monotonic() - begun)

    def _tell(self, scope: Scope, exchange: "_Exchange", seconds: float) -> None:
        route = _route(scope)
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.answered(method, route, exchange.status, seconds)
        LOG.info(
            "answered",
            extra={
                "request": exchange.id,
                "method": method,
                "route": route,
                "status": exchange.status,
                "caller": scope.get("state", {}).get("caller", ""),
                "ms": round(seconds * 1000),
            },
        )


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Exchange:
    """One request and its answer."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, headers: dict[str, str], send_seconds: float
    ) -> None:
        self.id = secrets.token_hex(8)
        self.started = False
        self.status = _CUT_OFF
        self._scope, self._receive, self._send = scope, receive, send
        self._headers = headers
        self._send_seconds = send_seconds
        self._body_is_through = not _sends_body(scope)

    async def receive(self) -> Message:
        """Take a part of the request."""
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body", False):
            self._body_is_through = True
        return message

    async def send(self, message: Message) -> None:
        """Send a part of the answer; raises `TimeoutError` where the caller does not take it."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            headers["x-request-id"] = self.id
            if not self._body_is_through:
                headers["connection"] = "close"
        elif not (message.get("more_body") or self._body_is_through):
            await self._pass_on({**message, "more_body": True})
            await self._drain()
            message = {"type": "http.response.body", "body": b""}
        await self._pass_on(message)

    async def _pass_on(self, message: Message) -> None:
        async with asyncio.timeout(self._send_seconds):
            await self._send(message)

    async def _drain(self) -> None:
        """Take some more of a body nobody wants, so that a caller who is still sending sees the answer."""
        left = _DRAINED
        with suppress(TimeoutError):
            async with asyncio.timeout(_DRAINED_SECONDS):
                while left > 0 and not self._body_is_through:
                    message = await self.receive()
                    if message["type"] == "http.disconnect":
                        return
                    left -= len(message.get("body", b""))

    async def fail(self, told: Problem, headers: Mapping[str, str] | None = None) -> None:
        """Answer with a problem; an answer that was begun is cut off."""
        if not self.started:
            with suppress(TimeoutError, OSError):
                await problem_response(told, headers)(self._scope, self.receive, self.send)


def _sends_body(scope: Scope) -> bool:
    """Whether a body comes without being asked for."""
    headers = dict(scope["headers"])
    comes = b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"
    return comes and b"expect" not in headers


def _route(scope: Scope) -> str:
    """The pattern of the address, so that no label or log line has what a caller wrote."""
    if "endpoint" not in scope:
        return "other"
    named = {value: f"{{{name}}}" for name, value in scope["path_params"].items()}
    return "/".join(named.get(part, part) for part in scope["path"].split("/"))


def _host(scope: Scope) -> str:
    """The host a request is for, without its port."""
    given: str = dict(scope["headers"]).get(b"host", b"").decode("latin-1").lower()
    return given.rpartition("]")[0] + "]" if given.startswith("[") else given.partition(":")[0]
