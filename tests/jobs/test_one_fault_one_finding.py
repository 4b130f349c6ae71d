"""Take a valid file, break one thing of a known kind: exactly that rule, at that place, comes back.

The eight faults that pyx12 passes over (a wrong total, an NPI, a date in 2099 ...) are among them.
"""

from pathlib import Path

import pytest
from changes import Change, after, changed, checked, place, replaced, without

BASE = (Path(__file__).parents[2] / "examples" / "05-drug-and-visit.837").read_text()

FAULTS: list[tuple[str, Change, str, str | None, int | None]] = [
    # what, change, rule, segment id, element
    ("an unknown segment", after("LX*1", "ZZZ*1~"), "X12-STR-03", "ZZZ", None),
    ("a REF of no meaning here", after("CLM*", "REF*ZZ*1~"), "X12-STR-03", "REF", None),
    ("no submitter contact", without("PER*IC*BILL"), "X12-SEG-03", "PER", None),
    ("no city of the billing provider", without("N4*BIRM"), "X12-SEG-03", "N4", None),
    ("no tax number", without("REF*EI"), "X12-SEG-03", "REF", None),
    ("no subscriber information", without("SBR*"), "X12-SEG-03", "SBR", None),
    ("no payer", without("NM1*PR"), "X12-SEG-03", "NM1", None),
    ("no diagnosis", without("HI*"), "X12-SEG-03", "HI", None),
    ("no service date", without("DTP*472"), "X12-SEG-03", "DTP", None),
    ("no SV1", without("SV1*HC:E0781"), "X12-SEG-03", "SV1", None),
    ("no LX", without("LX*2"), "X12-SEG-03", "LX", None),
    ("two submitters' names",
     after("PER*IC*BILL", "NM1*41*2*OTHER*****46*OTHER01~\nPER*IC*B*TE*2055550101~"),
     "X12-SEG-04", "NM1", None),
    ("two 6R on a line", after("REF*6R*EX05D1", "REF*6R*SECOND~"), "X12-SEG-05", "REF", None),
    ("three contacts", after("PER*IC*BILL", "PER*IC*B*TE*1~\nPER*IC*C*TE*2~"), "X12-SEG-05", "PER", None),
    ("HI behind the referring provider", lambda t: after("NM1*DN", "HI*ABK:I5022~")(without("HI*", 2)(t)),
     "X12-SEG-07", "HI", None),
    ("an empty city", replaced("N4*BIRMINGHAM*", "N4**"), "X12-ELE-01", "N4", 1),
    ("an extension without a number",
     replaced("TE*2055550100~", "TE*2055550100*EX~"), "X12-ELE-02", "PER", 6),
    ("an element too many", replaced("LX*1~", "LX*1*1~"), "X12-ELE-03", "LX", 2),
    ("a postal code too short", replaced("AL*352030001", "AL*35"), "X12-ELE-04", "N4", 3),
    ("a first name too long", replaced("JUNIPER*VERA", "JUNIPER*" + "V" * 36), "X12-ELE-05", "NM1", 4),
    ("a blank at the end", replaced("JUNIPER*VERA", "JUNIPER *VERA"), "X12-ELE-06", "NM1", 3),
    ("a code that is none", replaced("*******MB~", "*******ZZZ~"), "X12-ELE-07", "SBR", 9),
    ("a state that is none", replaced("BIRMINGHAM*AL", "BIRMINGHAM*QX", 2), "X12-ELE-07", "N4", 2),
    ("an element not used",
     replaced("CLM*EX05-DME*666***", "CLM*EX05-DME*666*X**"), "X12-ELE-I10", "CLM", 3),
    ("a repeat not allowed", replaced("REF*6R*EX05D1", "REF*6R*EX05D1^A"), "X12-ELE-12", "REF", 2),
    ("a component too many", replaced("REF*6R*EX05D1", "REF*6R*EX05D1:A"), "X12-ELE-13", "REF", 2),
    ("letters for dollars", replaced(":KX*96*UN", ":KX*9X*UN"),
     "X12-ENV-18", "SV1", 2),
    ("a day that is none", replaced("D8*20250602", "D8*20250631"), "X12-ENV-19", "DTP", 3),
    ("a birth date that is none", replaced("DMG*D8*19550114", "DMG*D8*19551314"), "X12-ENV-19", "DMG", 2),
    ("a wrong segment count", replaced("SE*72*", "SE*71*"), "X12-ENV-10", "SE", 1),
    ("another set number at the end", replaced("SE*72*0001", "SE*72*0002"), "X12-ENV-10", "SE", 2),
    ("a wrong count of sets", replaced("GE*1*", "GE*2*"), "X12-ENV-09", "GE", 1),
    ("another group number at the end", replaced("GE*1*105", "GE*1*106"), "X12-ENV-09", "GE", 2),
    ("a wrong count of groups", replaced("IEA*1*", "IEA*2*"), "X12-ENV-07", "IEA", 1),
    ("another interchange number at the end",
     replaced("IEA*1*000000105", "IEA*1*000000106"), "X12-ENV-07", "IEA", 2),
    ("a group of another kind", replaced("GS*HC*", "GS*HP*"), "X12-ENV-08", "ST", 1),
    ("no guide in ST03", replaced("0001*005010X222A1", "0001"), "X12-ENV-11", "ST", 3),
    ("another guide in ST03", replaced("0001*005010X222A1", "0001*005010X222"), "X12-ENV-11", "ST", 3),
    ("an interchange code that is none", replaced("*0*T*:", "*0*X*:"), "X12-ENV-06", "ISA", 15),
    ("an old version", replaced("*00501*", "*00401*"), "X12-ENV-05", "ISA", 12),
    ("an empty segment", replaced("LX*1~\n", "LX*1~~\n"), "X12-ENV-16", None, None),
    ("a tab in a name", replaced("JUNIPER*VERA", "JUNI\tPER*VERA"), "X12-ENV-17", "NM1", 3),
    ("a parent that is none", replaced("HL*4*3*22", "HL*4*9*22"), "X12-837-01", "HL", 2),
    ("a level out of turn", replaced("HL*4*3*22", "HL*5*3*22"), "X12-837-01", "HL", 1),
    ("a claim that is none", lambda t: t[: t.index("CLM*EX05-V")] + t[t.index("SE*72") :],
     "X12-837-CLAIM", "SE", None),
    # the eight of X12-SNIP-10, as far as they are of an 837
    ("a wrong total", replaced("EX05-DME*666*", "EX05-DME*667*"), "X12-837-BAL-01", "CLM", 2),
    ("a wrong check digit", replaced("XX*1234567893", "XX*1234567894"), "X12-SNIP5-NPI", "NM1", 9),
    ("a service in 2099", replaced("D8*20250604", "D8*20990604"), "X12-837-20", "DTP", 3),
    ("a diagnosis of no form", replaced("ABK:I5022", "ABK:5X022"), "X12-SNIP5-ICD10", "HI", 1),
    ("a procedure of no form", replaced("HC:G0088", "HC:G9999X"), "X12-SNIP5-HCPCS", "SV1", 1),
    ("a pointer to nothing", replaced("*300*UN*4***1~", "*300*UN*4***2~"), "X12-837-11", "SV1", 7),
]  # fmt: skip


def test_the_file_is_valid_to_begin_with(tmp_path: Path) -> None:
    assert checked(tmp_path, BASE).findings == []


@pytest.mark.parametrize(
    ("what", "change", "rule", "segment", "element"), FAULTS, ids=[row[0] for row in FAULTS]
)
def test_one_fault_one_finding(
    tmp_path: Path, what: str, change: Change, rule: str, segment: str | None, element: int | None
) -> None:
    errors = checked(tmp_path, changed(BASE, change)).errors
    assert [place(finding) for finding in errors] == [(rule, segment, element)]


def test_there_are_at_least_forty_kinds() -> None:
    assert len({row[0] for row in FAULTS}) >= 40
