"""One fault in a valid file of four claims: it is told at its place, and nothing beside or after it is lost.

The faults are those that other readers of X12 were seen to accept, to stop at, or to lose claims over; those
that must not be told are among them: other terminators, accented names, sibling editions of a guide.
"""

import io
import re
from pathlib import Path

import pytest
from changes import FILES, Change, Outcome, after, changed, checked, place, replaced, without
from loop_views import in_loops
from valid_file import VALID_FILES

from edi_hit.guides import catalogue, read_loops
from edi_hit.x12 import copy, read_events, read_segments

CLAIMS = (FILES / "four-claims.837").read_text()
PAYMENTS = (FILES / "four-payments.835").read_text()

Fault = tuple[str, Change, str, str, int | None, str]
"""What is wrong, the change; the rule, how the segment it is told at begins (of what is missing, the one that
shows it), the element; the claims not touched."""

ALL = "C1 C2 C3 C4"


def but(number: int) -> str:
    """All claims but one."""
    return " ".join(claim for claim in ALL.split() if claim != f"C{number}")


def second_set(text: str) -> str:
    """The set of a file once more in its group, with the same ST02."""
    body = text[text.index("ST*") : text.index("GE*")]
    return text.replace("GE*1", body + "GE*2")


def recoded(character: str) -> Change:
    """Another terminator, on one line."""
    return lambda text: text.replace("\n", "").replace("~", character)


FAULTS: list[Fault] = [
    ("a wrong SE01", replaced("SE*79*", "SE*80*"), "X12-ENV-10", "SE*", 1, ALL),
    ("SE02 is not ST02", replaced("SE*79*0001", "SE*79*0002"), "X12-ENV-10", "SE*", 2, ALL),
    ("ST02 twice in a group", second_set, "X12-ENV-10", "ST*", 2, f"{ALL} {ALL}"),
    ("a wrong IEA01", replaced("IEA*1*", "IEA*3*"), "X12-ENV-07", "IEA*", 1, ALL),
    ("IEA02 is not ISA13", replaced("IEA*1*00", "IEA*1*99"), "X12-ENV-07", "IEA*", 2, ALL),
    ("ISA one character short", replaced("ISA*00* ", "ISA*00*"), "X12-ENV-01", "ISA*", None, ALL),
    ("ISA one character long", replaced("ISA*00*", "ISA*00* "), "X12-ENV-01", "ISA*", None, ALL),
    ("an empty segment", replaced("*C2L1~\n", "*C2L1~~\n"), "X12-ENV-16", "~", None, ALL),
    ("no CLM", without("CLM*C3"), "X12-SEG-03", "HI*ABK:T81", None, but(3)),
    ("no N4 of the billing provider", without("N4*"), "X12-SEG-03", "HL*2", None, ""),
    ("no diagnosis", without("HI*", 1), "X12-SEG-03", "CLM*C2", None, but(1)),
    ("a wrong total", replaced("C1*300.5*", "C1*300.4*"), "X12-837-BAL-01", "CLM*C1", 2, but(1)),
    ("a negative total", replaced("C2*100*", "C2*-100*"), "X12-837-BAL-01", "CLM*C2", 2, but(2)),
    ("a procedure of no form", replaced("S9500", "G9999X"), "X12-SNIP5-HCPCS", "SV1*HC:G9999X", 1, but(3)),
    ("SBR09 is no code", replaced("*CI~", "*ZZZ~"), "X12-ELE-07", "SBR*P********ZZZ", 9, but(3)),
    ("a date that is none", replaced("20240604", "20261340"), "X12-ENV-19", "DTP*472*D8*20261340", 3, but(3)),
    ("a wrong check digit", replaced("1987654328", "1987654327"), "X12-SNIP5-NPI", "NM1*82", 9, but(3)),
    ("two lines of one number", replaced("LX*2~", "LX*1~"), "X12-837-07", "LX*1~\nSV1*HC:J1817", 1, but(1)),
    ("a line number left out", replaced("LX*2~", "LX*3~"), "X12-837-07", "LX*3", 1, but(1)),
    ("a parent that is none", replaced("HL*5*1*", "HL*5*9*"), "X12-837-01", "HL*5", 2, but(4)),
    ("a child that does not come", replaced("22*0~", "22*1~"), "X12-837-01", "HL*2", 4, ALL),
    ("a child not spoken of", replaced("22*1~", "22*0~"), "X12-837-01", "HL*3", 4, ALL),
    ("a segment that is none", after("CLM*C2", "ZZZ*1~"), "X12-STR-03", "ZZZ", None, but(2)),
    ("a pointer to nothing", replaced("0*UN*1***1~", "0*UN*1***9~", 2), "X12-837-11", "SV1*HC:S", 7, but(3)),
    ("a service in 2099", replaced("20240604", "20990604"), "X12-837-20", "DTP*472*D8*2099", 3, but(3)),
    ("an NDC of nine digits", replaced("00409234402", "004092344"), "X12-837-13", "LIN", 3, but(1)),
    ("a diagnosis of no form", replaced("ABK:T8140XA", "ABK:5X"), "X12-SNIP5-ICD10", "HI*ABK:5X", 1, but(3)),
    ("ST03 is not GS08", replaced("01*005010X222A1", "01*005010X222A2"), "X12-ENV-11", "ST*", 3, ALL),
    ("a drug without its quantity", without("CTP*"), "X12-SEG-03", "CLM*C2", None, but(1)),
    ("an amount with an exponent", replaced("*150*UN", "*1e5*UN"), "X12-ENV-18", "SV1*HC:S9500", 2, but(3)),
    ("a place that is none", replaced("C3*150***12", "C3*150***00"), "X12-ELE-07", "CLM*C3", 5, but(3)),
    ("a BHT of no date", replaced("F04*20240611", "F04*20240631"), "X12-ENV-19", "BHT", 4, ""),
]  # fmt: skip

