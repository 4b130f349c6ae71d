"""Parts of the OpenAPI document: parameters, contents and schemas, made from structures."""

from functools import cache
from io import BytesIO
from typing import Any

import msgspec

from edi_hit.sample import write_sample_837p

Json = dict[str, Any]

JSON = "application/json"
SCHEMAS = "#/components/schemas/{name}"


def parameters_of(query: type[msgspec.Struct]) -> list[Json]:
    """Give the parameters that a structure of a query declares."""
    (_,), found = msgspec.json.schema_components([query], ref_template=SCHEMAS)
    schema = found[query.__name__]
    required = schema.get("required", ())
    return [
        _parameter(name, described, name in required, found)
        for name, described in schema["properties"].items()
    ]


def _parameter(name: str, described: Json, required: bool, found: Json) -> Json:
    """One parameter; that it may be left out is no value of it."""
    described = {key: value for key, value in described.items() if key != "default" or value is not None}
    told = described.pop("description", "")
    options = [_resolved(one, found) for one in described.pop("anyOf", ()) if one != {"type": "null"}]
    if options:
        (only,) = options
        described |= only
    if isinstance(described.get("enum"), list):
        described["enum"] = [one for one in described["enum"] if one is not None]
        described["type"] = "string"
    schema = _resolved(described, found)
    parameter = {"name": name, "in": "query", "required": required, "schema": schema}
    return {**parameter, "description": told} if told else parameter


def _resolved(schema: Json, found: Json) -> Json:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    named: Json = found[reference.rpartition("/")[2]]
    return {key: value for key, value in named.items() if key not in ("title", "description")}


def header_of(name: str, description: str, longest: int) -> Json:
    """Give a header that may be sent, of at most `longest` characters."""
    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": "^[!-~]([ -~]*[!-~])?$"}
    return {"name": name, "in": "header", "required": False, "schema": schema, "description": description}


def ref_of(kind: type) -> Json:
    """Point to the schema of a structure."""
    return {"$ref": SCHEMAS.format(name=kind.__name__)}


def content_of(kind: type) -> Json:
    """Give a content that is a structure as JSON."""
    return {JSON: {"schema": ref_of(kind)}}


def body_of(kind: str) -> Json:
    """Give a content of a type as bytes; text has an example."""
    return {**binary(), "example": _example()} if kind == "text/plain" else binary()


@cache
def _example() -> str:
    """An 837P of one invented claim."""
    with BytesIO() as stream:
        write_sample_837p(stream, 1, 1)
        return stream.getvalue().decode("ascii")


def binary() -> Json:
    """Give a content that is bytes."""
    return {"schema": {"type": "string", "format": "binary"}}
