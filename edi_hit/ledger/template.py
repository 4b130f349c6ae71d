"""A CSV to fill in: the columns of a table, each with what it holds and an example."""

import csv
import io

from edi_hit.ledger.loadable import csv_columns, loadable
from edi_hit.ledger.read_csv import COMMENT
from edi_hit.ledger.tables import loadable_tables


def template(name: str) -> str:
    """Give the text of a CSV for a table, with comments above its header and no row."""
    table = loadable_tables()[name]
    columns = csv_columns(table).values()
    lines = [
        f"{table.name}: {loadable(table).holds}",
        "Lines above the header that begin with # are not read.",
    ]
    for column in columns:
        optional = "" if column.required else " (may be left out)"
        lines.append(f"{column.name}{optional}: {column.holds}")
    lines.append(f"For example: {_row([column.example for column in columns])}")
    return "".join(f"{COMMENT} {line}\n" for line in lines) + _row([column.name for column in columns]) + "\n"


def _row(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
