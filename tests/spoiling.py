"""Files with segments lost, doubled, moved, cut off or mixed with another file's, and bytes gone wrong."""

from hypothesis import strategies as some

ODD_VALUES = some.sampled_from(
    [b"", b" ", b"X", b"\xd1", b"\xc3\x91", b"A:B", b"A^B", b"|>!", b"1e5", b"-1", b"9" * 120, b"\x1f",
     b"\x1d", b"20259999", b"ZZZ", b"A1 ", b"\x00", b"\n", b"HC:G0069:JA", b"999", b"FA", b"837", b"*" * 5]
)  # fmt: skip

CHANGES = ("drop", "double", "swap", "move", "element", "bytes", "flip", "cut", "splice")


@some.composite
def spoiled(draw: some.DrawFn, data: bytes, other: bytes = b"") -> bytes:
    """A file with up to four changes; `other` is the file that its rest may be taken from."""
    segments = data.split(b"~")
    for _ in range(draw(some.integers(1, 4))):
        if len(segments) < 3:
            break
        change = draw(some.sampled_from(CHANGES))
        at = draw(some.integers(1, len(segments) - 1))
        if change == "splice":
            rest = other.split(b"~")
            segments = segments[:at] + rest[draw(some.integers(0, len(rest) - 1)) :]
        else:
            _change(draw, segments, change, at)
    return b"~".join(segments)


def _change(draw: some.DrawFn, segments: list[bytes], change: str, at: int) -> None:
    to = draw(some.integers(1, len(segments) - 1))
    if change == "drop":
        del segments[at]
    elif change == "double":
        segments.insert(at, segments[at])
    elif change == "swap":
        segments[at], segments[to] = segments[to], segments[at]
    elif change == "move":
        segments.insert(to, segments.pop(at))
    elif change == "element":
        parts = segments[at].split(b"*")
        parts[draw(some.integers(0, len(parts) - 1))] = draw(ODD_VALUES)
        segments[at] = b"*".join(parts)
    elif change == "bytes":
        segments[at] = draw(some.binary(max_size=30))
    elif change == "flip":
        segments[at] = _flipped(draw, segments[at])
    else:
        del segments[max(at, 2) :]


def _flipped(draw: some.DrawFn, segment: bytes) -> bytes:
    """A segment with one byte changed in one bit."""
    if not segment:
        return segment
    at = draw(some.integers(0, len(segment) - 1))
    return segment[:at] + bytes([segment[at] ^ (1 << draw(some.integers(0, 7)))]) + segment[at + 1 :]
