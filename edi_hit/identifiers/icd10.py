"""The form of an ICD-10-CM diagnosis code.

Three to seven characters: a letter, a digit, then letters or digits; in print a dot follows the third. Claims
carry no dot. Only the form is checked: whether a code exists depends on the fiscal year.

Sources: *ICD-10-CM Official Guidelines for Coding and Reporting*, section I.A.2;
https://www.cms.gov/medicare/coding-billing/icd-10-codes

>>> validate("E11.9")
'E119'
>>> validate("z45.2")
'Z452'
>>> format("S72001A")
'S72.001A'
>>> format("I10")
'I10'
>>> validate("E1.19")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: the dot of an ICD-10-CM code follows its third character
>>> validate("11E9")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: an ICD-10-CM code is a letter, a digit and 1 to 5 characters
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity

_FORM = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")


def compact(code: str) -> str:
    """Give the code in capitals without spaces and without its dot."""
    return without(code, " .")


def validate(code: str) -> str:
    """Give the compact code; raises `InvalidIdentifier` for a wrong form."""
    written = without(code, " ")
    if "." in written and (written.index(".") != 3 or written.count(".") > 1):
        raise InvalidIdentifier("the dot of an ICD-10-CM code follows its third character")
    code = compact(code)
    if not _FORM.fullmatch(code):
        raise InvalidIdentifier("an ICD-10-CM code is a letter, a digit and 1 to 5 characters")
    return code


is_valid = validity(validate)
"""Whether the code has the form of an ICD-10-CM code."""


def format(code: str) -> str:
    """Give the code with its dot after the third character."""
    code = compact(code)
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
