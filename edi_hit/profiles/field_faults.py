"""Values read from a file as the fields of a structure, every wrong one told, not the first alone."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import msgspec

LARGEST_NUMBER = 1_000_000
"""No price, rate or factor is larger."""


def fields_of(
    written: Mapping[str, Any], kind: type[msgspec.Struct], *, strict: bool = True
) -> tuple[dict[str, Any], list[str]]:
    """Give the values that fit the fields of a structure, and what is wrong, one message a field.

    Numbers are neither negative nor beyond `LARGEST_NUMBER`. With `strict` off, texts are read as dates and
    numbers, as in a CSV.
    """
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    faults = [f"{name}: there is no such setting" for name in written if name not in fields]
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name not in written:
            if field.required:
                faults.append(f"{name}: is missing")
            continue
        try:
            values[name] = msgspec.convert(written[name], field.type, strict=strict)
        except msgspec.ValidationError as error:
            faults.append(f"{name}: {str(error).partition(' - at `$')[0]}")
            continue
        if isinstance(values[name], Decimal) and not _is_plain(values[name]):
            faults.append(f"{name}: a number from 0 to {LARGEST_NUMBER:,} is wanted")
    return values, faults


def _is_plain(number: Decimal) -> bool:
    return number.is_finite() and 0 <= number <= LARGEST_NUMBER
