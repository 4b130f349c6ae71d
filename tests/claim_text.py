"""A small 837P for tests, as segments with the usual delimiters, to be changed one at a time."""

from collections.abc import Iterator

from x12_text import interchange, transaction

from edi_hit.claims import ClaimRecord, read_claims
from edi_hit.rules import Finding

HEADER = [
    "BHT*0019*00*B0001*20250103*1200*CH",
    "NM1*41*2*HOME INFUSION PHARMACY*****46*HIP01",
    "PER*IC*OFFICE*TE*6145550100",
    "NM1*40*2*MAC J15*****46*15202",
]
PROVIDER = [
    "HL*1**20*1",
    "PRV*BI*PXC*3336H0001X",
    "NM1*85*2*HOME INFUSION PHARMACY*****XX*1234567893",
    "N3*100 MAIN ST",
    "N4*DAYTON*OH*454021234",
    "REF*EI*311234567",
]
SUBSCRIBER = [
    "HL*2*1*22*0",
    "SBR*P*18*******MB",
    "NM1*IL*1*MAPLE*ROSE****MI*1EG4TE5MK73",
    "N3*7 OAK LN",
    "N4*DAYTON*OH*454021111",
    "DMG*D8*19480229*F",
    "NM1*PR*2*MEDICARE*****PI*15202",
]
CLAIM = ["CLM*A1*300.5***12:B:1*Y*A*Y*Y", "HI*ABK:E10A*ABF:I10"]
LINE = ["LX*1", "SV1*HC:G0069:JA*200.5*UN*1*12**1:2", "DTP*472*D8*20250102", "REF*6R*L1"]
LINE_2 = ["LX*2", "SV1*HC:J1817*100*UN*50***1", "DTP*472*RD8*20250101-20250102", "REF*6R*L2"]
GOOD = [*HEADER, *PROVIDER, *SUBSCRIBER, *CLAIM, *LINE, *LINE_2]


def file_of(*segments: str) -> bytes:
    """An 837P of these segments, in right envelopes."""
    return interchange(*transaction(*segments), encoding="utf-8")


def changed(old: str, *new: str) -> list[str]:
    """The good segments with `old`, which stands there once, replaced by `new`."""
    assert GOOD.count(old) == 1
    at = GOOD.index(old)
    return [*GOOD[:at], *new, *GOOD[at + 1 :]]


def after(segment: str, *more: str) -> list[str]:
    """The good segments with more after one of them."""
    return changed(segment, segment, *more)


def records(data: bytes) -> list[ClaimRecord]:
    """The claims of a file."""
    return [event for event in read_claims(data) if isinstance(event, ClaimRecord)]


def record(*segments: str) -> ClaimRecord:
    """The one claim of a file of these segments."""
    (found,) = records(file_of(*segments))
    return found


def told(data: bytes) -> list[Finding]:
    """The findings told while a file is read."""
    return list(_told(data))


def _told(data: bytes) -> Iterator[Finding]:
    for event in read_claims(data):
        if isinstance(event, Finding):
            yield event
