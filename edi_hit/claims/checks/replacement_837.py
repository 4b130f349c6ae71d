"""Replacements and voids name the claim they replace (X12-837-09)."""

from typing import Final

from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.elements import component_of
from edi_hit.rules import Severity

_REPLACES: Final = ("7", "8")
_ORIGINAL: Final = "1"
_RULE: Final = "X12-837-09"


def _payer_claim_number(claim: ClaimPass, at: Placed) -> None:
    claim.payer_claim_number = at


def closed(claim: ClaimPass) -> None:
    """Compare CLM05-3 with REF*F8, once the segments of the claim have come."""
    at = claim.claim
    if at is None or len(at[1]) < 6:
        return
    number, frequency = claim.payer_claim_number, at[1][5][-1:]
    if number is None and frequency in _REPLACES:
        message = "REF*F8 (payer claim control number) is missing, and CLM05-3 says replacement or void"
        if component_of(at[1], 5, 3) == frequency:
            claim.tell(_RULE, message, at, 5, 3)
    elif number is not None and component_of(at[1], 5, 3) == _ORIGINAL:
        message = "REF*F8 (payer claim control number) is sent, and CLM05-3 says original claim"
        claim.tell(_RULE, message, number, severity=Severity.WARNING, ack="IK304 I9")


CHECKS: Final = (On("2300", "REF*F8", _payer_claim_number),)
