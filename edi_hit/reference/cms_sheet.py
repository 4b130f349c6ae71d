"""A CMS spreadsheet saved as CSV: a title, a blank row, a header, rows, then footer notes."""

import csv
import io
import re
from collections.abc import Mapping

import msgspec

from edi_hit.reference.layout import require_distinct
from edi_hit.reference.locality import Locality

_NUMBER = re.compile(r"-?[0-9]*\.?[0-9]")
_MAC = re.compile(r"medicare administrative contractor|\bmac\b", re.IGNORECASE)


class Sheet(msgspec.Struct, frozen=True):
    """The header of a sheet, with white space made single, and the rows under it with their lines."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def column(self, pattern: str) -> int | None:
        """Give the place of the first column whose header matches `pattern`, whatever the case."""
        return next(iter(self.columns(pattern)), None)

    def columns(self, pattern: str, but_not: str | None = None) -> list[int]:
        """Give the places of the columns whose header matches `pattern` and not `but_not`."""
        return [
            place
            for place, name in enumerate(self.header)
            if re.search(pattern, name, re.IGNORECASE)
            and not (but_not and re.search(but_not, name, re.IGNORECASE))
        ]


def find_sheet(text: str, wanted: str) -> Sheet | None:
    """Give the sheet whose header names the MAC and matches `wanted`; None where no row is such a header."""
    reader = csv.reader(io.StringIO(text, newline=""))
    header: tuple[str, ...] | None = None
    rows = []
    for raw in reader:
        row = tuple(" ".join(cell.split()) for cell in raw)
        if header is None:
            if any(map(_MAC.search, row)) and any(re.search(wanted, cell, re.IGNORECASE) for cell in row):
                header = row
        elif any(row):
            rows.append((reader.line_num, row + ("",) * (len(header) - len(row))))
    return None if header is None else Sheet(header, tuple(rows))


class LocalityRow(msgspec.Struct, frozen=True):
    """One row of a sheet that has a row for each locality, as text."""

    line: int
    values: Mapping[str, str]


def locality_rows(
    sheet: Sheet, factors: Mapping[str, int], states: Mapping[Locality, str]
) -> list[LocalityRow]:
    """Give the rows with their MAC, locality, name, state and the named factor columns.

    Footer notes, rows without a MAC number and without any number for a factor, are left out. `states`
    gives the state of a locality where the sheet leaves it blank. Raises `ValueError` where two columns have
    one name.
    """
    require_distinct(sheet.header)
    places = {
        "mac": sheet.column(_MAC.pattern),
        "locality_number": sheet.column(r"^locality (number|no\.?)$"),
        "locality_name": sheet.column(r"^locality name$"),
        "state": sheet.column(r"^state$"),
    }
    found = []
    for line, row in sheet.rows:
        values = {name: "" if place is None else row[place] for name, place in places.items()}
        values |= {name: row[place] for name, place in factors.items()}
        is_note = not values["mac"].isdigit() and not any(_NUMBER.match(values[name]) for name in factors)
        if not is_note:
            values["locality_name"] = values["locality_name"].replace("*", "").strip()
            values["state"] = values["state"].replace("*", "").strip() or _known_state(values, states)
            found.append(LocalityRow(line, values))
    return found


def _known_state(values: Mapping[str, str], states: Mapping[Locality, str]) -> str:
    return states.get(Locality(values["mac"].zfill(5), values["locality_number"].zfill(2)), "")
