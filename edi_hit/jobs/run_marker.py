"""A mark in a run's folder while it goes on: one that was broken off can be done again without `--force`."""

import glob
import hashlib
from collections.abc import Sequence
from pathlib import Path

from edi_hit.jobs.output_files import written_whole
from edi_hit.jobs.stored_inputs import StoredInput

RUN_MARK = ".edi-hit-run"
"""The name of the mark."""


class RunMarker:
    """Marks the folder `out` with a run's inputs: what each holds, and the stem of its outputs."""

    def __init__(self, out: Path, inputs: Sequence[StoredInput]) -> None:
        self._path = out / RUN_MARK
        named = "".join(f"{item.sha256} {item.stem}\n" for item in inputs)
        self._mark = hashlib.sha256(named.encode()).hexdigest().encode()

    def was_broken_off(self) -> bool:
        """Whether a run on the same inputs was broken off in this folder."""
        try:
            return self._path.read_bytes() == self._mark
        except OSError:
            return False

    def set(self, planned: Sequence[Path]) -> None:
        """Mark the folder; what a broken-off run left half written of the `planned` files goes."""
        if self.was_broken_off():
            for path in planned:
                for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
                    left.unlink()
        with written_whole(self._path, force=True) as stream:
            stream.write(self._mark)

    def remove(self) -> None:
        """Take the mark away: the run is done."""
        self._path.unlink(missing_ok=True)
