"""Takes a body to disk as it comes: bounded in size and time, never whole in memory."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
from starlette.requests import ClientDisconnect, Request

from edi_hit.exchange.http.problems import refused
from edi_hit.profiles.http_service import HttpLimits


class ReceivedBody(msgspec.Struct, frozen=True):
    """A body on disk: its size in bytes and its SHA-256."""

    size: int
    sha256: str


async def receive_body(request: Request, path: Path, most: int, limits: HttpLimits) -> ReceivedBody:
    """Write the body of a request, of at most `most` bytes, to `path`, mode 0600.

    Raises `ProblemError` where it is too large, comes too slowly or is cut off, and `OSError`.
    """
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        async for piece in pieces_in_time(request, most, limits):
            digest.update(piece)
            stream.write(piece)
            size += len(piece)
    return ReceivedBody(size, digest.hexdigest())


async def pieces_in_time(request: Request, most: int, limits: HttpLimits) -> AsyncIterator[bytes]:
    """Yield the pieces of a body of at most `most` bytes; raises `ProblemError`."""
    require_size(request, most)
    size, begun = 0, asyncio.get_running_loop().time()
    pieces = request.stream()
    try:
        while True:
            until = begun + limits.body_seconds + size / (limits.least_kb_a_second * 1024)
            async with asyncio.timeout_at(until):
                piece = await anext(pieces, None)
            if piece is None:
                return
            size += len(piece)
            if size > most:
                raise _too_large(most)
            yield piece
    except TimeoutError as error:
        raise refused("too-slow") from error
    except ClientDisconnect as error:
        raise refused("not-a-request", "the body was cut off") from error


def require_size(request: Request, most: int) -> None:
    """Refuse a body that says it has more than `most` bytes before any of it is taken."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise _too_large(most)


def _too_large(most: int) -> Exception:
    return refused("too-large", f"at most {most} bytes are taken")
