"""Wrong and missing values: one cause is one finding, at its element; other claims of the file come out."""

import pytest
from claim_text import (
    CLAIM,
    GOOD,
    HEADER,
    LINE,
    PROVIDER,
    SUBSCRIBER,
    after,
    changed,
    file_of,
    record,
    records,
)
from claim_text import told as told_in
from written_back import lost

from edi_hit.claims import ClaimRecord
from edi_hit.rules import Finding

SECOND = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]


def errors(found: ClaimRecord) -> list[Finding]:
    return [finding for finding in found.findings if finding.is_error]


BAD_VALUES = [
    ("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*1e5***12:B:1*Y*A*Y*Y", "X12-ENV-18", "CLM", 2, "IK403 6"),
    ("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*NaN***12:B:1*Y*A*Y*Y", "X12-ENV-18", "CLM", 2, "IK403 6"),
    ("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*1,000***12:B:1*Y*A*Y*Y", "X12-ENV-18", "CLM", 2, "IK403 6"),
    ("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*1.005***12:B:1*Y*A*Y*Y", "X12-ENV-18", "CLM", 2, "IK403 6"),
    ("SV1*HC:J1817*100*UN*50***1", "SV1*HC:J1817*100*UN*5O***1", "X12-ENV-18", "SV1", 4, "IK403 6"),
    ("SV1*HC:J1817*100*UN*50***1", "SV1*HC:J1817*+100*UN*50***1", "X12-ENV-18", "SV1", 2, "IK403 6"),
    ("DTP*472*D8*20250102", "DTP*472*D8*20250231", "X12-ENV-19", "DTP", 3, "IK403 8"),
    ("DTP*472*D8*20250102", "DTP*472*D8*20250102-20250103", "X12-ENV-19", "DTP", 3, "IK403 8"),
    ("DTP*472*RD8*20250101-20250102", "DTP*472*RD8*20250102-20250101", "X12-ENV-19", "DTP", 3, "IK403 8"),
    ("DTP*472*RD8*20250101-20250102", "DTP*472*RD8*20250101", "X12-ENV-19", "DTP", 3, "IK403 8"),
    ("DMG*D8*19480229*F", "DMG*D8*19490229*F", "X12-ENV-19", "DMG", 2, "IK403 8"),
    (
        "BHT*0019*00*B0001*20250103*1200*CH",
        "BHT*0019*00*B0001*20251303*1200*CH",
        "X12-ENV-19",
        "BHT",
        4,
        "IK403 8",
    ),
]


@pytest.mark.parametrize(("old", "new", "rule", "segment_id", "element", "ack"), BAD_VALUES)
def test_a_value_of_another_form(
    old: str, new: str, rule: str, segment_id: str, element: int, ack: str
) -> None:
    segments = changed(old, new)
    data = file_of(*segments, *SECOND)
    first, second = records(data)
    assert not first.accepted
    (finding,) = errors(first)
    assert (finding.rule, finding.segment_id, finding.element) == (rule, segment_id, element)
    value = new.split("*")[element]
    assert finding.value == value
    assert data[finding.offset :].startswith(value.encode())
    assert finding.claim in ("A1", None)
    assert [f for f in told_in(data) if f.is_error] == [finding]
    assert second.claim_id == "A2"
    assert second.accepted == (segment_id not in ("DMG", "BHT"))
    assert value not in finding.message


def test_a_wrong_value_above_a_claim_is_told_once_and_rejects_every_claim_below() -> None:
    """Else the second claim would be paid with the birth date missing."""
    data = file_of(*changed("DMG*D8*19480229*F", "DMG*D8*19490229*F"), *SECOND)
    first, second = records(data)
    assert len([f for f in told_in(data) if f.is_error]) == 1
    assert [f.rule for f in errors(first)] == [f.rule for f in errors(second)] == ["X12-ENV-19"]
    assert not second.accepted


MISSING = [
    ("CLM*A1*300.5***12:B:1*Y*A*Y*Y", ["CLM*A1****12:B:1*Y*A*Y*Y"], "CLM", 2),
    ("SV1*HC:G0069:JA*200.5*UN*1*12**1:2", [], "SV1", None),
    ("SV1*HC:G0069:JA*200.5*UN*1*12**1:2", ["SV1*HC:G0069:JA**UN*1*12**1:2"], "SV1", 2),
    ("SBR*P*18*******MB", [], "SBR", None),
    ("NM1*PR*2*MEDICARE*****PI*15202", [], "NM1", None),
]


