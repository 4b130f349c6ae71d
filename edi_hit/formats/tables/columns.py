"""The columns of the three tables: their types, and where in a claim or claim payment their values stand."""

import csv
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

TABLES = ("claims", "lines", "adjustments")

ColumnType = Literal["text", "money", "number", "date", "integer"]


class Column(msgspec.Struct, frozen=True):
    """A column. `claim` and `payment` are its paths in a claim and in a claim payment; empty where none is.

    A path steps from field to field; `[]` behind one goes through its list. Of paths with ` / ` between them
    the first with a value counts. `remittance.` and `envelope.` lead to those the record belongs to.
    """

    table: str
    column: str
    type: ColumnType
    claim: str
    payment: str
    meaning: str


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Give the columns of a table, in order."""
    text = (files("edi_hit.formats.tables") / "columns.csv").read_text(encoding="utf-8")
    rows = msgspec.convert(list(csv.DictReader(text.splitlines())), list[Column])
    return tuple(row for row in rows if row.table == table)


def value_at(path: str) -> Callable[[object, dict[str, object]], object]:
    """Give what finds the value at `path` of an object, with what else a path may begin with, by name.

    None and empty texts are no value; the values of a list are joined by blanks.
    """
    ways = [way.strip().split(".") for way in path.split(" / ")] if path else []

    def find(value: object, beside: dict[str, object]) -> object:
        for steps in ways:
            found = beside.get(steps[0]) if steps[0] in beside else value
            for step in steps[steps[0] in beside :]:
                found = _step(found, step)
            if isinstance(found, tuple | list):
                found = " ".join(map(str, found))
            if found not in (None, ""):
                return found
        return None

    return find


def _step(value: object, step: str) -> object:
    """The field of that name of a structure, or of each structure of a list."""
    if isinstance(value, tuple | list):
        return [getattr(one, step, None) for one in value]
    return getattr(value, step.removesuffix("[]"), None)
