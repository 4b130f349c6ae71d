"""X12 to a loop document and back gives the same bytes, for any X12 there is."""

import json
from pathlib import Path

import pytest
from damage import damaged
from hypothesis import example, given, settings
from loop_documents import FILES, FORMS, SMALL, document, x12_of
from lxml import etree
from sample_files import each_sample

from edi_hit.rules import NotX12Error
from edi_hit.x12 import read_segments


@each_sample(x12=True)
def test_sample_files_come_back_byte_for_byte(sample: Path, looped: dict[bool, set[str]]) -> None:
    data = sample.read_bytes()
    documents = {form: document(data, form) for form in FORMS}
    for form, text in documents.items():
        assert x12_of(text, form) == data, form
    assert [*loops_of_xml(documents["xml"])] == [*loops_of_json(json.loads(documents["json"]))]
    looped[b"<transaction guide=" in documents["xml"]].add(sample.name)


def loops_of_xml(text: bytes) -> list[str]:
    """What a document is made of, in order: parts by kind and id."""
    found = []
    for element in etree.fromstring(text).iter():
        tag = etree.QName(element).localname
        if tag in ("interchange", "group", "transaction", "loop", "segment", "bytes"):
            found.append(f"{tag} {element.get('id') or element.get('guide') or ''}")
    return found


def loops_of_json(item: dict) -> list[str]:
    found = []
    for kind in ("interchange", "group", "transaction", "loop", "segment", "bytes"):
        if kind in item:
            told = (
                item[kind]
                if isinstance(item[kind], dict)
                else {"id": item[kind]}
                if kind == "segment"
                else {}
            )
            found.append(f"{kind} {told.get('id') or told.get('guide') or ''}")
    return found + [line for one in item.get("within", ()) for line in loops_of_json(one)]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=250, deadline=None)
@given(data=damaged(FILES))
@example(data=SMALL + b"~" * 5 + b"ISA*" + SMALL[4:])
@example(data=SMALL[:106] + b"NTE*" + b"A:" * 70_000 + b"~" + SMALL[106:])
@example(data=SMALL[:106] + b" \n" * 5_000 + SMALL[106:])
def test_damaged_files_come_back_byte_for_byte(form: str, data: bytes) -> None:
    try:
        sum(1 for _ in read_segments(data))
    except NotX12Error:
        return
    assert x12_of(document(data, form), form) == data


@pytest.mark.parametrize(("data", "form"), [(data, form) for data in FILES for form in FORMS])
def test_one_form_to_the_other(data: bytes, form: str) -> None:
    """What one form holds, the other holds too."""
    other = next(name for name in FORMS if name != form)
    first = document(data, form)
    second = document(x12_of(first, form), other)
    assert second == document(data, other)
