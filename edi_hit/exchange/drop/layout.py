"""The folders of one drop. All are on one file system, so that a file moves from one to another at once."""

from datetime import date
from pathlib import Path

import msgspec

from edi_hit.jobs.output_files import sync_folder
from edi_hit.ledger import Fate
from edi_hit.rules import ConfigError

ACK, OUTBOUND, RECORD = "ack", "outbound", "record"
"""Where a file that is sent goes: to the partner's answers, its other files, or beside the original."""

PUT = "sent"
"""Where, within such a folder, files are that were put on the partner's server."""

OUT = ".out"
"""What the names of staging folders end in."""

_PRIVATE = 0o700


class Layout(msgspec.Struct, frozen=True):
    """The folders below one root."""

    root: Path

    @property
    def inbound(self) -> Path:
        """Where partners put files."""
        return self.root / "inbound"

    @property
    def work(self) -> Path:
        """Where a file is while it is worked on, under its token."""
        return self.root / "work"

    def staging(self, token: str, takes: int | None = None) -> Path:
        """Where what is to be sent for a file waits; while it is made, each worker has a place of its own."""
        return self.work / (f"{token}{OUT}" if takes is None else f"{token}.{takes}{OUT}")

    def sent(self, place: str) -> Path:
        """Where files for the partner go: `ack` or `outbound`."""
        return self.root / place

    def kept(self, fate: Fate, day: date) -> Path:
        """Where originals that came in on a day end: below `archive`, `error` or `quarantine`."""
        return self.root / fate / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"

    def make(self) -> None:
        """Make the folders that are missing, for their owner alone.

        Raises `ConfigError` where they are not all on one file system, and `OSError`.
        """
        names = ("inbound", "work", ACK, OUTBOUND, Fate.ARCHIVE, Fate.ERROR, Fate.QUARANTINE)
        for path in (self.root, *(self.root / name for name in names)):
            path.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        devices = {(self.root / name).stat().st_dev for name in names}
        if len(devices) > 1:
            raise ConfigError(f"{self.root}: its folders are not all on one file system")


def make_private(path: Path) -> Path:
    """Make a folder and those above it, for their owner alone, to outlast a crash of the machine; give it."""
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            folder.mkdir(mode=_PRIVATE, exist_ok=True)
            sync_folder(folder.parent)
    return path
