"""Where the outputs of a command go: a file, a folder with one file for each input, or standard output."""

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from edi_hit.jobs.forms import Form
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import refuse_existing, written_whole
from edi_hit.rules import ConfigError

STANDARD_OUTPUT = Path("-")


def output_paths(inputs: list[InputFile], output: Path, form: Form, force: bool) -> list[list[Path]]:
    """Give the files to write for each input; `output` is a file, a folder, or `-`.

    Raises `ConfigError` where several inputs would write one output, one exists and `force` is not given, or
    standard output is to hold several tables.
    """
    if output == STANDARD_OUTPUT and form.tables:
        raise ConfigError(f"{form.name} is {len(form.tables)} files; give -o or -d")
    if output == STANDARD_OUTPUT or not output.is_dir():
        paths = [output] * len(inputs)
    else:
        paths = [output / f"{item.stem}{form.suffix}" for item in inputs]
    twice = [path for path, count in Counter(paths).items() if count > 1]
    if twice:
        raise ConfigError(f"several inputs would write {twice[0]}; give a folder, or inputs with other names")
    found = [form.paths(path) for path in paths]
    refuse_existing([path for one in found for path in one if path != STANDARD_OUTPUT], force)
    return found


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


@contextmanager
def all_written_to(paths: list[Path], force: bool) -> Iterator[list[BinaryIO]]:
    """Open each of `paths` as `written_to` does; after an error none is written."""
    with ExitStack() as stack:
        yield [stack.enter_context(written_to(path, force)) for path in paths]
