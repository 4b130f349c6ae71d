"""The inputs of a run as files that can be read more than once, known by what they hold."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.ledger import sha256_of


class StoredInput(InputFile, frozen=True):
    """An input in a file, with the SHA-256 of its bytes; empty where the file cannot be read."""

    sha256: str


@contextmanager
def stored_inputs(inputs: Sequence[InputFile]) -> Iterator[list[StoredInput]]:
    """Give the inputs; standard input is kept in a file of its own (mode 0600) until the block ends."""
    with ExitStack() as stack:
        yield [_stored(item, stack) for item in inputs]


def _stored(item: InputFile, stack: ExitStack) -> StoredInput:
    source = item.source
    if source == STANDARD_INPUT:
        descriptor, source = tempfile.mkstemp(prefix="edi-hit-")
        stack.callback(os.unlink, source)
        with os.fdopen(descriptor, "wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
    return StoredInput(source, item.label, item.stem, _sha256(Path(source)))


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
