"""CMS's Addendum E: the three GPCIs of each locality, from which GAFs are computed."""

import re
from collections.abc import Mapping
from datetime import date

from edi_hit.reference.cells import Cells
from edi_hit.reference.cms_sheet import LocalityRow, Sheet, locality_rows
from edi_hit.reference.dated import Entry, calendar_year
from edi_hit.reference.geography_tables import Gaf, GafWeights, factor_in, locality_in, locality_key
from edi_hit.reference.locality import Locality

GPCI_HEADER = r"\b(PW|work) GPCI"


def gpci_year(sheet: Sheet) -> int:
    """Give the calendar year the header names; raises `ValueError` where it names none."""
    years = {year for name in sheet.header if "GPCI" in name.upper() for year in re.findall(r"20\d\d", name)}
    if len(years) != 1:
        raise ValueError("the header names no single calendar year for its GPCI columns")
    return int(years.pop())


def gpci_entries(
    sheet: Sheet, file: str, weights: GafWeights, states: Mapping[Locality, str]
) -> tuple[list[Entry[Gaf]], list[str]]:
    """Compute a GAF for each row with the given weights, marked `computed`; gives what is wrong besides.

    Of two work columns the one with the 1.0 floor is taken. Raises `ValueError` where a column is absent.
    """
    columns = {
        "work_gpci": next(iter(sheet.columns(GPCI_HEADER, but_not="without")), None),
        "pe_gpci": sheet.column(r"\bPE GPCI"),
        "mp_gpci": sheet.column(r"\bMP GPCI"),
    }
    factors = {name: place for name, place in columns.items() if place is not None}
    if len(factors) < len(columns):
        absent = ", ".join(sorted(set(columns) - set(factors)))
        raise ValueError(f"the header lacks {absent} (the work GPCI is the one with the 1.0 floor)")
    year = gpci_year(sheet)
    entries, problems = [], []
    for row in locality_rows(sheet, factors, states):
        try:
            entries.append(_entry(row, year, file, weights))
        except ValueError as error:
            problems.append(f"{file}: line {row.line}: {error}")
    return entries, problems


def _entry(row: LocalityRow, year: int, file: str, weights: GafWeights) -> Entry[Gaf]:
    cells = Cells(row.values, loaded=True, source=file)
    gpcis = (factor_in(cells, "work_gpci"), factor_in(cells, "pe_gpci"), factor_in(cells, "mp_gpci"))
    gaf = Gaf(
        locality=locality_in(cells),
        year=year,
        factor=weights.combine(*gpcis),
        locality_name=cells.text("locality_name", ""),
        state=cells.code("state"),
        status="computed",
        source=f"GPCIs of {file}; weights: {weights.source}",
        confidence=f"GPCIs loaded; weights {weights.confidence}",
        gpcis=gpcis,
        arithmetic=weights.arithmetic(*gpcis),
    )
    return Entry(locality_key(gaf.locality), calendar_year(year), gaf, True, f"{file}: line {row.line}")


def first_day(sheet: Sheet) -> date:
    """Give January 1 of the sheet's year: the day whose weights apply."""
    return date(gpci_year(sheet), 1, 1)
