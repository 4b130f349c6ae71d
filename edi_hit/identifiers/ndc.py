"""NDC (National Drug Code), the number of a drug package in the United States.

On claims it has eleven digits: five for the labeler, four for the product, two for the package. Labels print
ten, in the groups 4-4-2, 5-3-2 or 5-4-1; the short group takes a leading zero. Ten digits without hyphens can
be several NDCs and are refused.

Sources: 21 CFR 207.33 (ten digits); 45 CFR 162.1002 (NDC as a code set on claims);
https://www.fda.gov/drugs/drug-approvals-and-databases/national-drug-code-directory

>>> validate("0002-7597-01")
'00002759701'
>>> validate("50242-040-62")
'50242004062'
>>> validate("60575-4112-1")
'60575411201'
>>> format("00002759701")
'00002-7597-01'
>>> validate("0002759701")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: ten digits without hyphens can be several NDCs
>>> validate("0002-759-01")
Traceback (most recent call last):
    ...
edi_hit.identifiers.errors.InvalidIdentifier: an NDC has eleven digits, or groups of 4-4-2, 5-3-2 or 5-4-1
"""

import re

from edi_hit.identifiers.characters import without
from edi_hit.identifiers.errors import InvalidIdentifier
from edi_hit.identifiers.validity import validity

_GROUPS = {(4, 4, 2), (5, 3, 2), (5, 4, 1), (5, 4, 2)}


def compact(number: str) -> str:
    """Give the eleven digits of a hyphenated number; any other number without spaces and hyphens."""
    groups = without(number, " ").split("-")
    if tuple(map(len, groups)) in _GROUPS:
        labeler, product, package = groups
        return labeler.zfill(5) + product.zfill(4) + package.zfill(2)
    return "".join(groups)


def validate(number: str) -> str:
    """Give the eleven digits; raises `InvalidIdentifier` for a wrong or ambiguous form."""
    hyphenated = "-" in number
    digits = compact(number)
    if not hyphenated and re.fullmatch(r"[0-9]{10}", digits):
        raise InvalidIdentifier("ten digits without hyphens can be several NDCs")
    known_groups = not hyphenated or tuple(map(len, without(number, " ").split("-"))) in _GROUPS
    if not known_groups or not re.fullmatch(r"[0-9]{11}", digits):
        raise InvalidIdentifier("an NDC has eleven digits, or groups of 4-4-2, 5-3-2 or 5-4-1")
    return digits


is_valid = validity(validate)
"""Whether the number has the form of an NDC."""


def format(number: str) -> str:
    """Give the number in groups of five, four and two."""
    digits = compact(number)
    return "-".join((digits[:5], digits[5:9], digits[9:]))
