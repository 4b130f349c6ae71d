"""CMS's ZIP Code to Carrier Locality File, in its fixed-width and its CSV form."""

import csv
import io
import re
from collections.abc import Iterator

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import csv_rows, require_distinct

_FIRST_LINE = re.compile(r"[A-Z]{2}[0-9]{10}[0-9]{2}")
_HEADER = {"ZIP CODE", "CARRIER", "LOCALITY"}


def is_fixed_width(text: str) -> bool:
    """Whether the text begins like the fixed-width file: state, ZIP code, carrier, locality."""
    return _FIRST_LINE.match(text) is not None


def is_zip_csv(header: tuple[str, ...]) -> bool:
    """Whether a CSV header is the one of the ZIP file."""
    return {name.upper() for name in header} >= _HEADER


def fixed_width_rows(text: str, file: str) -> Iterator[tuple[int, Cells]]:
    """Give the rows of the fixed-width file: columns 1-2, 3-7, 8-12, 13-14, 21 and 76-80."""
    for line, row in enumerate(text.splitlines(), start=1):
        if row.strip():
            values = {
                "state": row[0:2],
                "zip_code": row[2:7],
                "mac": row[7:12],
                "locality_number": row[12:14],
                "plus_four": row[20:21],
                "year_quarter": row[75:80],
            }
            yield line, Cells(values, loaded=True, source=file)


def csv_form_rows(text: str, file: str) -> Iterator[tuple[int, Cells]]:
    """Give the rows of the CSV form, whose numbers may have lost their leading zeros."""
    header = next(csv.reader(io.StringIO(text, newline="")), [])
    require_distinct(name.strip().upper() for name in header)
    for line, row in csv_rows(text):
        named = {name.upper(): value.strip() for name, value in row.items()}
        values = {
            "state": named.get("STATE", ""),
            "zip_code": named["ZIP CODE"].zfill(5),
            "mac": named["CARRIER"],
            "locality_number": named["LOCALITY"],
            "plus_four": named.get("PLUS 4 FLAG", ""),
            "year_quarter": named.get("YEAR/QTR", ""),
        }
        yield line, Cells(values, loaded=True, source=file)
