"""A record from what a document has for it: texts, lists and objects, checked strictly."""

from typing import Any, cast

import msgspec

from edi_hit.formats.records.kinds import KINDS, Record, record_types


class WrongRecordError(ValueError):
    """What a document has is no record. `path` leads to it, from the record; the message has no data."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


def record_of(item: dict[str, Any], *, texts: bool = False) -> Record:
    """Give the record that `item` is; its key `kind` tells which.

    With `texts` integers stand as texts, as in XML.
    Raises `WrongRecordError` where a field is unknown, missing, or not of its form.
    """
    try:
        msgspec.convert(item, record_types(), strict=not texts)
    except msgspec.ValidationError as error:
        raise _wrong(str(error)) from None
    return cast("Record", msgspec.convert(item, KINDS[item["kind"]], strict=not texts))


def _wrong(message: str) -> WrongRecordError:
    reason, _, path = message.partition(" - at `$")
    if "unknown field" in reason:
        reason = "a field that it does not have"
    elif "matching regex" in reason:
        reason = "not a number in digits, as a text, without exponent"
    elif reason.startswith("Invalid value"):
        reason = "no such kind of record"
    return WrongRecordError(reason[:1].lower() + reason[1:], path.removesuffix("`"))
