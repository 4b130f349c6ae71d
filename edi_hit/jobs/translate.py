"""Translates one input from the form it has to another."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from edi_hit.formats.piece_stream import PieceStream
from edi_hit.jobs.forms import Form, form_of
from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.rules import ConfigError
from edi_hit.x12 import read_blocks

_LOOKED_AT = 1024

Progress = Callable[[int], None]
"""Called with the number of bytes of the input read since the last call."""


def translate(
    file: InputFile, target: Form, out: BinaryIO, progress: Progress | None = None, *, validate: bool = False
) -> bool:
    """Write `file`, plain or gzip, whose form is told from its content, to `out` in the form `target`.

    With `validate`, a document is checked against its schema while it is read. Gives whether X12 was cut off;
    what there is of it was written. Raises `NotX12Error` and `DocumentError` where the input is not what it
    begins as, `ConfigError` where no way leads to the target, and `OSError`.
    """
    if file.source == STANDARD_INPUT:
        return _translated(_stream(read_blocks(STANDARD_INPUT)), target, out, validate)
    with Path(file.source).open("rb") as opened:
        counted = _stream(_counted(opened, progress)) if progress else opened
        return _translated(_stream(read_blocks(counted)), target, out, validate)


def _translated(source: io.BufferedReader, target: Form, out: BinaryIO, validate: bool) -> bool:
    form = form_of(source.peek(_LOOKED_AT))
    if validate:
        if form.validated is None:
            raise ConfigError(f"there is no schema for {form.name}; `edi-hit validate` checks X12")
        source = _stream(form.validated(source))
    if target.from_x12 is None:
        raise ConfigError(f"nothing is translated to {target.name}")
    if form.to_x12 is None:
        return target.from_x12(source, out)
    return target.from_x12(_stream(form.to_x12(source)), out)


def _stream(pieces: Iterator[bytes]) -> io.BufferedReader:
    return io.BufferedReader(PieceStream(pieces))


def _counted(stream: BinaryIO, progress: Progress) -> Iterator[bytes]:
    while block := stream.read(io.DEFAULT_BUFFER_SIZE):
        progress(len(block))
        yield block
