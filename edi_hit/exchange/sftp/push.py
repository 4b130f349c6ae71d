"""Puts files on a partner's server: each under a temporary name, then renamed, exactly once."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from edi_hit.exchange.sftp.server import SftpServer
from edi_hit.rules import PartnerError

_DONE = "sent"


class Pushed(msgspec.Struct, frozen=True):
    """A file that was put on the server: its name, its bytes, and their SHA-256."""

    name: str
    size: int
    sha256: str


def push(server: SftpServer, folder: Path, remote: str) -> Iterator[Pushed]:
    """Put every file of `folder`, hidden ones not, on the server; move it to `folder`/sent; yield each one.

    An upload that was broken off goes on where it stopped. The server's folder never shows a file that is not
    whole, and no file is put there twice: before the renaming a mark is left here, and where the mark stands
    but the temporary file is gone, the renaming was done. A file of that name on the server is not replaced:
    `PartnerError`. Raises `OSError`.
    """
    done = folder / _DONE
    done.mkdir(mode=0o700, exist_ok=True)
    for file in sorted(item for item in folder.iterdir() if item.is_file() and item.name[0] != "."):
        yield _put(server, file, remote)
        file.replace(done / file.name)
        _mark(file).unlink(missing_ok=True)


def _put(server: SftpServer, file: Path, remote: str) -> Pushed:
    """Put one file in its place."""
    target = f"{remote}/{file.name}"
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
        size = content.tell()
        pushed = Pushed(file.name, size, digest)
        temporary = f"{remote}/.{file.name}.{digest[:16]}.part"
        there = server.find(temporary)
        if there is None and _marked(file, digest):
            return pushed
        if there is None or there.size < size:
            content.seek(there.size if there else 0)
            server.write(temporary, content, content.tell())
    whole = server.find(temporary)
    if whole is None or whole.size != size:
        raise PartnerError(f"{file.name} did not arrive whole")
    _leave_mark(file, digest)
    server.rename(temporary, target)
    return pushed


def _mark(file: Path) -> Path:
    return file.with_name(f".{file.name}.renaming")


def _marked(file: Path, digest: str) -> bool:
    mark = _mark(file)
    return mark.exists() and mark.read_text(encoding="ascii") == digest


def _leave_mark(file: Path, digest: str) -> None:
    descriptor = os.open(_mark(file), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(digest)
        stream.flush()
        os.fsync(stream.fileno())
