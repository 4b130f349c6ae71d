"""SNIP types 3 to 5 for an 837I, where it differs from an 837P."""

import pytest
from snip_findings import Place, assert_right, checked_claims, only_fault
from x12_text import interchange, transaction

E, W = "error", "warning"
CLM = "CLM*B1*650***32:A:1**A*Y*Y"
STATEMENT, ADMISSION = "DTP*434*RD8*20241201-20241231", "DTP*435*D8*20241201"
PRINCIPAL, OTHER = "HI*ABK:E10A", "HI*ABF:I10*ABF:Z452"
SV2_1, SV2_2 = "SV2*0250**150*UN*1", "SV2*0551*HC:G0299*500*UN*2"
DTP_1, DTP_2 = "DTP*472*D8*20241203", "DTP*472*D8*20241204"
SEGMENTS = [
    "BHT*0019*00*B0001*20250103*1200*CH",
    "NM1*41*2*HOME HEALTH AGENCY*****46*HIP01",
    "PER*IC*OFFICE*TE*6145550100",
    "NM1*40*2*MAC J15*****46*15202",
    "HL*1**20*1",
    "NM1*85*2*HOME HEALTH AGENCY*****XX*1234567893",
    "N3*100 MAIN ST",
    "N4*DAYTON*OH*454021234",
    "REF*EI*311234567",
    "HL*2*1*22*0",
    "SBR*P*18*******MA",
    "NM1*IL*1*MAPLE*ROSE****MI*1EG4TE5MK73",
    "N3*7 OAK LN",
    "N4*DAYTON*OH*454021111",
    "DMG*D8*19480229*F",
    "NM1*PR*2*MEDICARE*****PI*15202",
    CLM,
    STATEMENT,
    ADMISSION,
    "CL1***30",
    PRINCIPAL,
    OTHER,
    "NM1*71*1*OKAFOR*ADA****XX*1472583693",
    "LX*1",
    SV2_1,
    DTP_1,
    "REF*6R*L1",
    "LX*2",
    SV2_2,
    DTP_2,
    "REF*6R*L2",
]


def file_of(*segments: str) -> bytes:
    return interchange(*transaction(*segments, guide="005010X223A2"))


def changed(old: str, *new: str) -> list[str]:
    """The good segments with `old`, which stands there once, replaced by `new`."""
    assert SEGMENTS.count(old) == 1
    at = SEGMENTS.index(old)
    return [*SEGMENTS[:at], *new, *SEGMENTS[at + 1 :]]


GOOD_FILES = {
    "the base": SEGMENTS,
    "a total line beside the lines": [*SEGMENTS, "LX*3", "SV2*0001**650*UN*1", "REF*6R*L3"],
    "an admission with its hour": changed(ADMISSION, "DTP*435*DT*202412011030"),
    "an admitting diagnosis that is the principal one": changed(PRINCIPAL, PRINCIPAL, "HI*ABJ:E10A"),
    "a diagnosis present on admission": changed(OTHER, "HI*ABF:I10:::::::Y*ABF:Z452:::::::N"),
    "a value code with its amount": changed(OTHER, OTHER, "HI*BE:61:::17140.25"),
    "an occurrence and a condition": changed(OTHER, OTHER, "HI*BH:11:D8:20241201", "HI*BG:20"),
}

BAD: dict[str, tuple[list[str], Place]] = {
    "another total": (
        changed(CLM, CLM.replace("650", "800")),
        ("X12-837-BAL-01", E, "CLM", 2, None, "800"),
    ),
    "a revenue code without its zero": (
        changed(SV2_1, SV2_1.replace("0250", "250")),
        ("X12-SNIP5-REVENUE", E, "SV2", 1, None, "250"),
    ),
    "a procedure of no form": (
        changed(SV2_2, SV2_2.replace("G0299", "G299")),
        ("X12-SNIP5-HCPCS", E, "SV2", 2, 2, "G299"),
    ),
    "a denied charge of three decimals": (
        changed(SV2_1, SV2_1 + "**10.005"),
        ("X12-ENV-18", E, "SV2", 7, None, "10.005"),
    ),
    "a value of three decimals": (
        changed(OTHER, OTHER, "HI*BE:61:::17140.255"),
        ("X12-ENV-18", E, "HI", 1, 5, "17140.255"),
    ),
    "a diagnosis in two segments": (
        changed(OTHER, "HI*ABF:E10A*ABF:Z452"),
        ("X12-837-11", W, "HI", 1, 2, "E10A"),
    ),
    "ICD-9 in another segment": (
        changed(OTHER, "HI*BF:4019*BF:25001"),
        ("X12-837-11", E, "HI", 1, 1, "BF"),
    ),
    "an admitting diagnosis of no form": (
        changed(PRINCIPAL, PRINCIPAL, "HI*ABJ:10A"),
        ("X12-SNIP5-ICD10", E, "HI", 1, 2, "10A"),
    ),
    "a value code of three characters": (
        changed(OTHER, OTHER, "HI*BE:611:::10"),
        ("X12-SNIP5-NUBC", W, "HI", 1, 2, "611"),
    ),
    "an admission after the statement": (
        changed(ADMISSION, "DTP*435*D8*20250101"),
        ("X12-837-20", E, "DTP", 3, None, "20250101"),
    ),
    "a statement that ends after the file": (
        changed(STATEMENT, "DTP*434*RD8*20241201-20250104"),
        ("X12-837-20", E, "DTP", 3, None, "20241201-20250104"),
    ),
    "a service after the file": (
        changed(DTP_2, "DTP*472*D8*20250104"),
        ("X12-837-20", E, "DTP", 3, None, "20250104"),
    ),
    "an attending provider without a right NPI": (
        changed("NM1*71*1*OKAFOR*ADA****XX*1472583693", "NM1*71*1*OKAFOR*ADA****XX*1472583694"),
        ("X12-SNIP5-NPI", E, "NM1", 9, None, "1472583694"),
    ),
    "a replacement of nothing": (
        changed(CLM, CLM.replace(":A:1", ":A:7")),
        ("X12-837-09", E, "CLM", 5, 3, "7"),
    ),
    "another payer's sums": (
        [
            *SEGMENTS,
            "SVD*PAYERA*400*HC:G0299*0551*2",
            "CAS*CO*45*90",
            "DTP*573*D8*20250101",
        ],
        ("X12-837-BAL-02", E, "SVD", 2, None, "400"),
    ),
}
PAYER_A = [
    "SBR*S*18*******CI",
    "AMT*D*550",
    "OI***Y***Y",
    "NM1*IL*1*MAPLE*ROSE****MI*X1234",
    "NM1*PR*2*PAYER A*****PI*PAYERA",
]


def segments_of(what: str) -> list[str]:
    """The segments of a bad case; payers come before the lines."""
    segments = BAD[what][0]
    if not any(segment.startswith("SVD") for segment in segments):
        return segments
    lines = segments.index("LX*1")
    first_line = ["SVD*PAYERA*150**0250*1", "DTP*573*D8*20250101"]
    second = segments.index("LX*2")
    return [*segments[:lines], *PAYER_A, *segments[lines:second], *first_line, *segments[second:]]


@pytest.mark.parametrize("what", GOOD_FILES)
def test_nothing_is_found_where_nothing_is_wrong(what: str) -> None:
    assert_right(file_of(*GOOD_FILES[what]), checked_claims)


@pytest.mark.parametrize("what", BAD)
def test_the_fault_and_nothing_else_is_found(what: str) -> None:
    assert only_fault(file_of(*segments_of(what)), checked_claims, BAD[what][1]).claim == "B1"
