"""Sends a file piece by piece. It may be removed as soon as its response is made."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from starlette.responses import Response, StreamingResponse

_PIECE = 64 * 1024


def file_response(path: Path, content_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Give the response that carries a file; raises `OSError` where it cannot be opened."""
    stream = path.open("rb")
    size = os.fstat(stream.fileno()).st_size
    told = {**(headers or {}), "content-length": str(size)}
    return StreamingResponse(_pieces(stream), headers=told, media_type=content_type)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(_PIECE):
            yield piece
