"""Writing claims: sets, levels, and the refusal of what the guide cannot hold."""

import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from claim_text import CLAIM, GOOD, LINE, after, file_of, record, records
from pyx12_oracle import accepts
from written_back import HEADER

from edi_hit.claims import (
    Attachment,
    Claim,
    ClaimRecord,
    Diagnosis,
    DisabilityDates,
    Note,
    Patient,
    write_claims,
)
from edi_hit.claims.claim_composer import MAX_CLAIMS
from edi_hit.mapping.parts import (
    Address,
    Adjustment,
    Contact,
    ContactNumber,
    Party,
    Period,
    Reference,
    Unmapped,
)
from edi_hit.rules import ComposeError, DelimiterClashError
from edi_hit.x12 import Delimiters, SetEnd, read_events, read_segments

Change = Callable[[Claim], Claim]


def the_claim() -> Claim:
    found = record(*GOOD).claim
    assert found is not None
    return found


def with_(claim: Claim, **changes: object) -> Claim:
    return msgspec.structs.replace(claim, **changes)


def on_line(**changes: object) -> Change:
    return lambda claim: with_(
        claim, lines=(msgspec.structs.replace(claim.lines[0], **changes), claim.lines[1])
    )


def text_of(*claims: Claim, delimiters: Delimiters | None = None) -> str:
    stream = io.BytesIO()
    write_claims(claims, stream, HEADER, *([delimiters] if delimiters else []), strict=False)
    return stream.getvalue().decode()


def levels(text: str) -> list[str]:
    return [line.rstrip("~") for line in text.splitlines() if line.startswith("HL*")]


def test_claims_that_follow_each_other_share_their_levels() -> None:
    claim = the_claim()
    text = text_of(claim, with_(claim, claim_id="A2"))
    assert levels(text) == ["HL*1**20*1", "HL*2*1*22*0"]
    assert text.count("\nCLM*") == 2
    assert text.count("\nST*") == 1


def test_a_new_subscriber_provider_or_submission_opens_its_level() -> None:
    claim = the_claim()
    other_member = with_(claim, subscriber=msgspec.structs.replace(claim.subscriber, group_number="G9"))
    provider = msgspec.structs.replace(claim.billing_provider, taxonomy="251E00000X")
    other_provider = with_(other_member, billing_provider=provider)
    text = text_of(claim, other_member, other_provider)
    assert levels(text) == ["HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*0", "HL*4**20*1", "HL*5*4*22*0"]
    submission = msgspec.structs.replace(claim.submission, reference="B0002")
    assert text_of(claim, with_(claim, submission=submission)).count("\nST*") == 2


def test_dependents_stand_below_a_subscriber_of_their_own() -> None:
    claim = the_claim()
    leo = Patient("19", Party("1", "MAPLE", "LEO", address=Address("7 OAK LN", city="DAYTON")))
    ivy = Patient("19", Party("1", "MAPLE", "IVY", address=Address("7 OAK LN", city="DAYTON")))
    text = text_of(with_(claim, patient=leo), with_(claim, patient=leo), with_(claim, patient=ivy), claim)
    assert levels(text) == ["HL*1**20*1", "HL*2*1*22*1", "HL*3*2*23*0", "HL*4*2*23*0", "HL*5*1*22*0"]
    found = records(text.encode())
    assert [r.claim.patient for r in found if r.claim] == [leo, leo, ivy, None]


def test_no_more_than_5000_claims_in_a_set() -> None:
    claim = the_claim()
    stream = io.BytesIO()
    assert write_claims((claim for _ in range(MAX_CLAIMS + 1)), stream, HEADER) == 5001
    ends = [event for event in read_events(stream.getvalue()) if isinstance(event, SetEnd)]
    assert [event.errors for event in ends] == [0, 0]
    assert [event.transaction_set.control_number for event in ends] == ["0001", "0002"]
    counts = Counter[str]()
    current = ""
    for segment in read_segments(stream.getvalue()):
        current = segment.elements[2] if segment.id == "ST" else current
        counts[current] += segment.id == "CLM"
    assert (counts["0001"], counts["0002"]) == (5000, 1)


