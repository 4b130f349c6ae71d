"""What is wrong with a loop document in JSON is said with its line and path, and never with its data."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import loop_documents
import pytest
from loop_documents import SMALL, document, x12_of

from edi_hit.formats.loops import read_json
from edi_hit.rules import DocumentError

TEXT = document(SMALL, "json").decode()
HEAD = '{"format":"edi-hit loops","version":"1","within":['


def error_of(text: str | bytes) -> DocumentError:
    return loop_documents.error_of(text, "json")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"edi-hit loops"', '"other"', "does not begin with the format"),
        ('"format":"edi-hit loops",', "", "does not begin with the format"),
        ('"version":"1"', '"version":1', "version"),
        ('"version":"1"', '"version":"2"', "version"),
        ('"version":"1"', '"kind":"1"', "a key that no loop document has"),
        ('{"group":{}', '{"loop":{}', "loop may not stand in interchange"),
        ('{"group":{}', '{"group":{"id":"1"}', "group has a key it does not know"),
        ('{"group":{}', '{"group":null', "not an object"),
        ('{"group":{},"within":', '{"group":{},"items":', "not followed by within"),
        ('"guide":"837P"', '"guide":837', "neither a text"),
        ('"LX01":"1"', '"LX01":1', "neither a text (numbers too stand in quotes)"),
        ('"LX01":"1"', '"LX01":null', "neither a text"),
        ('"LX01":"1"', '"LX01":true', "neither a text"),
        ('"LX01":"1"', '"LX01":{"a":"b"}', "neither a text"),
        ('"LX01":"1"', '"LX01":[]', "not empty"),
        ('"LX01":"1"', '"LX01":["1",["2"]]', "lists of components"),
        ('"LX01":"1"', '"LX01":[[["1"]]]', "neither a text"),
        ('"LX01":"1"', '"LX01":"1","LX01":"2"', "a key comes twice"),
        ('"LX01":"1"', '"LX1":"1"', "a key that is no element of the segment"),
        ('"LX01":"1"', '"SV01":"1"', "a key that is no element of the segment"),
        ('"LX01":"1"', '"MAPLE":"1"', "a key that is no element of the segment"),
        ('"LX01":"1"', '"LX01":"1","end":"MAPLE"', "end a terminator"),
        ('"LX01":"1"', '"LX01":"1","raw":"LX*2~"', "disagree"),
        ('"LX01":"1"', '"LX01":"1","raw":["LX*1~"]', "a mark of a segment that is not a text"),
        ('"LX01":"1"', '"LX01":"1","unplaced":"true"', "unplaced"),
        ('"LX01":"1"', '"LX01":"1~"', "a delimiter"),
        ('"LX01":"1"', '"LX01":"1\\r"', "line break"),
        ('"LX01":"1"', '"LX01":"1\\ud800"', "surrogate"),
        ('"LX01":"1"', '"LX01":"1\\ude00\\ud83d"', "surrogate"),
        ('"LX01":"1"', '"LX01":NaN', "not JSON"),
        ('"LX01":"1"', '"LX01":"1",', "not JSON"),
        ('{"segment":"LX","LX01":"1"}', '{"bytes":"x","segment":"LX"}', "a key that is no element"),
        ('{"segment":"LX","LX01":"1"}', '{"LX01":"1"}', "neither a segment nor bytes"),
        ('{"segment":"LX","LX01":"1"}', '{"segment":"lx"}', "neither a segment nor bytes"),
        ('{"segment":"LX","LX01":"1"}', "{}", "an item without a key"),
        ('{"segment":"LX","LX01":"1"}', '"LX"', "an item is not an object"),
        ('{"segment":"LX","LX01":"1"}', '{"bytes":"é"}', "not printable ASCII"),
        ('"element_separator":"*"', '"element_separator":"**"', "states its separators"),
        ('"element_separator":"*",', "", "interchange lacks a key"),
        ('"ISA16":":"', '"ISA16":"!"', "does not set the delimiters"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, reason: str) -> None:
    assert old in TEXT
    error = error_of(TEXT.replace(old, new, 1))
    assert reason in error.reason
    assert abs(error.line - TEXT[: TEXT.index(old)].count("\n") - 1) <= ("within" in reason)
    assert str(error) == f"line {error.line}, {error.path}: {error.reason}"
    assert error.path.startswith("$")
    assert error.exit_code == 3
    assert "MAPLE" not in str(error)


def test_the_path_leads_to_the_item() -> None:
    path = error_of(TEXT.replace('"SV104":"1"', '"SV104":1')).path
    item: object = json.loads(TEXT)
    for step in path.removesuffix(".SV104").removeprefix("$.").split("."):
        item = item["within"][int(step.removeprefix("within[").removesuffix("]"))]
    assert item["segment"] == "SV1"


@pytest.mark.parametrize(
    ("text", "reason"), [("[]", "not an object"), ("1", "not an object"), ("{}", "format")]
)
def test_another_document_is_refused(text: str, reason: str) -> None:
    assert reason in error_of(text).reason


def test_what_follows_or_is_missing_is_refused() -> None:
    assert "not JSON" in error_of(TEXT + "{}").reason
    assert "no interchange" in error_of(HEAD + "]}").reason
    told = '{"interchange":{"element_separator":"*","segment_end":"~"},"within":['
    assert "its ISA" in error_of(HEAD + told + '{"segment":"GS"}]}]}').reason


def test_nesting_without_end_is_refused() -> None:
    loop = '{"loop":{"id":"X"},"within":['
    assert "deeper" in error_of(TEXT.replace('{"loop":', loop * 100_000 + '{"loop":', 1)).reason
    assert "neither a text" in error_of(TEXT.replace('"LX01":"1"', '"LX01":' + "[" * 100_000, 1)).reason


@pytest.mark.parametrize("change", [{"indent": 2}, {"sort_keys": True}, {"ensure_ascii": True}])
def test_any_way_of_writing_json_is_read(change: dict) -> None:
    data = SMALL.replace(b"MAPLE", "PEÑA 😀 \\ud800".encode())
    parsed = json.loads(document(data, "json"))
    assert x12_of(b"\xef\xbb\xbf" + json.dumps(parsed, **change).encode(), "json") == data


@pytest.mark.parametrize("unit", [b"x" * 60_000, b'", "LX01":"' + b"x" * 60_000, b" " * 60_000], ids=str)
def test_memory_does_not_grow_with_the_document(unit: bytes) -> None:
    start = TEXT[: TEXT.index('"LX01":"1"')].encode() + b'"LX01":"'

    class Endless(io.BytesIO):
        parts: Iterator[bytes] = iter([start])

        def readline(self, size: int | None = -1) -> bytes:
            return next(self.parts, unit)

    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match=r"longer than any|comes twice"):
            list(read_json(Endless()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
