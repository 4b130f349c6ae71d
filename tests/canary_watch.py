"""Watches the whole suite: whom files are about stands in no error, finding, log record, or file name.

What is looked for names a patient in the files that the tests use: last names of the examples and of the
sample generator, anything of the form of an MBI, and days before 1980, when patients are born and nothing
else happens.
"""

import logging
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from edi_hit.rules import EdiHitError, Finding, Rule

EXAMPLES = Path(__file__).parents[1] / "examples"
_MBI = (
    r"[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[AC-HJKMNP-RT-Y]{2}\d\d"
)
_BORN = r"19[0-7]\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])"
_REMEMBERED = 500
_LOGS = ("log", "*.log", "*.prom", "job.json")


def _canary() -> re.Pattern[str]:
    texts = (path.read_text() for path in EXAMPLES.rglob("*.837"))
    names = {name for text in texts for name in re.findall(r"NM1\*(?:IL|QC)\*1\*([A-Z]+)\*", text)}
    setting = tomllib.loads((files("edi_hit.sample") / "data" / "setting.toml").read_text(encoding="utf-8"))
    invented = setting["names"]
    beginnings, endings = "|".join(invented["last_beginnings"]), "|".join(invented["last_endings"])
    return re.compile(rf"\b(?:{'|'.join(sorted(names))}|(?:{beginnings})(?:{endings})|{_MBI}|{_BORN})\b")


class CanaryWatch(logging.Handler):
    """Holds what was told since it was last asked, and should not have been."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self._canary = _canary()
        self._harmless: set[str] = set()
        self._told: list[str] = []

    def look(self, text: str) -> None:
        """Look at a text. Harmless ones are remembered, a few: what runs in flat memory must be seen to."""
        if text in self._harmless:
            return
        found = self._canary.search(text)
        if found is not None:
            self._told.append(f"{found.group()!r} in {text!r}")
        elif len(self._harmless) < _REMEMBERED:
            self._harmless.add(text)

    def emit(self, record: logging.LogRecord) -> None:
        self.look(record.getMessage())

    def asked(self) -> list[str]:
        """Give what was told since it was last asked."""
        told, self._told = self._told, []
        return told

    def in_names(self, root: Path) -> Iterator[str]:
        """Give the files below the folders of tests whose names hold a canary."""
        for path in root.glob("*/**/*"):
            name = "/".join(path.relative_to(root).parts[1:])
            if self._canary.search(name):
                yield name

    def in_logs(self, root: Path) -> Iterator[str]:
        """Give the logs and records of services below the folders of tests that hold a canary."""
        for pattern in _LOGS:
            for path in root.rglob(pattern):
                found = self._canary.search(path.read_text(errors="replace")) if path.is_file() else None
                if found is not None:
                    yield f"{found.group()!r} in {path}"


WATCH = CanaryWatch()


@contextmanager
def watching() -> Iterator[None]:
    """Have errors and findings of the package, and log records, looked at as they are made."""
    make_error, make_finding = EdiHitError.__init__, Rule.finding

    def error(self: EdiHitError, *told: object) -> None:
        WATCH.look(" ".join(map(str, told)))
        make_error(self, *told)

    def finding(self: Rule, message: str | None = None, **place: Any) -> Finding:
        made = make_finding(self, message, **place)
        WATCH.look(made.message)
        WATCH.look(made.hint or "")
        return made

    logging.getLogger().addHandler(WATCH)
    EdiHitError.__init__, Rule.finding = error, finding
    try:
        yield
    finally:
        EdiHitError.__init__, Rule.finding = make_error, make_finding
        logging.getLogger().removeHandler(WATCH)
