"""The reading of a run in so many processes, and all that comes of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.read_run import FileRead, RunClaims, read_run
from edi_hit.jobs.read_sets import SetReader
from edi_hit.jobs.reading_processes import reading_beside
from edi_hit.jobs.run_ledger import TakenFile
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.spooled_claim import SpooledClaim
from edi_hit.ledger import People


class RunRead(NamedTuple):
    """The inputs read, with the bytes told of till then; the claims, their batches, the acknowledgements."""

    files: list[tuple[FileRead, list[int]]]
    claims: list[SpooledClaim]
    batches: list[list[int]]
    outputs: dict[str, bytes]


def run_read(
    paths: Sequence[Path],
    out: Path,
    processes: int,
    options: CheckOptions | None = None,
    seen_beside: Sequence[Path] | None = None,
) -> RunRead:
    """Read files into `out` as `adjudicate` does; other processes may see other files, where given.

    The first file has a number in the ledger, the others have none.
    """
    inputs = [InputFile(str(path), str(path), str(number)) for number, path in enumerate(paths)]
    others = inputs if seen_beside is None else [InputFile(str(path), "", "") for path in seen_beside]
    options, people = options or CheckOptions(), People()
    acknowledger = Acknowledger(out, date(2026, 1, 5), force=True)
    out.mkdir(exist_ok=True)
    taken = [TakenFile(number == 0, date(2026, 1, 2)) for number in range(len(inputs))]
    told: list[int] = []
    files = []
    with Spool(SpooledClaim, out) as spool:
        claims = RunClaims(spool, people)
        reader = SetReader(options, acknowledger.settings, people)
        with reading_beside(others, reader, out, processes) as beside:
            for file in read_run(
                zip(inputs, taken, strict=True), claims, acknowledger, options, told.append, beside
            ):
                files.append((file, list(told)))
        outputs = {path.name: path.read_bytes() for path in out.iterdir()}
        for path in out.iterdir():
            path.unlink()
        return RunRead(files, list(spool), list(claims.batches), outputs)
