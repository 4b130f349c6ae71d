"""The compose writer fills the envelopes, counts, and refuses what the interchange cannot hold."""

import io
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from x12_text import findings_of

from edi_hit.rules import ComposeError
from edi_hit.x12 import (
    COMPONENT,
    ELEMENT,
    REPETITION,
    TERMINATOR,
    ComposeWriter,
    Delimiters,
    EnvelopeHeader,
    read_events,
    read_segments,
)

HEADER = EnvelopeHeader(
    sender="HIT PHARMACY",
    receiver="MAC 15004",
    created_on=date(2025, 1, 3),
    created_at="1200",
    control_number=905,
    functional_id="HC",
    version="005010X222A1",
)
USUAL = Delimiters("*", ":", "~", "^")


def composed(
    *sets: list[list[str]],
    delimiters: Delimiters = USUAL,
    line_break: str = "\n",
    guide: str = "005010X222A1",
) -> bytes:
    stream = io.BytesIO()
    writer = ComposeWriter(stream, HEADER, delimiters, line_break)
    writer.start()
    for body in sets:
        writer.start_set("837", guide)
        for elements in body:
            writer.segment(elements)
        writer.end_set()
    writer.end()
    return stream.getvalue()


def test_envelopes_and_counts() -> None:
    data = composed([["BHT", "0019", "00"], ["NM1", "41"]], [["BHT", "0019"]])
    assert data.decode().splitlines() == [
        "ISA*00*          *00*          *ZZ*HIT PHARMACY   *ZZ*MAC 15004      "
        "*250103*1200*^*00501*000000905*0*T*:~",
        "GS*HC*HIT PHARMACY*MAC 15004*20250103*1200*905*X*005010X222A1~",
        "ST*837*0001*005010X222A1~",
        "BHT*0019*00~",
        "NM1*41~",
        "SE*4*0001~",
        "ST*837*0002*005010X222A1~",
        "BHT*0019~",
        "SE*3*0002~",
        "GE*2*905~",
        "IEA*1*000000905~",
    ]
    assert findings_of(read_events(data)) == []


_DELIMITERS = st.one_of(
    st.lists(st.sampled_from("*~:^|!]>}\n\r+$`'"), min_size=4, max_size=4, unique=True),
    st.permutations([ELEMENT, COMPONENT, TERMINATOR, REPETITION]),
)
_VALUE = st.text(st.characters(exclude_categories=["C"], exclude_characters="*~:^|!]>}+$`'"), max_size=10)
_PART = st.lists(_VALUE, min_size=1, max_size=3).map(COMPONENT.join)
_ELEMENT = st.one_of(_VALUE, _PART, st.lists(_VALUE, min_size=2, max_size=2).map(REPETITION.join))


def trimmed(elements: list[str]) -> str:
    return ELEMENT.join(e.rstrip(COMPONENT) for e in elements).rstrip(ELEMENT + COMPONENT + REPETITION)


@settings(max_examples=150, deadline=None)
@given(_DELIMITERS, st.lists(st.lists(_ELEMENT, max_size=5), min_size=1, max_size=4))
def test_what_is_composed_is_read_back(own: list[str], bodies: list[list[str]]) -> None:
    delimiters = Delimiters(*own)
    line_break = "" if set(own) & {"\r", "\n"} else "\n"
    segments = [["REF", *body] for body in bodies]
    data = composed(segments, delimiters=delimiters, line_break=line_break)
    found = [segment for segment in read_segments(data) if segment.text]
    assert [segment.text for segment in found[3:-3]] == [trimmed(segment) for segment in segments]
    assert not [finding for finding in findings_of(read_events(data)) if finding.is_error]


@pytest.mark.parametrize("delimiter", ["*", "~", ":", "^"])
def test_a_value_that_holds_a_delimiter_is_refused(delimiter: str) -> None:
    with pytest.raises(ComposeError, match="NM1"):
        composed([["NM1", "85", "2", f"A{delimiter}B"]])


@pytest.mark.parametrize("control", [ELEMENT, TERMINATOR, "\n", "\r"])
def test_a_value_that_would_not_be_read_back_is_refused(control: str) -> None:
    """Else a name could open segments of its own, or come back shorter."""
    with pytest.raises(ComposeError, match="NM1"):
        composed([["NM1", "85", "2", f"A{control}REF{control}B"]])


def test_a_refusal_tells_nothing_of_the_value() -> None:
    with pytest.raises(ComposeError) as error:
        composed([["NM1", "85", "2", "SECRET*NAME"]])
    assert "SECRET" not in str(error.value)


def test_components_need_a_component_separator() -> None:
    none = Delimiters("*", None, "~", None)
    with pytest.raises(ComposeError, match="SV1"):
        composed([["SV1", f"HC{COMPONENT}G0068"]], delimiters=none)
    with pytest.raises(ComposeError, match="DMG"):
        composed([["DMG", f"A{REPETITION}B"]], delimiters=none)


def test_separators_at_the_end_are_left_out() -> None:
    data = composed([["SV1", f"HC{COMPONENT}G0068{COMPONENT}", "", "1", "", ""], ["N3", "", ""]])
    assert b"SV1*HC:G0068**1~" in data
    assert b"\nN3~" in data


def test_an_835_has_no_st03() -> None:
    assert b"ST*837*0001~" in composed([["BPR"]], guide="")


@pytest.mark.parametrize("field", ["sender", "receiver"])
def test_ids_longer_than_isa_are_refused(field: str) -> None:
    header = msgspec.structs.replace(HEADER, **{field: "X" * 16})
    with pytest.raises(ComposeError, match="15"):
        ComposeWriter(io.BytesIO(), header).start()
