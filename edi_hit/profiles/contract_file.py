"""Reads contracts: a TOML file each, with CSV files of fees, drug prices and NDC factors beside it."""

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from edi_hit.profiles.contract import Contract, ContractTerms, DrugPrice, Fee, FeeBasis, NdcFactor
from edi_hit.profiles.field_faults import fields_of
from edi_hit.rules import ConfigError

_TABLES: dict[str, type[Fee | DrugPrice | NdcFactor]] = {
    "fees": Fee,
    "drug_prices": DrugPrice,
    "ndc_factors": NdcFactor,
}
"""Which setting names the CSV file of which rows."""

_WHOLE = 100

T = TypeVar("T", bound=Fee | DrugPrice | NdcFactor)


def read_contracts(paths: Iterable[Path]) -> dict[str, tuple[Contract, ...]]:
    """Give the contracts of some files by payer id.

    Raises `ConfigError` listing everything that is wrong in them: a field, a row, rows that contradict each
    other, or two contracts of one payer in force on the same day.
    """
    by_payer: dict[str, tuple[Contract, ...]] = {}
    faults: list[str] = []
    for path in paths:
        contract, wrong = _read_contract(path)
        faults += wrong
        if contract is None:
            continue
        for payer in contract.payers:
            others = by_payer.get(payer, ())
            if any(_clash(contract, other) for other in others):
                faults.append(f"{path}: payers: another contract of a payer is in force on the same days")
            by_payer[payer] = (*others, contract)
    if faults:
        raise ConfigError("\n".join(faults))
    return by_payer


def _clash(one: Contract, other: Contract) -> bool:
    return one.holds(other.effective_from) or other.holds(one.effective_from)


def _read_contract(path: Path) -> tuple[Contract | None, list[str]]:
    """Give a contract, None where anything is wrong, and what is."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError, ArithmeticError, RecursionError) as error:
        return None, [f"{path}: {error}"]
    files = {name: written.pop(name) for name in _TABLES if name in written}
    terms, found = fields_of(written, ContractTerms)
    faults = [f"{path}: {fault}" for fault in (*found, *_term_faults(terms))]
    if "fees" not in files:
        faults.append(f"{path}: fees: the name of the CSV file with the fees is missing")
    rows: dict[str, list[Any]] = {}
    for name, file in files.items():
        if not isinstance(file, str):
            faults.append(f"{path}: {name}: the name of a CSV file is wanted")
            continue
        rows[name], wrong = _read_rows(path.parent / file, _TABLES[name])
        faults += wrong
    return (None if faults else _contract(terms, rows)), faults


def _contract(terms: dict[str, Any], rows: dict[str, list[Any]]) -> Contract:
    return Contract(
        **terms,
        fees=_grouped(rows["fees"], lambda row: row.code),
        drug_prices=_grouped(rows.get("drug_prices", []), lambda row: row.code),
        ndc_factors=_grouped(rows.get("ndc_factors", []), lambda row: row.ndc),
    )


def _grouped(rows: list[Any], key: Callable[[Any], Any]) -> dict[Any, tuple[Any, ...]]:
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return {name: tuple(some) for name, some in found.items()}


def _read_rows(path: Path, kind: type[T]) -> tuple[list[T], list[str]]:
    """Give the rows of a CSV file, and what is wrong, with its lines; blank cells are left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        table = list(_csv_rows(text))
    except (OSError, ValueError, csv.Error) as error:
        return [], [f"{path}: {error}"]
    rows: list[tuple[int, T]] = []
    faults: list[str] = []
    for line, cells in table:
        values, wrong = fields_of(cells, kind, strict=False)
        wrong += _row_faults(values)
        faults += [f"{path}: line {line}: {fault}" for fault in wrong]
        if not wrong:
            rows.append((line, kind(**values)))
    faults += [f"{path}: {fault}" for fault in _contradictions(rows)]
    return [row for _, row in rows], faults


def _term_faults(terms: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with terms of the right kind."""
    yield from _span_faults(terms)
    for name in ("percent_second_therapy", "percent_third_therapy"):
        if (terms.get(name) or 0) > _WHOLE:
            yield f"{name}: at most {_WHOLE} per cent"


def _row_faults(values: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a row whose cells are of the right kind."""
    yield from _span_faults(values)
    if values.get("basis") is FeeBasis.PERCENT_OF_CHARGE and values.get("rate", 0) > _WHOLE:
        yield f"rate: at most {_WHOLE} per cent of the charge"
    if values.get("per") == "ndc" and values.get("basis") is not FeeBasis.FEE:
        yield "per: only a fee is for one unit of the NDC"
    for name in ("price", "hcpcs_units"):
        if values.get(name) == 0:
            yield f"{name}: more than 0 is wanted"
    if values.get("kind") == "awp" and not (values.get("code", "").isdigit() and values.get("unit")):
        yield "code: an AWP is that of an NDC, for a unit (F2, GR, ME, ML, UN)"
    if values.get("kind") == "asp" and values.get("code", "").isdigit():
        yield "code: an ASP is that of a HCPCS code"


def _span_faults(values: dict[str, Any]) -> Iterator[str]:
    first, last = values.get("effective_from"), values.get("effective_through")
    if first and last and last < first:
        yield "effective_through: is before effective_from"


def _csv_rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    if len(set(header)) < len(header):
        raise ValueError("a column is there more than once")
    for row in reader:
        if len(row) > len(header):
            raise ValueError(f"line {reader.line_num}: more cells than columns")
        cells = {name: cell.strip() for name, cell in zip(header, row, strict=False) if cell.strip()}
        if cells:
            yield reader.line_num, cells


def _contradictions(rows: list[tuple[int, T]]) -> Iterator[str]:
    """Yield the pairs of rows about the same thing that share a day."""
    by_key: dict[tuple[str, ...], list[tuple[int, T]]] = {}
    for line, row in rows:
        by_key.setdefault(row.key, []).append((line, row))
    for same in by_key.values():
        same.sort(key=lambda entry: entry[1].effective_from)
        for (line, row), (other_line, other) in pairwise(same):
            if row.overlaps(other):
                yield f"lines {line} and {other_line} contradict each other: both hold on the same days"
