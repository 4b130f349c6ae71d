"""What is wrong with a document of claims is said with its line and path, and never with its data."""

import json
from contextlib import suppress

import pytest
from claim_text import GOOD, file_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_claim_documents import FILES, document, read, records

from edi_hit.rules import DocumentError

ITEMS = records(file_of(*GOOD))[0] + records((FILES / "four-payments.835").read_bytes())[0]
TEXTS = {form: document(ITEMS, form).decode() for form in ("json", "ndjson")}


def error_of(text: str | bytes, form: str) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(text if isinstance(text, bytes) else text.encode(), form)
    return caught.value


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize(
    ("old", "new", "reason", "path"),
    [
        ('"charge":"300.50"', '"charge":300.50', "expected `str`", ".charge"),
        ('"charge":"300.50"', '"charge":"NaN"', "not a number in digits", ".charge"),
        ('"charge":"300.50"', '"charge":"1e5"', "not a number in digits", ".charge"),
        ('"charge":"300.50"', '"charge":"300,50"', "not a number in digits", ".charge"),
        ('"charge":"300.50"', '"charge":" 300.50"', "not a number in digits", ".charge"),
        ('"charge":"300.50"', '"charge":""', "not a number in digits", ".charge"),
        ('"charge":"300.50"', '"charge":null', "expected `str`", ".charge"),
        ('"charge":"300.50",', "", "missing required field `charge`", ""),
        ('"charge":"300.50"', '"charge":"300.50","charge":"1"', "a key comes twice", ""),
        ('"charge":"300.50"', '"charge":"300.50","MAPLE":"1"', "a field that it does not have", ""),
        ('"claim_id":"A1"', '"claim_id":1', "expected `str`", ".claim_id"),
        ('"pointers":[1,2]', '"pointers":["1"]', "expected `int`", ".lines[0].pointers[0]"),
        ('"pointers":[1,2]', '"pointers":"1"', "expected `array`", ".lines[0].pointers"),
        ('"start":"2025-01-02"', '"start":"20250102"', "invalid RFC3339", ".lines[0].service_dates.start"),
        ('"start":"2025-01-02"', '"start":"2025-02-30"', "invalid RFC3339", ".lines[0].service_dates.start"),
        ('"kind":"professional"', '"kind":"MAPLE"', "no such kind of record", ".kind"),
        ('"kind":"professional",', "", "missing required field `kind`", ""),
        ('"subscriber":{', '"subscriber":{"person":{},', "a key comes twice", ""),
        ('"claim_id":"A1"', '"claim_id":NaN', "not JSON", ""),
    ],
)
def test_what_is_wrong_is_said_with_its_place(form: str, old: str, new: str, reason: str, path: str) -> None:
    text = TEXTS[form]
    assert old in text
    error = error_of(text.replace(old, new, 1), form)
    assert reason in error.reason
    assert error.line == text[: text.index(old)].count("\n") + 1
    assert error.path.endswith(f"records[1]{path}") or (reason == "not JSON" and error.path.startswith("$"))
    assert "MAPLE" not in str(error)


@pytest.mark.parametrize(
    ("form", "text", "reason"),
    [
        ("json", "[]", "not an object"),
        ("json", '{"format":"edi-hit claims","version":"2","records":[]}', "format and version"),
        ("json", '{"records":[]}', "format and version"),
        ("json", '{"format":"edi-hit claims","version":"1","claims":[]}', "a key that no document"),
        ("json", '{"format":"edi-hit claims","version":"1","records":{}}', "not a list"),
        ("json", '{"format":"edi-hit claims","version":"1","records":[1]}', "not an object"),
        ("json", '{"format":"edi-hit claims","version":"1","records":[]}[]', "not JSON"),
        ("ndjson", '{"kind":"envelope"}', "format and version"),
        ("ndjson", "[]", "not an object"),
        ("ndjson", '{"format":' + "[" * 50_000, "deeper"),
    ],
)
def test_another_document_is_refused(form: str, text: str, reason: str) -> None:
    assert reason in error_of(text, form).reason


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("share", [0.05, 0.3, 0.9, 0.999])
def test_a_document_cut_off_is_refused(form: str, share: float) -> None:
    assert (
        error_of(TEXTS[form].rstrip()[: int(len(TEXTS[form]) * share) - 1], form).reason
        == "the document is cut off"
    )


def test_any_way_of_writing_json_is_read() -> None:
    for change in ({"indent": 2}, {"sort_keys": True}):
        assert read(json.dumps(json.loads(TEXTS["json"]), **change).encode(), "json") == ITEMS
        lines = [json.dumps(json.loads(line), **change) for line in TEXTS["ndjson"].splitlines()]
        assert read("\n".join(lines).encode(), "ndjson") == ITEMS


_PUT = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"1e5", b"\\u0000", b"\\", b"\xff", b"\n", b"-"]


@settings(max_examples=200, deadline=None)
@given(
    form=st.sampled_from(list(TEXTS)),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(_PUT) | st.binary(max_size=3)),
        max_size=4,
    ),
)
def test_a_damaged_document_is_read_or_refused(form: str, changes: list[tuple[float, int, bytes]]) -> None:
    text = TEXTS[form].encode()
    for share, length, put in changes:
        at = int(share * len(text))
        text = text[:at] + put + text[at + length :]
    with suppress(DocumentError):
        read(text, form)
