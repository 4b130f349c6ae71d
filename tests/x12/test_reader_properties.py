"""Whatever the bytes, the reader loses none, and only says that they are not X12."""

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st
from x12_text import in_delimiters, isa, seen

from edi_hit.rules import NotX12Error
from edi_hit.x12 import COMPONENT, ELEMENT, REPETITION, Delimiters, Flaw, copy, read_events, read_segments

SIZES = (1, 3, 50, 131, 131072)

_CHARACTERS = st.sampled_from("*~:^|!]>}\n\r\x0b\x00\t+$`\x1c\x1d\x1e\x1f\xa7")
_ANY_DELIMITERS = st.lists(_CHARACTERS, min_size=4, max_size=4, unique=True)
_PIECES = st.one_of(
    st.sampled_from([b"ISA", b"ISA*", b"GS*HC", b"ST*837*0001", b"SE*2*0001", b"IEA*1*000000001", b"TA1"]),
    st.sampled_from(
        [b"~", b"~\n", b"~\r\n", b"~~", b"\n", b"\r\n", b"\xef\xbb\xbf", b"  ", b"\x1a", b"\x00"]
    ),
    st.binary(max_size=4),
    st.integers(0, 255).map(lambda byte: bytes([byte])),
)


def _read_whole(data: bytes) -> None:
    """Reading `data` gives it back in any blocks, or says it is not X12; the envelope never stops."""
    try:
        expected = seen(data)
    except NotX12Error:
        for size in SIZES:
            try:
                list(read_segments(data, size))
            except NotX12Error:
                continue
            raise AssertionError("readable in some blocks only") from None
        return
    assert b"".join(token[-1] for token in expected) == data
    for size in SIZES[:-1]:
        assert seen(data, size) == expected
    list(read_events(data))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes(data: bytes) -> None:
    _read_whole(data)


@settings(max_examples=400, deadline=None)
@given(
    lead=st.sampled_from([b"", b"\xef\xbb\xbf", b"\r\n ", b"\xef\xbb\xbf\xef\xbb\xbf", b" " * 600]),
    own=st.lists(_CHARACTERS, min_size=4, max_size=4),
    after=st.sampled_from([b"", b"\n", b"\r\n", b"\n\n  ", b"\r"]),
    body=st.lists(_PIECES, max_size=40).map(b"".join),
)
def test_arbitrary_bytes_after_an_isa(lead: bytes, own: list[str], after: bytes, body: bytes) -> None:
    element, repetition, component, terminator = own
    header = isa(Delimiters(element, component, terminator, repetition))
    _read_whole(lead + header.encode("latin-1") + after + body)


_TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_characters="*~:^|!]>}+$`\xa7\x7f"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and not text[0].isspace())
_VALUE = st.one_of(_TEXT, st.sampled_from(["ISA", "ISA01", "SE", "GS", "000000001"]), st.just(""))
_COMPOSITE = st.lists(_TEXT, min_size=2, max_size=3).map(COMPONENT.join)
_REPEATED = st.lists(_TEXT, min_size=2, max_size=2).map(REPETITION.join)
_IDS = st.sampled_from(["NM1", "REF", "HI", "CLM", "N3", "NTE", "K3", "LX"])
_SEGMENT = st.tuples(_IDS, st.lists(st.one_of(_VALUE, _COMPOSITE, _REPEATED), max_size=6), _TEXT).map(
    lambda parts: ELEMENT.join([parts[0], *parts[1], parts[2]])
)


def _written(texts: list[str], own: Delimiters, line_break: str, encoding: str) -> bytes:
    table = {"\x1d": own.element, "\x1e": own.repetition, "\x1f": own.component}
    lines = (text.translate(str.maketrans(table)) + own.terminator + line_break for text in texts)
    return (isa(own) + line_break + "".join(lines)).encode(encoding, "replace")


@settings(max_examples=250, deadline=None)
@given(
    own=_ANY_DELIMITERS,
    line_break=st.sampled_from(["", "\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "latin-1"]),
    texts=st.lists(_SEGMENT, min_size=1, max_size=8),
    size=st.sampled_from(SIZES),
)
def test_generated_interchanges(
    own: list[str], line_break: str, encoding: str, texts: list[str], size: int
) -> None:
    """Values come back as they were written, for any delimiters and line breaks."""
    delimiters = Delimiters(own[0], own[1], own[2], own[3])
    if set(own) & {"\r", "\n"}:
        line_break = ""
    if "\xa7" in own:
        encoding = "latin-1"
    if encoding == "latin-1":
        texts = [text.encode("latin-1", "replace").decode("latin-1") for text in texts]
    data = _written(texts, delimiters, line_break, encoding)
    found = [segment for segment in read_segments(data, size) if segment.text]
    assert found[0].delimiters == delimiters
    assert [segment.index for segment in found] == list(range(len(texts) + 1))
    for segment, text in zip(found[1:], texts, strict=True):
        if text.isascii() or encoding == "utf-8":
            assert segment.text == text
            assert segment.flaws & ~Flaw.NON_ASCII == 0
        assert segment.raw == data[segment.offset : segment.offset + len(segment.raw)]
    out = io.BytesIO()
    copy(data, out)
    assert out.getvalue() == data


@settings(max_examples=60, deadline=None)
@given(st.lists(_SEGMENT, min_size=3, max_size=8), st.integers(20, 100), st.sampled_from(["\n", "\r\n"]))
def test_wrapped_lines_are_joined(texts: list[str], width: int, line_break: str) -> None:
    """Lines of a fixed width, ISA included: the values are those of the file before it was wrapped."""
    texts = [text.encode("ascii", "replace").decode() for text in texts]
    plain = _written(texts, Delimiters("*", ":", "~", "^"), "", "ascii").decode()
    wrapped = line_break.join(plain[at : at + width] for at in range(0, len(plain), width)).encode()
    found = [segment for segment in read_segments(wrapped) if segment.text]
    assert [segment.text for segment in found[1:]] == texts
    assert found[0].elements[13] == "000000001"
    assert not any(segment.flaws & Flaw.ISA_WIDTH for segment in found)
    assert b"".join(segment.raw for segment in read_segments(wrapped)) == wrapped


@settings(max_examples=60, deadline=None)
@given(_ANY_DELIMITERS, _ANY_DELIMITERS, st.sampled_from([b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b" \t"]))
@example(["*", "\t", "~", ":"], ["~", "*", ":", "^"], b" \t")
def test_two_interchanges_with_different_delimiters(one: list[str], two: list[str], between: bytes) -> None:
    first, second = Delimiters(*one), Delimiters(*two)
    body = ["NM1*IL*1*ISA*ISA", "HI*ABK:A1*ABF:B2"]
    data = [
        (isa(own) + in_delimiters([*body, "IEA*0*000000001"], own)).encode("latin-1")
        for own in (first, second)
    ]
    found = [segment for segment in read_segments(data[0] + between + data[1]) if segment.text]
    assert [segment.id for segment in found] == ["ISA", "NM1", "HI", "IEA"] * 2
    assert [segment.text for segment in found[1:4]] == [segment.text for segment in found[5:]]
    assert {segment.delimiters for segment in found[4:]} == {second}
    assert found[4].offset == len(data[0] + between)
