"""Numbers and codes kept outside the guides, judged by form and check digit (SNIP type 5)."""

import re

from edi_hit.identifiers import ein, hcpcs, npi, zip_code
from edi_hit.mapping.checks.faults import Fault
from edi_hit.rules import Severity
from edi_hit.x12 import COMPONENT

Faults = tuple[Fault, ...]

_MODIFIER = re.compile(r"[0-9A-Za-z]{2}", re.ASCII)
_NPI_FORM = re.compile(r"\d{10}", re.ASCII)
_NINE_DIGITS = re.compile(r"\d{9}", re.ASCII)
_ZIP_FORM = re.compile(r"\d{5}(?:\d{4})?", re.ASCII)
_HCPCS_QUALIFIER = "HC"


def npi_faults(number: str) -> Faults:
    """Judge an NPI as it must stand in a file: ten digits, the last the check digit."""
    if not _NPI_FORM.fullmatch(number):
        return (Fault("X12-SNIP5-NPI", "is no NPI: it has not ten digits"),)
    if npi.check_digit(number[:9]) != number[9]:
        return (Fault("X12-SNIP5-NPI", "is no NPI: its check digit is wrong"),)
    return ()


def tax_number_faults(number: str) -> Faults:
    """Judge an employer identification number or a social security number: nine digits."""
    if _NINE_DIGITS.fullmatch(number):
        return ()
    if ein.is_valid(number):
        return (Fault("X12-SNIP5-EIN", "is written with separators", severity=Severity.WARNING),)
    return (Fault("X12-SNIP5-EIN", "is no tax number: it has not nine digits"),)


def zip_faults(code: str) -> Faults:
    """Judge a ZIP code of the United States: five or nine digits."""
    if _ZIP_FORM.fullmatch(code):
        return ()
    if zip_code.is_valid(code):
        return (Fault("X12-SNIP5-ZIP", "is a ZIP code written with a separator", severity=Severity.WARNING),)
    return (Fault("X12-SNIP5-ZIP", "is no ZIP code: it has not five or nine digits"),)


def procedure_faults(composite: str) -> Faults:
    """Judge a procedure composite (qualifier, code, modifiers) whose qualifier is HC."""
    parts = composite.split(COMPONENT)
    if parts[0] != _HCPCS_QUALIFIER or len(parts) < 2:
        return ()
    found: list[Fault] = []
    if parts[1] and not (hcpcs.is_valid(parts[1]) and len(parts[1]) == 5):
        what = "is no HCPCS code: four digits with a letter or a digit at one end"
        found.append(Fault("X12-SNIP5-HCPCS", what, 2))
    for number, modifier in enumerate(parts[2:6], 3):
        if modifier and not _MODIFIER.fullmatch(modifier):
            found.append(Fault("X12-SNIP5-MODIFIER", "is no modifier: two letters or digits", number))
    return tuple(found)
