"""Codes of 837 claims, judged by form: diagnoses, pointers, drugs, revenue and taxonomy codes."""

import re

import msgspec

from edi_hit.identifiers import icd10, taxonomy
from edi_hit.mapping.checks import Fault, Faults
from edi_hit.x12 import COMPONENT

ICD_10, ICD_9 = 1, 2
"""Generations of diagnosis codes."""

_GENERATIONS = {"ABK": ICD_10, "ABF": ICD_10, "ABJ": ICD_10, "APR": ICD_10, "ABN": ICD_10} | {
    "BK": ICD_9,
    "BF": ICD_9,
    "BJ": ICD_9,
    "PR": ICD_9,
    "BN": ICD_9,
}
"""Generation by the qualifier of an HI composite (C022-1)."""
_LISTED = ("ABK", "ABF", "BK", "BF")
"""Qualifiers of the principal and the other diagnoses, among which none may come twice."""
_PRINCIPAL = "ABK"

_DRUG_CODE = re.compile(r"\d{11}", re.ASCII)
_REVENUE_CODE = re.compile(r"\d{4}", re.ASCII)
_INSTITUTIONAL_CODE = re.compile(r"[0-9A-Za-z]{2}", re.ASCII)
_POINTER = re.compile(r"[1-9]|1[0-2]", re.ASCII)


class Diagnosis(msgspec.Struct, frozen=True):
    """An HI composite: its generation (0 for none known), its code, whether it is a listed diagnosis.

    `plain` says that it is ICD-10-CM, of the right form, with nothing beside qualifier and code.
    """

    generation: int
    code: str
    listed: bool
    plain: bool
    faults: Faults


class Pointers(msgspec.Struct, frozen=True):
    """The diagnosis pointers of a line: a bit for each position, and the components that repeat one."""

    mask: int
    positions: tuple[int, ...]
    repeated: tuple[int, ...]


NO_POINTERS = Pointers(0, (), ())


def read_diagnosis(composite: str) -> Diagnosis:
    """Read an HI composite and judge an ICD-10-CM code by its form."""
    parts = composite.split(COMPONENT)
    code = parts[1] if len(parts) > 1 else ""
    generation = _GENERATIONS.get(parts[0], 0)
    faults: Faults = ()
    if generation == ICD_10 and code:
        faults = _icd10_faults(code, "STC A7:254" if parts[0] == _PRINCIPAL else "STC A7:255")
    plain = generation == ICD_10 and len(parts) == 2 and bool(code) and not faults
    return Diagnosis(generation, code, bool(code) and parts[0] in _LISTED, plain, faults)


def _icd10_faults(code: str, ack: str) -> Faults:
    if not icd10.is_valid(code):
        what = "is no ICD-10-CM code: a letter, a digit and one to five letters or digits"
        return (Fault("X12-SNIP5-ICD10", what, 2, ack=ack),)
    if icd10.compact(code) != code.upper():
        return (Fault("X12-SNIP5-ICD10", "is written with a decimal point", 2, ack=ack),)
    return ()


def read_pointers(composite: str) -> Pointers:
    """Read SV107; a component that is no number from 1 to 12 is left to the guide checks and counts as 0."""
    mask = 0
    positions: list[int] = []
    repeated: list[int] = []
    for component, text in enumerate(composite.split(COMPONENT), 1):
        position = int(text) if _POINTER.fullmatch(text) else 0
        if position and mask & (1 << position):
            repeated.append(component)
        mask |= (1 << position) if position else 0
        positions.append(position)
    return Pointers(mask, tuple(positions), tuple(repeated))


def drug_code_faults(code: str) -> Faults:
    """Judge an NDC as it must stand in a file: eleven digits."""
    if _DRUG_CODE.fullmatch(code):
        return ()
    return (Fault("X12-837-13", "is no NDC of eleven digits"),)


def revenue_code_faults(code: str) -> Faults:
    """Judge a revenue code: four digits."""
    if not code or _REVENUE_CODE.fullmatch(code):
        return ()
    return (Fault("X12-SNIP5-REVENUE", "is no revenue code of four digits"),)


def institutional_code_faults(composite: str) -> Faults:
    """Judge a condition, occurrence or value code: two letters or digits."""
    parts = composite.split(COMPONENT)
    if len(parts) < 2 or not parts[1] or _INSTITUTIONAL_CODE.fullmatch(parts[1]):
        return ()
    return (Fault("X12-SNIP5-NUBC", "is no code of two letters or digits", 2),)


def taxonomy_faults(code: str) -> Faults:
    """Judge a provider taxonomy code by its form."""
    if taxonomy.is_valid(code):
        return ()
    return (Fault("X12-SNIP5-TAXONOMY", "has not the form of a taxonomy code"),)
