"""Reads the parameters of a request as the structure that declares them."""

from typing import TypeVar

import msgspec
from starlette.requests import Request

from edi_hit.exchange.http.problems import refused

T = TypeVar("T", bound=msgspec.Struct)


def query_texts(request: Request) -> dict[str, str]:
    """Give the parameters as they were sent; raises `ProblemError` where one comes twice."""
    items = request.query_params.multi_items()
    given = dict(items)
    if len(given) != len(items):
        raise refused("wrong-parameter", "a parameter is given twice")
    return given


def as_query(given: dict[str, str], kind: type[T]) -> T:
    """Give parameters as `kind`; raises `ProblemError` where one is unknown, missing or wrong.

    What is told names the parameter and what is wanted, and repeats nothing that was sent.
    """
    unknown = sorted(set(given) - {field.encode_name for field in msgspec.structs.fields(kind)})
    if unknown:
        raise refused("wrong-parameter", "a parameter is not one of this address")
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise refused("wrong-parameter", without_values(error)) from error


def without_values(error: msgspec.ValidationError) -> str:
    """Say what is wrong and where, without what was sent."""
    said, _, place = str(error).rpartition(" - at `$.")
    place = place.rstrip("`") if said else ""
    said = said or str(error)
    for kind in ("Invalid enum value", "Object contains unknown field", "Invalid value"):
        said = kind if said.startswith(kind) else said
    return f"{place}: {said}" if place else said
