"""The reader on what files hold in the wild: marks before ISA, wrapping, empty segments, cuts, odd bytes."""

import gzip
import io
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from x12_text import USUAL, in_delimiters, interchange, isa, seen, transaction, view

from edi_hit.rules import NotX12Error
from edi_hit.x12 import MAX_SEGMENT, Delimiters, Flaw, Segment, copy, read_events, read_segments
from edi_hit.x12.source import BLOCK_SIZE

SMALL = interchange(*transaction("BHT*0019*00*1*20250103*1200*CH", "NM1*41*2*HOME INFUSION*****46*1"))


def segments(data: bytes) -> list[Segment]:
    return [segment for segment in read_segments(data) if segment.text]


def ids(data: bytes) -> list[str]:
    return [segment.id for segment in segments(data)]


def flaws_of(data: bytes, segment_id: str) -> int:
    return next(segment.flaws for segment in segments(data) if segment.id == segment_id)


@pytest.mark.parametrize(
    ("element", "component", "terminator", "repetition"),
    [
        ("*", ":", "~", "^"),
        ("|", ">", "\n", "^"),
        ("*", ":", "\r", "^"),
        ("*", "<", "]", "^"),
        ("\x1d", "\x1f", "\x1c", "\x1e"),
        ("\x1c", "\x1d", "\x1e", "\x1f"),
        ("+", "~", "'", "*"),
        ("*", "|", "^", "~"),
    ],
)
def test_delimiters_come_from_the_isa(element: str, component: str, terminator: str, repetition: str) -> None:
    own = Delimiters(element, component, terminator, repetition)
    data = interchange("NM1*IL*1*DOE", "HI*ABK:A1*ABF:B2", "REF*1*X^Y", delimiters=own)
    found = segments(data)
    assert found[0].delimiters == own
    assert [segment.elements for segment in found[1:]] == [
        ["NM1", "IL", "1", "DOE"],
        ["HI", "ABK\x1fA1", "ABF\x1fB2"],
        ["REF", "1", "X\x1eY"],
    ]


def test_isa11_of_a_letter_separates_nothing() -> None:
    data = (isa(e11="U") + "N3*UNIT U~").encode()
    header, address = segments(data)
    assert header.delimiters.repetition is None
    assert address.elements == ["N3", "UNIT U"]


@pytest.mark.parametrize("clash", ["*", "~", ":"])
def test_isa11_that_repeats_another_delimiter_separates_nothing(clash: str) -> None:
    data = (isa(e11=clash) + "HI*A:B~").encode()
    if clash == "*":
        with pytest.raises(NotX12Error):
            segments(data)
        return
    header, codes = segments(data)
    assert header.delimiters == Delimiters("*", ":", "~", None)
    assert codes.elements == ["HI", "A\x1fB"]


def test_isa_inside_a_name_starts_nothing() -> None:
    data = interchange("NM1*IL*1*ISA*ISABEL*ISA", "ISAX*1", "NTE*ISA*00*ISA*")
    assert ids(data) == ["ISA", "NM1", "ISAX", "NTE"]


@pytest.mark.parametrize("line_break", ["", "\n", "\r\n", "\r"])
def test_line_breaks_after_terminators_are_no_data(line_break: str) -> None:
    data = interchange("ST*837*0001", "SE*2*0001", line_break=line_break)
    found = segments(data)
    assert [segment.text for segment in found[1:]] == ["ST\x1d837\x1d0001", "SE\x1d2\x1d0001"]
    assert all(segment.flaws == 0 for segment in found)
    assert all(segment.tail == "\x1c" + line_break for segment in found)


def test_mixed_line_breaks() -> None:
    text = "A*1~\nB*2~\r\nC*3~D*4~\n\n\nE*5~\n"
    data = (isa() + "\n" + text).encode()
    assert [segment.text for segment in segments(data)[1:]] == [
        f"{x}\x1d{n}" for n, x in enumerate("ABCDE", 1)
    ]


def test_an_early_line_break_in_a_long_regular_file() -> None:
    """One segment out of step does not shift the ones after it."""
    body = "".join(f"REF*{n}*VALUE~\n" for n in range(9000))
    broken = body.replace("REF*5000*VALUE~\n", "REF*5000*VALUE~")
    data = (isa() + "\n" + broken).encode()
    found = segments(data)
    assert [segment.elements[1] for segment in found[1:]] == [str(n) for n in range(9000)]
    assert all(data[s.offset :].startswith(s.text.replace("\x1d", "*").encode()) for s in found[1:])