PAYMENT_FAULTS: list[Fault] = [
    ("a claim charge off by 100", replaced("C2*1*100*", "C2*1*200*"), "X12-835-BAL-03", "CLP*C2", 3, ""),
    ("a payment off by 1", replaced("BPR*I*340*", "BPR*I*341*"), "X12-835-BAL-04", "BPR*", 2, ""),
    ("a claim payment off by 10", replaced("300*200*", "300*210*"), "X12-835-BAL-02", "CLP*C1", 4, ""),
    ("a reason that is none", replaced("PR*96*", "PR*9999*"), "X12-SNIP5-CARC", "CAS*PR*9999", 2, ""),
    ("no payee", without("N1*PE"), "X12-SEG-03", "LX*1", None, ""),
]  # fmt: skip


def everything_came(data: bytes) -> None:
    """The copy is the input, and every segment came out, those after the fault too."""
    out = io.BytesIO()
    copy(data, out)
    assert out.getvalue() == data
    tokens = [segment for segment in read_segments(data) if segment.text]
    placed = in_loops(read_loops(read_events(data)))
    body = [segment for segment in tokens if segment.id not in ("ISA", "GS", "GE", "IEA", "TA1")]
    assert [one.segment for one in placed] == body


def told_once(outcome: Outcome, text: str, rule: str, segment: str, element: int | None) -> None:
    """One error, of this rule, at the segment that begins so, at this element."""
    assert [(error.rule, error.element) for error in outcome.errors] == [(rule, element)]
    start = text.rfind("~", 0, outcome.errors[0].offset) + 1
    assert text[start:].lstrip("\n").startswith(segment)


def untouched(outcome: Outcome, original: Outcome) -> str:
    """The accepted claims, which must be what they were in the file without the fault."""
    before = {record.claim_id: record.claim for record in original.claims}
    assert all(record.claim == before[record.claim_id] for record in outcome.claims if record.accepted)
    return " ".join(outcome.accepted)


def names(faults: list[Fault]) -> list[str]:
    return [fault[0] for fault in faults]


def test_the_files_are_valid_to_begin_with(tmp_path: Path) -> None:
    claims = checked(tmp_path, CLAIMS)
    assert (claims.findings, " ".join(claims.accepted)) == ([], ALL)
    payments = checked(tmp_path, PAYMENTS)
    assert (payments.findings, payments.summary.claims) == ([], 4)


@pytest.mark.parametrize("fault", FAULTS, ids=names(FAULTS))
def test_a_fault_of_a_claim_file(tmp_path: Path, fault: Fault) -> None:
    _, change, rule, segment, element, good = fault
    text = changed(CLAIMS, change)
    outcome = checked(tmp_path, text)
    told_once(outcome, text, rule, segment, element)
    assert untouched(outcome, checked(tmp_path, CLAIMS)) == good
    everything_came(text.encode())


@pytest.mark.parametrize("fault", PAYMENT_FAULTS, ids=names(PAYMENT_FAULTS))
def test_a_fault_of_a_remittance(tmp_path: Path, fault: Fault) -> None:
    _, change, rule, segment, element, _ = fault
    text = changed(PAYMENTS, change)
    outcome = checked(tmp_path, text)
    told_once(outcome, text, rule, segment, element)
    assert outcome.summary.claims == 4
    everything_came(text.encode())


