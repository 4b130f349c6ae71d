"""The lines of a claim payment: dates, control numbers, providers (X12-835-11, -12)."""

from typing import Final

from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.checks.reason_codes import is_day
from edi_hit.remits.checks.remittance_pass import Line, RemittancePass

_DAY: Final = "472"
_START: Final = "150"
_END: Final = "151"
_NPI: Final = "HPI"


def _date(remit: RemittancePass, at: Placed) -> None:
    line, code = remit.line, at[1][1]
    if line is None:
        return
    if code == _DAY:
        line.day = at[1][2]
    elif code == _START:
        line.start = at[1][2]
    elif code == _END:
        line.end = at[1][2]
    if line.start or line.end:
        _period(remit, at, line)


def _period(remit: RemittancePass, at: Placed, line: Line) -> None:
    if line.day:
        remit.tell("X12-835-11", "DTM01 mixes a single service date with a period", at, 1)
    elif line.end and line.start > line.end and is_day(line.start) and is_day(line.end):
        remit.tell("X12-835-11", "DTM02 ends the service before it starts", at, 2)


def _control_number(remit: RemittancePass, at: Placed) -> None:
    if remit.line is not None:
        remit.controlled += not remit.line.control
        remit.line.control = True


def _provider(remit: RemittancePass, at: Placed) -> None:
    if at[1][1] == _NPI and at[1][2]:
        remit.tell_faults(remit.npis[at[1][2]], at, 2)


def closed(remit: RemittancePass) -> None:
    """Say which line lacks its control number where others have theirs."""
    if 0 < remit.controlled < len(remit.lines):
        at = next((line.at for line in remit.lines if not line.control), None)
        if at is not None:
            message = "REF*6R is missing for this line, and other lines of the claim have it"
            remit.tell("X12-835-12", message, at)


CHECKS = (
    On("2110", "DTM", _date, 2),
    On("2110", "REF*6R", _control_number),
    On("2110", "REF*HPI", _provider, 2),
)
