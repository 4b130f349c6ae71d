"""The lines of a claim: their numbers, equipment and drugs (X12-837-07, -12, -13, -16)."""

from typing import Final

from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.claims.checks.other_payers_837 import close_line
from edi_hit.guides import Loop
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.elements import component_of
from edi_hit.rules import Severity

_NDC: Final = "N4"
_LINK: Final = "VY"


def opened(claim: ClaimPass, loop: Loop) -> None:
    """A Loop 2400 begins: the line before it is complete, and LX01 counts on."""
    if claim.line_payers:
        close_line(claim)
    claim.lines += 1
    claim.line = claim.line_charge = claim.line_payer = None
    claim.line_number += 1
    number = loop.opener_element(1)
    if number != str(claim.line_number) and number.isascii() and number.isdigit() and len(number) <= 6:
        _other_number(claim, loop.segments[0], number)


def _other_number(claim: ClaimPass, at: Placed, number: str) -> None:
    """A number written with zeros is right; after a wrong one the count goes on from it."""
    if int(number) != claim.line_number:
        claim.tell("X12-837-07", "LX01 does not follow the line before it, or does not begin at 1", at, 1)
        claim.line_number = int(number)


def _control_number(claim: ClaimPass, at: Placed) -> None:
    number = at[1][2]
    if number in claim.control_numbers:
        claim.tell("X12-837-12", "REF02, the line item control number, comes twice in the claim", at, 2)
    elif number:
        claim.control_numbers.add(number)


def _equipment(claim: ClaimPass, at: Placed) -> None:
    own = component_of(at[1], 1, 2)
    billed = component_of(claim.line[1], 1, 2) if claim.line is not None else ""
    if own and billed and own != billed:
        claim.tell("X12-837-16", "SV501-2 is not the procedure of SV101-2", at, 1, 2)


def _drug(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    if elements[2] == _NDC and elements[3] and claim.drug_codes[elements[3]]:
        claim.tell_faults(claim.drug_codes[elements[3]], at, 3)


def _compound(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    if elements[1] == _LINK and elements[2]:
        claim.compounds.setdefault(elements[2], []).append(at)


def closed(claim: ClaimPass) -> None:
    """Say which compound has one part only, once all lines have come."""
    for parts in claim.compounds.values():
        if len(parts) == 1:
            message = "REF02 links the parts of a compound, and no other line has the same"
            claim.tell("X12-837-13", message, parts[0], 2, severity=Severity.WARNING, ack=None)


CHECKS = (
    On("2400", "REF*6R", _control_number, 2),
    On("2400", "SV5", _equipment),
    On("2410", "LIN", _drug, 3),
    On("2410", "REF*VY", _compound, 2),
)
