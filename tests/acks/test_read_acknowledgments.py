"""Reading TA1, 999 and 277CA: what was written reads back equal, and what partners send is understood."""

import io
from decimal import Decimal
from pathlib import Path

import pytest
from ack_run import DISPATCH, acknowledge, at_claims
from ack_text import BAD, ONE_GOOD, claim, claims_set, file_of, group, st
from claim_text import GOOD
from hypothesis import given, settings
from hypothesis import strategies as some
from x12_text import isa

from edi_hit.acks import (
    BusinessUnit,
    ClaimAcknowledgment,
    ClaimBatch,
    ElementError,
    ImplementationAcknowledgment,
    SegmentError,
    SetAcknowledgment,
    SituationalTrigger,
    Ta1,
    read_acknowledgments,
)
from edi_hit.acks.claim_answers import (
    billed_provider,
    information_receiver,
    information_source,
    patient_statuses,
)
from edi_hit.acks.mapping_999 import GROUP_ACKNOWLEDGMENT, SET_ACKNOWLEDGMENT
from edi_hit.acks.put_loop import put_loop
from edi_hit.acks.receipt_reading import ReceiptReading
from edi_hit.acks.write_999 import acknowledged_set
from edi_hit.guides import guide
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.rules import Finding
from edi_hit.x12 import HIPAA_USUAL, ComposeWriter, EnvelopeHeader

POLICY = AcknowledgmentPolicy()


def a_999(*segments: str) -> bytes:
    body = ["ST*999*0001*005010X231A1", *segments, f"SE*{len(segments) + 2}*0001"]
    rest = ["GS*FA*A1*B1*20250103*1200*1*X*005010X231A1", *body, "GE*1*1", "IEA*1*000000001"]
    return (isa() + "".join(f"{segment}~" for segment in rest)).encode()


def a_277ca(*segments: str) -> bytes:
    body = ["ST*277*0001*005010X214", *segments, f"SE*{len(segments) + 2}*0001"]
    rest = ["GS*HN*A1*B1*20250103*1200*1*X*005010X214", *body, "GE*1*1", "IEA*1*000000001"]
    return (isa() + "".join(f"{segment}~" for segment in rest)).encode()


def test_a_written_999_reads_back_equal() -> None:
    answer = acknowledge(file_of(group(st("0001", GOOD), st("0002", BAD))))
    sets = tuple(acknowledged_set(found, HIPAA_USUAL) for found in answer.receipt.sets)
    assert answer.groups() == [
        ImplementationAcknowledgment("HC", "1", "005010X222A1", "P", 2, 2, 1, (), sets)
    ]


def test_a_written_277ca_reads_back_equal() -> None:
    data = file_of(group(st("0001", claims_set(claim("A1", "100"), claim("A2", "50.25")))))
    answer = acknowledge(data, None, at_claims(A2=("X12-837-BAL-01", "STC A7:178")))
    reading = ReceiptReading(answer.receipt)
    (interchange,) = reading.interchanges()
    (one_group,) = reading.groups(interchange)
    (one_set,) = reading.sets(one_group)
    (provider,) = reading.providers(one_set)
    trace = "0000000780001"
    batch = ClaimBatch(
        trace,
        DISPATCH.created_on,
        DISPATCH.created_at,
        information_source(one_set, POLICY, DISPATCH, trace),
        information_receiver(one_set, POLICY, DISPATCH),
    )
    wanted: list[object] = [batch]
    for received in reading.claims(provider):
        patient = patient_statuses(received, POLICY, DISPATCH)
        billed = billed_provider(provider, POLICY)
        wanted.append(ClaimAcknowledgment(patient.claims[0], patient.name, billed, batch))
    assert answer.read("277ca") == wanted


