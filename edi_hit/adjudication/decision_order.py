"""In which order the claims of a run are decided."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits import MEDICARE_DME, route
from edi_hit.claims import Claim
from edi_hit.reference import Tables
from edi_hit.rules import ReferenceDataMissing

_AFTER_PUMPS = 1


class DecisionOrder:
    """Gives each claim its place: pump claims first, then by first service day, and by what a visit pays.

    A visit depends on whether its drug was paid, and a pump claim on no visit, so it is answered before. Of
    the visits of a day the higher-paying one comes first.

    The order does not depend on how claims are spread over files, but for claims alike in both, which are
    decided as they came.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._amounts: dict[tuple[str, int], int] = {}

    def place(self, claim: Claim | None) -> tuple[int, int, int]:
        """The place of a claim: 0 for a pump claim; day number; its highest national amount, negative.

        The amount is that of the first day, in cents. A claim that was not read, or has no service date,
        comes last.
        """
        days = [line.service_dates.start for line in claim.lines if line.service_dates] if claim else []
        if claim is None or not days:
            return _AFTER_PUMPS, date.max.toordinal(), 0
        first = min(days)
        on_first = (line for line in claim.lines if line.service_dates and line.service_dates.start == first)
        amount = -max(self._amount(line.procedure_code, first) for line in on_first)
        pumps = route(claim, self._tables).benefit == MEDICARE_DME
        return 0 if pumps else _AFTER_PUMPS, first.toordinal(), amount

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
