"""What is wrong with a document of claims in XML is said with its place, and never with its data."""

from contextlib import suppress

import pytest
from claim_text import GOOD, file_of
from hypothesis import given, settings
from hypothesis import strategies as st
from test_claim_documents import FILES, document, read, records

from edi_hit.rules import DocumentError

ITEMS = records(file_of(*GOOD, "ZZZ*A:B"))[0] + records((FILES / "four-payments.835").read_bytes())[0]
TEXT = document(ITEMS, "xml").decode()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("urn:edi-hit:claims", "urn:other", "namespace urn:edi-hit:claims"),
        ('version="1">', 'version="2">', "does not begin with claims of version 1"),
        ("<claims ", '<!DOCTYPE claims [<!ENTITY a "b">]><claims ', "document type"),
        ('encoding="UTF-8"', 'encoding="utf-7"', "an encoding that is none of"),
        ('encoding="UTF-8"', 'encoding="none"', "an encoding that is none of"),
        ('encoding="UTF-8"', 'encoding="shift_jis"', "an encoding that is none of"),
        ("<professional>", "<MAPLE>", "no such kind of record"),
        ("<professional>", '<professional kind="1">', "an attribute"),
        ("<charge>300.50</charge>", "<charge>1e5</charge>", "not a number in digits"),
        ("<charge>300.50</charge>", "<charge>NaN</charge>", "not a number in digits"),
        ("<charge>300.50</charge>", "<charge> 300.50</charge>", "not a number in digits"),
        ("<charge>300.50</charge>", "", "missing required field `charge`"),
        ("<charge>300.50</charge>", "<charge>1</charge><charge>2</charge>", "a field comes twice"),
        ("<charge>300.50</charge>", "<charge><a/></charge>", "an element stands in a value"),
        ("<charge>300.50</charge>", '<charge size="1">300.50</charge>', "an attribute"),
        ("<charge>300.50</charge>", "<charge>300.50</charge>MAPLE", "text stands where only tags may"),
        ("<charge>300.50</charge>", "<MAPLE>1</MAPLE>", "a field that it does not have"),
        ("<pointers>1</pointers>", "<pointers>x</pointers>", "expected `int`"),
        ("<start>2025-01-02</start>", "<start>02.01.2025</start>", "invalid RFC3339"),
        ("\\u001F", "\\u1F", "a wrong escape"),
        ("</claims>", "</claim>", "mismatched tag"),
        ("</claims>", "", "cut off"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: str, new: str, reason: str) -> None:
    assert old in TEXT
    with pytest.raises(DocumentError) as caught:
        read(TEXT.replace(old, new, 1).encode(), "xml")
    assert reason in caught.value.reason
    assert caught.value.line >= TEXT[: TEXT.index(old)].count("\n") + 1
    assert caught.value.column
    assert "MAPLE" not in str(caught.value)


def test_the_order_of_fields_does_not_matter() -> None:
    changed = TEXT.replace("  <charge>300.50</charge>\n", "", 1)
    changed = changed.replace(" </professional>", "  <charge>300.50</charge>\n </professional>", 1)
    assert read(changed.encode(), "xml") == ITEMS


def test_nesting_and_length_without_end_are_refused() -> None:
    for put in ("<unmapped>" * 100_000, "<file_information>x</file_information>" * 1_100_000):
        with pytest.raises(DocumentError, match=r"a field that it does not have|longer than any can be"):
            read(TEXT.replace("<charge>300.50</charge>", put, 1).encode(), "xml")


_PUT = [b"<", b"&", b"</charge>", b"<charge>", b'"', b"&#0;", b"\xff", b"\\", b"<![CDATA[*]]>", b"]]>", b"-"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(_PUT) | st.binary(max_size=3)),
        max_size=4,
    )
)
def test_a_damaged_document_is_read_or_refused(changes: list[tuple[float, int, bytes]]) -> None:
    text = TEXT.encode()
    for share, length, put in changes:
        at = int(share * len(text))
        text = text[:at] + put + text[at + length :]
    with suppress(DocumentError):
        read(text, "xml")
