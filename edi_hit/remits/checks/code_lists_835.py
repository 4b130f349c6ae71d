"""Reason and remark codes of a remittance on its production date, as far as our lists of them reach."""

from datetime import date
from typing import Final

import msgspec

from edi_hit.mapping.checks import Fault, Faults
from edi_hit.mapping.checks.reason_codes import RULE as REASON_RULE
from edi_hit.mapping.checks.reason_codes import unknown_reason
from edi_hit.reference import AdjustmentCode, Tables
from edi_hit.rules import Severity

REMARK_RULE: Final = "X12-SNIP5-RARC"
SEPARATOR: Final = "*"
"""Stands between group code and reason code where both are judged together."""


class Reason(msgspec.Struct, frozen=True):
    """What is to be said of a reason code under a group code: its faults, whether it needs a remark code."""

    faults: Faults
    needs_remark: bool


class Remark(msgspec.Struct, frozen=True):
    """A remark code: its faults, and whether it can be the remark a reason code needs (an alert cannot)."""

    faults: Faults
    explains: bool


def read_reason(tables: Tables, group_and_code: str, on: date | None) -> Reason | None:
    """Judge a reason code on the production date; None where nothing is to be said of it.

    `group_and_code` is CAS01, `SEPARATOR` and the code.
    """
    group, _, code = group_and_code.partition(SEPARATOR)
    known = tables.carc(code) if code else None
    if known is None:
        unknown = unknown_reason(tables, code, on)
        return Reason(unknown, False) if unknown else None
    faults = _stopped(known, REASON_RULE, "is an adjustment reason code", on)
    if known.group_only and group and group not in known.group_only:
        what = "is an adjustment reason code that may not stand with this group code"
        faults += (Fault(REASON_RULE, what, severity=Severity.WARNING),)
    return Reason(faults, known.remark_required) if faults or known.remark_required else None


def read_remark(tables: Tables, code: str, on: date | None) -> Remark:
    """Judge a remittance advice remark code on the production date."""
    if not code:
        return Remark((), False)
    known = tables.rarc(code)
    if known is not None:
        return Remark(_stopped(known, REMARK_RULE, "is a remark code", on), not known.alert)
    if on is not None and tables.is_checked("rarc", on):
        return Remark((Fault(REMARK_RULE, "is no remark code"),), True)
    what = "is no remark code of the list known here, which ends before the date of this file"
    return Remark((Fault(REMARK_RULE, what, severity=Severity.WARNING),), True)


def _stopped(code: AdjustmentCode, rule: str, what: str, on: date | None) -> Faults:
    if on is None or code.usable_on(on):
        return ()
    if code.stopped_on is None:
        return (Fault(rule, f"{what} that was stopped", severity=Severity.WARNING),)
    return (Fault(rule, f"{what} that was stopped before the production date"),)
