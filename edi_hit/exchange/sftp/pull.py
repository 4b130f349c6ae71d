"""Fetches a partner's files: each under a temporary name first, gone on with where it was broken off."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from edi_hit.exchange.sftp.server import RemoteFile, SftpServer
from edi_hit.ledger import sha256_of

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,199}")


class Pulled(msgspec.Struct, frozen=True):
    """A file that was fetched: what it is called here, its bytes, and their SHA-256."""

    name: str
    size: int
    sha256: str


def pull(server: SftpServer, remote: str, folder: Path) -> Iterator[Pulled]:
    """Fetch every file of the server's folder into `folder` and remove it there; yield each one fetched.

    A file stands in `folder` under its name once it is whole and synced; then it is yielded, and only then
    removed from the server: one that is broken off in between is fetched again, under another name where the
    first has its own still. A file that changes while it is fetched is left for the next time. A name that is
    not plain is replaced by a digest of it. Raises `PartnerError` and `OSError`.
    """
    for file in server.files(remote):
        path = f"{remote}/{file.name}"
        partial = folder / f".{_local_name(file.name)}.{file.size}-{file.changed}.part"
        _fetch(server, path, partial)
        if server.find(path) != file or partial.stat().st_size != file.size:
            partial.unlink()
            continue
        pulled = Pulled(_free(folder / _local_name(file.name), file).name, file.size, sha256_of(partial))
        partial.rename(folder / pulled.name)
        _sync(folder)
        yield pulled
        server.remove(path)


def _fetch(server: SftpServer, path: str, partial: Path) -> None:
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as stream:
        for block in server.read(path, stream.tell()):
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())


def _local_name(name: str) -> str:
    if _PLAIN_NAME.fullmatch(name):
        return name
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _free(path: Path, file: RemoteFile) -> Path:
    """A name that no file has yet: the wanted one, else with the second of its change, else with a count."""
    wanted, count = path, 1
    while path.exists():
        path = wanted.with_name(f"{wanted.stem}_{file.changed}_{count}{wanted.suffix}")
        count += 1
    return path


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
