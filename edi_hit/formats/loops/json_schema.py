"""The JSON Schema (2020-12) of the loop form in JSON, made from its shape."""

from typing import Any

from edi_hit.formats.loops.byte_text import PATTERN
from edi_hit.formats.loops.json_writer import FORMAT
from edi_hit.formats.loops.segment_form import LATIN, SEGMENT_ID
from edi_hit.formats.loops.shape import REQUIRED, SEGMENT_END, SEPARATORS, TOLD, VERSION, WITHIN

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_BYTE_TEXT: Schema = {"type": "string", "pattern": f"^{PATTERN}$"}
_COMPONENTS: Schema = {"type": "array", "items": _TEXT, "minItems": 1}
_REPETITIONS: Schema = {"type": "array", "items": _COMPONENTS, "minItems": 1}


def json_schema() -> Schema:
    """Give the schema."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:edi-hit:loops:{VERSION}:json",
        "title": "X12 as loops, segments and elements, byte for byte",
        **_object({"format": {"const": FORMAT}, "version": {"const": VERSION}, "within": _items("x12")}),
        "$defs": {
            **{part: _part(part) for part in WITHIN if part != "x12"},
            "segment": _segment(),
            "bytes": _object({"bytes": _BYTE_TEXT}),
            "value": {"anyOf": [_TEXT, _COMPONENTS, _REPETITIONS]},
        },
    }


def _object(properties: Schema, optional: tuple[str, ...] = ()) -> Schema:
    """An object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _items(part: str) -> Schema:
    return {"type": "array", "items": {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in WITHIN[part]]}}


def _part(part: str) -> Schema:
    """What opens: what it tells, and what stands in it."""
    told = {name: _told(name) for name in sorted(TOLD[part])}
    optional = tuple(name for name in told if name not in REQUIRED)
    return _object({part: _object(told, optional), "within": _items(part)})


def _told(name: str) -> Schema:
    if name in SEPARATORS:
        return {"type": "string", "pattern": f"^{PATTERN.removesuffix('*')}$"}
    return _BYTE_TEXT if name == SEGMENT_END else _TEXT


def _segment() -> Schema:
    marks: Schema = dict.fromkeys(("before", "end", "raw"), _BYTE_TEXT)
    marks |= {"encoding": {"const": LATIN}, "unplaced": {"const": True}}
    segment_id = {"type": "string", "pattern": f"^{SEGMENT_ID}$"}
    schema = _object({"segment": segment_id, **marks}, optional=tuple(marks))
    return schema | {"patternProperties": {f"^{SEGMENT_ID}[0-9]{{2,5}}$": {"$ref": "#/$defs/value"}}}
