"""What stands in the wrong place is one finding, taken where it belongs, and never touches its neighbours."""

import pytest
from claim_text import CLAIM, GOOD, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, after, changed, file_of
from loop_views import placed
from x12_text import findings_of, interchange, transaction

from edi_hit.claims import ClaimRecord, read_claims
from edi_hit.guides import Unit, read_loops
from edi_hit.x12 import read_events, read_segments

SECOND = ["CLM*A2*200.5***12:B:1*Y*A*Y*Y", CLAIM[1], *LINE]


def claims_in(*segments: str) -> list[ClaimRecord]:
    return [event for event in read_claims(file_of(*segments)) if isinstance(event, ClaimRecord)]


def told(*segments: str) -> list[tuple[str, str | None, str | None]]:
    found = findings_of(read_loops(read_events(file_of(*segments))))
    return [(finding.rule, finding.segment_id, finding.loop) for finding in found]


STRAY = [
    "PRV*BI*PXC*3336H0001X",
    "CUR*85*USD",
    "REF*EI*311234567",
    "DMG*D8*19480229*F",
    "NM1*IL*1*OTHER*NAME****MI*X1",
    "NM1*85*2*OTHER PHARMACY*****XX*1234567893",
    "NM1*40*2*RECEIVER*****46*1",
    "BHT*0019*00*B0001*20250103*1200*CH",
    "PAT*19",
    "DTP*431*D8*20250101",
    "HI*BP:00104",
    "AMT*F5*10",
    "ZZZ*1",
]


@pytest.mark.parametrize("stray", STRAY)
def test_a_stray_segment_in_a_line_ends_nothing(stray: str) -> None:
    """The line goes on after it, the claim keeps its lines, and the next claim is untouched."""
    segments = [*after("DTP*472*D8*20250102", stray), *SECOND]
    first, second = claims_in(*segments)
    assert [(r.claim_id, len([c for c in r.loop.loops if c.id == "2400"])) for r in (first, second)] == [
        ("A1", 2),
        ("A2", 1),
    ]
    assert first.claim is not None
    assert [line.control_number for line in first.claim.lines] == ["L1", "L2"]
    assert second.accepted
    assert second.claim is not None
    assert second.claim.billing_provider == first.claim.billing_provider
    assert first.claim.billing_provider.unmapped == ()
    assert 1 <= len([f for f in first.findings if f.is_error]) <= 3
    data = file_of(*segments)
    places = placed(read_loops(read_events(data)))
    body = [s.index for s in read_segments(data) if s.id not in ("ISA", "GS", "GE", "IEA")]
    assert sorted(places) == body


OUT_OF_ORDER = [
    (after("HI*ABK:E10A*ABF:I10", "REF*G1*AUTH"), "REF", "2300"),
    (after("REF*6R*L2", "DTP*431*D8*20250101"), "DTP", "2300"),
    (after("REF*6R*L2", "NM1*82*1*A*B****XX*1234567893", "REF*G1*AUTH"), "REF", "2400"),
    (after("N4*DAYTON*OH*454021111", "SBR*P*18*******MB"), "SBR", "2000B"),
]


@pytest.mark.parametrize(("segments", "segment_id", "loop"), OUT_OF_ORDER)
def test_a_segment_out_of_order_is_taken_where_it_belongs(
    segments: list[str], segment_id: str, loop: str
) -> None:
    assert told(*segments)[0] == ("X12-SEG-07", segment_id, loop)


def test_a_claim_date_after_the_lines_is_the_claim_s() -> None:
    (found,) = claims_in(*after("REF*6R*L2", "DTP*431*D8*20250101"))
    assert found.claim is not None
    assert found.claim.illness_onset_on is not None
    assert [len(line.unmapped) for line in found.claim.lines] == [0, 0]


def test_a_billing_provider_s_taxonomy_after_his_name() -> None:
    segments = [s for s in GOOD if not s.startswith("PRV")]
    segments.insert(segments.index("REF*EI*311234567") + 1, "PRV*BI*PXC*3336H0001X")
    assert told(*segments) == [("X12-SEG-07", "PRV", "2000A")]
    (found,) = claims_in(*segments)
    assert found.claim is not None
    assert found.claim.billing_provider.taxonomy == "3336H0001X"
    assert found.claim.subscriber.sequence == "P"


