"""Documents of claims hold the schemas shipped, and what breaks them is told with its line."""

import io
import json
from pathlib import Path

import pytest
from claim_text import GOOD, file_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from sample_files import each_sample
from test_claim_documents import CLAIMS, FILES, FORMS, PAYMENTS, REMITTANCES, document, read, records

from edi_hit.formats.records import Record
from edi_hit.formats.schema_files import CLAIMS_JSON, CLAIMS_NDJSON, CLAIMS_XML, shipped_schema
from edi_hit.formats.validation import validated_json, validated_xml
from edi_hit.rules import DocumentError

VALIDATED = {
    "xml": (validated_xml, CLAIMS_XML),
    "json": (validated_json, CLAIMS_JSON),
    "ndjson": (validated_json, CLAIMS_NDJSON),
}
XSD = etree.XMLSchema(etree.XML(shipped_schema(CLAIMS_XML).encode()))
JSON_SCHEMA = Draft202012Validator(json.loads(shipped_schema(CLAIMS_JSON)))
LINE_SCHEMA = Draft202012Validator(json.loads(shipped_schema(CLAIMS_NDJSON)))

ITEMS = records(file_of(*GOOD))[0] + records((FILES / "four-payments.835").read_bytes())[0]


def check(items: list[Record]) -> None:
    """Hold what is written of these records against the schemas."""
    XSD.assertValid(etree.fromstring(document(items, "xml")))
    JSON_SCHEMA.validate(json.loads(document(items, "json")))
    for line in document(items, "ndjson").splitlines():
        LINE_SCHEMA.validate(json.loads(line))


@each_sample("837P", "837I", "835", x12=True)
def test_samples_hold_the_schemas(sample: Path) -> None:
    check(records(sample.read_bytes())[0])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(CLAIMS, REMITTANCES, PAYMENTS))
def test_any_record_holds_the_schemas(record: Record) -> None:
    check([record])


@pytest.mark.parametrize("schema", [JSON_SCHEMA, LINE_SCHEMA])
def test_the_json_schemas_are_some(schema: Draft202012Validator) -> None:
    schema.check_schema(schema.schema)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("form", FORMS)
def test_what_holds_is_passed_on(form: str, mark: bytes) -> None:
    text = mark + document(ITEMS, form)
    validated, schema = VALIDATED[form]
    assert b"".join(validated(io.BytesIO(text), schema)) == text


CHANGES = [
    ("xml", "<charge>300.50</charge>", "<charge>3e2</charge>", "PATTERN_VALID"),
    ("xml", "<charge>300.50</charge>", "", "ELEMENT_CONTENT"),
    ("xml", "<charge>300.50</charge>", "<MAPLE/>", "ELEMENT_CONTENT"),
    ("xml", "<start>2025-01-02</start>", "<start>2025-02-30</start>", "DATATYPE_VALID"),
    ("json", '"charge":"300.50"', '"charge":300.5', "type at $.charge"),
    ("json", '"charge":"300.50"', '"charge":"1e5"', "pattern at $.charge"),
    ("json", '"kind":"professional"', '"kind":"MAPLE"', "no such item"),
    ("ndjson", '"charge":"300.50"', '"charge":"NaN"', "anyOf at $"),
    ("ndjson", '"version":"1"', '"version":"2"', "anyOf at $"),
]


@pytest.mark.parametrize(("form", "old", "new", "reason"), CHANGES)
def test_what_breaks_a_schema_is_told_with_its_line(form: str, old: str, new: str, reason: str) -> None:
    text = document(ITEMS, form).decode()
    assert old in text
    validated, schema = VALIDATED[form]
    with pytest.raises(DocumentError, match="not as the schema claims-1") as caught:
        list(validated(io.BytesIO(text.replace(old, new, 1).encode()), schema))
    assert reason in caught.value.reason
    first = text[: text.index(old)].count("\n") + 1
    assert first <= caught.value.line <= first + 1
    assert "MAPLE" not in str(caught.value)


@pytest.mark.parametrize(("form", "old", "new"), [change[:3] for change in CHANGES])
def test_reading_is_as_strict_as_the_schemas(form: str, old: str, new: str) -> None:
    with pytest.raises(DocumentError):
        read(document(ITEMS, form).replace(old.encode(), new.encode(), 1), form)