def test_fifty_lines_and_no_more() -> None:
    line = msgspec.structs.replace(the_claim().lines[0], control_number="")
    fifty = with_(the_claim(), lines=(line,) * 50, charge=line.charge * 50)
    stream = io.BytesIO()
    write_claims([fifty], stream, HEADER)
    assert stream.getvalue().count(b"\nSV1*") == 50
    with pytest.raises(ComposeError) as refused:
        write_claims([with_(fifty, lines=(line,) * 51, charge=line.charge * 51)], stream, HEADER)
    assert [(f.rule, f.loop, f.claim) for f in refused.value.findings] == [("X12-SEG-04", "2300", "A1")]


REFUSED: list[tuple[str, Change]] = [
    ("five modifiers", on_line(modifiers=("JA", "JB", "JC", "JD", "JE"))),
    ("five pointers", on_line(pointers=(1, 2, 3, 4, 5))),
    ("13 diagnoses", lambda c: with_(c, diagnoses=(Diagnosis("ABK", "E10A"),) * 13)),
    ("four related causes", lambda c: with_(c, related_causes=("AA", "EM", "OA", "AA"))),
    ("a fraction of a cent", lambda c: with_(c, charge=Decimal("1.005"))),
    ("no number", lambda c: with_(c, charge=Decimal("NaN"))),
    ("endless", on_line(units=Decimal("Infinity"))),
    ("too large a number", on_line(units=Decimal("1E+40"))),
    ("a negative line number", on_line(number=-1)),
    (
        "a period that ends before it starts",
        on_line(service_dates=Period(date(2025, 1, 2), date(2025, 1, 1))),
    ),
    ("a note of no such code", lambda c: with_(c, notes=(Note("QQQ", "TEXT"),))),
    (
        "a period that ends first",
        lambda c: with_(c, disability=DisabilityDates("314", Period(date(2025, 1, 2), date(2025, 1, 1)))),
    ),
    ("an attachment sent no such way", lambda c: with_(c, attachments=(Attachment("OZ", "QQ", "1"),))),
    ("a reference of no such code", on_line(prior_authorizations=(Reference("QQ", "1"),))),
    ("four numbers", lambda c: _contacts(c, 4)),
    ("a line break", lambda c: with_(c, claim_id="A\nB")),
    ("a loop there is not", lambda c: with_(c, unmapped=(Unmapped(("NM1", "82"), ("9999",)),))),
    ("an element of no such segment", lambda c: with_(c, unmapped=(Unmapped(("QQQ", "1"), label="QQQ"),))),
]


def _contacts(claim: Claim, count: int) -> Claim:
    contact = Contact(numbers=(ContactNumber("TE", "1"),) * count)
    submitter = msgspec.structs.replace(claim.submission.submitter, contacts=(contact,))
    return with_(claim, submission=msgspec.structs.replace(claim.submission, submitter=submitter))


@pytest.mark.parametrize("change", [change for _, change in REFUSED], ids=[name for name, _ in REFUSED])
def test_what_the_guide_cannot_hold_is_refused(change: Change) -> None:
    """Refused with an error of our own, and not written as something else."""
    with pytest.raises(ComposeError):
        text_of(change(the_claim()))


@pytest.mark.parametrize("delimiter", ["*", ":", "~", "^"])
def test_a_delimiter_in_a_value(delimiter: str) -> None:
    claim = with_(the_claim(), claim_id=f"A{delimiter}1")
    with pytest.raises(DelimiterClashError):
        text_of(claim)
    other = Delimiters("|", ">", "]", "`")
    found = records(text_of(claim, delimiters=other).encode())
    assert found[0].claim == claim


def test_adjustments_are_written_by_group_six_at_a_time() -> None:
    adjustments = (
        *(Adjustment("CO", str(n), Decimal(n)) for n in range(1, 9)),
        Adjustment("PR", "1", Decimal("2.5"), Decimal(3)),
        Adjustment("CO", "9", Decimal(9)),
    )
    other = ["SBR*S*18*******CI", "OI***Y***Y", "NM1*IL*1*M*R****MI*X1", "NM1*PR*2*P*****PI*P2"]
    claim = record(*after(CLAIM[1], *other)).claim
    assert claim is not None
    payer = msgspec.structs.replace(claim.other_payers[0], adjustments=adjustments)
    lines = [
        line for line in text_of(with_(claim, other_payers=(payer,))).splitlines() if line.startswith("CAS")
    ]
    assert lines == [
        "CAS*CO*1*1**2*2**3*3**4*4**5*5**6*6~",
        "CAS*CO*7*7**8*8**9*9~",
        "CAS*PR*1*2.5*3~",
    ]


