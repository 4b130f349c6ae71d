"""What the payers' documents say of the 837 and the 835 as such: accepted as it should be, or told."""

from pathlib import Path

import pytest
from changes import FILES, checked, place, recounted

EXAMPLES = Path(__file__).parents[2] / "examples"
CLAIMS = (EXAMPLES / "09-commercial-per-diem.837").read_text()
PUMP = (EXAMPLES / "05-drug-and-visit.837").read_text()
INSTITUTIONAL = (FILES / "inpatient.837").read_text()
PAYMENTS = (FILES / "four-payments.835").read_text()
OK = None
CODE = "X12-ELE-07"

CASES = {
    "days in SV103": (CLAIMS, "*980*UN*7", "*980*DA*7", (CODE, "SV1", 3)),
    "days in SV204": (INSTITUTIONAL, "*900*DA*3", "*900*DA*3", OK),
    "a per diem price of a line": (CLAIMS, "~\nLX*2~", "~\nHCP*06*900*80**140~\nLX*2~", OK),
    "a per diem price of a claim": (CLAIMS, "~\nLX*1~", "~\nHCP*06*900*80**140~\nLX*1~", (CODE, "HCP", 1)),
    "a span of days": (CLAIMS, "DTP*472*RD8*20250203-20250209", "DTP*472*RD8*20250203-20250209", OK),
    "one day": (CLAIMS, "DTP*472*RD8*20250203-20250209", "DTP*472*D8*20250203", OK),
    "an NDC of ten digits": (CLAIMS, "N4*00409733811", "N4*0040973381", ("X12-837-13", "LIN", 3)),
    "an NDC unit of another list": (CLAIMS, "CTP****14*UN", "CTP****14*EA", (CODE, "CTP", 5)),
    "an NDC by the gram": (CLAIMS, "CTP****14*UN", "CTP****.025*GR", OK),
    "a compound of one part": (CLAIMS, "REF*XZ*RX700456", "REF*VY*RX700456", OK),
    "a referral number": (CLAIMS, "REF*G1*AUTH5521", "REF*9F*REF5521", OK),
    "a rental price by the week": (
        PUMP, "DTP*472*D8*20250602~\nREF*6R*EX05D2",
        "SV5*HC:E0781*DA*7*260*2600*1~\nDTP*472*D8*20250602~\nREF*6R*EX05D2", OK,
    ),
    "a rental price by the year": (
        PUMP, "DTP*472*D8*20250602~\nREF*6R*EX05D2",
        "SV5*HC:E0781*DA*7*260*2600*9~\nDTP*472*D8*20250602~\nREF*6R*EX05D2", (CODE, "SV5", 6),
    ),
    "CAS01 of another list": (PAYMENTS, "CAS*CO*45*20", "CAS*CR*45*20", (CODE, "CAS", 1)),
    "a reversal with CR": (PAYMENTS, "CAS*CO*45*40", "CAS*CR*45*40", (CODE, "CAS", 1)),
    "CLP02 of another list": (PAYMENTS, "CLP*C2*1*", "CLP*C2*5*", (CODE, "CLP", 2)),
    "PLB03 of another list": (PAYMENTS, "SE*44", "PLB*1234567893*20241231*QQ*0~\nSE*45", (CODE, "PLB", 3)),
    "PLB that lowers the payment": (
        PAYMENTS, "SE*44", "PLB*1234567893*20241231*72*10~\nSE*45", ("X12-835-BAL-04", "BPR", 2)
    ),
    "remarks in MOA": (PAYMENTS, "SVC*HC:G0069*100*80**1", "MOA***MA01*MA07~\nSVC*HC:G0069*100*80**1", OK),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_form_is_accepted_or_told_at_its_element(tmp_path: Path, what: str) -> None:
    text, old, new, expected = CASES[what]
    assert old in text
    outcome = checked(tmp_path, recounted(text.replace(old, new, 1)))
    assert [place(one) for one in outcome.errors] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("CAS*CO*45*20", "CAS*PI*23*20", ("X12-SNIP5-CARC", "CAS", 2)),
        ("CAS*CO*45*20", "CAS*CO*16*20", ("X12-835-07", "CAS", 2)),
        ("LQ*HE*N130", "LQ*HE*M78", ("X12-SNIP5-RARC", "LQ", 2)),
    ],
)
def test_codes_of_a_remittance_are_warned_of(
    tmp_path: Path, old: str, new: str, expected: tuple[str, str, int]
) -> None:
    assert old in PAYMENTS
    outcome = checked(tmp_path, PAYMENTS.replace(old, new, 1))
    assert expected in [place(one) for one in outcome.findings]