PARTNER_999 = a_999(
    "AK1*HC*17456*005010X222A1",
    "AK2*837*0001",
    "IK5*A",
    "AK2*837*0002*005010X222A1",
    "IK3*CLM*22**8",
    "CTX*CLM01:123456789",
    "IK4*2*782*1",
    "IK5*R*5",
    "AK2*837*0003",
    "IK3*REF*57*2300*3",
    "CTX*SITUATIONAL TRIGGER*CLM*43*2300*5:3*1325",
    "CTX*CLM01:987654321^SUBSCRIBER NUMBER REF02:77",
    "IK4*1:2:3*127*7*XY",
    "CTX*SITUATIONAL TRIGGER*CLM*43",
    "IK5*R*5*I5",
    "AK9*P*3*3*1*5",
)


def test_a_partners_999() -> None:
    assert list(read_acknowledgments(PARTNER_999)) == [
        ImplementationAcknowledgment(
            functional_id="HC", control_number="17456", version="005010X222A1",
            code="P", included=3, received=3, accepted=1, errors=("5",),
            sets=(
                SetAcknowledgment("837", "0001", "", "A"),
                SetAcknowledgment(
                    "837", "0002", "005010X222A1", "R", ("5",),
                    (
                        SegmentError(
                            "CLM", 22, "", "8", (), (BusinessUnit("CLM01", "123456789"),),
                            (ElementError(2, "1", reference_number="782"),),
                        ),
                    ),
                ),
                SetAcknowledgment(
                    "837", "0003", "", "R", ("5", "I5"),
                    (
                        SegmentError(
                            "REF", 57, "2300", "3",
                            (SituationalTrigger("CLM", 43, "2300", 5, 3, None, "1325"),),
                            (
                                BusinessUnit("CLM01", "987654321"),
                                BusinessUnit("SUBSCRIBER NUMBER REF02", "77"),
                            ),
                            (ElementError(1, "7", 2, 3, "127", "XY", (SituationalTrigger("CLM", 43),)),),
                        ),
                    ),
                ),
            ),
        )
    ]  # fmt: skip


def test_a_faulty_999_is_read_and_its_faults_are_told() -> None:
    data = a_999("AK1*HC*1*005010X222A1", "AK2*837*0001", "IK3*CLM*x*2300*8", "IK5*R*5", "AK9*P*a*1*0")
    found = list(read_acknowledgments(data))
    (told,) = [item for item in found if isinstance(item, ImplementationAcknowledgment)]
    assert (told.code, told.included, told.sets[0].code, told.sets[0].segments) == ("P", None, "R", ())
    assert [u.elements[0] for u in told.sets[0].unmapped] == ["IK3"], "kept, though it cannot be read"
    places = [(f.segment_id, f.element) for f in found if isinstance(f, Finding)]
    assert sorted(map(str, places)) == sorted(map(str, [("IK3", 2), ("AK9", 2)]))


BATCH = [
    "BHT*0085*08*REF1*20250104*0930*TH", "HL*1**20*1", "NM1*AY*2*CLEARING*****46*CH1", "TRN*1*T1",
    "DTP*050*D8*20250103", "DTP*009*D8*20250104", "HL*2*1*21*0", "NM1*41*2*BILLER*****46*B1", "TRN*2*BATCH9",
    "STC*A3:24:41*20250104*U*1000", "QTY*AA*7", "AMT*YY*1000",
]  # fmt: skip


def test_a_batch_refused_as_a_whole_has_no_claims() -> None:
    found = list(read_acknowledgments(a_277ca(*BATCH)))
    (batch,) = [item for item in found if isinstance(item, ClaimBatch)]
    assert batch.receiver is not None
    assert batch.receiver.trace is not None
    trace = batch.receiver.trace
    assert (trace.batch, trace.rejected, trace.rejected_amount, trace.accepted) == ("BATCH9", 7, 1000, None)
    assert trace.statuses[0].codes[0].rejects
    assert not [item for item in found if isinstance(item, ClaimAcknowledgment)]


