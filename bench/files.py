"""The files measured: synthetic claims and remittances whose names, ids, NPIs, dates and codes vary."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from edi_hit.sample import write_sample_835, write_sample_837i, write_sample_837p

Writer = Callable[[BinaryIO, int, int], int]

KINDS: dict[str, Writer] = {"837P": write_sample_837p, "837I": write_sample_837i, "835": write_sample_835}
"""What is measured, by kind of file."""

_SEED = 7
_EVERY = 10


def sample(folder: Path, kind: str, claims: int) -> Path:
    """Write a sample file of `kind` with `claims` claims."""
    path = folder / f"{claims}{'.835' if kind == '835' else '.837'}"
    with path.open("wb") as stream:
        KINDS[kind](stream, claims, _SEED)
    return path


def faulty(source: Path, target: Path) -> Path:
    """A copy of an 837 in which every tenth claim has one fault, of five kinds in turn."""
    with source.open("rb") as lines, target.open("wb") as stream:
        stream.writelines(_with_faults(lines))
    return target


def _with_faults(lines: BinaryIO) -> Iterator[bytes]:
    claims = due = 0
    for line in lines:
        if line.startswith(b"CLM*"):
            claims += 1
            due = claims % _EVERY == 0 and claims // _EVERY % len(_FAULTS) + 1
        start, change = _FAULTS[due - 1] if due else (b"-", bytes)
        if line.startswith(start):
            line, due = change(line), 0
        yield line


_FAULTS: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"CLM*", lambda line: line.replace(b"*Y*", b"*Q*", 1)),
    (b"HI*", lambda line: b"ZZZ*1~\n" + line),
    (b"SV", lambda line: line.replace(b"*HC:", b"*QQ:", 1)),
    (b"DTP*472*D8*", lambda line: b"DTP*472*D8*20261340~\n"),
    (b"LX*1~", lambda line: b"LX*7~\n"),
)


def grown(source: Path, target: Path, times: int) -> Path:
    """A copy of a file of one transaction set with that set `times` times, each with its own ST02."""
    lines = source.read_bytes().split(b"\n")
    head, body, tail = lines[:2], lines[2:-3], lines[-3:]
    sets = b"\n".join(body)
    with target.open("wb") as stream:
        stream.write(b"\n".join(head) + b"\n")
        for number in range(1, times + 1):
            own = b"%09d" % number
            stream.write(sets.replace(b"ST*837*0001*", b"ST*837*" + own + b"*", 1)[:-5] + own + b"~\n")
        stream.write(tail[0].replace(b"GE*1*", b"GE*%d*" % times) + b"\n" + tail[1] + b"\n")
    return target


def segments(path: Path) -> int:
    """How many segments a sample file has."""
    with path.open("rb") as stream:
        return sum(block.count(b"~") for block in iter(lambda: stream.read(1 << 20), b""))
