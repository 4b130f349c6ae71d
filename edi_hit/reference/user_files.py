"""Reads the user's own reference files: recognises each, reads all its rows or refuses it."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from edi_hit.reference.adjustment_codes import CARC, RARC
from edi_hit.reference.cms_sheet import Sheet, find_sheet
from edi_hit.reference.dated import Entry, UserRows, clashes
from edi_hit.reference.dme_tables import DRUG_LIMITS, EQUIPMENT_FEES
from edi_hit.reference.gaf_file import GAF_HEADER, gaf_entries
from edi_hit.reference.geography_tables import (
    GAF_WEIGHTS,
    HIT_GAF,
    LOCALITY_STATES,
    ZIP_LOCALITY,
    ZipLocality,
)
from edi_hit.reference.gpci_file import GPCI_HEADER, first_day, gpci_entries
from edi_hit.reference.hit_tables import HIT_CODES, HIT_DRUGS, HIT_RATES
from edi_hit.reference.home_therapy_tables import ACCREDITORS, EXCLUDED_DRUGS, IVIG_DIAGNOSES, IVIG_DRUGS
from edi_hit.reference.layout import Layout, packaged_entries, require_distinct
from edi_hit.reference.locality import Locality
from edi_hit.reference.medicaid_tables import MEDICAID_RULES
from edi_hit.reference.medicare_tables import CONTRACTORS, PART_B_DEDUCTIBLE, PUMP_CODES, SEQUESTRATION
from edi_hit.reference.payer_tables import PAYERS
from edi_hit.reference.store import TableStore
from edi_hit.reference.user_file import UserFile, files_of, read_user_file
from edi_hit.reference.zip_file import csv_form_rows, fixed_width_rows, is_fixed_width, is_zip_csv
from edi_hit.rules import ConfigError

USER_LAYOUTS: dict[str, Layout[Any]] = {
    layout.name: layout
    for layout in (
        HIT_CODES, HIT_RATES, HIT_GAF, GAF_WEIGHTS, HIT_DRUGS, SEQUESTRATION, PART_B_DEDUCTIBLE, CONTRACTORS,
        ZIP_LOCALITY, LOCALITY_STATES, PUMP_CODES, CARC, RARC, EXCLUDED_DRUGS, IVIG_DRUGS, IVIG_DIAGNOSES,
        ACCREDITORS, PAYERS, MEDICAID_RULES, EQUIPMENT_FEES, DRUG_LIMITS,
    )
}  # fmt: skip
_MOST_PROBLEMS = 20


def read_user_files(paths: Iterable[Path]) -> dict[str, UserRows]:
    """Give the rows of the files by table.

    Raises `ConfigError` naming a file that is not recognised, or listing file, line and what is wrong;
    `ReferenceDataMissing` where the weights for a GPCI file's year are not known.
    """
    files = [read_user_file(file) for path in paths for file in files_of(Path(path))]
    try:
        return _read(files)
    except csv.Error as error:
        raise ConfigError(f"a file is not a readable CSV: {error}") from error


def _read(files: list[UserFile]) -> dict[str, UserRows]:
    sheets = [(file, sheet) for file in files if (sheet := find_sheet(file.text, GPCI_HEADER))]
    reader = _Reader()
    gpci_files = {id(file) for file, _ in sheets}
    for file in files:
        if id(file) not in gpci_files:
            reader.read(file)
    for file, sheet in sheets:
        reader.read_gpci(file, sheet)
    return reader.result()


class _Reader:
    """Collects the rows and the problems of several files."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry[Any]]] = {}
        self._checked: dict[str, date] = {}
        self._problems: list[str] = []
        self._states: dict[Locality, str] = {
            entry.value.locality: entry.value.state for entry in packaged_entries(HIT_GAF)
        }

    def read(self, file: UserFile) -> None:
        """Read a file of any kind but GPCIs, whose weights another file may give."""
        try:
            name, entries, problems = self._rows_of(file)
        except ValueError as error:
            self._problems.append(f"{file.name}: {error}")
        else:
            self._add(file, name, entries, problems)

    def _rows_of(self, file: UserFile) -> tuple[str, list[Entry[Any]], list[str]]:
        sheet = find_sheet(file.text, GAF_HEADER)
        if sheet:
            return (HIT_GAF.name, *gaf_entries(sheet, file.name, self._states))
        header = file.header()
        if is_fixed_width(file.text):
            return (
                ZIP_LOCALITY.name,
                *ZIP_LOCALITY.entries(fixed_width_rows(file.text, file.name), file.name),
            )
        if is_zip_csv(header):
            return (ZIP_LOCALITY.name, *ZIP_LOCALITY.entries(csv_form_rows(file.text, file.name), file.name))
        layout = _layout_of(file, header)
        require_distinct(header)
        absent = [column for column in layout.required if column not in header]
        if absent:
            raise ValueError(f"the column {', '.join(absent)} is absent")
        return (layout.name, *layout.entries(file.rows(), file.name))

    def read_gpci(self, file: UserFile, sheet: Sheet) -> None:
        """Read a GPCI file, its GAFs computed with the weights of its year."""
        try:
            store = TableStore({GAF_WEIGHTS.name: UserRows(tuple(self._entries.get(GAF_WEIGHTS.name, ())))})
            weights = store.require(GAF_WEIGHTS, (), first_day(sheet), "the weights of the GPCIs in a GAF")
            entries, problems = gpci_entries(sheet, file.name, weights, self._states)
        except ValueError as error:
            self._problems.append(f"{file.name}: {error}")
        else:
            published = {(row.key, row.period) for row in self._entries.get(HIT_GAF.name, ())}
            unpublished = [row for row in entries if (row.key, row.period) not in published]
            self._add(file, HIT_GAF.name, unpublished, problems, read=len(entries))

    def _add(
        self,
        file: UserFile,
        name: str,
        entries: list[Entry[Any]],
        problems: list[str],
        read: int | None = None,
    ) -> None:
        if not problems and not (len(entries) if read is None else read):
            problems = [f"{file.name}: no row of the table {name} found"]
        self._problems.extend(problems)
        self._entries.setdefault(name, []).extend(entries)
        days = [self._checked.get(name), file.sidecar.checked_through, _last_year_end(name, entries)]
        last = max((day for day in days if day), default=None)
        if last:
            self._checked[name] = last

    def result(self) -> dict[str, UserRows]:
        """Give the rows by table; raises `ConfigError` where anything was wrong."""
        for entries in self._entries.values():
            for first, second in clashes(entries):
                self._problems.append(f"{second.place}: says otherwise than {first.place} for the same days")
        if self._problems:
            shown = self._problems[:_MOST_PROBLEMS]
            left = len(self._problems) - len(shown)
            raise ConfigError("\n".join([*shown, f"and {left} more"] if left else shown))
        return {name: UserRows(tuple(rows), self._checked.get(name)) for name, rows in self._entries.items()}


def _layout_of(file: UserFile, header: tuple[str, ...]) -> Layout[Any]:
    """Give the table by the settings, else the file's name, else the default columns of the rates."""
    named = file.sidecar.table or file.path.stem.lower()
    if named in USER_LAYOUTS:
        return USER_LAYOUTS[named]
    if file.sidecar.table is None and set(header) >= set(HIT_RATES.required):
        return HIT_RATES
    known = ", ".join(f"{name}.csv" for name in USER_LAYOUTS)
    raise ValueError(
        "not recognised: neither CMS's GPCI (Addendum E), GAF (Addendum D) or ZIP5 file nor one of "
        f"{known}; a TOML file of the same name beside it can name its table"
    )


def _last_year_end(name: str, entries: list[Entry[Any]]) -> date | None:
    """Give the last day of the last year a table that is kept by year has rows for."""
    values = [entry.value for entry in entries]
    if name in (HIT_RATES.name, HIT_GAF.name, PART_B_DEDUCTIBLE.name):
        return max((date(value.year, 12, 31) for value in values), default=None)
    quarters = [value.year_quarter for value in values if isinstance(value, ZipLocality)]
    return date(int(max(quarters)[:4]), 12, 31) if quarters else None
