"""A difference between what was expected of a payer and what it did."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """The ten kinds of difference."""

    UNDERPAID = "underpaid"
    OVERPAID = "overpaid"
    DENIED = "denied though payable"
    PAID = "paid though denied"
    REASON = "reason differs"
    PATIENT_SHARE = "patient share differs"
    LINE_MISSING = "line missing"
    LINE_UNEXPECTED = "line unexpected"
    CLAIM_MISSING = "claim missing"
    CLAIM_UNEXPECTED = "claim unexpected"


LESS_THAN_EXPECTED = (Kind.UNDERPAID, Kind.DENIED, Kind.LINE_MISSING, Kind.CLAIM_MISSING)
"""Kinds whose amount was expected and did not come."""
MORE_THAN_EXPECTED = (Kind.OVERPAID, Kind.PAID, Kind.LINE_UNEXPECTED, Kind.CLAIM_UNEXPECTED)
"""Kinds whose amount came and was not expected: the payer may take it back."""


class Difference(msgspec.Struct, frozen=True):
    """One difference, told once, at the line where there is one.

    `line` counts from 1 in the claim of the side that has it, None where the difference is of the claim as a
    whole. `expected` and `actual` are amounts as texts, what each side paid or left to the patient; for a
    reason that differs, the adjustments that only that side has. `amount` is what is at stake, in dollars,
    never negative. `reason` is group code and CARC of the adjustment that differs the most. `rule` is the id
    of the rule that led to what was expected, `detail` what it said of this line; `file` and `trace` say
    where the payer's answer stands.
    """

    kind: Kind
    claim: str
    line: int | None
    code: str
    date: date | None
    expected: str | None
    actual: str | None
    amount: Decimal
    reason: str = ""
    rule: str | None = None
    detail: str = ""
    next_step: str = ""
    file: str = ""
    trace: str = ""
