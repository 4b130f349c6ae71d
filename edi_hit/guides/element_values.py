"""The form of element values by X12 data type: one regular expression each, used by both ways of checking.

A value is matched whole. The reader has already flagged bytes outside printable ASCII, so any character that
is no delimiter may stand in text here.
"""

import re
from functools import cache

from edi_hit.guides.element import ElementNode

_YEAR = r"(?:1[89]|[2-9]\d)\d\d"
_MOST_DAYS = r"(?:0[1-9]|1[0-2])(?:0[1-9]|1\d|2[0-8])"
_LAST_DAYS = r"(?:(?:0[13578]|1[02])31|(?:0[13-9]|1[0-2])(?:29|30))"
_LEAP_YEAR = r"(?:(?:1[89]|[2-9]\d)(?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[3579][26])00)"
_DATE8 = rf"(?:{_YEAR}(?:{_MOST_DAYS}|{_LAST_DAYS})|{_LEAP_YEAR}0229)"
_DATE6 = rf"\d\d(?:{_MOST_DAYS}|{_LAST_DAYS}|0229)"
_TIME = r"(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d\d?)?)?"

FORMATS = {
    "D8": _DATE8,
    "RD8": rf"{_DATE8}-{_DATE8}",
    "D6": _DATE6,
    "DT": rf"{_DATE8}(?:[01]\d|2[0-3])[0-5]\d",
    "TM": _TIME,
}
"""Values of element 1251 by the format qualifier in element 1250."""

FORMAT_QUALIFIER, FORMATTED_VALUE = "1250", "1251"


@cache
def value_pattern(node: ElementNode) -> str:
    """The regular expression of a non-empty value: of its codes, where the guide lists them all."""
    if node.codes and not node.external:
        return "(?:" + "|".join(sorted(map(re.escape, node.codes), key=lambda c: (-len(c), c))) + ")"
    return type_pattern(node.type, node.low, node.high)


@cache
def type_pattern(kind: str, low: int, high: int) -> str:
    """The regular expression of a data type with these bounds of length.

    In numbers digits alone count. Blanks at the end of text are not seen here: see `has_trailing_blank`.
    """
    low = max(low, 1)
    if kind == "R":
        any_number = rf"\d{{{low},{high}}}+(?!\.)|(?=[\d.]{{{low + 1},{high + 1}}}+(?![\d.]))\d*+\.\d++"
        if low > 1 or high < 2:
            return rf"-?(?:{any_number})"
        usual = rf"\d{{1,{high // 2}}}+(?:\.\d{{1,{high // 2}}}+)?+(?![\d.])"
        return rf"-?(?:{usual}|{any_number})"
    if kind.startswith("N"):
        return rf"-?\d{{{low},{high}}}+"
    if kind == "DT":
        return f"(?:{_DATE8}|{_DATE6})" if low <= 6 else _DATE8
    if kind == "TM":
        return _TIME
    return rf"[^\x1c-\x1f]{{{low},{high}}}+"


def format_holds(form: str, value: str) -> bool:
    """Whether a value has the form its format qualifier names; a period ends no sooner than it starts."""
    pattern = FORMATS.get(form)
    if pattern is None:
        return True
    if compiled(pattern).fullmatch(value) is None:
        return False
    return form != "RD8" or value[:8] <= value[9:]


def has_trailing_blank(node: ElementNode, value: str) -> bool:
    """Whether text ends in blanks it does not need to reach its least length."""
    return value[-1:] == " " and node.type in ("AN", "ID") and len(value.rstrip()) >= max(node.low, 1)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern compiled once."""
    return re.compile(pattern, re.ASCII)
