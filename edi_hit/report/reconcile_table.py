"""The differences of a comparison as a table for a spreadsheet."""

from collections.abc import Iterable
from typing import BinaryIO

from edi_hit.adjudication.reconcile import Difference
from edi_hit.formats.csv_table import CsvTable

COLUMNS = Difference.__struct_fields__
"""A column for each field of a difference."""


def reconcile_table(differences: Iterable[Difference], stream: BinaryIO) -> None:
    """Write one row a difference, under the names of its fields."""
    table = CsvTable(stream, COLUMNS)
    for difference in differences:
        table.row(getattr(difference, name) for name in COLUMNS)