@pytest.mark.parametrize("lead", [b"\xef\xbb\xbf", b"\r\n", b"  \t\n", b"\xef\xbb\xbf\r\n", b"\x00" * 700])
def test_marks_and_blanks_before_isa_are_skipped_and_kept(lead: bytes) -> None:
    found = list(read_segments(lead + SMALL))
    kept = [segment for segment in found if not segment.text]
    assert b"".join(segment.raw for segment in kept) == lead
    assert all(segment.flaws == Flaw.LEADING for segment in kept)
    assert found[len(kept)].offset == len(lead)
    assert found[len(kept)].index == 0


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\n\xef\xbb\xbf", b"\x1a\xef\xbb\xbf"[1:], b"\x00\x00"])
def test_a_mark_before_the_second_interchange(mark: bytes) -> None:
    """Files put together each bring their own byte order mark."""
    data = SMALL + mark + SMALL
    assert ids(data) == ids(SMALL) * 2
    assert b"".join(segment.raw for segment in read_segments(data)) == data


@pytest.mark.parametrize("end", [b"\x1a", b"\x00" * 300, b"\r\n\x1a", b"   \r\n", b"\n\n\n"])
def test_filling_after_the_last_segment_is_no_segment(end: bytes) -> None:
    assert ids(SMALL + end) == ids(SMALL)
    assert not any(segment.flaws & Flaw.UNTERMINATED for segment in read_segments(SMALL + end))


def test_a_second_interchange_without_the_terminator_of_the_first() -> None:
    other = Delimiters("*", ":", "'", "^")
    second = interchange(*transaction("K3*X"), delimiters=other)
    data = SMALL + second
    assert ids(data) == ids(SMALL) + ids(second)


def test_a_second_interchange_larger_than_a_segment_may_be() -> None:
    other = Delimiters("*", ":", "'", "^")
    second = interchange(*transaction(*["K3*" + "X" * 70] * 2000), delimiters=other)
    assert ids(SMALL + second) == ids(SMALL) + ids(second)


def test_empty_segments_are_tokens_that_count_for_nothing() -> None:
    data = (isa() + "A*1~~B*2~ ~~C*3~").encode()
    found = list(read_segments(data))
    assert [(s.text, s.index) for s in found if s.text] == [
        (found[0].text, 0),
        ("A\x1d1", 1),
        ("B\x1d2", 2),
        ("C\x1d3", 3),
    ]
    assert [s.flaws for s in found if not s.text] == [Flaw.EMPTY] * 3
    assert b"".join(s.raw for s in found) == data


@pytest.mark.parametrize("end", ["*", "**", ":", "*A:", "^", "*:"])
def test_trailing_separators_are_flagged(end: str) -> None:
    data = interchange(f"N3*1 MAIN ST{end}", "N4*DAYTON")
    assert flaws_of(data, "N3") == Flaw.TRAILING_SEPARATOR
    assert flaws_of(data, "N4") == 0
    assert segments(data)[1].raw == f"N3*1 MAIN ST{end}~".encode()


def test_trailing_separator_of_a_composite_in_the_middle() -> None:
    data = interchange("SV1*HC:99213:*40")
    assert flaws_of(data, "SV1") == Flaw.TRAILING_SEPARATOR


@pytest.mark.parametrize("blank", [" ", "  \t", " \n "])
def test_blanks_between_segments_are_flagged(blank: str) -> None:
    data = (isa() + f"A*1~{blank}B*2~").encode()
    found = segments(data)
    assert [s.text for s in found[1:]] == ["A\x1d1", "B\x1d2"]
    assert any(s.flaws & Flaw.BLANK_BEFORE for s in found)


def test_trailing_blanks_of_a_value_are_kept() -> None:
    data = interchange("N3*1 MAIN ST  *UNIT 2 ")
    assert segments(data)[1].elements == ["N3", "1 MAIN ST  ", "UNIT 2 "]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_names_outside_ascii(encoding: str) -> None:
    data = interchange("NM1*IL*1*PEÑA*JOSÉ", "N3*1 RUE", encoding=encoding)
    name = segments(data)[1]
    assert name.elements == ["NM1", "IL", "1", "PEÑA", "JOSÉ"]
    assert name.flaws == Flaw.NON_ASCII
    assert data[name.element_offset(4) :].startswith("JOSÉ".encode(encoding))
    assert ids(data) == ["ISA", "NM1", "N3"]


