"""Text of inbound files for the tests of acknowledgements."""

from claim_text import CLAIM, GOOD, HEADER, LINE, PROVIDER, SUBSCRIBER, changed
from x12_text import gs, in_delimiters, isa

from edi_hit.x12 import Delimiters

GUIDE_837P = "005010X222A1"
BAD = changed("SBR*P*18*******MB", "SBR*P*18*******ZZZ")
"""A set whose SBR09 (13th segment) is no code."""

PAYMENT = [
    "BPR*I*100*C*NON************20250103",
    "TRN*1*EFT0001*1311234567",
    "DTM*405*20250103",
    "N1*PR*MEDICARE",
    "N3*1 WAY",
    "N4*DAYTON*OH*454021111",
    "PER*BL*DESK*TE*6145550100",
    "N1*PE*HOME INFUSION PHARMACY*XX*1234567893",
    "LX*1",
    "CLP*A1*1*150*100*50*MB*ICN1*12*1",
    "CAS*PR*1*50",
    "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73",
]


def st(number: str, body: list[str], kind: str = "837", guide: str = GUIDE_837P) -> list[str]:
    """A transaction set; `guide` is ST03, left out where empty."""
    head = f"ST*{kind}*{number}*{guide}" if guide else f"ST*{kind}*{number}"
    return [head, *body, f"SE*{len(body) + 2}*{number}"]


def group(*sets: list[str], kind: str = "HC", guide: str = GUIDE_837P, control: str = "1") -> list[str]:
    """A functional group of these sets."""
    return [gs(kind, guide, control), *(s for one in sets for s in one), f"GE*{len(sets)}*{control}"]


def file_of(*groups: list[str], delimiters: Delimiters | None = None, **elements: str) -> bytes:
    """An interchange of these groups; `elements` replace elements of ISA (`e06="X"`)."""
    own = delimiters or Delimiters(element="*", component=":", terminator="~", repetition="^")
    number = elements.get("e13", "000000001")
    segments = [s for one in groups for s in one] + [f"IEA*{len(groups)}*{number}"]
    return (isa(own, **elements) + in_delimiters(segments, own)).encode("latin-1")


def claim(number: str, charge: str = "200.5") -> list[str]:
    """A claim of one line."""
    return [f"CLM*{number}*{charge}***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]


def claims_set(*claims: list[str]) -> list[str]:
    """The body of a set with these claims of one patient."""
    return [*HEADER, *PROVIDER, *SUBSCRIBER, *(s for one in claims for s in one)]


ONE_GOOD = file_of(group(st("0001", GOOD)))
