"""CMS's Addendum D: the geographic adjustment factors themselves, of one year or two."""

import re
from collections.abc import Mapping

from edi_hit.reference.cells import Cells
from edi_hit.reference.cms_sheet import LocalityRow, Sheet, locality_rows
from edi_hit.reference.dated import Entry, calendar_year
from edi_hit.reference.geography_tables import Gaf, factor_in, locality_in, locality_key
from edi_hit.reference.locality import Locality

GAF_HEADER = r"20\d\d.*\bGAF\b"
_NOT_A_FACTOR = r"without|%|percent|change"
_YEAR = re.compile(r"20[0-9][0-9]")


def gaf_entries(
    sheet: Sheet, file: str, states: Mapping[Locality, str]
) -> tuple[list[Entry[Gaf]], list[str]]:
    """Give the published factors, marked `loaded`, and what is wrong.

    Columns without the 1.0 work floor are passed over. Raises `ValueError` where no other is left or two
    stand for one year.
    """
    factors: dict[str, int] = {}
    for place in sheet.columns(GAF_HEADER, but_not=_NOT_A_FACTOR):
        year = _YEAR.findall(sheet.header[place])[0]
        if factors.setdefault(year, place) != place:
            raise ValueError(f"two columns give the GAF of {year}")
    if not factors:
        raise ValueError("the header has no column of GAFs with the 1.0 floor")
    entries: list[Entry[Gaf]] = []
    problems: list[str] = []
    for row in locality_rows(sheet, factors, states):
        try:
            entries.extend(_entry(row, year, file) for year in factors if row.values[year])
        except ValueError as error:
            problems.append(f"{file}: line {row.line}: {error}")
    return entries, problems


def _entry(row: LocalityRow, year: str, file: str) -> Entry[Gaf]:
    cells = Cells(row.values, loaded=True, source=file)
    gaf = Gaf(
        locality=locality_in(cells),
        year=int(year),
        factor=factor_in(cells, year),
        locality_name=cells.text("locality_name", ""),
        state=cells.code("state"),
        status="loaded",
        source=file,
        confidence="loaded",
    )
    return Entry(locality_key(gaf.locality), calendar_year(gaf.year), gaf, True, f"{file}: line {row.line}")
