"""Which files in an inbound folder are whole and may be taken."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from edi_hit.profiles import DropFolder, Ready

_UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload")

Seen = tuple[int, int]
"""Size and time of change."""


class Arrivals:
    """Watches one inbound folder by looking at it. `steady` is a clock in seconds that nobody sets."""

    def __init__(
        self, folder: Path, settings: DropFolder, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._steady = steady
        self._still: dict[str, tuple[Seen, float]] = {}

    def ready(self) -> list[str]:
        """Give the names of the files that are whole, in order. Raises `OSError`.

        Hidden and empty files, folders, links and names that end as unfinished ones do are left alone. A file
        whose name is no text gets one that is.
        """
        present = dict(self._files())
        for name in [name for name in present if not _is_text(name)]:
            del present[name]
            with suppress(FileNotFoundError):
                (self._folder / name).rename(self._folder / f"unnamed-{os.fsencode(name).hex()[:200]}")
        if self._settings.ready is Ready.MARKER:
            marker = self._settings.marker
            markers = {name for name in present if name.endswith(marker)}
            whole = [n for n in present if n not in markers and n + marker in markers]
        elif self._settings.ready is Ready.STABLE:
            whole = self._unchanged(present)
        else:
            whole = list(present)
        return sorted(name for name in whole if present[name][0])

    def waiting(self) -> list[float]:
        """When each file that is there, whole or not, was last changed, in seconds since 1970."""
        return [changed / 1e9 for _, (_, changed) in self._files()]

    def _files(self) -> Iterator[tuple[str, Seen]]:
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                    continue
                try:
                    if entry.is_file(follow_symlinks=False):
                        seen = entry.stat(follow_symlinks=False)
                        yield entry.name, (seen.st_size, seen.st_mtime_ns)
                except FileNotFoundError:
                    continue

    def _unchanged(self, present: dict[str, Seen]) -> list[str]:
        """The files that look as they did for the time that is asked for."""
        now = self._steady()
        for name, seen in present.items():
            if self._still.get(name, (None, 0.0))[0] != seen:
                self._still[name] = (seen, now)
        self._still = {name: known for name, known in self._still.items() if name in present}
        wanted = self._settings.stable_seconds
        return [name for name, (_, since) in self._still.items() if now - since >= wanted]


def _is_text(name: str) -> bool:
    """Whether a name can be written down: bytes that are no UTF-8 cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in name)
