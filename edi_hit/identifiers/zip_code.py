"""ZIP code of the United States Postal Service: five digits, or nine with the ZIP+4 add-on.

Only the form is checked: ZIP codes open and close every month.

Source: USPS Publication 28, *Postal Addressing Standards*, https://pe.usps.com/text/pub28/welcome.htm

>>> validate("36201-0001")
'362010001'
>>> format("362010001")
'36201-0001'
>>> validate("36201")
'36201'
>>> validate("3620")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: a ZIP code has five or nine digits
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity


def compact(number: str) -> str:
    """Give the number without spaces and hyphens."""
    return without(number, " -")


def validate(number: str) -> str:
    """Give the compact number; raises `InvalidIdentifier` for a wrong form."""
    number = compact(number)
    if not re.fullmatch(r"[0-9]{5}(?:[0-9]{4})?", number):
        raise InvalidIdentifier("a ZIP code has five or nine digits")
    return number


is_valid = validity(validate)
"""Whether the number has the form of a ZIP code."""


def format(number: str) -> str:
    """Give the number with a hyphen before the ZIP+4 add-on, where it has one."""
    number = compact(number)
    return f"{number[:5]}-{number[5:]}" if len(number) > 5 else number
