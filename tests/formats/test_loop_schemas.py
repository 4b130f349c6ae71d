"""The schemas shipped are those the code makes; documents written hold them, and what breaks them is told."""

import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from loop_documents import FILES, FORMS, SMALL, document
from lxml import etree
from sample_files import each_sample

from edi_hit.formats.schema_files import LOOPS_JSON, LOOPS_XML, schema_files, shipped_schema
from edi_hit.formats.validation import validated_json, validated_xml
from edi_hit.rules import DocumentError

VALIDATED = {"xml": (validated_xml, LOOPS_XML), "json": (validated_json, LOOPS_JSON)}
XSD = etree.XMLSchema(etree.XML(shipped_schema(LOOPS_XML).encode()))
JSON_SCHEMA = json.loads(shipped_schema(LOOPS_JSON))


def passed(text: bytes, form: str) -> bytes:
    validated, schema = VALIDATED[form]
    return b"".join(validated(io.BytesIO(text), schema))


def test_the_schemas_shipped_are_those_the_code_makes() -> None:
    for name, text in schema_files().items():
        assert shipped_schema(name) == text, "run make schemas"


def test_the_json_schema_is_one() -> None:
    Draft202012Validator.check_schema(JSON_SCHEMA)


@pytest.mark.parametrize("data", FILES)
def test_what_is_written_holds_the_schemas(data: bytes) -> None:
    XSD.assertValid(etree.fromstring(document(data, "xml")))
    Draft202012Validator(JSON_SCHEMA).validate(json.loads(document(data, "json")))
    for form in FORMS:
        text = document(data, form)
        assert passed(text, form) == text


@each_sample(x12=True)
def test_samples_hold_the_xml_schema(sample: Path) -> None:
    XSD.assertValid(etree.fromstring(document(sample.read_bytes(), "xml")))


@pytest.mark.parametrize(
    ("form", "old", "new", "reason"),
    [
        ("xml", b'<segment id="LX">', b'<segment id="lx">', "PATTERN_VALID"),
        ("xml", b'<segment id="LX">', b'<segment id="LX" size="1">', "COMPLEX_TYPE"),
        ("xml", b'id="LX01"', b'id="LX1"', "PATTERN_VALID"),
        ("xml", b'version="1"', b'version="2"', "PATTERN_VALID"),
        ("xml", b'segment-end="~"', b'segment-end="\xc3\xa9"', "PATTERN_VALID"),
        ("xml", b'<element id="LX01">1</element>', b"<part/>", "ELEMENT_CONTENT"),
        ("json", b'"segment":"LX"', b'"segment":"lx"', "pattern at $.segment"),
        ("json", b'"LX01":"1"', b'"LX01":1', "anyOf at $.LX01"),
        ("json", b'"LX01":"1"', b'"MAPLE":"1"', "additionalProperties at $"),
        ("json", b'"LX01":"1"', b'"end":"\\u00e9"', "pattern at $.end"),
        ("json", b'"version":"1"', b'"version":"2"', "const at $.version"),
        ("json", b'{"group":{}', b'{"group":{"id":"1"}', "additionalProperties at $.group"),
        ("json", b'{"segment":"LX","LX01":"1"}', b"{}", "no such item"),
    ],
)
def test_what_breaks_a_schema_is_told_with_its_line(form: str, old: bytes, new: bytes, reason: str) -> None:
    text = document(SMALL, form)
    assert old in text
    with pytest.raises(DocumentError, match="not as the schema loops-1") as caught:
        passed(text.replace(old, new, 1), form)
    assert reason in caught.value.reason
    line = text[: text.index(old)].count(b"\n") + 1
    assert (
        caught.value.line >= line if old in (b'"version":"1"', b'{"group":{}') else caught.value.line == line
    )
    assert "MAPLE" not in str(caught.value)
