"""Writes result files whole or not at all: under a temporary name, synced, then renamed. Mode 0600."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from edi_hit.rules import ConfigError


class OutputExistsError(ConfigError):
    """A result file exists already and may not be overwritten."""


def refuse_existing(paths: list[Path], force: bool) -> None:
    """Raise `OutputExistsError` where one of `paths` exists and `force` is not given."""
    for path in paths:
        if path.exists() and not force:
            raise OutputExistsError(f"{path} exists; give --force to overwrite it")


@contextmanager
def written_whole(path: Path, force: bool = False) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path`; rename it to `path` when the block ends without an error.

    After an error nothing is left behind. Raises `OutputExistsError` and `OSError`.
    """
    refuse_existing([path], force)
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(path.parent))
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
