"""The balance of a claim payment and its lines (X12-835-BAL-01 to -03, -06, -10), its status (X12-835-04)."""

from typing import Final

from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.remits.checks.remittance_pass import Line, RemittancePass
from edi_hit.x12 import COMPONENT

_DENIED: Final = "4"
_REVERSAL: Final = "22"
_INSTITUTIONAL: Final = ("NU", "HP")
"""Qualifiers of SVC01 that only institutional claims have."""


def _claim(remit: RemittancePass, at: Placed) -> None:
    remit.claim = at
    elements = at[1]
    charge, paid = remit.cents(at, 3), remit.cents(at, 4)
    owed = remit.cents(at, 5) if len(elements) > 5 and elements[5] else 0
    remit.group_claims += 1
    if charge is None or paid is None or owed is None:
        remit.readable = remit.totals_readable = remit.group_readable = False
        return
    remit.charge, remit.paid, remit.responsibility = charge, paid, owed
    remit.paid_total += paid
    remit.group_charges += charge
    if elements[2] == _DENIED and paid:
        remit.tell("X12-835-04", "CLP02 says denied because the patient is not found, and CLP04 pays", at, 2)
    elif elements[2] == _REVERSAL and charge > 0:
        remit.tell("X12-835-BAL-10", "CLP03 of a reversal is not negative", at, 3)


def _service(remit: RemittancePass, at: Placed) -> None:
    faults = remit.procedures[at[1][1]]
    if faults:
        remit.tell_faults(faults, at, 1)
    charge, paid, line = remit.cents(at, 2), remit.cents(at, 3), remit.line
    if line is None:
        return
    line.at = at
    if charge is None or paid is None:
        line.readable = remit.readable = False
    else:
        line.charge, line.paid = charge, paid


def closed(remit: RemittancePass) -> None:
    """Hold the equations against a claim payment, once all its lines have come."""
    if remit.claim is None:
        remit.readable = remit.totals_readable = remit.group_readable = False
    charges = taken_off = off = 0
    for line in remit.lines:
        if line.at is None:
            remit.readable = False
        elif line.readable:
            charges += line.charge
            taken_off += line.adjusted
            if line.charge - line.adjusted != line.paid:
                off += line.charge - line.adjusted - line.paid
                remit.balanced = False
                message = "SVC03 is not SVC02 less the adjustments of the line"
                remit.tell("X12-835-BAL-01", message, line.at, 3)
    if remit.claim is not None and remit.readable:
        short = remit.charge - remit.adjusted - taken_off - remit.paid
        missing = remit.charge - charges if remit.lines else 0
        if short or missing:
            _off(remit, remit.claim, short, missing, off)
        if remit.balanced and remit.patient_known and remit.responsibility != remit.patient:
            _patient(remit, remit.claim)


def _off(remit: RemittancePass, at: Placed, short: int, missing: int, off: int) -> None:
    """Say which of the equations of the claim is broken: one cause, one finding.

    `short` is what CLP04 lacks, `missing` what the lines' charges lack, `off` what lines are out of balance
    by. A line told already explains the claim where the difference is the same; where both equations are
    broken by the same amount, it is CLP03 that is wrong.
    """
    if missing and short != missing:
        if missing != -off and not _partly_reported(remit, missing):
            remit.tell("X12-835-BAL-03", "CLP03 is not the sum of SVC02 of the lines", at, 3)
    elif missing:
        remit.tell("X12-835-BAL-03", "CLP03 is neither the sum of SVC02 nor in balance with CLP04", at, 3)
        return
    if short and short != off:
        remit.balanced = False
        remit.short_total += short
        message = "CLP04 is not CLP03 less the adjustments of the claim and its lines"
        remit.tell("X12-835-BAL-02", message, at, 4)


def _partly_reported(remit: RemittancePass, missing: int) -> bool:
    """Whether the payer of an institutional claim may have left lines out."""
    fewer = (missing > 0) if remit.charge > 0 else (missing < 0)
    return fewer and (remit.stays or any(_is_institutional(line) for line in remit.lines))


def _is_institutional(line: Line) -> bool:
    """Whether a line has a revenue code or a procedure only institutional claims have."""
    if line.at is None:
        return False
    elements = line.at[1]
    qualifier = elements[1].partition(COMPONENT)[0]
    return qualifier in _INSTITUTIONAL or (len(elements) > 4 and bool(elements[4]))


def _patient(remit: RemittancePass, at: Placed) -> None:
    """CLP05 is not the sum of group PR; a reversal carries none."""
    if at[1][2] != _REVERSAL:
        remit.tell("X12-835-BAL-06", "CLP05 is not the sum of the adjustments of group PR", at, 5)


CHECKS: Final = (On("2100", "CLP", _claim, 4, (3, 4, 5)), On("2110", "SVC", _service, 3, (1, 2, 3)))
