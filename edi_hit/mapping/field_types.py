"""Tells of an object that cannot be composed which field has another type than it is declared with.

Python lets a claim be made with any values; looking at each before it is composed would cost as much as that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.rules import ComposeError

_PATH = " - at `$"


@contextmanager
def told_types(value: msgspec.Struct) -> Iterator[None]:
    """Raise `ComposeError`, with the field, where composing `value` fails since a field has a wrong type."""
    try:
        yield
    except (AttributeError, TypeError, ValueError) as error:
        wrong = wrong_type(value)
        if wrong is None:
            raise
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
