"""MBI (Medicare Beneficiary Identifier), the number on a Medicare card.

Eleven characters without a check digit. Positions 1, 4, 7, 10 and 11 are digits (the first never 0); 2, 5, 8
and 9 are letters; 3 and 6 are either. The letters S, L, O, I, B and Z are not used.

Source: CMS, *Understanding the Medicare Beneficiary Identifier (MBI) Format*,
https://www.cms.gov/medicare/new-medicare-card/understanding-the-mbi.pdf

>>> validate("1EG4-TE5-MK73")
'1EG4TE5MK73'
>>> format("1eg4te5mk73")
'1EG4-TE5-MK73'
>>> validate("1SG4TE5MK73")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: a position of the MBI has a character that cannot stand there
>>> validate("1EG4TE5MK7")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: an MBI has eleven characters
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity

_LETTER = "AC-HJKMNP-RT-Y"
_EITHER = f"[0-9{_LETTER}]"
_FORM = re.compile(f"[1-9][{_LETTER}]{_EITHER}[0-9][{_LETTER}]{_EITHER}[0-9][{_LETTER}][{_LETTER}][0-9][0-9]")


def compact(number: str) -> str:
    """Give the number in capitals without spaces and hyphens."""
    return without(number, " -")


def validate(number: str) -> str:
    """Give the compact number; raises `InvalidIdentifier` for a wrong form."""
    number = compact(number)
    if len(number) != 11:
        raise InvalidIdentifier("an MBI has eleven characters")
    if not _FORM.fullmatch(number):
        raise InvalidIdentifier("a position of the MBI has a character that cannot stand there")
    return number


is_valid = validity(validate)
"""Whether the number has the form of an MBI."""


def format(number: str) -> str:
    """Give the number in groups of four, three and four, as on the card."""
    number = compact(number)
    return "-".join((number[:4], number[4:7], number[7:]))