@pytest.mark.parametrize("control", ["\x1c", "\x1d", "\x1e", "\x1f"])
@pytest.mark.parametrize("delimiters", [USUAL, Delimiters("|", ">", "\n", "^")])
def test_control_characters_in_data_are_no_delimiters(control: str, delimiters: Delimiters) -> None:
    """The package's own delimiters, as data: shown as pictures, flagged, in blocks of any size."""
    body = [f"NTE*ADD*ONE{control}TWO", *["REF*6R*1"] * 9000]
    data = interchange(*body, delimiters=delimiters)
    note = segments(data)[1]
    assert note.elements == ["NTE", "ADD", f"ONE{chr(0x2400 + ord(control))}TWO"]
    assert note.flaws == Flaw.CONTROL
    assert segments(data)[2].flaws == 0
    assert seen(data, 131072) == seen(data, 997)


def test_a_control_character_of_the_data_that_is_a_delimiter_is_one() -> None:
    data = interchange("NM1*IL*1*A:B", delimiters=Delimiters("\x1d", "\x1f", "~", "^"))
    assert segments(data)[1].elements == ["NM1", "IL", "1", "A\x1fB"]
    assert segments(data)[1].flaws == 0


def test_lines_of_80_columns_are_joined_isa_included() -> None:
    text = SMALL.decode()
    data = "\r\n".join(text[at : at + 80] for at in range(0, len(text), 80)).encode()
    found = segments(data)
    assert [s.text for s in found] == [s.text for s in segments(SMALL)]
    assert found[0].flaws == Flaw.WRAPPED
    assert {s.flaws for s in found} <= {0, Flaw.WRAPPED}


@pytest.mark.parametrize("by", ["short", "long"])
def test_an_isa_of_the_wrong_width_is_read_and_flagged(by: str) -> None:
    header = isa(e6="SENDER" if by == "short" else "SENDER".ljust(20))
    data = (header + in_delimiters(transaction("K3*X"))).encode()
    found = segments(data)
    assert found[0].flaws == Flaw.ISA_WIDTH
    assert found[0].elements[13] == "000000001"
    assert [s.id for s in found[1:]] == ["GS", "ST", "K3", "SE", "GE", "IEA"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \r\n",
        b"\xef\xbb\xbf",
        b"ISA",
        b"ISA*00*",
        SMALL[:105],
        b"GS*HC*",
        b"<xml/>",
        b"Example 1\n" + SMALL,
        b"isa" + SMALL[3:],
        b"ISABEL" + SMALL,
        SMALL[:105] + b"A" + SMALL[106:],
    ],
)
def test_what_is_not_x12(data: bytes) -> None:
    with pytest.raises(NotX12Error) as error:
        list(read_segments(data))
    assert error.value.exit_code == 3


def test_cut_at_every_byte_nothing_is_lost() -> None:
    for end in range(len(SMALL) + 1):
        cut = SMALL[:end]
        out = io.BytesIO()
        if end < 106:
            with pytest.raises(NotX12Error):
                copy(cut, out)
            continue
        assert copy(cut, out) == end
        assert out.getvalue() == cut
        open_segment = segments(cut)[-1].flaws & Flaw.UNTERMINATED
        assert bool(open_segment) == (SMALL[end - 1 : end] != b"~")
        list(read_events(cut))


def test_gzip_is_known_by_its_bytes(tmp_path: Path) -> None:
    packed = gzip.compress(SMALL)
    path = tmp_path / "claims.txt"
    path.write_bytes(packed)
    expected = [view(s) for s in read_segments(SMALL)]
    for source in (packed, path, str(path), io.BytesIO(packed)):
        assert [view(s) for s in read_segments(source)] == expected


def test_gzip_of_several_members() -> None:
    assert ids(gzip.compress(SMALL) + gzip.compress(SMALL)) == ids(SMALL) * 2


