"""Where the outputs of a command go: a file, a folder with one file for each input, or standard output."""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import refuse_existing, written_whole
from edi_hit.rules import ConfigError

STANDARD_OUTPUT = Path("-")


def output_paths(inputs: list[InputFile], output: Path, suffix: str, force: bool) -> list[Path]:
    """Give the path to write for each input; `output` is a file, a folder, or `-`.

    Raises `ConfigError` where several inputs would write one output, or an output exists and `force` is not
    given.
    """
    if output == STANDARD_OUTPUT or not output.is_dir():
        paths = [output] * len(inputs)
    else:
        paths = [output / f"{item.stem}{suffix}" for item in inputs]
    twice = [path for path, count in Counter(paths).items() if count > 1]
    if twice:
        raise ConfigError(f"several inputs would write {twice[0]}; give a folder, or inputs with other names")
    refuse_existing([path for path in paths if path != STANDARD_OUTPUT], force)
    return paths


@contextmanager
def written_to(path: Path, force: bool) -> Iterator[BinaryIO]:
    """Open `path`, or standard output for `-`, so that it is written whole or, after an error, not at all."""
    if path != STANDARD_OUTPUT:
        with written_whole(path, force) as stream:
            yield stream
        return
    with tempfile.TemporaryFile() as spool:
        yield spool
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout.buffer)
        sys.stdout.buffer.flush()
