"""Tells of an object that cannot be composed which field has another type than it is declared with.

Python lets a claim be made with any values; looking at each before it is composed would cost as much as that.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.rules import ComposeError

_PATH = " - at `$"


class ToldTypes:
    """Raises `ComposeError`, with the field, where composing `value` inside fails since a type is wrong."""

    __slots__ = ("_value",)

    def __init__(self, value: msgspec.Struct) -> None:
        self._value = value

    def __enter__(self) -> None:
        """Nothing is looked at before it fails."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, AttributeError | TypeError | ValueError):
            wrong = wrong_type(self._value)
            if wrong is not None:
                raise wrong from error


def wrong_type(value: msgspec.Struct) -> ComposeError | None:
    """The error of the first field with another type than it is declared with; None where all are right."""
    try:
        plain = msgspec.to_builtins(value, builtin_types=(date, Decimal))
        again = msgspec.convert(plain, type(value), builtin_types=(date, Decimal))
    except (msgspec.ValidationError, TypeError) as error:
        message, _, path = str(error).partition(_PATH)
        return ComposeError(message[:1].lower() + message[1:], path.strip("`.").replace("[...]", "[]"))
    return None if again == value else ComposeError("a field has another type than it is declared with")
