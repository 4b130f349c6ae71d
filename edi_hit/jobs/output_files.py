"""Writes result files whole or not at all: under a temporary name, synced, then renamed. Mode 0600."""

import errno
import os
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.rules import ConfigError


class OutputExistsError(ConfigError):
    """A result file exists already and may not be overwritten."""


def planned_outputs(
    inputs: Sequence[InputFile], folder: Path, endings: Sequence[str], others: Sequence[str] = ()
) -> list[Path]:
    """Give all files that may be written into `folder`: NAME.ending for each input, and `others`.

    Raises `ConfigError` where two inputs would write the same name, or an input would be overwritten.
    """
    clashing = [stem for stem, count in Counter(item.stem for item in inputs).items() if count > 1]
    if clashing:
        raise ConfigError(f"two inputs would write {clashing[0]}.{endings[0]}: give one of them another name")
    names = [f"{item.stem}.{ending}" for item in inputs for ending in endings]
    planned = [folder / name for name in (*names, *others)]
    sources = {Path(item.source).resolve() for item in inputs if item.source != STANDARD_INPUT}
    overwritten = next((path for path in planned if path.resolve() in sources), None)
    if overwritten is not None:
        raise ConfigError(f"{overwritten} is an input and would be overwritten: choose another folder")
    return planned


def make_folder(folder: Path) -> None:
    """Make a folder of results, for its owner alone, where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


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
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a crash of the machine."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
