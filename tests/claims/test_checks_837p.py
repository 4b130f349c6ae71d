"""Each rule of SNIP types 3 to 5 for an 837P: its bad case gives that finding at that place, and no other."""

import pytest
from claim_text import CLAIM, GOOD, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, changed, file_of
from snip_findings import Place, assert_right, checked_claims, only_fault

from edi_hit.rules import load_rules

E, W = "error", "warning"
CLM, HI = CLAIM
LX_1, SV1_1, DTP_1, REF_1 = LINE
LX_2, SV1_2, DTP_2, REF_2 = LINE_2
SBR, MEMBER = SUBSCRIBER[1], SUBSCRIBER[2]
PAYEE_ZIP, HOME_ZIP = "N4*DAYTON*OH*454021234", "N4*DAYTON*OH*454021111"
RENDERING = "NM1*82*1*OKAFOR*ADA****XX*1472583693"
DRUG = ["LIN**N4*00002759701", "CTP****50*UN"]
HEAD = [*HEADER, *PROVIDER, *SUBSCRIBER]


def claim_of(*before_lines: str, line_1: tuple[str, ...] = (), line_2: tuple[str, ...] = ()) -> list[str]:
    """The good file with more segments before the lines, and after each of them."""
    return [*HEAD, *CLAIM, *before_lines, *LINE, *line_1, *LINE_2, *line_2]


def swapped(segments: list[str], *pairs: tuple[str, str]) -> list[str]:
    """Segments with some replaced; each stands there once."""
    out = list(segments)
    for old, new in pairs:
        assert out.count(old) == 1, old
        out[out.index(old)] = new
    return out


def without(*starts: str) -> list[str]:
    """The good segments without those that start so."""
    return [segment for segment in GOOD if not segment.startswith(starts)]


DEPENDENT = [
    *HEADER,
    *PROVIDER,
    "HL*2*1*22*1",
    "SBR*P********CI",
    MEMBER,
    "NM1*PR*2*MEDICARE*****PI*15202",
    "HL*3*2*23*0",
    "PAT*19",
    "NM1*QC*1*MAPLE*LEAF",
    "N3*7 OAK LN",
    "N4*DAYTON*OH*45402",
    "DMG*D8*20150228*F",
    *CLAIM,
    *LINE,
    *LINE_2,
]


def payer(paid: str, *adjustments: str, order: str = "S") -> list[str]:
    """A Loop 2320 of an earlier payer."""
    amount = [f"AMT*D*{paid}"] if paid else []
    names = ["NM1*IL*1*MAPLE*ROSE****MI*X1234", "NM1*PR*2*PAYER A*****PI*PAYERA"]
    return [f"SBR*{order}*18*******CI", *adjustments, *amount, "OI***Y***Y", *names]


def paid_line(paid: str, *adjustments: str, by: str = "PAYERA", code: str = "G0069") -> tuple[str, ...]:
    """A Loop 2430."""
    return (f"SVD*{by}*{paid}*HC:{code}**1", *adjustments, "DTP*573*D8*20250101")


LINE_PAID = paid_line("180.5", "CAS*CO*45*20")
LINE_2_PAID = paid_line("60", "CAS*CO*45*30", "CAS*PR*2*10")


def on_lines(paid: str, *adjustments: str, first: tuple[str, ...] = LINE_PAID) -> list[str]:
    """A claim whose earlier payer reports each line."""
    return claim_of(*payer(paid, *adjustments), line_1=first, line_2=LINE_2_PAID)


