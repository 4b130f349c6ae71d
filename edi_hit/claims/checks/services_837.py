"""The services and charges of a claim: CLM02, SV1, SV2 (X12-837-BAL-01, -07)."""

from typing import Final

from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.claims.checks.diagnoses_837 import wrong_pointers
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On

_TOTAL_LINE: Final = "0001"
"""The revenue code of a line that holds the total; it is no charge of its own."""


def _claim(claim: ClaimPass, at: Placed) -> None:
    claim.claim = at
    claim.total = claim.cents(at, 2)


def _patient_paid(claim: ClaimPass, at: Placed) -> None:
    paid = claim.cents(at, 2)
    if paid is not None and claim.total is not None and paid > claim.total:
        claim.tell("X12-837-BAL-07", "AMT02, what the patient paid, is more than CLM02", at, 2)


def _professional(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    claim.line = at
    faults = claim.procedures[elements[1]]
    if faults:
        claim.tell_faults(faults, at, 1)
    charge = claim.line_charge = claim.cents(at, 2)
    if charge is not None:
        claim.charged += charge
        claim.charges_read += 1
    if len(elements) > 7 and claim.diagnosis_positions:
        pointers = claim.pointers[elements[7]]
        if pointers.mask & ~claim.diagnosis_positions or pointers.repeated:
            wrong_pointers(claim, at, pointers)


def _institutional(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    claim.line = at
    faults = claim.procedures[elements[2]]
    if faults:
        claim.tell_faults(faults, at, 2)
    faults = claim.revenue_codes[elements[1]]
    if faults:
        claim.tell_faults(faults, at, 1)
    charge = claim.line_charge = claim.cents(at, 3)
    if elements[1] == _TOTAL_LINE:
        claim.lines -= 1
    elif charge is not None:
        claim.charged += charge
        claim.charges_read += 1


def closed(claim: ClaimPass) -> None:
    """Compare CLM02 with its lines, once all lines have come."""
    if claim.claim is None or claim.total is None or claim.charged == claim.total:
        return
    if claim.lines and claim.lines == claim.charges_read:
        claim.tell("X12-837-BAL-01", "CLM02 is not the sum of the charges of the lines", claim.claim, 2)


CHECKS = (
    On("2300", "CLM", _claim, 2, (2,)),
    On("2300", "AMT*F5", _patient_paid, 2, (2,)),
    On("2400", "SV1", _professional, 2, (1, 2)),
    On("2400", "SV2", _institutional, 3, (2, 3)),
)
