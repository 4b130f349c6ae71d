"""Processes that read transaction sets of a run beside this one, and what they have read."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.read_sets import SetReader
from edi_hit.jobs.set_report import SetReport, SetSpools
from edi_hit.jobs.set_share import SetElsewhere, SetShare
from edi_hit.jobs.spool import Stretch
from edi_hit.jobs.worker_processes import each_in_a_process
from edi_hit.rules import EdiHitError

_BYTES_OF_A_PROCESS = 1 << 20
"""Bytes of input that are worth a process of their own: more than a thousand claims."""

_MOST = 8
"""More gain little: each follows all of the input, which takes a tenth of the time of reading it."""

_decode_stretch = msgspec.msgpack.Decoder(Stretch).decode


class InputChangedError(EdiHitError):
    """An input was changed while it was read."""


def reading_processes(inputs: Sequence[InputFile], options: CheckOptions, workers: int) -> int:
    """Give how many of `workers` processes read the inputs: one alone where they are small.

    So it is, too, where an input is no regular file, which can be read but once, or where what came before is
    asked while claims are read.
    """
    sizes = [_size(Path(item.source)) for item in inputs]
    if options.known is not None or None in sizes:
        return 1
    return max(1, min(workers, _MOST, sum(size or 0 for size in sizes) // _BYTES_OF_A_PROCESS))


def _size(path: Path) -> int | None:
    """Bytes of a file; 0 where there is none, and None for what is no file."""
    if not path.exists():
        return 0
    return path.stat().st_size if path.is_file() else None


class ReadingProcesses:
    """The processes that read sets for this one: each what falls to it by its share of them.

    This one reads none, so that none waits for it: it follows the input, and takes what they have read.
    """

    def __init__(self, spools: Sequence[SetSpools], told: Sequence[Iterator[bytes]]) -> None:
        """Take what each keeps its sets in, and what it tells."""
        self.share = SetShare(None, len(spools))
        self._spools = spools
        self._told = told

    def take(self, file: int, event: SetElsewhere) -> tuple[SetReport, SetSpools]:
        """Give what was read of a set of input `file`, held in its spools; sets before it are passed over.

        Raises what the process raised, `WorkerLostError`, and `InputChangedError` where it had no such set.
        """
        spools, wanted = self._spools[event.process], (file, event.transaction_set.ordinal)
        for piece in self._told[event.process]:
            report = spools.hold(_decode_stretch(piece))
            if (report.file, report.transaction_set) == wanted:
                return report, spools
        raise InputChangedError("an input was changed while it was read")


@contextmanager
def reading_beside(
    inputs: Sequence[InputFile], reader: SetReader, folder: Path, processes: int
) -> Iterator[ReadingProcesses | None]:
    """Have so many processes read the sets of `inputs` for this one until the block ends.

    What they read is kept in `folder`. None where one is to read them: this one.
    """
    if processes == 1:
        yield None
        return
    with ExitStack() as stack:
        spools = [stack.enter_context(SetSpools(folder)) for _ in range(processes)]
        works = [
            partial(_told, reader, inputs, SetShare(number, processes), kept)
            for number, kept in enumerate(spools)
        ]
        yield ReadingProcesses(spools, stack.enter_context(each_in_a_process(works)))


def _told(
    reader: SetReader, inputs: Sequence[InputFile], share: SetShare, spools: SetSpools
) -> Iterator[bytes]:
    return map(msgspec.msgpack.Encoder().encode, reader.read(inputs, share, spools))
