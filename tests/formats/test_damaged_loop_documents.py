"""A loop document that is cut off or damaged, in XML or JSON, is refused or read; nothing else is raised."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loop_documents import FILES, FORMS, SMALL, document, error_of, x12_of

from edi_hit.rules import DocumentError

_DOCUMENTS = {form: [document(data, form) for data in FILES] for form in FORMS}
_PUT = {
    "xml": b'< & </segment> <segment> " &#0; \xff <x12> id=" <![CDATA[*]]> ]]>'.split(b" "),
    "json": b'{ } [ ] , : " null 1e5 \\u0000 \\ \xff "within": \n'.split(b" "),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9, 0.999])
def test_a_document_cut_off_is_refused(form: str, share: float) -> None:
    text = document(SMALL, form).rstrip()
    assert error_of(text[: int(len(text) * share)], form).reason == "the document is cut off"


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_document_is_read_or_refused(form: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(_DOCUMENTS[form]))
    put = st.sampled_from(_PUT[form]) | st.binary(max_size=3)
    for share, length, new in data.draw(
        st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), put), max_size=4)
    ):
        at = int(share * len(text))
        text = text[:at] + new + text[at + length :]
    with suppress(DocumentError):
        x12_of(text, form)
