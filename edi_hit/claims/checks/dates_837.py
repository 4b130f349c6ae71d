"""The order of dates: birth, service, admission, statement, and the day the file was made (X12-837-20)."""

from typing import Final

from edi_hit.claims.checks.claim_pass import LAST_DAY, ClaimPass
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.checks.reason_codes import is_day

_RULE: Final = "X12-837-20"


def _created(claim: ClaimPass, at: Placed) -> None:
    day = at[1][4]
    claim.start_set(day if is_day(day) else LAST_DAY)


def _born(claim: ClaimPass, at: Placed) -> None:
    claim.born = at[1][2]


def _service(claim: ClaimPass, at: Placed) -> None:
    period = at[1][3]
    if period[-8:] > claim.created or period[:8] < claim.born:
        _wrong_period(claim, at, period)


def _statement(claim: ClaimPass, at: Placed) -> None:
    period = at[1][3]
    if is_day(period[-8:]):
        claim.statement_end = period[-8:]
        if period[-8:] > claim.created:
            _wrong_period(claim, at, period)


def _wrong_period(claim: ClaimPass, at: Placed, period: str) -> None:
    start, end = period[:8], period[-8:]
    if not (is_day(start) and is_day(end)):
        return
    if end > claim.created:
        claim.tell(_RULE, "DTP03 lies after the day the file was made (BHT04)", at, 3)
    elif start < claim.born and is_day(claim.born):
        claim.tell(_RULE, "DTP03 lies before the birth of the patient (DMG02)", at, 3)


def _admission(claim: ClaimPass, at: Placed) -> None:
    claim.admission = at


def closed(claim: ClaimPass) -> None:
    """Compare the admission with the end of the statement, once both have come."""
    if claim.admission is None:
        return
    day = claim.admission[1][3][:8]
    if is_day(day) and day > claim.statement_end:
        claim.tell(_RULE, "DTP03, the admission, lies after the end of the statement", claim.admission, 3)


CHECKS = (
    On("ST_LOOP", "BHT", _created, 4),
    On("2010BA", "DMG", _born, 2),
    On("2010CA", "DMG", _born, 2),
    On("2300", "DTP*434", _statement, 3),
    On("2300", "DTP*435", _admission, 3),
    On("2400", "DTP*472", _service, 3),
)
