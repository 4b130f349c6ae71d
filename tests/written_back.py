"""What of a claim's segments is not in the file it is written back to."""

import io
import re
from collections import Counter
from datetime import date
from decimal import Decimal

from loop_views import held_with_context

from edi_hit.claims import ClaimRecord, write_claims
from edi_hit.mapping.convert import write_number
from edi_hit.x12 import EnvelopeHeader, read_segments

HEADER = EnvelopeHeader(
    sender="HIP01",
    receiver="15202",
    created_on=date(2025, 1, 3),
    created_at="1200",
    control_number=1,
    functional_id="HC",
    version="005010X222A1",
)
STRUCTURE = ("ISA", "GS", "ST", "HL", "LX", "SE", "GE", "IEA")
"""Segments the writer makes anew."""

_DECIMALS = re.compile(r"-?\d*\.\d+")


def written(record: ClaimRecord, *, strict: bool = False) -> bytes:
    """The claim of a record, as a file of its own; what the guide forbids too, where not `strict`."""
    assert record.claim is not None
    stream = io.BytesIO()
    write_claims([record.claim], stream, HEADER, strict=strict)
    return stream.getvalue()


def canonical(elements: list[str]) -> tuple[str, ...]:
    """A segment without what the writer may change: zeros around a point, RD8 of one day, empty ends."""
    found = [_canonical(text) for text in elements]
    start, _, end = found[3].partition("-") if len(found) > 3 else ("", "", "")
    if found[0] == "DTP" and found[2] == "RD8" and start == end:
        found[2:4] = ["D8", start]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _canonical(text: str) -> str:
    text = text.rstrip("\x1f")
    return write_number(Decimal(text)) if _DECIMALS.fullmatch(text) else text


def lost(record: ClaimRecord) -> list[tuple[str, ...]]:
    """The segments of the claim, and of the loops above it, that are not in what is written of it."""
    out = Counter(canonical(segment.elements) for segment in read_segments(written(record)))
    read = {segment.index: segment for segment, _, _ in held_with_context(record.loop)}
    wanted = Counter(canonical(s.elements) for s in read.values() if s.id not in STRUCTURE)
    return sorted((wanted - out).elements())


def added(record: ClaimRecord) -> list[tuple[str, ...]]:
    """The segments written that were not read."""
    out = Counter(canonical(s.elements) for s in read_segments(written(record)) if s.id not in STRUCTURE)
    read = {segment.index: segment for segment, _, _ in held_with_context(record.loop)}
    return sorted((out - Counter(canonical(segment.elements) for segment in read.values())).elements())
