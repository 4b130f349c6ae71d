"""The schemas as they are shipped. `python -m edi_hit.formats.schema_files DIR` writes them: make schemas."""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from edi_hit.formats.loops.json_schema import json_schema as loops_json_schema
from edi_hit.formats.loops.shape import VERSION as LOOPS_VERSION
from edi_hit.formats.loops.xml_schema import xml_schema as loops_xml_schema
from edi_hit.formats.records.json_schema import json_schema, line_schema
from edi_hit.formats.records.kinds import VERSION
from edi_hit.formats.records.xml_schema import xml_schema
from edi_hit.profiles import DropSettings, Partner
from edi_hit.profiles.http_service import HttpSettings

LOOPS_XML = f"loops-{LOOPS_VERSION}.xsd"
LOOPS_JSON = f"loops-{LOOPS_VERSION}.schema.json"
CLAIMS_XML = f"claims-{VERSION}.xsd"
CLAIMS_JSON = f"claims-{VERSION}.schema.json"
CLAIMS_NDJSON = f"claims-{VERSION}.ndjson.schema.json"
PARTNER = "partner-1.schema.json"
DROP = "drop-1.schema.json"
HTTP = "http-1.schema.json"


def schema_files() -> dict[str, str]:
    """Give the text of each schema by the name of its file, made from the code."""
    return {
        LOOPS_XML: loops_xml_schema(),
        LOOPS_JSON: _text(loops_json_schema()),
        CLAIMS_XML: xml_schema(),
        CLAIMS_JSON: _text(json_schema()),
        CLAIMS_NDJSON: _text(line_schema()),
        PARTNER: _text(_settings_schema(Partner)),
        DROP: _text(_settings_schema(DropSettings)),
        HTTP: _text(_settings_schema(HttpSettings)),
    }


def _settings_schema(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The schema of a settings file, as editors of TOML and JSON take it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | msgspec.json.schema(kind)


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1) + "\n"


def shipped_schema(name: str) -> str:
    """Give the text of a schema as it is shipped."""
    return (files("edi_hit.schemas") / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name, text in schema_files().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
