"""What a Medicaid program asks of home infusion claims: one dated row a program, rule and code."""

from datetime import date

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout

_COUNTS = (
    "hours_between", "units_a_month", "visits_a_month", "rental_months", "rental_months_a_year",
)  # fmt: skip
_FLAGS = ("ndc_required", "invoice_required", "authorization_required", "short_term")
_CHANNELS = ("pharmacy", "medical")
_SECOND = ("up_to_fee",)
MEDICAID_RULES_KNOWN = (*_COUNTS, *_FLAGS, "drug_channel", "pays_second", "place_of_service")


class MedicaidRule(msgspec.Struct, frozen=True):
    """One rule of a program. `code` is the HCPCS code, or the beginning of one, it speaks of; empty: any.

    `value` is a number for limits, Y for what is required, else as the rule has it.
    """

    program: str
    rule: str
    code: str
    value: str
    effective_from: date
    effective_through: date | None
    confidence: str
    source: str

    @property
    def count(self) -> int:
        """The value of a limit."""
        return int(self.value)


def _medicaid_rule(cells: Cells) -> MedicaidRule:
    period = cells.period()
    rule = cells.choice("rule", MEDICAID_RULES_KNOWN)
    return MedicaidRule(
        program=cells.text("program"),
        rule=rule,
        code=cells.text("code", "").upper(),
        value=_value(rule, cells),
        effective_from=period.effective_from,
        effective_through=period.effective_through,
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _value(rule: str, cells: Cells) -> str:
    if rule in _COUNTS:
        value = cells.text("value")
        if not value.isascii() or not value.isdigit() or int(value) == 0:
            raise ValueError("value is not a whole number above 0")
        return value
    for rules, allowed in ((_FLAGS, ("Y",)), (("drug_channel",), _CHANNELS), (("pays_second",), _SECOND)):
        if rule in rules:
            return cells.choice("value", allowed)
    return cells.text("value")


MEDICAID_RULES = Layout(
    "medicaid_rules",
    ("program", "rule", "code", "value", "effective_from", "effective_through"),
    _medicaid_rule,
    lambda row: (row.program, row.rule, row.code),
)
