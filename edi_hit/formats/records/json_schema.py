"""The JSON Schemas (2020-12) of claims in JSON and NDJSON, made from the structures."""

from typing import Any

import msgspec

from edi_hit.formats.records.document_types import document_type
from edi_hit.formats.records.kinds import FORMAT, KINDS, VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Give the schema of a JSON document."""
    return {
        **_head("json", "Claims and remittances as records"),
        "type": "object",
        "properties": {**_stated(), "records": {"type": "array", "items": _any_kind()}},
        "required": [*_stated(), "records"],
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def line_schema() -> Schema:
    """Give the schema of a line of NDJSON."""
    definitions = _definitions()
    for kind in KINDS:
        record = definitions[kind]
        record["properties"] = {**_stated(), **record["properties"]}
        record["required"] = [*_stated(), *record["required"]]
    return {**_head("ndjson", "A claim, a remittance or an envelope"), **_any_kind(), "$defs": definitions}


def _head(form: str, title: str) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:edi-hit:claims:{VERSION}:{form}", "title": title}


def _stated() -> Schema:
    return {"format": {"const": FORMAT}, "version": {"const": VERSION}}


def _any_kind() -> Schema:
    return {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in KINDS]}


def _definitions() -> Schema:
    """The schema of each structure by its name; that of a record by its kind."""
    types = [document_type(model, kind) for kind, model in KINDS.items()]
    _, found = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    names = {model.__name__: kind for kind, model in KINDS.items()}
    return {names.get(name, name): schema for name, schema in found.items()}
