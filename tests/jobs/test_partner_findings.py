"""What a trading partner's profile finds in a file: at its place, and as it is acknowledged."""

from datetime import date
from pathlib import Path

import pytest
from claim_text import CLAIM, GOOD, LINE, SUBSCRIBER, after, changed, file_of
from hypothesis import given
from hypothesis import strategies as st
from partner_profiles import partner, rule
from x12_text import in_delimiters, isa, transaction

from edi_hit.claims import claim_digest
from edi_hit.guides import Unit, read_loops
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import find_inputs
from edi_hit.jobs.partner_findings import KnownBefore
from edi_hit.jobs.validate import FileCheck
from edi_hit.profiles import Partner
from edi_hit.rules import Finding
from edi_hit.x12 import read_events

TWO_CLAIMS = [*GOOD, "CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]


def found(folder: Path, data: bytes, against: Partner, known: KnownBefore | None = None) -> list[Finding]:
    path = folder / "a.837"
    path.write_bytes(data)
    (item,) = find_inputs([str(path)])
    return list(FileCheck(item, CheckOptions(partner=against, known=known)).findings())


def places(findings: list[Finding]) -> list[tuple[str, str | None, int | None, str | None, str | None]]:
    return [(f.rule, f.segment_id, f.element, f.loop, f.claim) for f in findings]


def test_the_good_file_holds_a_profile_without_rules(tmp_path: Path) -> None:
    assert found(tmp_path, file_of(*GOOD), partner(tmp_path, 'usage = "T"')) == []


RULES = [
    ("required", "2300", "REF*D9", "", ("CLM", None, "2300", "A1")),
    ("required", "2310B", "", "", ("CLM", None, "2300", "A1")),
    ("required", "2400", "DTP*607", "", ("LX", None, "2400", "A1")),
    ("required", "2400", "SV1", "element = 9", ("SV1", 9, "2400", "A1")),
    ("required", "1000A", "NM1*41", "element = 4", ("NM1", 4, "1000A", None)),
    ("required", "2010AA", "REF*0B", "", ("NM1", None, "2010AA", None)),
    ("required", "2010AB", "", "", ("HL", None, "2000A", None)),
    ("forbidden", "2010BB", "", "", ("NM1", None, "2010BB", None)),
    ("forbidden", "2400", "REF*6R", "", ("REF", None, "2400", "A1")),
    ("forbidden", "2300", "CLM", "element = 5\ncomponent = 2", ("CLM", 5, "2300", "A1")),
    ("allowed", "2000B", "SBR", 'element = 9\nvalues = ["CI", "BL"]', ("SBR", 9, "2000B", None)),
    ("allowed", "2300", "CLM", 'element = 5\ncomponent = 1\nvalues = ["11"]', ("CLM", 5, "2300", "A1")),
]


@pytest.mark.parametrize(("kind", "loop", "segment", "more", "place"), RULES)
def test_a_rule_is_told_at_its_place(
    tmp_path: Path, kind: str, loop: str, segment: str, more: str, place: tuple[object, ...]
) -> None:
    against = partner(tmp_path, rule(kind, loop, segment, more))
    told = found(tmp_path, file_of(*GOOD), against)
    assert {("OWN-1", *place)} == set(places(told))
    assert {(f.snip, f.message, f.source) for f in told} == {(7, "not agreed", "a test")}
    assert len(told) == (2 if loop == "2400" else 1)


@pytest.mark.parametrize(
    ("kind", "loop", "segment", "more"),
    [
        ("required", "2300", "CLM", "element = 1"),
        ("required", "2010BB", "", ""),
        ("required", "2310B", "NM1*82", ""),
        ("forbidden", "2300", "PWK", ""),
        ("forbidden", "2010AB", "", ""),
        ("allowed", "2000B", "SBR", 'element = 9\nvalues = ["MB"]'),
        ("allowed", "2000B", "SBR", 'element = 3\nvalues = ["X"]'),
        ("required", "2300", "PWK", 'guides = ["837I"]'),
    ],
)
def test_a_rule_that_is_kept_is_not_told(
    tmp_path: Path, kind: str, loop: str, segment: str, more: str
) -> None:
    assert found(tmp_path, file_of(*GOOD), partner(tmp_path, rule(kind, loop, segment, more))) == []


def test_a_rule_above_claims_is_told_once_and_holds_for_each(tmp_path: Path) -> None:
    text = rule("allowed", "2000B", "SBR", 'element = 9\nvalues = ["CI"]\nstatus = "A7:21"')
    path = tmp_path / "a.837"
    path.write_bytes(file_of(*TWO_CLAIMS))
    (item,) = find_inputs([str(path)])
    acks = Acknowledger(tmp_path, date(2025, 8, 1))
    check = FileCheck(item, CheckOptions(partner=partner(tmp_path, text)), acks)
    assert [finding.rule for finding in check.findings()] == ["OWN-1"]
    told = check.summary().acknowledgment
    assert told is not None
    assert (told.sets_accepted, told.claims_rejected) == (1, 2)
    assert (tmp_path / "a.277ca").read_text().count("STC*A7:21*") == 2


def test_the_guide_s_own_error_is_not_told_twice(tmp_path: Path) -> None:
    text = rule("allowed", "2000B", "SBR", 'element = 9\nvalues = ["CI"]')
    data = file_of(*changed(SUBSCRIBER[1], "SBR*P*18*******Q?"))
    told = found(tmp_path, data, partner(tmp_path, text))
    assert "OWN-1" not in {finding.rule for finding in told}
    assert told


def raw(*segments: str, **header: str) -> bytes:
    return (isa(**header) + in_delimiters(segments)).encode()


@pytest.mark.parametrize(
    ("header", "text", "rule_id", "element", "ack"),
    [
        ({"e5": "01"}, "", "X12-PARTNER-01", 5, "TA1 005"),
        ({"e6": "OTHER".ljust(15)}, "", "X12-PARTNER-01", 6, "TA1 006"),
        ({"e7": "01"}, "", "X12-PARTNER-01", 7, "TA1 007"),
        ({"e8": "OTHER".ljust(15)}, "", "X12-PARTNER-01", 8, "TA1 008"),
        ({}, 'usage = "P"', "X12-PARTNER-02", 15, "TA1 020"),
    ],
)
def test_an_interchange_of_others(
    tmp_path: Path, header: dict[str, str], text: str, rule_id: str, element: int, ack: str
) -> None:
    (told,) = found(tmp_path, raw(*transaction(*GOOD), **header), partner(tmp_path, text))
    assert (told.rule, told.segment_id, told.element, told.ack) == (rule_id, "ISA", element, ack)


def test_a_guide_that_was_not_agreed(tmp_path: Path) -> None:
    (told,) = found(tmp_path, file_of(*GOOD), partner(tmp_path, 'guides = ["835"]'))
    assert (told.rule, told.segment_id, told.element, told.ack) == ("X12-PARTNER-04", "ST", 3, "IK502 I6")


def test_more_claims_than_agreed_are_told_once(tmp_path: Path) -> None:
    three = [*TWO_CLAIMS, "CLM*A3*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]
    against = partner(tmp_path, "\n[limits]\nclaims_per_set = 1")
    (told,) = found(tmp_path, file_of(*three), against)
    assert (told.rule, told.segment_id, told.claim) == ("X12-PARTNER-05", "CLM", None)
    assert found(tmp_path, file_of(*GOOD), against) == []


def test_what_came_before_is_told(tmp_path: Path) -> None:
    against = partner(tmp_path, "\n[duplicates]\nclaim_days = 30")
    seen: list[str] = []
    known = KnownBefore(
        interchange=lambda found: found.control_number == "000000001",
        claim=lambda digest: bool(seen.append(digest)) or len(seen) == 2,
    )
    first, second = found(tmp_path, file_of(*TWO_CLAIMS), against, known)
    assert (first.rule, first.element, first.ack) == ("X12-PARTNER-03", 13, "TA1 025")
    assert (second.rule, second.claim, second.ack, second.value) == (
        "X12-PARTNER-06",
        "A2",
        "STC A3:54",
        "A2",
    )
    assert len(set(seen)) == 2


def digests(*segments: str) -> list[str | None]:
    units = (event for event in read_loops(read_events(file_of(*segments))) if isinstance(event, Unit))
    return [claim_digest(unit) for unit in units]


@pytest.mark.parametrize(
    "other",
    [
        changed(CLAIM[0], CLAIM[0].replace("A1", "A9")),
        changed(CLAIM[0], CLAIM[0].replace("12:B:1", "12:B:7")),
        changed("DTP*472*D8*20250102", "DTP*472*D8*20250103"),
        changed(LINE[1], LINE[1].replace("UN*1*", "UN*2*")),
        changed(SUBSCRIBER[2], SUBSCRIBER[2].replace("1EG4TE5MK73", "1EG4TE5MK74")),
        changed("NM1*85*2*HOME INFUSION PHARMACY*****XX*1234567893", "NM1*85*2*HOME*****XX*1234567893"),
    ],
)
def test_another_claim_has_another_digest(other: list[str]) -> None:
    assert digests(*other) != digests(*GOOD)


@given(st.sampled_from(["REF*D9*1", "NTE*ADD*AGAIN"]))
def test_what_does_not_make_a_claim_does_not_change_its_digest(more: str) -> None:
    assert digests(*after(CLAIM[0], more)) == digests(*GOOD)


def test_a_payment_has_no_digest() -> None:
    data = (Path(__file__).parents[1] / "files" / "four-payments.835").read_bytes()
    units = [event for event in read_loops(read_events(data)) if isinstance(event, Unit)]
    assert {claim_digest(unit) for unit in units} == {None}