def test_a_claim_without_its_subscriber_level() -> None:
    """HL*22 is missing: the claim comes out, and the finding says what is missing."""
    segments = changed("HL*2*1*22*0")
    (found,) = claims_in(*segments)
    assert found.claim_id == "A1"
    assert not found.accepted
    assert ("X12-SEG-03", "HL", "2000B") in told(*segments)


def test_claims_without_subscriber_and_level() -> None:
    segments = [*HEADER, *PROVIDER, *CLAIM, *LINE, *LINE_2, *SECOND]
    found = claims_in(*segments)
    assert [record.claim_id for record in found] == ["A1", "A2"]
    assert not any(record.accepted for record in found)


def test_a_service_line_without_lx() -> None:
    segments = changed("LX*2")
    (found,) = claims_in(*segments)
    assert not found.accepted
    assert found.claim is not None
    assert found.claim.lines[0].control_number == "L1"


REMITTANCE = [
    *("BPR*I*150*C*NON************20250110", "TRN*1*T1*1310000001", "N1*PR*MAC J15", "N3*1 PAYER ST"),
    *("N4*COLUMBUS*OH*43215", "PER*BL*HELP*TE*6145550100", "N1*PE*HOME INFUSION*XX*1234567893"),
]
PAYMENT = [
    "CLP*A1*1*100*100**MB*ICN1*12*1",
    "NM1*QC*1*MAPLE*ROSE",
    "SVC*HC:G0069*100*100",
    "DTM*472*20250102",
]


def test_payments_without_lx_are_one_finding() -> None:
    """Some clearing houses leave LX out: every payment must come out all the same."""
    data = interchange(*transaction(*REMITTANCE, *PAYMENT, *PAYMENT, kind="835", guide="005010X221A1"))
    events = list(read_loops(read_events(data)))
    units = [event for event in events if isinstance(event, Unit)]
    assert len(units) == 2
    found = [(f.rule, f.segment_id, f.loop) for f in findings_of(events) if f.is_error]
    assert found == [("X12-SEG-03", "LX", "2000")]


def test_subscribers_are_not_taken_for_other_payers() -> None:
    """A new HL closes the claim, whatever was left open in it."""
    other = [s.replace("HL*2*", "HL*3*") for s in SUBSCRIBER]
    found = claims_in(*after(CLAIM[1], "SBR*S*18*******CI"), *other, *SECOND)
    assert [record.claim_id for record in found] == ["A1", "A2"]
    assert found[1].accepted


def test_what_one_claim_lacks_rejects_no_other() -> None:
    """Told where the claim ends, it is the claim's all the same."""
    first, second = claims_in(*changed(CLAIM[1]), *SECOND)
    assert [finding.segment_id for finding in first.findings if finding.is_error] == ["HI"]
    assert second.findings == ()


def test_a_subscriber_without_claims_rejects_no_other() -> None:
    other = [segment.replace("HL*2*", "HL*3*") for segment in SUBSCRIBER]
    (found,) = claims_in(*HEADER, *PROVIDER, *SUBSCRIBER, *other, *SECOND)
    assert found.accepted


def test_a_loop_whose_opener_is_missing_is_the_one_that_must_come() -> None:
    """N3 could be of three loops; the billing provider's must come and has not."""
    assert told(*changed(PROVIDER[2])) == [("X12-SEG-03", "NM1", "2010AA")]


def test_a_level_below_none_is_no_fault_of_the_level_before() -> None:
    found = told(*changed("HL*2*1*22*0", "HL*2*9*22*0"))
    assert found == [("X12-837-01", "HL", "2000B")]


@pytest.mark.parametrize("opener", ["CLM", "SV1"])
@pytest.mark.parametrize(
    ("attachment", "element"), [("PWK*OZ*QQ***AC*C1", 2), ("PWK*QQ*BM***AC*C1", 1)], ids=["PWK02", "PWK01"]
)
def test_a_wrong_code_of_an_attachment_is_told_at_its_element(
    opener: str, attachment: str, element: int
) -> None:
    before = next(segment for segment in GOOD if segment.startswith(opener))
    (finding,) = findings_of(read_loops(read_events(file_of(*after(before, attachment)))))
    assert (finding.rule, finding.segment_id, finding.element) == ("X12-ELE-07", "PWK", element)
