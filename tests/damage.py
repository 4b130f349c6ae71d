"""Strategies that damage a file: segments moved, doubled, left out, and bytes changed."""

from typing import Any

from hypothesis import strategies as st

_PIECES = [
    b"~",
    b"*",
    b":",
    b"^",
    b"\n",
    b"\r\n",
    b" ",
    b"",
    b"~~",
    b"\x00",
    b"\x1d",
    b"\x1f",
    b"\xe9",
    b"\xc3\xa9",
]
_PIECES += [
    b"\xef\xbb\xbf",
    b"ISA",
    b"ISA*",
    b"ST*837*2~",
    b"SE*1*1~",
    b"IEA*1*1~",
    b"\\",
    b"&<>]]>\"'",
    b"\xef\xbf\xbe",
]


@st.composite
def damaged(draw: Any, files: list[bytes]) -> bytes:
    """One of `files`, with up to six changes."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(0, 6))):
        at, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        kind = draw(st.sampled_from(["put", "cut", "segment out", "segment twice", "swap", "end"]))
        lines = data.split(b"~")
        number = draw(st.integers(0, len(lines) - 1))
        if kind == "put":
            data = data[:at] + draw(st.sampled_from(_PIECES) | st.binary(max_size=3)) + data[at:]
        elif kind == "cut":
            data = data[:at] + data[min(end, at + 40) :]
        elif kind == "segment out":
            data = b"~".join(lines[:number] + lines[number + 1 :])
        elif kind == "segment twice":
            data = b"~".join([*lines[:number], *lines[number : number + 1] * 2, *lines[number + 1 :]])
        elif kind == "swap":
            data = b"~".join([*lines[:number], *reversed(lines[number : number + 3]), *lines[number + 3 :]])
        else:
            data = data[:at] if draw(st.booleans()) else data + data[at:end]
    return data


def recut(data: bytes, old: str, new: str) -> bytes:
    """The file with the delimiters `old` exchanged for `new`, and those for `old`."""
    return data.translate(bytes.maketrans((old + new).encode("latin-1"), (new + old).encode("latin-1")))
