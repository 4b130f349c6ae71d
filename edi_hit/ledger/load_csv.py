"""Loads CSV files into the ledger: all of them, or nothing and every fault with its line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, select

from edi_hit.ledger.claim_tables import CLAIM_LINE
from edi_hit.ledger.files import sha256_of, take_in
from edi_hit.ledger.loadable import key_of, loadable
from edi_hit.ledger.past_claims import claims_of_lines, store_past_claims
from edi_hit.ledger.read_csv import FROM, THROUGH, CsvFile, CsvRow
from edi_hit.ledger.statements import in_chunks, replace_rows
from edi_hit.reference.dated import Period
from edi_hit.rules import ConfigError

Key = tuple[Any, ...]


class LoadedFile(msgspec.Struct, frozen=True):
    """A file that was loaded: its name, its table, how many rows it had, and its SHA-256."""

    file: str
    table: str
    rows: int
    sha256: str


def load_csv(
    connection: Connection, paths: Iterable[Path], on: date, table_name: str | None = None
) -> list[LoadedFile]:
    """Load CSV files; a row replaces the one of the same key that is there.

    `on` is the day they are received.

    Raises `ConfigError` listing every fault with its file and line; then nothing is loaded.
    """
    faults: list[str] = []
    loaded: list[LoadedFile] = []
    for path in paths:
        try:
            file = CsvFile(path, table_name)
        except ConfigError as error:
            faults.append(str(error))
            continue
        rows = _load(connection, file, on)
        loaded.append(LoadedFile(path.name, file.table.name, rows, sha256_of(path)))
        faults += file.faults.told()
    if faults:
        raise ConfigError("\n".join([*faults, "nothing was loaded"]))
    return loaded


def _load(connection: Connection, file: CsvFile, on: date) -> int:
    lines: dict[Key, int] = {}
    count = 0
    for chunk in file.chunks():
        count += len(chunk)
        _note_repeated(file, chunk, lines)
        if loadable(file.table).has_span:
            _note_overlaps(connection, file, chunk)
        if not file.faults:
            _store(connection, file, [row.values for row in chunk], on, count)
    return count


def _note_repeated(file: CsvFile, chunk: list[CsvRow], lines: dict[Key, int]) -> None:
    """Note rows with the key of an earlier row; `lines` holds the line of each key so far."""
    key_columns = key_of(file.table)
    for row in chunk:
        first = lines.setdefault(tuple(row.values[name] for name in key_columns), row.line)
        if first != row.line:
            file.faults.add(row.line, f"says again of what line {first} is about")


def _note_overlaps(connection: Connection, file: CsvFile, chunk: list[CsvRow]) -> None:
    """Note spans that share a day with another of the same key, in the file or in the ledger."""
    of = [name for name in key_of(file.table) if name != FROM]
    spans: dict[Key, list[tuple[Period, int | None]]] = defaultdict(list)
    given: set[Key] = set()
    for row in chunk:
        key = tuple(row.values[name] for name in of)
        spans[key].append((Period(row.values[FROM], row.values[THROUGH]), row.line))
        given.add((*key, row.values[FROM]))
    for stored in _stored(connection, file.table, of, {key[0] for key in spans}):
        *values, first, last = tuple(stored)
        key = tuple(values)
        if key in spans and (*key, first) not in given:
            spans[key].append((Period(first, last), None))
    for together in spans.values():
        together.sort(key=lambda one: one[0].effective_from)
        for (first, first_line), (second, second_line) in pairwise(together):
            if first.overlaps(second) and first.effective_from != second.effective_from:
                _note_overlap(file, first_line, second_line)


def _note_overlap(file: CsvFile, first: int | None, second: int | None) -> None:
    if second is not None:
        file.faults.add(second, f"its span overlaps that of {_where(first)}")
    elif first is not None:
        file.faults.add(first, f"its span overlaps that of {_where(second)}")


def _where(line: int | None) -> str:
    return "a row in the ledger" if line is None else f"line {line}"


def _stored(connection: Connection, table: Table, of: list[str], owners: Iterable[Any]) -> Iterator[Row[Any]]:
    owner = table.c[of[0]]
    columns = [table.c[name] for name in (*of, FROM, THROUGH)]
    for some in in_chunks(owners):
        yield from connection.execute(select(*columns).where(owner.in_(some)))


def _store(connection: Connection, file: CsvFile, rows: list[dict[str, Any]], on: date, end: int) -> None:
    """Store rows; `end` is how many rows of the file there are up to the last of them."""
    if file.table is CLAIM_LINE:
        number = take_in(connection, sha256_of(file.path), on).number
        store_past_claims(connection, number, end - len(rows), claims_of_lines(rows))
    else:
        replace_rows(connection, file.table, rows)
