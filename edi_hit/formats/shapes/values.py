"""Values of a claim as other shapes have them, and back: all texts, dates of eight digits."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from edi_hit.formats.records.json_writer import plain_number
from edi_hit.formats.records.read_record import WrongRecordError
from edi_hit.mapping.parts import Adjustment

DETAILS = ("adjustmentReasonCode", "adjustmentAmount", "adjustmentQuantity")

_DAY = re.compile("[0-9]{8}")
_NUMBER = re.compile("[0-9]{1,4}")


def shown_value(value: object, form: str) -> object:
    """Give a value of a claim in the form that the shape has for it; nothing where it has none for it."""
    if form == "adjustments" and isinstance(value, tuple):
        return _groups(value)
    if form.startswith("flag:"):
        return value == form.removeprefix("flag:")
    if isinstance(value, tuple):
        return [_text(one) for one in value]
    return _text(value)


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.strftime("%Y%m%d") if isinstance(value, date) else str(value or "")


def _groups(adjustments: Iterable[Adjustment]) -> list[dict[str, Any]]:
    return [
        {
            "adjustmentGroupCode": group,
            "adjustmentDetails": [
                {
                    name: _text(value)
                    for name, value in zip(DETAILS, _detail(one), strict=True)
                    if value is not None
                }
                for one in ones
            ],
        }
        for group, ones in groupby(adjustments, key=lambda one: one.group)
    ]


def _detail(adjustment: Adjustment) -> tuple[object, ...]:
    return adjustment.carc, adjustment.amount, adjustment.quantity


def meant_value(value: object, form: str, path: str) -> object:
    """Give what a value of the shape is in a record. Raises `WrongRecordError` where it has another form."""
    name, _, flag = form.partition(":")
    meant = _MEANT[name](value, flag)
    if meant is None:
        raise WrongRecordError(_FORMS[name], path)
    return meant


def _day(value: object, _: str) -> str | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    return f"{value[:4]}-{value[4:6]}-{value[6:]}"


def _integer(value: object, _: str) -> int | None:
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _many(one: Callable[[object, str], Any]) -> Callable[[object, str], Any]:
    def many(value: object, _: str) -> list[Any] | None:
        found = [one(item, _) for item in value] if isinstance(value, list) else [None]
        return None if None in found else found

    return many


def _plain(value: object, _: str) -> str | None:
    return value if isinstance(value, str) else None


def _flag(value: object, flag: str) -> str | None:
    return (flag if value else "") if isinstance(value, bool) else None


def _adjustments(value: object, _: str) -> list[dict[str, Any]] | None:
    """The adjustments of groups, one by one; what one lacks is told when the record is made."""
    names = dict(zip(DETAILS, ("carc", "amount", "quantity"), strict=True))
    found = []
    for group in value if isinstance(value, list) else [None]:
        held = group if isinstance(group, dict) else {}
        details = held.get("adjustmentDetails")
        for one in details if isinstance(details, list) else [None]:
            if not isinstance(one, dict):
                return None
            told = {names[key]: one[key] for key in one}
            found.append({"group": held.get("adjustmentGroupCode")} | told)
    return found


_MEANT: dict[str, Callable[[object, str], Any]] = {
    "text": _plain,
    "date": _day,
    "integer": _integer,
    "texts": _many(_plain),
    "integers": _many(_integer),
    "flag": _flag,
    "adjustments": _adjustments,
}
_FORMS = {
    "text": "not a text (amounts and numbers too stand in quotes)",
    "date": "not a date of eight digits, as a text",
    "integer": "not a number in digits, as a text",
    "texts": "not a list of texts",
    "integers": "not a list of numbers in digits, as texts",
    "flag": "not true or false",
    "adjustments": "not a list of groups of adjustments",
}
