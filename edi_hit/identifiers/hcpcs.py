"""The form of a HCPCS code: Level I (CPT) or Level II.

Level I is five digits, or four digits and a letter. Level II is a letter and four digits. Only the form is
checked: codes come and go each quarter.

Source: https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system

>>> validate("g0068")
'G0068'
>>> validate("99601")
'99601'
>>> validate("0075T")
'0075T'
>>> validate("G068")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: a HCPCS code is four digits with a letter or a digit at one end
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity

_FORM = re.compile(r"[A-Z][0-9]{4}|[0-9]{4}[0-9A-Z]")


def compact(code: str) -> str:
    """Give the code in capitals without spaces."""
    return without(code, " ")


def validate(code: str) -> str:
    """Give the compact code; raises `InvalidIdentifier` for a wrong form."""
    code = compact(code)
    if not _FORM.fullmatch(code):
        raise InvalidIdentifier("a HCPCS code is four digits with a letter or a digit at one end")
    return code


is_valid = validity(validate)
"""Whether the code has the form of a HCPCS code."""


def format(code: str) -> str:
    """Give the code as it is printed: five characters without separators."""
    return compact(code)
