"""The loops above the claims — file, billing provider, subscriber, patient — each checked once."""

from collections.abc import Callable
from itertools import chain
from typing import Final

from edi_hit.claims.checks import subscriber_837
from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.guides import Loop
from edi_hit.mapping.checks import MOST_KNOWN, Checklist
from edi_hit.rules import Finding

Findings = tuple[Finding, ...]

_STARTS: dict[str, Callable[[ClaimPass], None]] = {
    "ST_LOOP": ClaimPass.start_set,
    "2000A": ClaimPass.start_provider,
    "2000B": ClaimPass.start_subscriber,
    "2000C": ClaimPass.start_patient,
}
_PATIENT: Final = "2000C"


class LoopsAbove:
    """The loops the claim at hand stands in, outermost first, and what was told of each."""

    def __init__(self, claim: ClaimPass, checks: Checklist[ClaimPass]) -> None:
        self._claim = claim
        self._checks = checks
        self._loops: list[Loop] = []
        self._told: list[Findings] = []
        self._subscriber: Loop | None = None
        self._has_patient = False
        self._told_of_patient: Findings = ()

    def check(self, unit: Loop) -> tuple[Findings, Findings]:
        """Give what was told before of the loops above a claim, and what is told of them now."""
        loops, told = self._loops, self._told
        new: list[Loop] = []
        loop = unit.parent
        while loop is not None and loop not in loops:
            new.append(loop)
            loop = loop.parent
        depth = 0 if loop is None else loops.index(loop) + 1
        del loops[depth:], told[depth:]
        known = tuple(chain.from_iterable(told)) if any(told) else ()
        if not new:
            return known + self._told_of_patient, ()
        now: Findings = ()
        for loop in reversed(new):
            now += self._level(loop)
        return self._patient(new[0], known, now)

    def _level(self, loop: Loop) -> Findings:
        start = _STARTS.get(loop.node.id)
        if start is not None:
            start(self._claim)
        self._checks.run(self._claim, loop)
        found = self._claim.take()
        self._loops.append(loop)
        self._told.append(found[:MOST_KNOWN])
        return found

    def _patient(self, nearest: Loop, known: Findings, now: Findings) -> tuple[Findings, Findings]:
        """Add what is wrong between subscriber and patient; told once a subscriber."""
        has_patient = nearest.node.id == _PATIENT
        subscriber = nearest.parent if has_patient else nearest
        if subscriber is self._subscriber and has_patient is self._has_patient:
            return known + self._told_of_patient, now
        self._subscriber, self._has_patient = subscriber, has_patient
        if subscriber is not None:
            subscriber_837.patient(self._claim, subscriber, has_patient)
        self._told_of_patient = self._claim.take()
        return known, now + self._told_of_patient
