"""X12 text for tests: envelopes around segments written with the usual delimiters, in any delimiters."""

from collections.abc import Iterable

from edi_hit.rules import Finding
from edi_hit.x12 import Delimiters, Event, Segment, read_segments

USUAL = Delimiters(element="*", component=":", terminator="~", repetition="^")


def isa(delimiters: Delimiters = USUAL, **changes: str) -> str:
    """An ISA with its terminator; `changes` replace elements by name, `e13="000000002"`."""
    elements = ["00", " " * 10, "00", " " * 10, "ZZ", "SENDER".ljust(15), "ZZ", "RECEIVER".ljust(15)]
    elements += ["250103", "1200", delimiters.repetition or "U", "00501", "000000001", "0", "T"]
    elements.append(delimiters.component or delimiters.element)
    for name, value in changes.items():
        elements[int(name.removeprefix("e")) - 1] = value
    return "ISA" + delimiters.element + delimiters.element.join(elements) + delimiters.terminator


def gs(kind: str = "HC", guide: str = "005010X222A1", control: str = "1") -> str:
    """A GS in the usual delimiters, without terminator."""
    return f"GS*{kind}*SENDER*RECEIVER*20250103*1200*{control}*X*{guide}"


def in_delimiters(segments: Iterable[str], delimiters: Delimiters = USUAL, line_break: str = "") -> str:
    """Segments written with the usual delimiters, in others, each with its terminator."""
    own = (delimiters.element, delimiters.component or ":", delimiters.repetition or "^")
    table = str.maketrans(dict(zip("*:^", own, strict=True)))
    return "".join(segment.translate(table) + delimiters.terminator + line_break for segment in segments)


def interchange(
    *segments: str, delimiters: Delimiters = USUAL, line_break: str = "", encoding: str = "latin-1"
) -> bytes:
    """An interchange of these segments, GS to IEA, after an ISA."""
    text = isa(delimiters) + line_break + in_delimiters(segments, delimiters, line_break)
    return text.encode(encoding)


def transaction(
    *body: str, kind: str = "837", guide: str = "005010X222A1", control: str = "0001"
) -> list[str]:
    """A transaction set of these segments, with right counts, in a group and an interchange's trailers."""
    functional = {"837": "HC", "835": "HP", "999": "FA", "277": "HN"}[kind]
    st = f"ST*{kind}*{control}*{guide}" if kind != "835" else f"ST*{kind}*{control}"
    se = f"SE*{len(body) + 2}*{control}"
    return [gs(functional, guide), st, *body, se, "GE*1*1", "IEA*1*000000001"]


def seen(data: bytes, block_size: int = 128 * 1024) -> list[tuple[str, int, int, str, int, bytes]]:
    """What the reader says of every token of `data`."""
    return [view(segment) for segment in read_segments(data, block_size)]


def view(segment: Segment) -> tuple[str, int, int, str, int, bytes]:
    """All that a segment says, whatever way it was split."""
    return (
        segment.text,
        segment.offset,
        segment.index,
        segment.tail,
        int(segment.flaws),
        segment.raw,
    )


def findings_of(events: Iterable[Event | object]) -> list[Finding]:
    """The findings among events."""
    return [event for event in events if isinstance(event, Finding)]