GOOD_FILES = {
    "the base": GOOD,
    "a dependent": DEPENDENT,
    "an earlier payer of the claim": claim_of(*payer("240.5", "CAS*PR*1*60")),
    "an earlier payer that paid all": claim_of(*payer("300.5")),
    "an earlier payer of the lines": on_lines("240.5"),
    "an earlier payer of claim and lines": on_lines("230.5", "CAS*PR*1*10"),
    "a line the payer split in two": on_lines(
        "240.5", first=(*paid_line("100"), *paid_line("80.5", "CAS*CO*45*20"))
    ),
    "an earlier payer that has not answered": claim_of(*payer("")),
    "two payers of unknown order": claim_of(*payer("", order="U"), *payer("", order="U")),
    "a replacement": changed(CLM, CLM.replace(":1*", ":7*"), "REF*F8*ICN1"),
    "a patient who paid all": changed(CLM, CLM, "AMT*F5*300.5"),
    "Medicare second, with the reason": changed(SBR, "SBR*S*18***12****MB"),
    "a compound of two parts": claim_of(line_1=(*DRUG, "REF*VY*LINK1"), line_2=(*DRUG, "REF*VY*LINK1")),
    "a prescription": claim_of(line_1=(*DRUG, "REF*XZ*RX1")),
    "a product that is no drug": claim_of(line_1=("LIN**UP*12345", "CTP****50*UN")),
    "another provider on a line": claim_of(RENDERING, line_1=("NM1*82*1*PINE*IVY****XX*1003000126",)),
    "a billing provider abroad": changed(PAYEE_ZIP, "N4*TORONTO*ON*M5V2T6*CA"),
    "a line number with a zero": changed(LX_2, "LX*02"),
    "twelve diagnoses": changed(HI, HI + "".join(f"*ABF:I1{n}" for n in range(1, 10)) + "*ABF:Z452"),
    "ICD-9 alone": changed(HI, "HI*BK:25001*BF:4019"),
    "a service on the day the file is made": changed(DTP_1, "DTP*472*D8*20250103"),
    "a total with a zero more": changed(CLM, CLM.replace("300.5", "300.50")),
    "a procedure in small letters": changed(SV1_1, SV1_1.replace("G0069:JA", "g0069:ja")),
    "a procedure of another list": changed(SV1_1, SV1_1.replace("HC:G0069:JA", "ER:ABC-1")),
    "equipment as billed": changed(SV1_1, SV1_1, "SV5*HC:G0069*DA*30*100*1000*4"),
    "a box in a street's name": changed("N3*100 MAIN ST", "N3*12 BOXWOOD RD*PO BOXER PLAZA"),
}

