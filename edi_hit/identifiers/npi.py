"""NPI (National Provider Identifier), the number of a health care provider in the United States.

Ten digits, the last a Luhn check digit over the number with the prefix 80840, which stands for health
applications in the United States. That numbers have so far begun with 1 or 2 is not checked.

Sources: 45 CFR 162.406; CMS, *Requirements for National Provider Identifier (NPI) and NPI Check Digit*,
https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf

>>> validate("1234567893")
'1234567893'
>>> validate("1234567890")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: the check digit of the NPI is wrong
>>> validate("123456789")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: an NPI has ten digits
>>> check_digit("123456789")
'3'
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity

_SUM_OF_PREFIX = 24
"""What 80840 adds to the sum of the digits."""
_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")
"""Every other digit counts twice: the sum of the digits of its double."""


def compact(number: str) -> str:
    """Give the number without spaces and hyphens."""
    return without(number, " -")


def check_digit(first_nine: str) -> str:
    """Compute the tenth digit of an NPI from its first nine."""
    digits = first_nine.encode()
    counted = digits[1::2] + digits[::2].translate(_DOUBLED)
    return str(-(_SUM_OF_PREFIX + sum(counted) - len(counted) * ord("0")) % 10)


def validate(number: str) -> str:
    """Give the compact number; raises `InvalidIdentifier` for a wrong form or check digit."""
    number = compact(number)
    if not re.fullmatch(r"[0-9]{10}", number):
        raise InvalidIdentifier("an NPI has ten digits")
    if check_digit(number[:9]) != number[9]:
        raise InvalidIdentifier("the check digit of the NPI is wrong")
    return number


is_valid = validity(validate)
"""Whether the number has the form of an NPI and a right check digit."""


def format(number: str) -> str:
    """Give the number as it is printed: ten digits without separators."""
    return compact(number)
