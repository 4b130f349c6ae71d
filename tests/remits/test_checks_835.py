"""Each rule of SNIP types 3 to 5 for an 835: its bad case gives that finding at that place, and no other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from snip_findings import Place, assert_right, checked_payments, guide_errors, only_fault, told
from x12_text import interchange, transaction

from edi_hit.rules import load_rules

E, W = "error", "warning"
BPR = "BPR*C*220.5*C*CHK************20240315"
PAYEE, PAYEE_NUMBER, TS3 = (
    "N1*PE*HOME INFUSION*XX*1234567893",
    "REF*TJ*311234567",
    "TS3*1234567893*12*20241231*2*400",
)
HEADER = [
    BPR,
    "TRN*1*T1*1512345678",
    "DTM*405*20240315",
    "N1*PR*MEDICARE",
    "N3*1 PAYER ST",
    "N4*DAYTON*OH*45402",
    "PER*BL*OFFICE*TE*6145550100",
    PAYEE,
    PAYEE_NUMBER,
    "LX*1",
    TS3,
]
CLP, PATIENT = "CLP*A1*1*300*200.5*19.5*MB*ICN1*12*1", "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73"
RENDERING = "NM1*82*1*OKAFOR*ADA****XX*1472583693"
SVC_1, SVC_2 = "SVC*HC:G0069:JA*200*120.5**1", "SVC*HC:J1817*100*80**50"
CAS_1, CAS_PR, CAS_2 = "CAS*CO*45*60", "CAS*PR*2*19.5", "CAS*CO*45*10*2*253*10"
LINE = [SVC_1, "DTM*472*20240102", CAS_1, CAS_PR, "REF*6R*L1", "AMT*B6*140"]
LINE_2 = [
    SVC_2,
    "DTM*150*20240101",
    "DTM*151*20240102",
    CAS_2,
    "REF*6R*L2",
    "REF*HPI*1003000126",
    "LQ*HE*N381",
]
CLAIM = [CLP, PATIENT, RENDERING, "MOA***MA01", *LINE, *LINE_2]
CLP_2 = "CLP*A2*1*100*50**MB*ICN2*12*1"
PATIENT_2 = "NM1*QC*1*OAK*IVY****MI*1EG4TE5MK74"
CLAIM_2 = [CLP_2, "CAS*CO*45*50", PATIENT_2]
PLB = "PLB*1234567893*20241231*WO:ICN9*30"
GOOD = [*HEADER, *CLAIM, *CLAIM_2, PLB]


def file_of(*segments: str) -> bytes:
    return interchange(*transaction(*segments, kind="835", guide="005010X221A1"))


def changed(*pairs: tuple[str, str]) -> list[str]:
    """The good segments with some replaced (each stands there once); `~` parts several, "" leaves one out."""
    out = list(GOOD)
    for old, new in pairs:
        assert out.count(old) == 1, old
        out[out.index(old)] = new
    return [part for segment in out for part in segment.split("~") if part]


SIX = "CAS*CO*45*10**253*2**97*3**24*5**50*0.5**B7*39.5"
GOOD_FILES = {
    "the base": GOOD,
    "a second CAS after a full one": changed(
        (CAS_1, SIX), (CAS_PR, "CAS*CO*45*19.5"), (CLP, CLP.replace("*19.5*", "**"))
    ),
    "a reversal": changed(
        (CLP_2, "CLP*A2*22*-100*-50**MB*ICN2*12*1"),
        ("CAS*CO*45*50", "CAS*CO*45*-50"),
        (BPR, BPR.replace("220.5", "120.5")),
        (TS3, TS3.replace("400", "200")),
    ),
    "a reversal of a patient's share": changed(
        (CLP_2, "CLP*A2*22*-100*-50**MB*ICN2*12*1"),
        ("CAS*CO*45*50", "CAS*PR*1*-50"),
        (BPR, BPR.replace("220.5", "120.5")),
        (TS3, TS3.replace("400", "200")),
    ),
    "a second payer": changed((CLP_2, CLP_2.replace("*1*100", "*2*100"))),
    "nothing paid, by notification": changed(
        (BPR, "BPR*H*0*C*NON************20240315"), (PLB, PLB.replace("*30", "*250.5"))
    ),
    "an institutional claim with part of its lines": changed(
        (CLP, "CLP*A1*1*350*200.5*19.5*MA*ICN1*12*1~CAS*CO*45*50"),
        (SVC_2, "SVC*NU:0250*100*80**50"),
        (TS3, TS3.replace("400", "450")),
    ),
    "an inpatient claim with part of its lines": changed(
        (CLP, "CLP*A1*1*350*200.5*19.5*MA*ICN1*12*1~CAS*CO*45*50"),
        ("MOA***MA01", "MIA*0****MA01"),
        (TS3, TS3.replace("400", "450")),
    ),
    "a reason that needs a remark, with one": changed(
        (CAS_2, "CAS*CO*16*20"), ("LQ*HE*N381", "LQ*HE*N381~LQ*HE*M51")
    ),
    "a reason that needs a remark, with one of the claim": changed(
        ("CAS*CO*45*50", "CAS*CO*16*50"), (PATIENT_2, f"{PATIENT_2}~MOA***M51")
    ),
    "no line returns a control number": changed(("REF*6R*L1", ""), ("REF*6R*L2", "")),
    "no provider adjustment": changed((PLB, ""), (BPR, BPR.replace("220.5", "250.5"))),
}  # fmt: skip

BAD: dict[str, tuple[list[str], Place]] = {
    "another payment of a line": (
        changed((SVC_1, SVC_1.replace("120.5", "120"))),
        ("X12-835-BAL-01", E, "SVC", 3, None, "120"),
    ),
    "another charge of a line": (
        changed((SVC_1, SVC_1.replace("*200*", "*201*"))),
        ("X12-835-BAL-01", E, "SVC", 3, None, "120.5"),
    ),
    "another adjustment of a line": (
        changed((CAS_1, "CAS*CO*45*61")),
        ("X12-835-BAL-01", E, "SVC", 3, None, "120.5"),
    ),
    "another share of the patient": (
        changed((CAS_PR, "CAS*PR*2*20.5")),
        ("X12-835-BAL-01", E, "SVC", 3, None, "120.5"),
    ),
    "another payment of a claim": (
        changed((CLP, CLP.replace("200.5", "201.5"))),
        ("X12-835-BAL-02", E, "CLP", 4, None, "201.5"),
    ),
    "another adjustment of a claim": (
        changed(("CAS*CO*45*50", "CAS*CO*45*40")),
        ("X12-835-BAL-02", E, "CLP", 4, None, "50"),
    ),
    "another charge of a claim": (
        changed((CLP, CLP.replace("*300*", "*310*")), (TS3, TS3.replace("400", "410"))),
        ("X12-835-BAL-03", E, "CLP", 3, None, "310"),
    ),
    "lines that lack a charge": (
        changed(
            (CLP, CLP.replace("*300*", "*310*") + "~CAS*CO*45*10"), (TS3, TS3.replace("400", "410"))
        ),
        ("X12-835-BAL-03", E, "CLP", 3, None, "310"),
    ),
    "another total": (
        changed((BPR, BPR.replace("220.5", "221"))),
        ("X12-835-BAL-04", E, "BPR", 2, None, "221"),
    ),
    "a provider adjustment of the other sign": (
        changed((PLB, PLB.replace("*30", "*-30"))),
        ("X12-835-BAL-04", E, "BPR", 2, None, "220.5"),
    ),
    "a negative total": (
        changed((BPR, BPR.replace("220.5", "-29.5")), (PLB, PLB.replace("*30", "*280"))),
        ("X12-835-BAL-05", E, "BPR", 2, None, "-29.5"),
    ),
    "a notification that pays": (
        changed((BPR, BPR.replace("BPR*C", "BPR*H"))),
        ("X12-835-BAL-05", E, "BPR", 1, None, "H"),
    ),
    "a check over nothing": (
        changed((BPR, BPR.replace("220.5", "0")), (PLB, PLB.replace("*30", "*250.5"))),
        ("X12-835-BAL-05", W, "BPR", 4, None, "CHK"),
    ),
    "another patient responsibility": (
        changed((CLP, CLP.replace("*19.5*", "*18.5*"))),
        ("X12-835-BAL-06", W, "CLP", 5, None, "18.5"),
    ),
    "no patient responsibility": (
        changed((CLP, CLP.replace("*19.5*", "**"))),
        ("X12-835-BAL-06", W, "CLP", 5, None, None),
    ),
    "another number of claims": (
        changed((TS3, TS3.replace("*2*", "*3*"))),
        ("X12-835-BAL-08", W, "TS3", 4, None, "3"),
    ),
    "another sum of charges": (
        changed((TS3, TS3.replace("400", "401"))),
        ("X12-835-BAL-08", W, "TS3", 5, None, "401"),
    ),
    "a reversal that is not negative": (
        changed((CLP_2, CLP_2.replace("*1*100", "*22*100"))),
        ("X12-835-BAL-10", E, "CLP", 3, None, "100"),
    ),
    "an unknown patient paid": (
        changed((CLP_2, CLP_2.replace("*1*100", "*4*100"))),
        ("X12-835-04", E, "CLP", 2, None, "4"),
    ),
    "two CAS of a group": (
        changed((CAS_1, "CAS*CO*45*50~CAS*CO*253*10")),
        ("X12-835-06", W, "CAS", 1, None, "CO"),
    ),
    "a gap in a CAS": (
        changed((CAS_2, "CAS*CO*45*10*2****253*10")),
        ("X12-835-06", W, "CAS", 8, None, "253"),
    ),
    "an adjustment by zero": (
        changed((CAS_2, "CAS*CO*45*20**253*0")),
        ("X12-835-06", W, "CAS", 6, None, "0"),
    ),
    "a reason without its remark": (
        changed((CAS_1, "CAS*CO*16*60")),
        ("X12-835-07", W, "CAS", 2, None, "16"),
    ),
    "a reason with an alert only": (
        changed((CAS_1, "CAS*CO*16*60"), ("AMT*B6*140", "AMT*B6*140~LQ*HE*M4")),
        ("X12-835-07", W, "CAS", 2, None, "16"),
    ),
    "a day and a period": (
        changed(("DTM*472*20240102", "DTM*472*20240102~DTM*151*20240103")),
        ("X12-835-11", E, "DTM", 1, None, "151"),
    ),
    "a period that ends first": (
        changed(("DTM*151*20240102", "DTM*151*20231231")),
        ("X12-835-11", E, "DTM", 2, None, "20231231"),
    ),
    "a line without its control number": (
        changed(("REF*6R*L2", "")),
        ("X12-835-12", W, "SVC", None, None, None),
    ),
    "an unknown reason": (
        changed((CAS_1, "CAS*CO*999*60")),
        ("X12-SNIP5-CARC", E, "CAS", 2, None, "999"),
    ),
    "an unknown reason past the list": (
        changed((CAS_1, "CAS*CO*999*60"), ("DTM*405*20240315", "DTM*405*20250315")),
        ("X12-SNIP5-CARC", W, "CAS", 2, None, "999"),
    ),
    "an unknown reason, the date of the payment past the list": (
        changed(
            (CAS_1, "CAS*CO*999*60"),
            ("DTM*405*20240315", ""),
            (BPR, BPR.replace("20240315", "20250315")),
        ),
        ("X12-SNIP5-CARC", W, "CAS", 2, None, "999"),
    ),
    "a stopped reason": (
        changed((CAS_2, "CAS*CO*45*10*2*A7*10")),
        ("X12-SNIP5-CARC", E, "CAS", 5, None, "A7"),
    ),
    "a reason of another group": (
        changed((CAS_1, "CAS*CO*23*60")),
        ("X12-SNIP5-CARC", W, "CAS", 2, None, "23"),
    ),
    "an unknown remark": (
        changed(("LQ*HE*N381", "LQ*HE*N38199")),
        ("X12-SNIP5-RARC", E, "LQ", 2, None, "N38199"),
    ),
    "a stopped remark": (
        changed(("LQ*HE*N381", "LQ*HE*N14")),
        ("X12-SNIP5-RARC", E, "LQ", 2, None, "N14"),
    ),
    "a stopped remark of the claim": (
        changed(("MOA***MA01", "MOA***MA01*MA03")),
        ("X12-SNIP5-RARC", E, "MOA", 4, None, "MA03"),
    ),
    "a payee's NPI": (
        changed((PAYEE, PAYEE[:-1] + "4")),
        ("X12-SNIP5-NPI", E, "N1", 4, None, "1234567894"),
    ),
    "a rendering provider's NPI": (
        changed((RENDERING, RENDERING[:-1] + "4")),
        ("X12-SNIP5-NPI", E, "NM1", 9, None, "1472583694"),
    ),
    "a line's NPI": (
        changed(("REF*HPI*1003000126", "REF*HPI*1003000127")),
        ("X12-SNIP5-NPI", E, "REF", 2, None, "1003000127"),
    ),
    "a payee's tax number": (
        changed((PAYEE, "N1*PE*HOME INFUSION*FI*31123456")),
        ("X12-SNIP5-EIN", E, "N1", 4, None, "31123456"),
    ),
    "a payee's other tax number": (
        changed((PAYEE_NUMBER, "REF*TJ*31-1234567")),
        ("X12-SNIP5-EIN", W, "REF", 2, None, "31-1234567"),
    ),
    "a payer's ZIP code": (
        changed(("N4*DAYTON*OH*45402", "N4*DAYTON*OH*454021")),
        ("X12-SNIP5-ZIP", E, "N4", 3, None, "454021"),
    ),
    "a paid procedure of no form": (
        changed((SVC_2, SVC_2.replace("J1817", "J181"))),
        ("X12-SNIP5-HCPCS", E, "SVC", 1, 2, "J181"),
    ),
    "a submitted procedure of no form": (
        changed((SVC_2, SVC_2 + "*HC:J18177")),
        ("X12-SNIP5-HCPCS", E, "SVC", 6, 2, "J18177"),
    ),
    "a modifier of a sign": (
        changed((SVC_1, SVC_1.replace(":JA", ":J-"))),
        ("X12-SNIP5-MODIFIER", E, "SVC", 1, 3, "J-"),
    ),
    "three decimals": (
        changed(("AMT*B6*140", "AMT*B6*140.125")),
        ("X12-ENV-18", E, "AMT", 2, None, "140.125"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", GOOD_FILES)
def test_nothing_is_found_where_nothing_is_wrong(what: str) -> None:
    assert_right(file_of(*GOOD_FILES[what]), checked_payments)


@pytest.mark.parametrize("what", BAD)
def test_the_fault_and_nothing_else_is_found(what: str) -> None:
    segments, expected = BAD[what]
    found = only_fault(file_of(*segments), checked_payments, expected)
    assert found.ack in ("IK403 I12", "IK304 I6")


def test_every_rule_for_remittances_has_a_bad_case() -> None:
    declared = set(load_rules("edi_hit.remits.checks")) | set(load_rules("edi_hit.mapping.checks"))
    tried = {expected[0] for _, expected in BAD.values()}
    assert declared - tried == set()
    assert tried - declared == {"X12-ENV-18"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CLP, CLP.replace("200.5", "2OO.5")),
        (SVC_1, SVC_1.replace("120.5", "120.5.1")),
        (CAS_1, "CAS*CO*45*"),
        (CAS_PR, "CAS*PR*2*1e1"),
        (PLB, PLB.replace("*30", "*3O")),
        (BPR, BPR.replace("220.5", "")),
    ],
)
def test_no_sum_is_judged_where_an_amount_cannot_be_read(old: str, new: str) -> None:
    data = file_of(*changed((old, new)))
    assert guide_errors(data)
    assert told(checked_payments(data)) == []


def test_a_header_is_told_once_and_rejects_all_claim_payments() -> None:
    checked = checked_payments(file_of(*changed((PAYEE, PAYEE[:-1] + "4"))))
    views = [([f.rule for f in c.told], [f.rule for f in c.known], c.rejects) for c in checked]
    npi = "X12-SNIP5-NPI"
    assert views == [([npi], [], True), ([], [npi], True), ([], [], False)]
    assert told(checked)[0].claim is None


def test_a_set_without_claim_payments_is_checked_at_its_end() -> None:
    header = [segment for segment in HEADER if not segment.startswith(("LX", "TS3"))]
    data = file_of(*header, "PLB*1234567893*20241231*WO:ICN9*-220.5")
    assert told(checked_payments(data)) == []
    short = file_of(*header, "PLB*1234567893*20241231*WO:ICN9*-220")
    assert [finding.rule for finding in told(checked_payments(short))] == ["X12-835-BAL-04"]
    assert told(checked_payments(file_of(*header))) == []
    bad_payee = [segment.replace("1234567893", "1234567894") for segment in header]
    assert [finding.rule for finding in told(checked_payments(file_of(*bad_payee)))] == ["X12-SNIP5-NPI"]


def test_each_group_and_each_set_has_its_own_sums() -> None:
    claims = [*CLAIM, "LX*2", TS3.replace("*2*400", "*1*100"), *CLAIM_2]
    one = [*HEADER[:-1], TS3.replace("*2*400", "*1*300"), *claims, PLB]
    first = transaction(*one, kind="835", guide="005010X221A1")[:-2]
    second = [s.replace("0001", "0002") if s[:2] in ("ST", "SE") else s for s in first[1:]]
    data = interchange(*first, *second, "GE*2*1", "IEA*1*000000001")
    assert guide_errors(data) == []
    assert told(checked_payments(data)) == []


def test_a_cut_off_set_is_not_out_of_balance() -> None:
    data = file_of(*GOOD)
    cut = data[: data.index(b"CLP*A2")]
    assert "X12-ENV-14" in {finding.rule for finding in guide_errors(cut)}
    assert told(checked_payments(cut)) == []


PIECES = st.sampled_from(
    ["", "*", ":", "~", "^", "9", "-", ".", "A", " ", "20250102", "XX", "*~", "CAS*CO*45*1~"]
)
PLACES = st.tuples(st.integers(0, 100_000), st.integers(0, 12), PIECES)


@settings(max_examples=200, deadline=None)
@given(changes=st.lists(PLACES, min_size=1, max_size=8))
def test_no_file_makes_the_checks_raise(changes: list[tuple[int, int, str]]) -> None:
    text = "~".join(GOOD)
    for at, length, piece in changes:
        at %= len(text)
        text = text[:at] + piece + text[at + length :]
    for checked in checked_payments(file_of(*text.split("~"))):
        assert checked.rejects == any(finding.is_error for finding in checked.findings)
