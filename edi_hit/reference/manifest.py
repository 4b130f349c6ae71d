"""The list of the reference tables: file, title, key columns, how far each is known to be right."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.rules import ReferenceDataMissing

DATA = files("edi_hit.reference") / "data"


class TableInfo(msgspec.Struct, frozen=True):
    """One table of the manifest.

    `checked_through` is the last date the packaged rows are known to be right for (None: no rows are
    packaged); `how_to_load` says which official file replaces or extends it.
    """

    name: str
    file: str
    title: str
    key: tuple[str, ...]
    how_to_load: str
    checked_through: date | None = None

    def missing(self, message: str) -> ReferenceDataMissing:
        """Make the exception that says this table lacks what is needed, and how to load it."""
        return ReferenceDataMissing(self.name, message, self.how_to_load)


@cache
def manifest() -> dict[str, TableInfo]:
    """Give the manifest's tables by name, in the manifest's order."""
    text = (DATA / "tables.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return {name: msgspec.convert({"name": name, **body}, TableInfo) for name, body in tables.items()}
