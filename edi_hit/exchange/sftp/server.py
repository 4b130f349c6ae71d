"""A partner's SSH server: connected to with a known host key, and what of SFTP is used."""

import socket
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TypeVar

import msgspec
import paramiko

from edi_hit.exchange.sftp.secrets import private_key
from edi_hit.profiles import SftpTransport
from edi_hit.rules import ConfigError, PartnerError

T = TypeVar("T")

BLOCK = 256 * 1024
_TIMEOUT_SECONDS = 30
_LONGEST_WAIT_SECONDS = 60


class RemoteFile(msgspec.Struct, frozen=True):
    """A file on the server: its name, bytes, and when it was last changed (seconds since 1970)."""

    name: str
    size: int
    changed: int


class SftpServer:
    """An open connection. Whatever the server or the network refuses is a `PartnerError`."""

    def __init__(self, client: paramiko.SFTPClient) -> None:
        self._client = client

    def files(self, folder: str) -> list[RemoteFile]:
        """The plain files of a folder by name, but for hidden ones and those being written (.part, .tmp)."""
        with _partner_errors(f"the folder {folder} of the server cannot be read"):
            entries = self._client.listdir_attr(folder)
        found = [
            RemoteFile(entry.filename, entry.st_size or 0, entry.st_mtime or 0)
            for entry in entries
            if stat.S_ISREG(entry.st_mode or 0)
        ]
        return sorted((file for file in found if _is_whole(file.name)), key=lambda file: file.name)

    def find(self, path: str) -> RemoteFile | None:
        """The file at `path`; None where there is none."""
        with _partner_errors("the server does not say what a file is"):
            try:
                told = self._client.stat(path)
            except FileNotFoundError:
                return None
        return RemoteFile(path.rpartition("/")[2], told.st_size or 0, told.st_mtime or 0)

    def read(self, path: str, start: int) -> Iterator[bytes]:
        """Yield the bytes of a file from `start` on."""
        with _partner_errors("a file cannot be fetched"), self._client.open(path, "rb") as remote:
            remote.seek(start)
            remote.prefetch()
            while block := remote.read(BLOCK):
                yield block

    def write(self, path: str, content: BinaryIO, start: int) -> None:
        """Write what is left of `content` to a file from `start` on; the file is made where it is missing."""
        mode = "r+b" if start else "wb"
        with _partner_errors("a file cannot be put on the server"), self._client.open(path, mode) as remote:
            remote.set_pipelined(True)
            remote.seek(start)
            while block := content.read(BLOCK):
                remote.write(block)

    def rename(self, path: str, new: str) -> None:
        """Give a file its name. A file that has the name already is not replaced."""
        with _partner_errors("a file on the server cannot be renamed: is there one of that name?"):
            self._client.rename(path, new)

    def remove(self, path: str) -> None:
        """Remove a file."""
        with _partner_errors("a file on the server cannot be removed"):
            self._client.remove(path)


@contextmanager
def connected(transport: SftpTransport) -> Iterator[SftpServer]:
    """Connect to the partner's server, and let go at the end.

    The server must show the host key of the profile. Raises `PartnerError` where it shows another one, cannot
    be reached or refuses us, and `ConfigError` where our key or the host key cannot be used.
    """
    key = private_key(transport.private_key)
    place = f"{transport.host} port {transport.port}"
    with _partner_errors(f"the server {place} cannot be reached"):
        opened = socket.create_connection((transport.host, transport.port), timeout=_TIMEOUT_SECONDS)
    link = paramiko.Transport(opened)
    try:
        link.set_keepalive(_TIMEOUT_SECONDS)
        with _partner_errors(f"the server {place} does not let us in, or its host key is another"):
            link.connect(_host_key(transport.host_key), transport.user, pkey=key)
            client = paramiko.SFTPClient.from_transport(link)
        if client is None:
            raise PartnerError(f"the server {place} has no SFTP")
        yield SftpServer(client)
    finally:
        link.close()


def with_retries(
    action: Callable[[], T],
    attempts: int,
    wait: Callable[[float], None] = time.sleep,
    first_wait: float = 1.0,
) -> T:
    """Do `action`, after a `PartnerError` again, at most `attempts` times; waits grow (seconds)."""
    for attempt in range(attempts - 1):
        try:
            return action()
        except PartnerError:
            wait(min(first_wait * 2**attempt, _LONGEST_WAIT_SECONDS))
    return action()


def _host_key(line: str) -> paramiko.PKey:
    kind, _, encoded = line.partition(" ")
    try:
        entry = paramiko.hostkeys.HostKeyEntry.from_line(f"server {kind} {encoded}")
    except (paramiko.SSHException, ValueError) as error:
        raise ConfigError("transport.host_key: not a public key") from error
    if entry is None or entry.key is None:
        raise ConfigError("transport.host_key: not a public key")
    return entry.key


def _is_whole(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith((".part", ".tmp", ".filepart"))


@contextmanager
def _partner_errors(message: str) -> Iterator[None]:
    try:
        yield
    except (paramiko.SSHException, OSError, EOFError) as error:
        raise PartnerError(message) from error