PROVIDER = ["HL*3*2*19*1", "NM1*85*2*CLINIC*****XX*1234567893", "TRN*1*0", "STC*A1:19:PR**WQ*300"]
PATIENT = [
    "HL*4*3*PT", "NM1*QC*1*DOE*JANE****MI*45613", "TRN*2*2890/4",
    "STC*A3:21:82*20250104*U*500********SEE LINE", "REF*1K*ICN1", "DTP*472*D8*20250102",
    "SVC*HC:22305:22*350*****1", "STC*A3:122*20250104*U*******A3:153:82", "REF*FJ*11",
    "TRN*2*2890/5", "STC*A2:20*20250104*WQ*20", "DTP*472*D8*20250102",
]  # fmt: skip


def test_a_partners_277ca() -> None:
    several = [*BATCH[:6], BATCH[6].replace("*0", "*1"), *BATCH[7:], *PROVIDER, *PATIENT]
    found = list(read_acknowledgments(a_277ca(*several)))
    assert [type(item).__name__ for item in found] == [
        "ClaimBatch",
        "ClaimAcknowledgment",
        "ClaimAcknowledgment",
    ]
    first, second = [item for item in found if isinstance(item, ClaimAcknowledgment)]
    assert (first.claim.claim_id, first.claim.payer_claim_number, first.claim.accepted) == (
        "2890/4",
        "ICN1",
        False,
    )
    assert first.claim.statuses[0].message == "SEE LINE"
    (line,) = first.claim.lines
    assert (line.procedure_code, line.modifiers, line.charge, line.control_number) == (
        "22305", ("22",), Decimal(350), "11",
    )  # fmt: skip
    assert [(c.status, c.entity) for c in line.statuses[0].codes] == [("122", ""), ("153", "82")]
    assert (second.claim.claim_id, second.claim.accepted) == ("2890/5", True)
    assert first.batch is second.batch is found[0]
    assert second.provider is not None
    assert second.patient is not None
    assert second.patient.last_name == "DOE"


def test_two_sources_in_one_set_are_two_batches() -> None:
    first = [*BATCH[:6], BATCH[6].replace("*0", "*1"), *BATCH[7:], *PROVIDER, *PATIENT[:3], *PATIENT[-2:]]
    again = [s.replace("REF1", "X") for s in BATCH[1:]]
    again[0], again[5] = "HL*5**20*1", "HL*6*5*21*1"
    second = ["HL*7*6*19*1", *PROVIDER[1:], "HL*8*7*PT", PATIENT[1], "TRN*2*Z9", *PATIENT[-2:]]
    found = list(read_acknowledgments(a_277ca(*first, *again, *second)))
    assert [type(item).__name__ for item in found] == ["ClaimBatch", "ClaimAcknowledgment"] * 2
    last = found[-1]
    assert isinstance(last, ClaimAcknowledgment)
    assert last.batch is found[2]
    assert isinstance(found[2], ClaimBatch)
    assert found[2].reference == "REF1"


def test_ta1_and_999_in_one_interchange() -> None:
    data = PARTNER_999.replace(b"GS*FA", b"TA1*000000905*250103*1200*E*021~GS*FA", 1)
    kinds = [type(item).__name__ for item in read_acknowledgments(data)]
    assert kinds == ["Ta1", "ImplementationAcknowledgment"]


def test_other_sets_give_no_object() -> None:
    assert list(read_acknowledgments(ONE_GOOD)) == []


