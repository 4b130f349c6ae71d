"""One connection: a caller who is slow to ask is cut, and what is no HTTP gets a problem."""

import asyncio
from typing import cast

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

from edi_hit.exchange.http.problems import PROBLEM_TYPE, problem
from edi_hit.profiles.http_service import HttpLimits


class PatientConnection(H11Protocol):
    """uvicorn's connection, with a time limit for the head of each request; one too many is closed."""

    header_seconds = 10.0
    most = 1000
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin; the head of a request is awaited."""
        super().connection_made(cast("asyncio.Transport", transport))
        if len(self.connections) > self.most:
            self.transport.abort()
        self._begin()

    def data_received(self, data: bytes) -> None:
        """Take what came; the time for a head begins with its first byte."""
        if self._deadline is None and self.conn.their_state is h11.IDLE:
            self._begin()
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Await nothing any more."""
        self._end()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP request, unless an answer is under way."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        body = msgspec.json.encode(problem("not-a-request"))
        headers = [
            (b"content-type", PROBLEM_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        for event in (
            h11.Response(status_code=400, headers=headers),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _begin(self) -> None:
        self._deadline = self.loop.call_later(self.header_seconds, self._cut)

    def _end(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cut(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()


def connection_of(limits: HttpLimits) -> type[PatientConnection]:
    """Give the kind of connection that keeps to these limits."""
    kept = {"header_seconds": limits.header_seconds, "most": limits.connections}
    return type("Connection", (PatientConnection,), kept)
