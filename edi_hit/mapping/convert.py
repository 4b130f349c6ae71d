"""Element text to typed values and back. What cannot be read is refused, never guessed (X12-ENV-18, -19)."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.parts import Moment, Period
from edi_hit.rules import ComposeError

_NUMBER = re.compile(r"-?(?:\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})", re.ASCII)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d", re.ASCII)
_CENTS: Final = Decimal("0.01")
_USUAL_LENGTH: Final = 10
"""Characters of the longest number that takes no closer look."""
_DAYS_KEPT: Final = 4_000
"""Days and periods remembered: files name the same ones over and over."""
_NUMBERS_KEPT: Final = 2_000
"""Numbers remembered, which are quantities mostly."""


def _is_usual(text: str) -> bool:
    """Whether a text is a number of a few digits, with at most one point."""
    return len(text) <= _USUAL_LENGTH and text.isascii() and text.replace(".", "", 1).isdigit()


def read_number(text: str) -> Decimal:
    """Read a type R or N number: digits, an optional minus, an optional point; no exponent, no plus."""
    if not _is_usual(text) and not _NUMBER.fullmatch(text):
        raise ValueError("not an X12 number")
    return Decimal(text)


def write_number(value: Decimal) -> str:
    """Write a number as X12 wants it: no exponent, no trailing zeros after the point.

    Raises `ComposeError` where X12 has no such number.
    """
    text = str(value)
    if text.isdigit() and len(text) <= 18 and value.__class__ is Decimal:
        return text
    if "E" in text or value.__class__ is not Decimal:
        text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if not _NUMBER.fullmatch(text):
        raise ComposeError("a value is no X12 number")
    return "0" if text == "-0" else text


def _read_money(text: str) -> Decimal:
    point = text.find(".")
    if _is_usual(text) and (point < 0 or point >= len(text) - 3):
        return Decimal(text + ("00"[len(text) - point - 1 :] if point >= 0 else ".00"))
    value = read_number(text)
    if value != value.quantize(_CENTS):
        raise ValueError("more than two decimals")
    return value.quantize(_CENTS)


def _write_money(value: Decimal) -> str:
    text = str(value)
    dollars, _, cents = text.partition(".")
    is_usual = len(cents) == 2 and cents.isdigit() and dollars.isdigit() and len(dollars) <= 16
    if is_usual and value.__class__ is Decimal:
        return dollars if cents == "00" else text.removesuffix("0")
    text = write_number(value)
    if len(text.partition(".")[2]) > 2:
        raise ComposeError("an amount has more than two decimals")
    return text


def _write_integer(value: int) -> str:
    if not 0 <= value <= 999_999_999:
        raise ComposeError("a whole number has no place in X12")
    return str(value)


def _read_integer(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError("not a whole number")
    return int(text)


@lru_cache(_DAYS_KEPT)
def read_date(text: str) -> date:
    """Read CCYYMMDD. Raises `ValueError` where it is no calendar date."""
    if not (len(text) == 8 and text.isascii() and text.isdigit()):
        raise ValueError("not a date CCYYMMDD")
    return date.fromisoformat(text)


@lru_cache(_DAYS_KEPT)
def write_date(value: date) -> str:
    """Write CCYYMMDD."""
    return date.isoformat(value).replace("-", "")


def day_form(value: date) -> str:
    """DTP02 of a day."""
    return "D8"


@lru_cache(_DAYS_KEPT)
def read_period(form: str, text: str) -> Period:
    """Read DTP03 by the format in DTP02: D8 a day, RD8 two days, start not after end."""
    if form == "D8":
        day = read_date(text)
        return Period(day, day)
    start, dash, end = text.partition("-")
    if form != "RD8" or not dash:
        raise ValueError("not a date in format D8 or RD8")
    period = Period(read_date(start), read_date(end))
    if period.start > period.end:
        raise ValueError("the period ends before it starts")
    return period


def write_period(period: Period) -> tuple[str, str]:
    """Write a period as DTP02 and DTP03. Raises `ComposeError` where it ends before it starts."""
    return period_form(period), write_days(period)


def period_form(period: Period) -> str:
    """DTP02 of a period: D8 a day, RD8 two days."""
    return "D8" if period.start == period.end else "RD8"


def write_days(period: Period) -> str:
    """DTP03 of a period. Raises `ComposeError` where it ends before it starts."""
    return write_date(period.start) if period.start == period.end else write_span(period)


def read_span(text: str) -> Period:
    """Read two days CCYYMMDD joined by a hyphen (RD8), start not after end."""
    return read_period("RD8", text)


def write_span(period: Period) -> str:
    """Write a period as RD8, a single day too. Raises `ComposeError` where it ends before it starts."""
    if period.start > period.end:
        raise ComposeError("a period ends before it starts")
    return f"{write_date(period.start)}-{write_date(period.end)}"


def read_moment(form: str, text: str) -> Moment:
    """Read DTP03 by the format in DTP02: D8 a day, DT a day and a time of day CCYYMMDDHHMM."""
    if form == "D8":
        return Moment(read_date(text))
    if form != "DT" or not _CLOCK.fullmatch(text[8:]):
        raise ValueError("not a date in format D8 or DT")
    return Moment(read_date(text[:8]), text[8:])


def write_moment(moment: Moment) -> tuple[str, str]:
    """Write a moment as DTP02 and DTP03."""
    return ("DT" if moment.at else "D8"), write_date(moment.on) + moment.at


TEXT = Conversion("text", str, str)
MONEY = Conversion("an amount in dollars", _read_money, _write_money)
NUMBER = Conversion("a number", lru_cache(_NUMBERS_KEPT)(read_number), write_number)
INTEGER = Conversion("a whole number", _read_integer, _write_integer)
DATE = Conversion("a calendar date CCYYMMDD", read_date, write_date, "IK403 8", "X12-ENV-19")
SPAN = Conversion("a period RD8", read_span, write_span, "IK403 8", "X12-ENV-19")
PERIOD = Conversion("a date D8 or a period RD8", str, str, "IK403 8", "X12-ENV-19")
MOMENT = Conversion("a date D8 or a date and time DT", str, str, "IK403 8", "X12-ENV-19")