@pytest.mark.parametrize(("old", "new", "segment_id", "element"), MISSING)
def test_what_a_claim_cannot_be_read_without(
    old: str, new: list[str], segment_id: str, element: int | None
) -> None:
    data = file_of(*changed(old, *new))
    (found,) = records(data)
    assert not found.accepted
    assert found.claim is None or segment_id == "SV1"
    assert found.claim_id == "A1"
    (finding,) = errors(found)
    assert finding.snip == 2
    assert (finding.segment_id, finding.element) == (segment_id, element)
    assert finding.ack in ("IK304 3", "IK403 1")
    assert [f for f in told_in(data) if f.is_error] == [finding]


def test_a_missing_context_is_one_finding_for_all_its_claims() -> None:
    data = file_of(*changed("NM1*PR*2*MEDICARE*****PI*15202"), *SECOND)
    first, second = records(data)
    assert first.claim is second.claim is None
    assert not second.accepted
    assert len([f for f in told_in(data) if f.is_error]) == 1


def test_a_claim_without_lines() -> None:
    found = record(*HEADER, *PROVIDER, *SUBSCRIBER, *CLAIM)
    assert found.claim is None
    (finding,) = errors(found)
    assert finding.loop == "2400"


def test_two_faults_are_two_findings() -> None:
    segments = changed("SV1*HC:G0069:JA*200.5*UN*1*12**1:2", "SV1*HC:G0069:JA*2e2*UN*1*12**1:2")
    segments[segments.index("DTP*472*D8*20250102")] = "DTP*472*D8*20250199"
    found = errors(record(*segments))
    assert sorted(f.rule for f in found) == ["X12-ENV-18", "X12-ENV-19"]


def test_the_same_fault_in_two_lines_is_two_findings() -> None:
    segments = [s.replace("*200.5*", "*X*").replace("*100*", "*X*") for s in GOOD]
    found = errors(record(*segments))
    assert [(f.rule, f.segment_id, f.element) for f in found] == [("X12-ENV-18", "SV1", 2)] * 2
    assert found[0].offset != found[1].offset


BAD_REPEATED = [
    (["CAS*CO*45*1O"], 3),
    (["CAS*CO*45*10**97*x"], 6),
    (["CAS*CO*45*10*X"], 4),
    (["CAS*CO*45"], 3),
]


@pytest.mark.parametrize(("cas", "element"), BAD_REPEATED)
def test_a_wrong_amount_of_an_adjustment(cas: list[str], element: int) -> None:
    other = ["SBR*S*18*******CI", *cas, "OI***Y***Y", "NM1*IL*1*M*R****MI*X1", "NM1*PR*2*P*****PI*P2"]
    found = record(*after(CLAIM[1], *other))
    places = {(f.segment_id, f.element) for f in errors(found)}
    assert places == {("CAS", element)}
    assert not found.accepted


def test_a_reference_without_its_value() -> None:
    found = errors(record(*after(LINE[2], "REF*G1")))
    assert {(f.segment_id, f.element, f.ack) for f in found} == {("REF", 2, "IK403 1")}


@pytest.mark.parametrize("old", GOOD)
def test_any_one_segment_may_be_missing(old: str) -> None:
    """Whatever is missing, reading goes on, and the claim is not accepted in silence unless it may be."""
    segments = [segment for segment in GOOD if segment != old]
    found = records(file_of(*segments))
    optional = old.split("*")[0] in ("PRV", "REF", "DTP", "N3", "N4", "DMG") and not old.startswith("REF*EI")
    if not all(claim.accepted for claim in found) or not found:
        return
    assert optional or old.startswith(("LX*2", "SV1*HC:J1817"))


@pytest.mark.parametrize("old", GOOD)
def test_any_one_element_may_be_empty_or_strange(old: str) -> None:
    """No value makes reading raise; what is accepted is written back whole, the strange value too."""
    elements = old.split("*")
    for at in range(1, len(elements) + 1):
        for value in ("", "\x01", "A^B", "A:B:C:D:E:F:G:H", ":", "9" * 300, "Ñ", "-", "1e5", "ZZ", "  "):
            segments = changed(old, "*".join([*elements[:at], value, *elements[at + 1 :]]))
            for found in records(file_of(*segments)):
                assert found.accepted == (found.claim is not None and not errors(found))
                if found.claim is not None and found.accepted:
                    assert lost(found) == []
