"""The figure that holds on a day."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from edi_hit.benefits.engine.dated_figure import Dated
from edi_hit.rules import ReferenceDataMissing

T = TypeVar("T")


def row_in_force(rows: Iterable[Dated[T]], on: date) -> Dated[T]:
    """Give the row that holds on a day; raises `ReferenceDataMissing` where none does."""
    for row in rows:
        if row.effective_from <= on:
            through = row.effective_through
            if through is None or on <= through:
                return row
    raise ReferenceDataMissing(
        "benefit parameters",
        f"the benefit has no figure in force on {on.isoformat()}",
        "The parameters.toml of the benefits states from when each figure holds.",
    )


def in_force(rows: Iterable[Dated[T]], on: date) -> T:
    """Give the figure that holds on a day; raises `ReferenceDataMissing` where none does."""
    return row_in_force(rows, on).value