def test_damaged_gzip_is_no_x12_and_gives_what_came_before() -> None:
    body = transaction(*[f"K3*{n}" for n in range(200_000)])
    packed = gzip.compress(interchange(*body), 1)
    for damaged in (packed[: len(packed) // 2], packed[:-4], packed[:-8] + bytes(8), b"\x1f\x8b"):
        found: list[Segment] = []
        with pytest.raises(NotX12Error, match="gzip"):
            found.extend(read_segments(damaged))
        assert found or len(damaged) == 2


def test_a_damaged_block_of_gzip_raises_nothing_else() -> None:
    packed = bytearray(gzip.compress(interchange(*transaction(*["K3*X"] * 500))))
    for at in range(10, len(packed)):
        damaged = bytes(packed[:at]) + bytes([packed[at] ^ 0xFF]) + bytes(packed[at + 1 :])
        try:
            list(read_segments(damaged))
        except NotX12Error:
            continue


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        list(read_segments(tmp_path / "missing.837"))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input(pack: object) -> None:
    program = (
        "import sys; from edi_hit.x12 import read_segments\n"
        "print(*(s.id for s in read_segments('-') if s.text))"
    )
    data = pack(SMALL)  # type: ignore[operator]  # bytes and gzip.compress both take bytes
    done = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    assert done.stdout.decode().split() == ids(SMALL)


class OneWay(io.RawIOBase):
    """A stream that cannot seek and gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub says Buffer
        data = self._inner.read(min(len(buffer), 7))
        buffer[: len(data)] = data
        return len(data)


class OnlyRead:
    """What has `read` and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def read(self, size: int) -> bytes:
        return self._inner.read(min(size, 5))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("kind", [OneWay, OnlyRead, io.BufferedReader])
def test_streams_that_cannot_seek(kind: type, pack: object) -> None:
    packed = pack(SMALL)  # type: ignore[operator]  # bytes and gzip.compress both take bytes
    stream = kind(OneWay(packed)) if kind is io.BufferedReader else kind(packed)
    assert [s.id for s in read_segments(stream) if s.text] == ids(SMALL)


def test_a_given_stream_stays_open() -> None:
    stream = io.BytesIO(SMALL)
    list(read_segments(stream))
    assert not stream.closed


@pytest.mark.parametrize("length", [MAX_SEGMENT - 1, MAX_SEGMENT, MAX_SEGMENT + 1, 3 * MAX_SEGMENT + 17])
@pytest.mark.parametrize("ended", [True, False])
def test_overlong_segments_come_in_flagged_pieces(length: int, ended: bool) -> None:
    long = "NTE*" + "A" * (length - 4)
    data = (isa() + "ST*837*1~" + long + ("~SE*3*1~" if ended else "")).encode()
    found = segments(data)[2:]
    pieces = [s for s in found if s.id != "SE"]
    assert "".join(s.text for s in pieces) == long.replace("*", "\x1d")
    assert [bool(s.flaws & Flaw.OVERLONG) for s in pieces] == [length > MAX_SEGMENT] + [False] * (
        len(pieces) - 1
    )
    assert [bool(s.flaws & Flaw.CONTINUED) for s in pieces] == [False] + [True] * (len(pieces) - 1)
    assert [bool(s.flaws & Flaw.UNTERMINATED) for s in pieces] == [False] * (len(pieces) - 1) + [not ended]
    assert max(len(s.text) for s in pieces) <= MAX_SEGMENT
    assert {s.index for s in pieces} == {2}
    for size in (1000, 65536, 65537):
        assert seen(data, size) == seen(data)
    assert b"".join(s.raw for s in read_segments(data)) == data


def test_the_rest_of_an_overlong_segment_is_read_as_nothing_else() -> None:
    """A piece that happens to begin like a control segment opens and closes nothing."""
    filler = "K3*" + "A" * (MAX_SEGMENT - 3)
    for intruder in (isa() + "GS*X", "SE*1*1", "IEA*1*1", "ISA*1"):
        data = (isa() + "ST*837*1~" + filler + intruder.replace("~", "'") + "~SE*3*1~").encode()
        assert [s.id for s in segments(data) if not s.flaws & Flaw.CONTINUED] == ["ISA", "ST", "K3", "SE"]


class Endless(io.RawIOBase):
    """A header, then the same block again and again up to a size."""

    def __init__(self, block: bytes, size: int) -> None:
        self._head = isa().encode() + b"ST*837*1~K3*"
        self._block, self._left = block, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub says Buffer
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._block[: min(len(buffer), self._left)]
            self._left -= len(data)
        buffer[: len(data)] = data
        return len(data)


@pytest.mark.parametrize(
    "block", [b"A" * 131072, b"~" + b" " * 131071, b" " * 131072, b"\n" * 131072, b"\x00" * 4096]
)
def test_memory_is_bounded_whatever_the_file(block: bytes) -> None:
    size = 20_000_000
    tracemalloc.start()
    try:
        total = sum(len(s.raw) for s in read_segments(Endless(block, size)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert total == size + 118
    assert peak < 3_000_000


class Counted(io.BytesIO):
    """Bytes that know how far they have been read."""

    read_so_far = 0

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stub says Buffer
        count = super().readinto(buffer)
        self.read_so_far += count
        return count

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.read_so_far += len(data)
        return data


def test_many_small_interchanges_are_not_held_all_at_once() -> None:
    one = interchange(*transaction("BHT*0019*00*1*20250103*1200*CH"))
    stream = Counted(one * 3_000)
    most = max(stream.read_so_far - segment.offset for segment in read_segments(stream))
    assert most < 4 * BLOCK_SIZE < len(one) * 3_000
