"""The schemas as they are shipped. `python -m edi_hit.formats.schema_files DIR` writes them: make schemas."""

import json
import sys
from importlib.resources import files
from pathlib import Path

from edi_hit.formats.loops.json_schema import json_schema
from edi_hit.formats.loops.shape import VERSION
from edi_hit.formats.loops.xml_schema import xml_schema

LOOPS_XML = f"loops-{VERSION}.xsd"
LOOPS_JSON = f"loops-{VERSION}.schema.json"


def schema_files() -> dict[str, str]:
    """Give the text of each schema by the name of its file, made from the code."""
    return {LOOPS_XML: xml_schema(), LOOPS_JSON: json.dumps(json_schema(), indent=1) + "\n"}


def shipped_schema(name: str) -> str:
    """Give the text of a schema as it is shipped."""
    return (files("edi_hit.schemas") / name).read_text(encoding="utf-8")


if __name__ == "__main__":
    for name, text in schema_files().items():
        (Path(sys.argv[1]) / name).write_text(text, encoding="utf-8")
