"""Diagnoses and the lines' pointers to them (X12-837-11), condition, occurrence and value codes."""

from typing import Final

from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.claims.checks.code_forms_837 import Diagnosis, Pointers
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.verdicts import KEPT, LONGEST
from edi_hit.rules import Severity

_RULE: Final = "X12-837-11"
_QUALIFIER: Final = 4
"""Characters of the qualifier of a plain diagnosis with its separator."""


def _listed(claim: ClaimPass, at: Placed) -> None:
    """The principal and the other diagnoses."""
    composites = at[1][1:]
    claim.diagnosis_segments.append(at)
    if claim.plain_diagnoses.issuperset(composites):
        claim.diagnosis_codes.update([text[_QUALIFIER:] for text in composites])
        claim.listed_diagnoses += len(composites)
        claim.diagnosis_positions |= (2 << len(composites)) - 2
    else:
        claim.odd_diagnoses = True
        claim.diagnosis_positions |= sum(1 << n for n, text in enumerate(composites, 1) if text)


def _unlisted(claim: ClaimPass, at: Placed) -> None:
    """The admitting diagnosis, the reasons for the visit, the external causes."""
    claim.diagnosis_segments.append(at)
    if not claim.plain_diagnoses.issuperset(at[1][1:]):
        claim.odd_diagnoses = True


def closed(claim: ClaimPass) -> None:
    """Compare the diagnoses of the claim, once all have come.

    Nothing needs comparing where all are plain and no code is listed twice.
    """
    if claim.odd_diagnoses or len(claim.diagnosis_codes) != claim.listed_diagnoses:
        _compare(claim)


def _compare(claim: ClaimPass) -> None:
    first, mixed = 0, False
    codes: set[str] = set()
    for at in claim.diagnosis_segments:
        for position, text in enumerate(at[1][1:], 1):
            diagnosis = claim.diagnoses[text]
            _learn(claim, text, diagnosis)
            claim.tell_faults(diagnosis.faults, at, position)
            first = first or diagnosis.generation
            if diagnosis.generation not in (0, first) and not mixed:
                mixed = True
                message = f"HI{position:02d}-1 mixes ICD-9-CM and ICD-10-CM in one claim"
                claim.tell(_RULE, message, at, position, 1)
            if diagnosis.listed and diagnosis.code in codes:
                message = f"HI{position:02d}-2 repeats a diagnosis of the claim"
                claim.tell(_RULE, message, at, position, 2, severity=Severity.WARNING)
            if diagnosis.listed:
                codes.add(diagnosis.code)


def _learn(claim: ClaimPass, text: str, diagnosis: Diagnosis) -> None:
    """Remember a composite that needs no second look."""
    if diagnosis.plain and len(text) <= LONGEST:
        if len(claim.plain_diagnoses) >= KEPT:
            claim.plain_diagnoses.clear()
        claim.plain_diagnoses.add(text)


def wrong_pointers(claim: ClaimPass, at: Placed, pointers: Pointers) -> None:
    """Say which pointers of an SV1 point to nothing or come twice."""
    for component, position in enumerate(pointers.positions, 1):
        if component in pointers.repeated:
            claim.tell(_RULE, f"SV107-{component} repeats a pointer", at, 7, component)
        elif position and not claim.diagnosis_positions & (1 << position):
            claim.tell(_RULE, f"SV107-{component} points to no diagnosis of the claim", at, 7, component)


def _institutional_codes(claim: ClaimPass, at: Placed) -> None:
    elements = at[1]
    for position in range(1, len(elements)):
        faults = claim.institutional_codes[elements[position]]
        if faults:
            claim.tell_faults(faults, at, position)


CHECKS = (
    *(On("2300", f"HI*{code}", _listed) for code in ("ABK", "ABF")),
    *(On("2300", f"HI*{code}", _unlisted) for code in ("ABJ", "APR", "ABN")),
    *(On("2300", f"HI*{code}", _institutional_codes) for code in ("BE", "BG", "BH", "BI")),
)
