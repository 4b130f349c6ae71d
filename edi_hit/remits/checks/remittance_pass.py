"""What the checks of 835 remittances know of the claim payment at hand, its group and its payment."""

from datetime import date
from typing import Final

from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import UnitPass, Verdicts
from edi_hit.reference import Tables
from edi_hit.remits.checks.code_lists_835 import Reason, Remark, read_reason, read_remark

_Judges = tuple[Verdicts[Reason | None], Verdicts[Remark]]
_DAYS_KEPT: Final = 50
"""Production dates whose verdicts on codes are remembered at once."""


class Line:
    """A service line (Loop 2110), in cents.

    `readable` turns false where an amount is missing or cannot be counted on. `day`, `start` and `end` are
    its dates as sent; `explained` says that a remark code explains its adjustments.
    """

    __slots__ = (
        "adjusted",
        "at",
        "charge",
        "control",
        "day",
        "end",
        "explained",
        "paid",
        "readable",
        "start",
    )

    def __init__(self) -> None:
        self.at: Placed | None = None
        self.charge = self.paid = self.adjusted = 0
        self.readable = True
        self.control = self.explained = False
        self.day = self.start = self.end = ""


class RemittancePass(UnitPass):
    """The claim payment at hand, gathered while its segments pass, and the sums of its payment."""

    __slots__ = (
        "_judges",
        "_tables",
        "adjusted",
        "balanced",
        "charge",
        "claim",
        "controlled",
        "explained",
        "group_charges",
        "group_claims",
        "group_readable",
        "groups",
        "line",
        "lines",
        "needing_remark",
        "paid",
        "paid_total",
        "patient",
        "patient_known",
        "payment",
        "payment_amount",
        "production",
        "provider_adjusted",
        "readable",
        "reasons",
        "remarks",
        "responsibility",
        "short_total",
        "stays",
        "summary",
        "totals_readable",
    )
    ack = "IK403 I12"

    def __init__(self, tables: Tables) -> None:
        super().__init__(__package__)
        self._tables = tables
        self._judges: dict[date | None, _Judges] = {}
        self.start_set()
        self.start_group()
        self.start_claim()

    def start_set(self) -> None:
        """A transaction set begins: no payment, no sums."""
        self.payment: Placed | None = None
        self.payment_amount: int | None = None
        self.paid_total = 0
        self.totals_readable = True
        self.short_total = 0
        self.provider_adjusted = 0
        self.set_production(None)

    def set_production(self, on: date | None) -> None:
        """Judge codes on this day."""
        self.production = on
        judges = self._judges.get(on)
        if judges is None:
            if len(self._judges) >= _DAYS_KEPT:
                self._judges.clear()
            judges = self._judges[on] = self._judges_on(on)
        self.reasons, self.remarks = judges

    def _judges_on(self, on: date | None) -> _Judges:
        return (
            Verdicts(lambda code: read_reason(self._tables, code, on)),
            Verdicts(lambda code: read_remark(self._tables, code, on)),
        )

    def start_group(self) -> None:
        """A Loop 2000 begins."""
        self.summary: Placed | None = None
        self.group_claims = 0
        self.group_charges = 0
        self.group_readable = True

    def start_claim(self) -> None:
        """A Loop 2100 begins: forget the last claim payment."""
        self.claim: Placed | None = None
        self.charge = self.paid = self.adjusted = 0
        self.patient = self.responsibility = 0
        self.readable = True
        self.stays = self.explained = False
        self.balanced = self.patient_known = True
        self.groups: dict[str, bool] = {}
        self.needing_remark: list[tuple[Placed, int, Line | None]] = []
        self.lines: list[Line] = []
        self.controlled = 0
        self.line: Line | None = None