BAD: dict[str, tuple[list[str], Place]] = {
    "another total": (
        changed(CLM, CLM.replace("300.5", "300.4")),
        ("X12-837-BAL-01", E, "CLM", 2, None, "300.4"),
    ),
    "another charge of a line": (
        changed(SV1_2, SV1_2.replace("*100*", "*99*")),
        ("X12-837-BAL-01", E, "CLM", 2, None, "300.5"),
    ),
    "a line's adjustment missing": (
        claim_of(*payer("240.5"), line_1=LINE_PAID, line_2=LINE_2_PAID[:2] + LINE_2_PAID[3:]),
        ("X12-837-BAL-02", E, "SVD", 2, None, "60"),
    ),
    "another payment of a line": (
        on_lines("240.5", first=paid_line("170.5", "CAS*CO*45*20")),
        ("X12-837-BAL-02", E, "SVD", 2, None, "170.5"),
    ),
    "another payment of the claim": (
        claim_of(*payer("230.5", "CAS*PR*1*60")),
        ("X12-837-BAL-03", E, "AMT", 2, None, "230.5"),
    ),
    "another total than the earlier payer saw": (
        swapped(claim_of(*payer("240.5", "CAS*PR*1*60")), (CLM, CLM.replace("300.5", "300"))),
        ("X12-837-BAL-01", E, "CLM", 2, None, "300"),
    ),
    "a claim's payment against its lines": (
        on_lines("230.5"),
        ("X12-837-BAL-04", E, "AMT", 2, None, "230.5"),
    ),
    "a payer the claim does not have": (
        on_lines("240.5", first=paid_line("180.5", "CAS*CO*45*20", by="PAYERB")),
        ("X12-837-BAL-06", E, "SVD", 1, None, "PAYERB"),
    ),
    "more paid than charged": (
        changed(CLM, CLM, "AMT*F5*300.51"),
        ("X12-837-BAL-07", W, "AMT", 2, None, "300.51"),
    ),
    "18 and a Loop 2000C": (
        swapped(DEPENDENT, ("SBR*P********CI", "SBR*P*18*******CI")),
        ("X12-837-02", E, "SBR", 2, None, "18"),
    ),
    "no 18 and no Loop 2000C": (
        changed(SBR, "SBR*P********MB"),
        ("X12-837-02", E, "SBR", 2, None, None),
    ),
    "no address of the patient": (
        [s for s in GOOD if s not in ("N3*7 OAK LN", HOME_ZIP)],
        ("X12-837-02", E, "NM1", None, None, None),
    ),
    "no birth date of the patient": (without("DMG"), ("X12-837-02", E, "NM1", None, None, None)),
    "a post office box": (
        changed("N3*100 MAIN ST", "N3*P.O. Box 12"),
        ("X12-837-04", W, "N3", 1, None, "P.O. Box 12"),
    ),
    "a lock box in the second line": (
        changed("N3*100 MAIN ST", "N3*100 MAIN ST*LOCKBOX 9"),
        ("X12-837-04", W, "N3", 2, None, "LOCKBOX 9"),
    ),
    "a ZIP code of five digits": (
        changed(PAYEE_ZIP, "N4*DAYTON*OH*45402"),
        ("X12-837-04", W, "N4", 3, None, "45402"),
    ),
    "the billing provider renders": (
        claim_of(RENDERING.replace("1472583693", "1234567893")),
        ("X12-837-06", W, "NM1", 9, None, "1234567893"),
    ),
    "the line's provider is the claim's": (
        claim_of(RENDERING, line_1=(RENDERING,)),
        ("X12-837-06", W, "NM1", 9, None, "1472583693"),
    ),
    "a line number left out": (changed(LX_2, "LX*3"), ("X12-837-07", E, "LX", 1, None, "3")),
    "a line number twice": (changed(LX_2, "LX*1"), ("X12-837-07", E, "LX", 1, None, "1")),
    "a first line that is second": (
        [*HEAD, CLM.replace("300.5", "200.5"), HI, "LX*2", *LINE[1:]],
        ("X12-837-07", E, "LX", 1, None, "2"),
    ),
    "a replacement of nothing": (
        changed(CLM, CLM.replace(":1*", ":7*")),
        ("X12-837-09", E, "CLM", 5, 3, "7"),
    ),
    "a void of nothing": (
        changed(CLM, CLM.replace(":1*", ":8*")),
        ("X12-837-09", E, "CLM", 5, 3, "8"),
    ),
    "an original that replaces": (
        changed(CLM, CLM, "REF*F8*ICN1"),
        ("X12-837-09", W, "REF", None, None, None),
    ),
    "a pointer to nothing": (
        changed(SV1_1, SV1_1.replace("1:2", "1:3")),
        ("X12-837-11", E, "SV1", 7, 2, "3"),
    ),
    "a pointer to a position left empty": (
        changed(HI, "HI*ABK:E10A**ABF:I10"),
        ("X12-837-11", E, "SV1", 7, 2, "2"),
    ),
    "a pointer twice": (
        changed(SV1_1, SV1_1.replace("1:2", "2:2")),
        ("X12-837-11", E, "SV1", 7, 2, "2"),
    ),
    "ICD-9 beside ICD-10": (
        changed(HI, "HI*ABK:E10A*BF:4019"),
        ("X12-837-11", E, "HI", 2, 1, "BF"),
    ),
    "a diagnosis twice": (
        changed(HI, "HI*ABK:E10A*ABF:E10A"),
        ("X12-837-11", W, "HI", 2, 2, "E10A"),
    ),
    "a control number twice": (changed(REF_2, "REF*6R*L1"), ("X12-837-12", E, "REF", 2, None, "L1")),
    "a drug code of ten digits": (
        claim_of(line_1=("LIN**N4*0000275970", DRUG[1])),
        ("X12-837-13", E, "LIN", 3, None, "0000275970"),
    ),
    "a drug code with hyphens": (
        claim_of(line_2=("LIN**N4*00002-7597-01", DRUG[1])),
        ("X12-837-13", E, "LIN", 3, None, "00002-7597-01"),
    ),
    "a compound of one part": (
        claim_of(line_1=(*DRUG, "REF*VY*LINK1")),
        ("X12-837-13", W, "REF", 2, None, "LINK1"),
    ),
    "other equipment than billed": (
        changed(SV1_1, SV1_1, "SV5*HC:E0781*DA*30*100*1000*4"),
        ("X12-837-16", W, "SV5", 1, 2, "E0781"),
    ),
    "a place in the order of payers taken": (
        claim_of(*payer("", order="P")),
        ("X12-837-17", E, "SBR", 1, None, "P"),
    ),
    "Medicare second without a reason": (
        changed(SBR, "SBR*S*18*******MB"),
        ("X12-837-18", W, "SBR", 5, None, None),
    ),
    "a service in 2099": (
        changed(DTP_1, "DTP*472*D8*20990102"),
        ("X12-837-20", E, "DTP", 3, None, "20990102"),
    ),
    "a period that ends after the file": (
        changed(DTP_2, "DTP*472*RD8*20250101-20250104"),
        ("X12-837-20", E, "DTP", 3, None, "20250101-20250104"),
    ),
    "a service before birth": (
        changed(DTP_1, "DTP*472*D8*19480228"),
        ("X12-837-20", E, "DTP", 3, None, "19480228"),
    ),
    "a service begun before a dependent's birth": (
        swapped(DEPENDENT, ("DMG*D8*20150228*F", "DMG*D8*20250102*F")),
        ("X12-837-20", E, "DTP", 3, None, "20250101-20250102"),
    ),
    "three decimals": (
        changed(SV1_2, SV1_2.replace("*100*", "*100.001*")),
        ("X12-ENV-18", E, "SV1", 2, None, "100.001"),
    ),
    "eleven digits": (
        changed(CLM, CLM, "AMT*F5*00000000300"),
        ("X12-ENV-18", W, "AMT", 2, None, "00000000300"),
    ),
    "an NPI with another check digit": (
        changed(PROVIDER[2], PROVIDER[2][:-1] + "4"),
        ("X12-SNIP5-NPI", E, "NM1", 9, None, "1234567894"),
    ),
    "an NPI of nine digits": (
        claim_of(RENDERING[:-1]),
        ("X12-SNIP5-NPI", E, "NM1", 9, None, "147258369"),
    ),
    "a tax number of eight digits": (
        changed("REF*EI*311234567", "REF*EI*31123456"),
        ("X12-SNIP5-EIN", E, "REF", 2, None, "31123456"),
    ),
    "a tax number with a hyphen": (
        changed("REF*EI*311234567", "REF*SY*31-1234567"),
        ("X12-SNIP5-EIN", W, "REF", 2, None, "31-1234567"),
    ),
    "a ZIP code of six digits": (
        changed(HOME_ZIP, "N4*DAYTON*OH*454021"),
        ("X12-SNIP5-ZIP", E, "N4", 3, None, "454021"),
    ),
    "a ZIP code with a hyphen": (
        changed(HOME_ZIP, "N4*DAYTON*OH*45402-1111*US"),
        ("X12-SNIP5-ZIP", W, "N4", 3, None, "45402-1111"),
    ),
    "a procedure of six characters": (
        changed(SV1_1, SV1_1.replace("G0069", "G9999X")),
        ("X12-SNIP5-HCPCS", E, "SV1", 1, 2, "G9999X"),
    ),
    "the payer's procedure of three characters": (
        on_lines("240.5", first=paid_line("180.5", "CAS*CO*45*20", code="G69")),
        ("X12-SNIP5-HCPCS", E, "SVD", 3, 2, "G69"),
    ),
    "a modifier of a sign": (
        changed(SV1_1, SV1_1.replace(":JA", ":J-")),
        ("X12-SNIP5-MODIFIER", E, "SV1", 1, 3, "J-"),
    ),
    "a diagnosis of no form": (
        changed(HI, "HI*ABK:5X022*ABF:I10"),
        ("X12-SNIP5-ICD10", E, "HI", 1, 2, "5X022"),
    ),
    "a diagnosis with its point": (
        changed(HI, "HI*ABK:E10A*ABF:I10.0"),
        ("X12-SNIP5-ICD10", E, "HI", 2, 2, "I10.0"),
    ),
    "a taxonomy code too short": (
        changed(PROVIDER[1], "PRV*BI*PXC*3336H0001"),
        ("X12-SNIP5-TAXONOMY", W, "PRV", 3, None, "3336H0001"),
    ),
    "a condition code of one digit": (
        changed(HI, HI, "HI*BG:7"),
        ("X12-SNIP5-NUBC", W, "HI", 1, 2, "7"),
    ),
    "a reason code, past the list": (
        claim_of(*payer("240.5", "CAS*PR*999*60")),
        ("X12-SNIP5-CARC", W, "CAS", 2, None, "999"),
    ),
    "a reason code, within the list": (
        swapped(
            claim_of(*payer("240.5", "CAS*PR*999*60")),
            (HEADER[0], "BHT*0019*00*B0001*20240103*1200*CH"),
            (DTP_1, "DTP*472*D8*20240102"),
            (DTP_2, "DTP*472*D8*20240102"),
        ),
        ("X12-SNIP5-CARC", E, "CAS", 2, None, "999"),
    ),
}


@pytest.mark.parametrize("what", GOOD_FILES)
def test_nothing_is_found_where_nothing_is_wrong(what: str) -> None:
    assert_right(file_of(*GOOD_FILES[what]), checked_claims)


@pytest.mark.parametrize("what", BAD)
def test_the_fault_and_nothing_else_is_found(what: str) -> None:
    segments, expected = BAD[what]
    assert only_fault(file_of(*segments), checked_claims, expected).claim == "A1"


def test_every_rule_for_claims_has_a_bad_case() -> None:
    declared = set(load_rules("edi_hit.claims.checks")) | set(load_rules("edi_hit.mapping.checks"))
    tried = {expected[0] for _, expected in BAD.values()}
    assert declared - tried == {"X12-SNIP5-REVENUE"}  # of an 837I
    assert tried - declared == {"X12-ENV-18"}
