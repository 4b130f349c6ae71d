"""Records to the rows of three tidy tables: claims, lines, adjustments."""

from collections.abc import Iterator
from typing import Any

from edi_hit.claims import AnyClaim, HealthCareClaim
from edi_hit.formats.records import Envelope, Record
from edi_hit.formats.records.kinds import kind_of
from edi_hit.formats.tables.columns import TABLES, columns, value_at
from edi_hit.remits import ClaimPayment, Remittance

Row = list[Any]
"""The values of a row, in the order of its columns: str, Decimal, date, int or None."""

PROVIDER_LEVEL = "PLB"


class TableRows:
    """Gives the rows of each record that comes; `rows` yields the table and the row."""

    def __init__(self) -> None:
        self._claims = 0
        self._beside: dict[str, Any] = {"envelope": None, "remittance": None}
        self._finders = {
            (table, source): [value_at(getattr(column, source)) for column in columns(table)]
            for table in TABLES
            for source in ("claim", "payment")
        }
        self._names = {table: [column.column for column in columns(table)] for table in TABLES}

    def rows(self, record: Record) -> Iterator[tuple[str, Row]]:
        """Yield the rows of a record."""
        match record:
            case Envelope():
                self._beside = {"envelope": record, "remittance": None}
            case Remittance():
                self._beside["remittance"] = record
                for one in record.provider_adjustments:
                    yield "adjustments", self._row("adjustments", "payment", one, group=PROVIDER_LEVEL)
            case HealthCareClaim():
                yield from self._claim(record, "claim")
            case ClaimPayment():
                yield from self._claim(record, "payment")

    def _claim(self, record: AnyClaim | ClaimPayment, source: str) -> Iterator[tuple[str, Row]]:
        self._claims += 1
        known = {"claim": self._claims, "claim_id": record.claim_id}
        yield "claims", self._row("claims", source, record, kind=kind_of(record), **known)
        for payer, adjustment in _adjustments_of(record):
            row = self._row("adjustments", source, adjustment, payer_id=payer, **known)
            yield "adjustments", row
        for number, line in enumerate(record.lines, 1):
            yield "lines", self._row("lines", source, line, line=number, **known)
            for payer, adjustment in _adjustments_of(line):
                row = self._row("adjustments", source, adjustment, line=number, payer_id=payer, **known)
                yield "adjustments", row

    def _row(self, table: str, source: str, value: object, **known: object) -> Row:
        finders = self._finders[table, source]
        return [
            known[name] if name in known else find(value, self._beside)
            for name, find in zip(self._names[table], finders, strict=True)
        ]


def _adjustments_of(record: object) -> Iterator[tuple[str | None, object]]:
    """Yield the adjustments of a claim or a line, each with the id of the earlier payer that made it."""
    for adjustment in getattr(record, "adjustments", ()):
        yield None, adjustment
    for payer in getattr(record, "other_payers", ()):
        for adjustment in payer.adjustments:
            yield payer.payer.id if payer.payer else None, adjustment
    for decided in getattr(record, "adjudications", ()):
        for adjustment in decided.adjustments:
            yield decided.payer_id, adjustment
