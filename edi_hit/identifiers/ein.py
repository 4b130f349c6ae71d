"""EIN (Employer Identification Number), the tax number of an organization in the United States.

Nine digits without a check digit. The first two name no region any more and the IRS keeps adding to them,
so they are not checked.

Sources: 26 CFR 301.7701-12;
https://www.irs.gov/businesses/small-businesses-self-employed/employer-id-numbers

>>> validate("91-1144442")
'911144442'
>>> format("911144442")
'91-1144442'
>>> validate("91114444")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: an EIN has nine digits
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
    if not re.fullmatch(r"[0-9]{9}", number):
        raise InvalidIdentifier("an EIN has nine digits")
    return number


is_valid = validity(validate)
"""Whether the number has the form of an EIN."""


def format(number: str) -> str:
    """Give the number with the hyphen after its second digit."""
    number = compact(number)
    return f"{number[:2]}-{number[2:]}"
