"""The form of a health care provider taxonomy code.

Ten characters: two digits, seven letters or digits, and an X. Only the form is checked: the list changes
twice a year.

Source: National Uniform Claim Committee, https://taxonomy.nucc.org

>>> validate("251F00000X")
'251F00000X'
>>> validate("3336h0001x")
'3336H0001X'
>>> validate("251F00000")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: a taxonomy code has ten letters and digits, the last an X
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity

_FORM = re.compile(r"[0-9]{2}[0-9A-Z]{7}X")


def compact(code: str) -> str:
    """Give the code in capitals without spaces."""
    return without(code, " ")


def validate(code: str) -> str:
    """Give the compact code; raises `InvalidIdentifier` for a wrong form."""
    code = compact(code)
    if not _FORM.fullmatch(code):
        raise InvalidIdentifier("a taxonomy code has ten letters and digits, the last an X")
    return code


is_valid = validity(validate)
"""Whether the code has the form of a taxonomy code."""


def format(code: str) -> str:
    """Give the code as it is printed: ten characters without separators."""
    return compact(code)