TEXT = some.text("ABCXYZ0189 .-/", min_size=1, max_size=12).map(str.strip).filter(bool)
POSITION = some.integers(1, 99)
TRIGGERS = some.builds(
    SituationalTrigger, some.sampled_from(["CLM", "SBR"]), some.integers(1, 999_999),
    some.sampled_from(["", "2300"]), POSITION,
)  # fmt: skip
ELEMENTS = some.builds(
    ElementError, POSITION, some.sampled_from(["1", "7", "I12"]), some.none() | POSITION, some.none(),
    some.sampled_from(["", "782", "1032"]), some.just("") | TEXT, some.lists(TRIGGERS, max_size=2).map(tuple),
)  # fmt: skip
SEGMENTS = some.builds(
    SegmentError, some.sampled_from(["CLM", "NM1"]), some.integers(1, 999_999),
    some.sampled_from(["", "2300", "2010"]), some.sampled_from(["3", "8", "I6"]),
    some.lists(TRIGGERS, max_size=2).map(tuple),
    some.lists(some.builds(BusinessUnit, some.just("CLM01"), TEXT), max_size=1).map(tuple),
    some.lists(ELEMENTS, max_size=3).map(tuple),
)  # fmt: skip
SETS = some.builds(
    SetAcknowledgment, some.just("837"), some.sampled_from(["0001", "123456789"]),
    some.sampled_from(["", "005010X222A1"]), some.sampled_from(["A", "E", "R"]),
    some.lists(some.sampled_from(["5", "I5", "23"]), max_size=5).map(tuple),
    some.lists(SEGMENTS, max_size=3).map(tuple),
)  # fmt: skip


@given(sets=some.lists(SETS, max_size=3), counts=some.tuples(*[some.integers(0, 999_999)] * 3))
@settings(max_examples=60, deadline=None)
def test_any_999_reads_back_equal(sets: list[SetAcknowledgment], counts: tuple[int, int, int]) -> None:
    told = ImplementationAcknowledgment("HC", "17", "005010X222A1", "P", *counts, ("5", "4"), tuple(sets))
    stream = io.BytesIO()
    header = EnvelopeHeader("A1", "B1", DISPATCH.created_on, "0930", 1, "FA", "005010X231A1")
    writer = ComposeWriter(stream, header)
    writer.start()
    writer.start_set("999", "005010X231A1")
    root = guide("999").root
    whole = GROUP_ACKNOWLEDGMENT.write(told, root)
    whole.loops = [SET_ACKNOWLEDGMENT.write(one, root.loop("2000")) for one in sets]
    put_loop(writer, whole)
    writer.end_set()
    writer.end()
    assert list(read_acknowledgments(stream.getvalue())) == [told]


@pytest.mark.parametrize("folder", ["999", "277CA", "TA1"])
def test_real_acknowledgements_give_objects(samples: Path, folder: str) -> None:
    for path in sorted((samples / folder).iterdir()):
        found = list(read_acknowledgments(path.read_bytes()))
        objects = [item for item in found if not isinstance(item, Finding)]
        assert objects or folder == "277CA" or b"ISA*00* *" in path.read_bytes(), path.name


def test_real_999_of_three_sets(samples: Path) -> None:
    (path,) = (samples / "999").glob("britten*")
    (told,) = [
        item
        for item in read_acknowledgments(path.read_bytes())
        if isinstance(item, ImplementationAcknowledgment)
    ]
    assert [(s.code, [e.claim_id for e in s.segments]) for s in told.sets] == [
        ("A", []),
        ("R", ["123456789"]),
        ("R", ["987654321"]),
    ]


def test_real_277ca_of_three_claims(samples: Path) -> None:
    (path,) = (samples / "277CA").glob("kreddys*")
    found = list(read_acknowledgments(path.read_bytes()))
    read = [item for item in found if isinstance(item, ClaimAcknowledgment)]
    assert [(item.claim.claim_id, item.claim.accepted) for item in read] == [
        ("4001/1339", True),
        ("2890/4", False),
        ("00000000000000000000", False),
    ]
    (batch,) = [item for item in found if isinstance(item, ClaimBatch)]
    assert batch.receiver is not None
    assert batch.receiver.trace is not None
    assert (batch.receiver.trace.accepted, batch.receiver.trace.rejected_amount) == (1, 800)


def test_ta1_objects_have_a_verdict() -> None:
    assert [Ta1("1", "", "", code, "000").accepted for code in "AER"] == [True, True, False]
