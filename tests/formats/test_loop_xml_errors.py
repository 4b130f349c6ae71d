"""What is wrong with a loop document in XML is said with its line and column, and never with its data."""

import io
import itertools
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import loop_documents
import pytest
from loop_documents import SMALL, document, x12_of

from edi_hit.formats.loops import read_xml
from edi_hit.rules import DocumentError

TEXT = document(SMALL, "xml").decode()
HEAD = '<x12 xmlns="urn:edi-hit:loops" version="1">'


def error_of(text: str | bytes) -> DocumentError:
    return loop_documents.error_of(text, "xml")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("<x12 xmlns", '<!DOCTYPE x12 [<!ENTITY a "b">]><x12 xmlns', "document type"),
        ('encoding="UTF-8"', 'encoding="utf-7"', "an encoding that is none of"),
        ('encoding="UTF-8"', 'encoding="none"', "an encoding that is none of"),
        ('encoding="UTF-8"', 'encoding="shift_jis"', "an encoding that is none of"),
        ("<x12 xmlns", '<!DOCTYPE x12 SYSTEM "file:///etc/passwd"><x12 xmlns', "document type"),
        ("urn:edi-hit:loops", "urn:other", "namespace urn:edi-hit:loops"),
        ("urn:edi-hit:loops", "", "namespace urn:edi-hit:loops"),
        ('version="1">', 'version="2">', "version"),
        (' version="1">', ">", "lacks one"),
        ('<element id="LX01">', '<e id="LX01">', "no loop document has"),
        ('<element id="LX01">', '<bytes id="LX01">', "bytes may not stand in segment"),
        ('<element id="LX01">', '<element id="LX01" size="1">', "an attribute it does not know"),
        ('<element id="LX01">', "<element>", "lacks one"),
        ('<element id="LX01">', '<element id="LX00">', "the id of an element"),
        ('<element id="LX01">', '<element id="LX1">', "the id of an element"),
        ('<element id="LX01">', '<element id="SV01">', "the id of an element"),
        ('<element id="LX01">', '<element id="LX99999">', "more elements"),
        ('"SV101-1"', '"SV101-0"', "the id of a component"),
        ('"SV101-2"', '"SV101-1"', "the id of a component"),
        ('<segment id="LX">', '<segment id="lx">', "the id of a segment"),
        ('<segment id="LX">', '<segment id="LX">MAPLE', "text stands where only tags may"),
        ('<segment id="LX">', '<segment id="LX" encoding="utf-16">', "encoding"),
        ('<segment id="LX">', '<segment id="LX" end="~MAPLE">', "end a terminator"),
        ('<segment id="LX">', '<segment id="LX" end="\\x7">', "a wrong escape"),
        ('<segment id="LX">', '<segment id="LX" raw="LX*2~">', "disagree"),
        ('id="LX01">1<', 'id="LX01">1*2<', "a delimiter"),
        ('id="LX01">1<', 'id="LX01">1&#10;<', "line break"),
        ('id="LX01">1<', 'id="LX01">&nbsp;<', "not XML: undefined entity"),
        ('id="ISA16">:', 'id="ISA16">!', "does not set the delimiters"),
        ('id="ISA11">^', 'id="ISA11">!', "does not set the delimiters"),
        ('<segment id="GS">', '<segment id="ISA">', "the id of an element"),
        ("component-separator", "component-end", "an attribute it does not know"),
        ('segment-end="~"', 'segment-end=""', "states its separators"),
        ('element-separator="*"', 'element-separator="**"', "states its separators"),
        ("</group>", "</loop>", "mismatched tag"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, reason: str) -> None:
    assert old in TEXT
    error = error_of(TEXT.replace(old, new, 1))
    assert reason in error.reason
    assert error.line == TEXT[: TEXT.index(old)].count("\n") + 1
    assert error.column is not None
    assert str(error) == f"line {error.line}, column {error.column}: {error.reason}"
    assert error.exit_code == 3
    assert "MAPLE" not in str(error)


def test_a_document_without_an_interchange_is_refused() -> None:
    assert "no interchange" in error_of(f"{HEAD}</x12>").reason
    opened = '<interchange element-separator="*" segment-end="~">'
    assert "no interchange" in error_of(f"{HEAD}{opened}</interchange></x12>").reason
    assert "its ISA" in error_of(f'{HEAD}{opened}<segment id="GS"/></interchange></x12>').reason


def test_loops_nested_without_end_are_refused() -> None:
    deep = TEXT.replace('<loop id="1000A"', '<loop id="X">' * 100_000 + '<loop id="1000A"', 1)
    assert "deeper" in error_of(deep).reason


def test_a_comment_and_blanks_change_nothing() -> None:
    changed = TEXT.replace("<segment", "<!-- a note --> <?note?>\n<segment")
    assert x12_of(changed.encode(), "xml") == SMALL
    assert x12_of(changed.replace("UTF-8", "UTF-16").encode("utf-16"), "xml") == SMALL


@pytest.mark.parametrize(
    "unit",
    [
        b"<!-- " + b"x" * 60_000,
        b" " * 60_000,
        b'<segment id="LX" raw="' + b"x" * 60_000,
        b"<bytes>x</bytes>" * 2000,
    ],
    ids=["comment", "blanks", "attribute", "bytes"],
)
def test_memory_does_not_grow_with_the_document(unit: bytes) -> None:
    """Whatever comes without end, no more than some megabytes of it are held."""

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.parts: Iterator[bytes] = iter([HEAD.encode(), unit])

        def read(self, size: int = -1) -> bytes:
            return next(self.parts, unit[-60_000:])

    tracemalloc.start()
    with suppress(DocumentError):
        for _ in itertools.islice(read_xml(Endless()), 500):  # type: ignore[arg-type]  # only `read` is used
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
