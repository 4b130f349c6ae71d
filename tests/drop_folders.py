"""A drop for tests: its settings, its folders, and runs of it with a fixed day and fixed control numbers."""

import hashlib
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from partner_profiles import profile

from edi_hit.exchange.drop import DropRun, Surroundings, read_plan
from edi_hit.ledger import Connection, init_ledger, open_ledger

DAY = date(2025, 8, 1)


def numbers_of(connection: Connection, sha256: str, count: int) -> int:
    """Control numbers that depend on the file alone."""
    return int(sha256[:7], 16) + 1


DAY_FIXED = Surroundings(today=lambda: DAY)
FIXED = Surroundings(today=lambda: DAY, control_numbers=numbers_of)


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


class Drop:
    """A drop with one folder, called `claims`, in a folder of its own."""

    def __init__(
        self, root: Path, folder: str = "", *, partner: str | None = None, more: str = "", ledger: str = ""
    ) -> None:
        root.mkdir(exist_ok=True)
        self.root = root / "claims"
        self.config = root / "drop.toml"
        self.ledger = ledger or str(root / "drop.db")
        head, _, tables = more.partition("\n[")
        profiles = ""
        if partner is not None:
            profile(root, partner)
            profiles = 'partners = ["dayton.toml"]\n'
        self.config.write_text(
            f'ledger = "{self.ledger}"\npoll_seconds = 1\n{profiles}{head}\n'
            + ("[" + tables + "\n" if tables else "")
            + f'[[folders]]\nname = "claims"\npath = "claims"\n{folder}\n'
        )
        init_ledger(self.ledger)
        plan = read_plan(self.config)
        for one in plan.folders:
            one.layout.make()

    @classmethod
    def at(cls, root: Path) -> "Drop":
        """The drop that is there already."""
        drop = cls.__new__(cls)
        drop.root, drop.config, drop.ledger = root / "claims", root / "drop.toml", str(root / "drop.db")
        return drop

    def deliver(self, files: list[tuple[str, bytes]]) -> None:
        """A partner delivers files."""
        for name, data in files:
            self.put(name, data)

    def put(self, name: str, data: bytes) -> None:
        """A partner delivers a file."""
        unfinished = self.root / "inbound" / f"{name}.tmp"
        unfinished.write_bytes(data)
        unfinished.rename(self.root / "inbound" / name)

    def run(self, surroundings: Surroundings = FIXED) -> list[dict[str, Any]]:
        """One worker does what there is to do; give its log."""
        log = io.StringIO()
        with open_ledger(self.ledger) as ledger:
            self.exit_code = DropRun(read_plan(self.config), ledger, log, surroundings).run(once=True)
        return [json.loads(line) for line in log.getvalue().splitlines()]

    def closed(self, surroundings: Surroundings = FIXED) -> list[tuple[str, str]]:
        """One worker does what there is to do; give the end of each file, and why."""
        return [
            (line["fate"], line["reason"]) for line in self.run(surroundings) if line["event"] == "closed"
        ]

    def files(self, *places: str) -> dict[str, bytes]:
        """The files in these folders (all of them by default), by their paths in the drop."""
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self._paths(places)}

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file in all folders, by its path in the drop."""
        return {str(path.relative_to(self.root)): digest(path.read_bytes()) for path in self._paths(())}

    def _paths(self, places: tuple[str, ...]) -> Iterator[Path]:
        for place in places or tuple(path.name for path in self.root.iterdir()):
            yield from (path for path in sorted((self.root / place).rglob("*")) if path.is_file())

    def names(self, *places: str) -> list[str]:
        """The names of the files in these folders."""
        return [path.name for path in self._paths(places)]