@pytest.mark.parametrize("text", [CLAIMS, PAYMENTS], ids=["837", "835"])
@pytest.mark.parametrize("terminator", ["\n", "\r", "|", "!", ">", "'", "]"])
def test_any_terminator_is_good(tmp_path: Path, text: str, terminator: str) -> None:
    data = recoded(terminator)(text)
    outcome = checked(tmp_path, data)
    assert outcome.findings == []
    assert outcome.summary.claims == 4
    everything_came(data.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_an_accented_name_is_a_warning(tmp_path: Path, encoding: str) -> None:
    data = changed(CLAIMS, replaced("BIRCH*LEO", "BÍRCH*LÉO")).encode(encoding)
    outcome = checked(tmp_path, data)
    assert [place(finding) for finding in outcome.findings] == [
        ("X12-ENV-04", "NM1", 3),
        ("X12-ENV-04", "NM1", 4),
    ]
    assert outcome.errors == []
    assert outcome.claims[2].claim is not None
    assert outcome.claims[2].claim.patient is not None
    assert outcome.claims[2].claim.patient.person.last_name == "BÍRCH"
    everything_came(data)


def test_a_byte_order_mark_is_a_warning(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + CLAIMS.encode()
    outcome = checked(tmp_path, data)
    assert [finding.rule for finding in outcome.findings] == ["X12-ENV-04"]
    assert " ".join(outcome.accepted) == ALL
    everything_came(data)


def test_a_separator_at_the_end_is_a_warning(tmp_path: Path) -> None:
    text = changed(CLAIMS, replaced("LX*2~", "LX*2*~"))
    outcome = checked(tmp_path, text)
    assert [place(finding) for finding in outcome.findings] == [("X12-ENV-16", "LX", None)]
    assert " ".join(outcome.accepted) == ALL
    everything_came(text.encode())


def test_a_ta1_between_isa_and_gs_is_in_its_place(tmp_path: Path) -> None:
    text = changed(CLAIMS, replaced("~\nGS*", "~\nTA1*000000001*250616*0900*A*000~\nGS*"))
    outcome = checked(tmp_path, text)
    assert (outcome.findings, " ".join(outcome.accepted)) == ([], ALL)
    everything_came(text.encode())


CUTS = [
    ("in mid segment", "DTP*472*D8*20240604", 10),
    ("between segments", "LX*2~\n", 6),
    ("in GE", "GE*1", 4),
]


@pytest.mark.parametrize(("where", "at", "length"), CUTS, ids=[cut[0] for cut in CUTS])
def test_a_cut_off_file_says_so_and_gives_what_came(tmp_path: Path, where: str, at: str, length: int) -> None:
    text = CLAIMS[: CLAIMS.index(at) + length]
    outcome = checked(tmp_path, text)
    assert "X12-ENV-14" in {finding.rule for finding in outcome.errors}
    assert outcome.summary.exit_code == 3
    came = [claim for claim in ALL.split() if f"CLM*{claim}*" in text]
    assert [record.claim_id for record in outcome.claims] == came
    everything_came(text.encode())


@pytest.mark.parametrize("gap", ["~", "~\n~\n~", "\n\n~\n"])
def test_a_second_interchange_behind_empty_segments_is_read(tmp_path: Path, gap: str) -> None:
    """Valid, then empty segments, then an interchange with a fault: the fault is told."""
    second = changed(CLAIMS, replaced("HC:S9500", "HC:G9999X"))
    text = CLAIMS + gap + second
    outcome = checked(tmp_path, text)
    assert ("X12-SNIP5-HCPCS", "SV1", 1) in [place(finding) for finding in outcome.errors]
    assert {finding.rule for finding in outcome.errors} == {"X12-SNIP5-HCPCS", "X12-ENV-16"}
    assert outcome.accepted == [*ALL.split(), "C1", "C2", "C4"]
    everything_came(text.encode())


SIBLINGS = [(name, sibling) for name, entry in catalogue().items() for sibling in entry.siblings]


@pytest.mark.parametrize(("name", "sibling"), SIBLINGS)
def test_a_sibling_edition_is_read_with_a_warning(tmp_path: Path, name: str, sibling: str) -> None:
    text = (FILES / VALID_FILES[name]).read_text()
    outcome = checked(tmp_path, re.sub(rf"\b{catalogue()[name].id}\b", sibling, text))
    assert [(finding.rule, finding.is_error) for finding in outcome.findings] == [("X12-GUIDE-02", False)]
    assert outcome.summary.claims == checked(tmp_path, text).summary.claims > 0


def test_the_sibling_editions_seen_in_real_files_are_among_them() -> None:
    editions = {sibling.removeprefix("005010") for _, sibling in SIBLINGS}
    assert editions >= {"X222", "X222A2", "X223", "X223A3", "X221", "X231"}
