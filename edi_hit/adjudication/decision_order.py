"""In which order the claims of a run are decided."""

from datetime import date
from decimal import Decimal

from edi_hit.claims import Claim
from edi_hit.reference import Tables
from edi_hit.rules import ReferenceDataMissing


class DecisionOrder:
    """Gives each claim its place: by first service day, then the higher-paying visit of the day first.

    The order does not depend on how claims are spread over files, but for claims alike in both, which are
    decided as they came.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._amounts: dict[tuple[str, int], int] = {}

    def place(self, claim: Claim | None) -> tuple[int, int]:
        """The place of a claim: day number and, negative, its highest national amount of that day in cents.

        A claim that was not read, or has no service date, comes last.
        """
        days = [line.service_dates.start for line in claim.lines if line.service_dates] if claim else []
        if claim is None or not days:
            return date.max.toordinal(), 0
        first = min(days)
        on_first = (line for line in claim.lines if line.service_dates and line.service_dates.start == first)
        return first.toordinal(), -max(self._amount(line.procedure_code, first) for line in on_first)

    def _amount(self, code: str, on: date) -> int:
        if code not in self._tables.hit_codes():
            return 0
        key = (code, on.year)
        if key not in self._amounts:
            try:
                amount = self._tables.hit_rate(code, on).amount
            except ReferenceDataMissing:
                amount = Decimal(0)
            self._amounts[key] = int(amount * 100)
        return self._amounts[key]
