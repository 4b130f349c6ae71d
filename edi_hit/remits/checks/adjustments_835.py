"""Adjustments of claim payments and lines: order, reason codes, the remarks they need (X12-835-06, -07)."""

from typing import Final

from edi_hit.guides import Loop
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.checks.adjustments import AMOUNTS, adjusted, filled
from edi_hit.remits.checks.code_lists_835 import SEPARATOR
from edi_hit.remits.checks.remittance_pass import Line, RemittancePass

_PATIENT: Final = "PR"
_RULE: Final = "X12-835-06"
_FULL: Final = 6
_SINGLE: Final = 4
"""Adjustments of a full CAS; elements of a CAS with one adjustment without quantity, the id counted."""


def line_opened(remit: RemittancePass, loop: Loop) -> None:
    """A Loop 2110 begins."""
    remit.line = Line()
    remit.lines.append(remit.line)
    if remit.groups:
        remit.groups = {}


def _adjustment(remit: RemittancePass, at: Placed) -> None:
    elements = at[1]
    group, single = "" if remit.is_told(at, 1) else elements[1], len(elements) == _SINGLE
    amount = remit.cents(at, 3) if single else adjusted(remit, at)
    holder: Line | RemittancePass = remit if remit.line is None else remit.line
    if amount is None:
        holder.readable = remit.readable = False
    else:
        holder.adjusted += amount
        if group == _PATIENT:
            remit.patient += amount
        elif not group:
            remit.patient_known = False
    if remit.groups.get(group, True) is False and group:
        message = "CAS01 repeats a group code, and the segment before had room for this adjustment"
        remit.tell(_RULE, message, at, 1)
    remit.groups[group] = not single and len(list(filled(elements))) == _FULL
    if single:
        _reason(remit, at, group, 2)
    else:
        for position in filled(elements):
            _reason(remit, at, group, position - 1)
    if amount is not None and not (single and amount):
        _amounts(remit, at)


def _reason(remit: RemittancePass, at: Placed, group: str, position: int) -> None:
    reason = remit.reasons[group + SEPARATOR + at[1][position]]
    if reason is not None:
        remit.tell_faults(reason.faults, at, position)
        if reason.needs_remark:
            remit.needing_remark.append((at, position, remit.line))


def _amounts(remit: RemittancePass, at: Placed) -> None:
    """Adjustments follow one another without a gap, and none is zero."""
    there = list(filled(at[1]))
    for place, position in enumerate(there):
        if position != AMOUNTS[place]:
            message = f"CAS{position - 1:02d} leaves a gap after the adjustment before it"
            remit.tell(_RULE, message, at, position - 1)
            break
    for position in there:
        if position < len(at[1]) and not at[1][position].strip("-0."):
            message = f"CAS{position:02d} adjusts by zero"
            remit.tell(_RULE, message, at, position)


def _remark(remit: RemittancePass, at: Placed) -> None:
    """LQ: a remark code, or a reject reason of NCPDP, which explains as well; so does one without code."""
    elements = at[1]
    explains = True
    if elements[1] == "HE" and len(elements) > 2:
        remark = remit.remarks[elements[2]]
        remit.tell_faults(remark.faults, at, 2)
        explains = remark.explains
    if explains and remit.line is not None:
        remit.line.explained = True


def _claim_remarks(remit: RemittancePass, at: Placed, positions: tuple[int, ...]) -> None:
    for position in positions:
        if position < len(at[1]) and at[1][position]:
            remark = remit.remarks[at[1][position]]
            remit.tell_faults(remark.faults, at, position)
            remit.explained = remit.explained or remark.explains


def _outpatient(remit: RemittancePass, at: Placed) -> None:
    _claim_remarks(remit, at, (3, 4, 5, 6, 7))


def _inpatient(remit: RemittancePass, at: Placed) -> None:
    remit.stays = True
    _claim_remarks(remit, at, (5, 20, 21, 22, 23))


def closed(remit: RemittancePass) -> None:
    """Say which reason codes lack the remark code they need."""
    if not remit.needing_remark or remit.explained:
        return
    some_line = any(line.explained for line in remit.lines)
    for at, position, line in remit.needing_remark:
        if not (some_line if line is None else line.explained):
            message = f"CAS{position:02d} is a reason code that needs a remark code beside it"
            remit.tell("X12-835-07", message, at, position)


CHECKS = (
    On("21", "CAS", _adjustment, 2, AMOUNTS),
    On("2110", "LQ", _remark, 1),
    On("2100", "MOA", _outpatient),
    On("2100", "MIA", _inpatient),
)
