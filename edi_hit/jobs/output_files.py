"""Writes result files whole or not at all: under a temporary name, synced, then renamed. Mode 0600."""

import errno
import os
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.rules import ConfigError

AT_ONCE = 1 << 18
"""Bytes of a result written at once."""


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
    own = next((name for name in names if name in others), None)
    if own is not None:
        raise ConfigError(f"an input would write {own}, which is of the whole run: give it another name")
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
        if path.exists() and not force and not _is_device(path):
            raise OutputExistsError(f"{path} exists; give --force to overwrite it")


@contextmanager
def written_whole(path: Path, force: bool = False) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path`; rename it to `path` when the block ends without an error.

    After an error nothing is left behind. A device or a pipe is not replaced: it gets what was written once
    the block has ended. Raises `OutputExistsError` and `OSError`.
    """
    if _is_device(path):
        with tempfile.TemporaryFile() as whole:
            yield whole
            whole.seek(0)
            with path.open("wb") as device:
                shutil.copyfileobj(whole, device)
        return
    with written_together([path], force) as (stream,):
        yield stream


@contextmanager
def written_together(paths: Sequence[Path], force: bool = False) -> Iterator[list[BinaryIO]]:
    """Open a temporary file beside each of `paths`, all in one folder; rename them when the block ends.

    The last of several comes last and an older one goes first: where it is there, all are whole and of one
    run, even after a power cut. After an error within the block nothing is left behind. Raises
    `OutputExistsError` and `OSError`.
    """
    refuse_existing(list(paths), force)
    folder = paths[0].parent
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(folder))
    with ExitStack() as stack:
        parts = [stack.enter_context(_part(path)) for path in paths]
        yield [stream for _, stream in parts]
        for _, stream in parts:
            stream.flush()
            os.fsync(stream.fileno())
        if len(paths) > 1:
            paths[-1].unlink(missing_ok=True)
            sync_folder(folder)
        for path, (temporary, _) in zip(paths[:-1], parts[:-1], strict=True):
            temporary.replace(path)
        if len(paths) > 1:
            sync_folder(folder)
        parts[-1][0].replace(paths[-1])
    sync_folder(folder)


@contextmanager
def _part(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Open a file beside `path` that is gone after an error."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb", AT_ONCE) as stream:
            yield temporary, stream
    except BaseException:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise


def _is_device(path: Path) -> bool:
    """Whether something stands there that is no file and no folder: /dev/null, a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlast a crash of the machine."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