RICH = [
    *GOOD[: GOOD.index(CLAIM[0])],
    "CLM*A1*300.5***12:B:7*Y*A*Y*Y*P*AA:::OH",
    *(
        "DTP*431*D8*20241231",
        "DTP*454*D8*20241230",
        "PWK*OZ*BM***AC*C1",
        "AMT*F5*20",
        "REF*G1*AUTH1",
        "REF*F8*ICN1",
    ),
    *("REF*EA*MR1", "NTE*ADD*NOTE TEXT", CLAIM[1], "NM1*DN*1*ELM*BO****XX*1234567893"),
    *(
        "NM1*82*1*FIR*ANN****XX*1234567893",
        "PRV*PE*PXC*207R00000X",
        "SBR*S*18*G1******CI",
        "CAS*CO*45*10**97*20*1",
    ),
    *(
        "AMT*D*40",
        "OI***Y*P**Y",
        "MOA***MA01*MA07",
        "NM1*IL*1*MAPLE*ROSE****MI*X1",
        "NM1*PR*2*OTHER*****PI*P2",
    ),
    *LINE[:2],
    *(
        "SV5*HC:G0069*DA*1*10*90*4",
        "PWK*OZ*AA",
        "CR3*I*MO*12",
        *LINE[2:3],
        "DTP*463*D8*20250101",
        "REF*G1*LINEAUTH",
    ),
    *(LINE[3], "AMT*T*1.5", "LIN**N4*00002751001", "CTP****50*UN", "REF*XZ*RX1"),
    *(
        "NM1*DK*1*ELM*BO****XX*1234567893",
        "N3*1 MED WAY",
        "N4*DAYTON*OH*454021111",
        "PER*IC*BO*TE*6145550111",
    ),
    *("SVD*P2*100*HC:G0069:JA**1", "CAS*CO*45*100.5", "DTP*573*D8*20250109", *GOOD[-4:]),
]


def accepted_by_pyx12(data: bytes, path: Path) -> bool:
    path.write_bytes(data)
    return accepts(path)


def test_a_rich_claim_is_valid_as_read_and_as_written(tmp_path: Path) -> None:
    data = file_of(*RICH)
    assert accepted_by_pyx12(data, tmp_path / "read.837")
    (found,) = records(data)
    assert found.accepted
    assert found.claim is not None
    assert accepted_by_pyx12(text_of(found.claim).encode(), tmp_path / "written.837")


WEIGHTS: list[tuple[dict[str, object], str]] = [
    ({"died_on": date(2025, 1, 1)}, "PAT*****D8*20250101~"),
    ({"weight_pounds": Decimal("155.5")}, "PAT*******01*155.5~"),
    ({"pregnant": "Y"}, "PAT*********Y~"),
]


@pytest.mark.parametrize(("changes", "expected"), WEIGHTS)
def test_a_subscriber_s_weight_has_its_unit_and_nothing_else_has(
    changes: dict[str, object], expected: str, tmp_path: Path
) -> None:
    claim = the_claim()
    claim = with_(claim, subscriber=msgspec.structs.replace(claim.subscriber, **changes))
    text = text_of(claim)
    assert f"\n{expected}" in text
    assert accepted_by_pyx12(text.encode(), tmp_path / "a.837")


def test_a_patient_s_weight_has_its_unit() -> None:
    claim = the_claim()
    party = Party("1", "MAPLE", "LEO", address=Address("7 OAK LN", city="DAYTON"))
    text = text_of(with_(claim, patient=Patient("19", party, weight_pounds=Decimal(60))))
    assert "\nPAT*19******01*60~" in text


def test_a_control_number_of_an_attachment_has_its_qualifier() -> None:
    claim = the_claim()
    text = text_of(with_(claim, attachments=(Attachment("OZ", "BM", "C1"), Attachment("OZ", "AA"))))
    assert "\nPWK*OZ*BM***AC*C1~\nPWK*OZ*AA~" in text


def test_a_payer_of_a_reference_has_its_qualifier() -> None:
    text = text_of(on_line(prior_authorizations=(Reference("G1", "AUTH", payer="P2"),))(the_claim()))
    assert "\nREF*G1*AUTH**2U:P2~" in text


def test_no_claims_make_no_set() -> None:
    assert "\nST*" not in text_of()


def test_the_record_of_a_claim_says_its_set() -> None:
    found: ClaimRecord = record(*GOOD)
    assert found.transaction_set.control_number == "0001"
    assert found.claim_id == "A1"
