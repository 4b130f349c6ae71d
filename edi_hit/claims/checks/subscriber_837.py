"""Subscriber, patient and the order of payers (X12-837-02, -17, -18)."""

from functools import cache
from typing import Final

from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.guides import Loop, LoopNode
from edi_hit.guides.element import NOT_USED
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On

_SELF: Final = "18"
_PRIMARY: Final = "P"
_UNKNOWN_ORDER: Final = "U"
_MEDICARE: Final = ("MA", "MB")
_NEEDED: Final = ("N3", "N4", "DMG")
"""Segments of Loop 2010BA when the patient is the subscriber."""
_RULE: Final = "X12-837-02"


def _subscriber(claim: ClaimPass, at: Placed) -> None:
    claim.subscriber = at
    claim.responsibility = "" if claim.is_told(at, 1) else at[1][1]
    if claim.responsibility != _PRIMARY and _element(at, 9) in _MEDICARE:
        _medicare_not_first(claim, at)


def _medicare_not_first(claim: ClaimPass, at: Placed) -> None:
    used = len(at[0].elements) > 4 and at[0].elements[4].usage != NOT_USED
    if used and claim.responsibility not in ("", _UNKNOWN_ORDER) and not _element(at, 5):
        message = "SBR05 is empty, and Medicare is not the primary payer"
        claim.tell("X12-837-18", message, at, 5)


def _other_subscriber(claim: ClaimPass, at: Placed) -> None:
    code = at[1][1]
    if code in ("", _UNKNOWN_ORDER):
        return
    if code == claim.responsibility or code in claim.responsibilities:
        claim.tell("X12-837-17", "SBR01 names a place in the order of payers that is taken already", at, 1)
    claim.responsibilities.add(code)


def patient(claim: ClaimPass, subscriber: Loop, has_patient_loop: bool) -> None:
    """Compare SBR02 with where the claim stands: under the subscriber, or under a patient of its own."""
    at = claim.subscriber
    if at is None:
        return
    relationship = _element(at, 2)
    if has_patient_loop:
        if relationship == _SELF:
            message = "SBR02 says the patient is the subscriber, and a Loop 2000C names another patient"
            claim.tell(_RULE, message, at, 2, ack="IK403 I13")
    elif not relationship:
        message = "SBR02 is empty, and the claim stands under the subscriber without a Loop 2000C"
        claim.tell(_RULE, message, at, 2, ack="IK403 I9")
    elif relationship == _SELF:
        _person(claim, subscriber)


def _person(claim: ClaimPass, subscriber: Loop) -> None:
    """The subscriber who is the patient has an address, a birth date and a gender."""
    for loop in subscriber.loops:
        if loop.node.id == "2010BA":
            if loop.segments and loop.seen & _needed(loop.node) != _needed(loop.node):
                _incomplete(claim, loop)
            return


@cache
def _needed(node: LoopNode) -> int:
    """The bits of the segments that must have come."""
    return sum(segment.bit for segment in node.segments if segment.id in _NEEDED)


def _incomplete(claim: ClaimPass, loop: Loop) -> None:
    there = {placed[0].id for placed in loop.segments}
    missing = [name for name in _NEEDED if name not in there]
    message = f"Loop 2010BA lacks {', '.join(missing)}, and the subscriber is the patient"
    claim.tell(_RULE, message, loop.segments[0])


def _element(at: Placed, position: int) -> str:
    return at[1][position] if len(at[1]) > position else ""


CHECKS: Final = (On("2000B", "SBR", _subscriber, 1), On("2320", "SBR", _other_subscriber, 1))
