"""The 277CA: claims accepted and rejected, totals that agree with them, and what a claim is called by."""

from decimal import Decimal
from pathlib import Path

import pytest
from ack_run import Answer, acknowledge, answer_to, assert_valid, at_claims, finding_at, findings_of
from ack_text import BAD, GUIDE_837P, ONE_GOOD, claim, claims_set, file_of, group, st
from claim_text import CLAIM, GOOD, HEADER, LINE, LINE_2, PROVIDER, SUBSCRIBER, changed
from hypothesis import given, settings
from hypothesis import strategies as some

from edi_hit.acks import ClaimAcknowledgment, ClaimBatch, Receipt, ReceiptBuilder
from edi_hit.guides import Unit, read_loops
from edi_hit.profiles.acknowledgment import AcceptedAs, AcknowledgmentPolicy, ClaimSource
from edi_hit.rules import Finding, Severity
from edi_hit.x12 import Delimiters, read_events

TWO = file_of(group(st("0001", claims_set(claim("A1", "100"), claim("A2", "50.25")))))
OTHER_PROVIDER = [
    "HL*3**20*1",
    "NM1*85*1*OKAFOR*ADA****XX*1472583693",
    "N3*9 ELM ST",
    "N4*DAYTON*OH*454029999",
    "REF*SY*123456789",
]
OTHER_SUBSCRIBER = ["HL*4*3*22*0", *SUBSCRIBER[1:]]


def claims(answer: Answer) -> list[ClaimAcknowledgment]:
    return [item for item in answer.read("277ca") if isinstance(item, ClaimAcknowledgment)]


def batches(answer: Answer) -> list[ClaimBatch]:
    return [item for item in answer.read("277ca") if isinstance(item, ClaimBatch)]


def statuses(found: ClaimAcknowledgment) -> list[str]:
    codes = [code for report in found.claim.statuses for code in report.codes]
    return [":".join(filter(None, (code.category, code.status, code.entity))) for code in codes]


def test_one_claim_of_two_is_rejected(tmp_path: Path) -> None:
    answer = acknowledge(TWO, None, at_claims(A2=("X12-837-BAL-01", "STC A7:178")))
    assert_valid(answer, tmp_path)
    assert answer.body("277ca")[1:] == [
        "GS*HN*RECEIVER*SENDER*20250104*0930*78*X*005010X214",
        "ST*277*0001*005010X214",
        "BHT*0085*08*0000000780001*20250104*0930*TH",
        "HL*1**20*1",
        "NM1*PR*2*MAC J15*****46*15202",
        "TRN*1*0000000780001",
        "DTP*050*D8*20250103",
        "DTP*009*D8*20250104",
        "HL*2*1*21*1",
        "NM1*41*2*HOME INFUSION PHARMACY*****46*HIP01",
        "TRN*2*B0001",
        "STC*A1:19:PR*20250104*WQ*150.25",
        "QTY*90*1",
        "QTY*AA*1",
        "AMT*YU*100",
        "AMT*YY*50.25",
        "HL*3*2*19*1",
        "NM1*85*2*HOME INFUSION PHARMACY*****XX*1234567893",
        "TRN*1*0",
        "STC*A1:19:PR**WQ*150.25",
        "QTY*QA*1",
        "QTY*QC*1",
        "AMT*YU*100",
        "AMT*YY*50.25",
        "HL*4*3*PT",
        "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73",
        "TRN*2*A1",
        "STC*A2:20*20250104*WQ*100",
        "DTP*472*D8*20250102",
        "HL*5*3*PT",
        "NM1*QC*1*MAPLE*ROSE****MI*1EG4TE5MK73",
        "TRN*2*A2",
        "STC*A7:178*20250104*U*50.25",
        "DTP*472*D8*20250102",
        "SE*34*0001",
        "GE*1*78",
        "IEA*1*000000078",
    ]
    assert answer.sets("999")[2:] == ["IK5*A", "AK9*A*1*1*1"], "a type 3 error does not reject the set"
    assert (answer.done.claims_accepted, answer.done.claims_rejected) == (1, 1)


def test_sets_the_999_rejects_are_not_in_it(tmp_path: Path) -> None:
    data = file_of(group(st("0001", BAD), st("0002", claims_set(claim("B1"), claim("B2"))), st("0003", BAD)))
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    assert [c.claim.claim_id for c in claims(answer)] == ["B1", "B2"]
    assert (answer.done.claims_accepted, answer.done.claims_rejected) == (2, 0)


def test_no_file_where_every_set_is_rejected() -> None:
    assert "277ca" not in acknowledge(file_of(group(st("0001", BAD)))).files


def test_one_set_for_each_set_of_claims(tmp_path: Path) -> None:
    """X12 Request for Interpretation 1991."""
    second = [s.replace("B0001", "B0002") for s in claims_set(claim("B1", "70"))]
    data = file_of(group(st("0001", claims_set(claim("A1", "100"))), st("0002", second)))
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    traces = [batch.receiver.trace for batch in batches(answer) if batch.receiver]
    assert [(t.batch, t.accepted, t.accepted_amount) for t in traces if t] == [
        ("B0001", 1, Decimal(100)),
        ("B0002", 1, Decimal(70)),
    ]


def test_interchanges_and_groups_each_go_back(tmp_path: Path) -> None:
    one = file_of(group(st("0001", GOOD)), group(st("0001", GOOD), control="2"), e06="ALPHA".ljust(15))
    two = file_of(group(st("0001", GOOD)), e06="BETA".ljust(15), e13="000000002")
    answer = acknowledge(one + two)
    assert_valid(answer, tmp_path)
    heads = [s.split("*") for s in answer.body("277ca") if s.startswith("ISA")]
    assert [(h[8].strip(), h[13]) for h in heads] == [("ALPHA", "000000079"), ("BETA", "000000080")]
    assert [s for s in answer.body("277ca") if s.startswith("GE")] == ["GE*2*79", "GE*1*80"]


def test_billing_providers_have_their_own_totals(tmp_path: Path) -> None:
    body = [
        *claims_set(claim("A1", "100")),
        *OTHER_PROVIDER,
        *OTHER_SUBSCRIBER,
        *claim("B1", "70"),
        *claim("B2", "30"),
    ]
    answer = acknowledge(
        file_of(group(st("0001", body))), None, at_claims(B2=("X12-837-BAL-02", "STC A7:400"))
    )
    assert_valid(answer, tmp_path)
    found = {c.claim.claim_id: c.provider for c in claims(answer)}
    provider = found["B1"]
    assert provider is not None
    assert provider.name is not None
    assert provider.trace is not None
    assert (provider.name.last_name, provider.name.first_name, provider.name.id) == (
        "OKAFOR",
        "ADA",
        "1472583693",
    )
    trace = provider.trace
    assert (trace.accepted, trace.rejected, trace.accepted_amount, trace.rejected_amount) == (1, 1, 70, 30)
    (batch,) = batches(answer)
    assert batch.receiver is not None
    assert batch.receiver.trace is not None
    total = batch.receiver.trace
    assert (total.accepted, total.rejected, total.accepted_amount, total.rejected_amount) == (2, 1, 170, 30)


def test_a_provider_without_npi_goes_by_its_tax_number(tmp_path: Path) -> None:
    body = changed("NM1*85*2*HOME INFUSION PHARMACY*****XX*1234567893", "NM1*85*2*HOME INFUSION PHARMACY")
    answer = acknowledge(file_of(group(st("0001", body))))
    assert_valid(answer, tmp_path)
    assert "NM1*85*2*HOME INFUSION PHARMACY*****FI*311234567" in answer.body("277ca")


def test_a_dependent_goes_by_the_member_id(tmp_path: Path) -> None:
    subscriber = ["HL*2*1*22*1", "SBR*P********CI", *SUBSCRIBER[2:]]
    patient = [
        "HL*3*2*23*0", "PAT*19", "NM1*QC*1*MAPLE*FERN", "N3*7 OAK LN", "N4*DAYTON*OH*454021111",
        "DMG*D8*20100101*F",
    ]  # fmt: skip
    body = [*HEADER, *PROVIDER, *subscriber, *patient, *claim("A1")]
    answer = acknowledge(file_of(group(st("0001", body))))
    assert_valid(answer, tmp_path)
    assert "NM1*QC*1*MAPLE*FERN****MI*1EG4TE5MK73" in answer.body("277ca")


def test_what_an_837_need_not_carry_is_said_to_be_unknown(tmp_path: Path) -> None:
    body = changed("NM1*IL*1*MAPLE*ROSE****MI*1EG4TE5MK73", "NM1*IL*1*MAPLE*ROSE")
    answer = acknowledge(file_of(group(st("0001", body))), AcknowledgmentPolicy(snip_in_999=(1,)))
    assert_valid(answer, tmp_path)
    assert "NM1*QC*1*MAPLE*ROSE****MI*UNKNOWN" in answer.body("277ca")


def test_clearinghouse_number_and_period(tmp_path: Path) -> None:
    body = [*HEADER, *PROVIDER, *SUBSCRIBER, CLAIM[0], "REF*D9*CH777", CLAIM[1], *LINE, *LINE_2]
    answer = acknowledge(file_of(group(st("0001", body))))
    assert_valid(answer, tmp_path)
    assert answer.body("277ca")[-6:-3] == [
        "STC*A2:20*20250104*WQ*300.5",
        "REF*D9*CH777",
        "DTP*472*RD8*20250101-20250102",
    ]


def test_an_institutional_claim_has_its_bill_type(tmp_path: Path) -> None:
    line = ["LX*1", "SV2*0640*HC:S9338*300.5*DA*7", "DTP*472*RD8*20250101-20250107"]
    body = [
        *HEADER, *PROVIDER, *SUBSCRIBER, "CLM*I1*300.5***32:A:1**A*Y*Y", "DTP*434*RD8*20250101-20250131",
        "CL1*3**30", "HI*ABK:E10A", *line,
    ]  # fmt: skip
    guide = "005010X223A2"

    def bad_line(unit: Unit) -> tuple[Finding, ...]:
        return (finding_at(unit, "SV2", element=1, rule="X12-SNIP5-REVENUE", snip=5, ack="STC A7:455"),)

    answer = acknowledge(file_of(group(st("0001", body, guide=guide), guide=guide)), None, bad_line)
    assert_valid(answer, tmp_path)
    assert answer.body("277ca")[-11:-3] == [
        "TRN*2*I1",
        "STC*A7:455*20250104*U*300.5",
        "REF*BLT*321",
        "DTP*472*RD8*20250101-20250131",
        "SVC*HC:S9338*300.5**0640***7",
        "STC*A7:455*20250104*U",
        "REF*FJ*1",
        "DTP*472*RD8*20250101-20250107",
    ]


def test_lines_in_error_are_named(tmp_path: Path) -> None:
    def second_line(unit: Unit) -> tuple[Finding, ...]:
        code = finding_at(unit, "SV1", 2, element=1, component=2, rule="X12-SNIP5-HCPCS", snip=5)
        pointer = finding_at(unit, "SV1", 2, element=7, rule="X12-837-11", snip=5, ack="IK403 I12")
        return code, pointer

    answer = acknowledge(ONE_GOOD, None, second_line)
    assert_valid(answer, tmp_path)
    (found,) = claims(answer)
    assert statuses(found) == ["A7:507", "A8:477"]
    (line,) = found.claim.lines
    assert (line.procedure_code, line.charge, line.units, line.control_number) == ("J1817", 100, 50, "L2")
    assert [(c.category, c.status) for report in line.statuses for c in report.codes] == [
        ("A7", "507"),
        ("A8", "477"),
    ]
    assert not found.claim.accepted


def test_an_error_above_the_claims_rejects_all_below(tmp_path: Path) -> None:
    def bad_npi(unit: Unit) -> tuple[Finding, ...]:
        return (
            Finding(
                rule="X12-SNIP5-NPI", snip=5, severity=Severity.ERROR, message="no NPI", segment=8,
                segment_id="NM1", element=9, loop="2010AA", ack="STC A7:562",
            ),
        )  # fmt: skip

    answer = acknowledge(TWO, None, bad_npi)
    assert_valid(answer, tmp_path)
    assert [statuses(found) for found in claims(answer)] == [["A7:562:85"], ["A7:562:85"]]


def test_warnings_reject_nothing() -> None:
    def warning(unit: Unit) -> tuple[Finding, ...]:
        return (finding_at(unit, "CLM", rule="X12-837-BAL-07", severity=Severity.WARNING),)

    answer = acknowledge(TWO, None, warning)
    assert all(found.claim.accepted for found in claims(answer))


ISOLATED = [
    # a wrong claim, what its 999 says from AK2 on, what its 277CA says
    (claim("A2", "1e5"), ["IK3*CLM*25*2300*8", "CTX*CLM01:A2", "IK4*2*782*6*1e5", "IK5*E*5"], ["A7:178"]),
    (
        [s for s in claim("A2") if not s.startswith("DTP")],
        ["IK3*DTP*30*2400*3", "CTX*CLM01:A2", "IK5*E*5"],
        ["A7:21"],
    ),
    (
        [s.replace("HC:G0069", "XX:G0069") for s in claim("A2")],
        ["IK3*SV1*28*2400*8", "CTX*CLM01:A2", "IK4*1:1*235*7*XX", "IK5*E*5"],
        ["A7:453"],
    ),
]


@pytest.mark.parametrize(("wrong", "implementation", "wanted"), ISOLATED)
def test_a_wrong_claim_does_not_reject_its_set(
    wrong: list[str], implementation: list[str], wanted: list[str], tmp_path: Path
) -> None:
    """The 999 accepts the set with errors noted; the 277CA rejects the claim, whatever the fault's type."""
    data = file_of(group(st("0001", claims_set(claim("A1"), wrong, claim("A3")))))
    answer = acknowledge(data)
    assert_valid(answer, tmp_path)
    assert answer.sets("999")[2:] == [*implementation, "AK9*E*1*1*1"]
    assert [statuses(found) for found in claims(answer)] == [["A2:20"], wanted, ["A2:20"]]


def test_a_claim_without_a_date_is_given_the_day_it_was_received(tmp_path: Path) -> None:
    wrong = [s for s in claim("A1") if not s.startswith("DTP")]
    answer = acknowledge(file_of(group(st("0001", claims_set(wrong)))))
    assert_valid(answer, tmp_path)
    assert "DTP*472*D8*20250103" in answer.body("277ca")


def test_an_error_above_the_claims_still_rejects_the_set() -> None:
    answer = acknowledge(file_of(group(st("0001", BAD))))
    assert answer.groups()[0].code == "R"
    assert "277ca" not in answer.files


def test_the_policy_moves_types_between_the_two(tmp_path: Path) -> None:
    checks = at_claims(A2=("X12-837-BAL-01", "STC A7:178"))
    all_in_999 = AcknowledgmentPolicy(isolate_claims=False, snip_in_999=(1, 2, 3, 4), snip_in_277ca=())
    answer = acknowledge(TWO, all_in_999, checks)
    assert_valid(answer, tmp_path)
    assert "277ca" not in answer.files
    assert answer.sets("999")[2:6] == ["IK3*CLM*25*2300*8", "CTX*CLM01:A2", "IK4*2*782*I12", "IK5*R*I5"]
    both = AcknowledgmentPolicy(snip_in_277ca=(2, 3), snip_in_999=(1,))
    not_used = changed("CLM*A1*300.5***12:B:1*Y*A*Y*Y", "CLM*A1*300.5*X**12:B:1*Y*A*Y*Y")
    moved = acknowledge(file_of(group(st("0001", not_used))), both)
    assert_valid(moved, tmp_path)
    assert [statuses(found) for found in claims(moved)] == [["A7:21"]]


def test_the_policy_names_the_source(tmp_path: Path) -> None:
    policy = AcknowledgmentPolicy(
        source=ClaimSource("CLEARING CO", "99:1", "FI", "AY"), accepted_as=AcceptedAs.RECEIVED
    )
    answer = acknowledge(ONE_GOOD, policy)
    assert_valid(answer, tmp_path)
    (batch,) = batches(answer)
    assert batch.source is not None
    assert batch.source.name is not None
    name = batch.source.name
    assert (name.entity_code, name.last_name, name.id_qualifier, name.id) == (
        "AY",
        "CLEARING CO",
        "FI",
        "99:1",
    )
    assert statuses(claims(answer)[0]) == ["A1:20"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_names_outside_ascii_are_plain_and_delimiters_give_way(encoding: str, tmp_path: Path) -> None:
    own = Delimiters(element="|", component=">", terminator="\n", repetition="!")
    text = file_of(group(st("0001", GOOD)), delimiters=own).decode()
    text = text.replace("|MAPLE|ROSE|", "|PE\u00d1A|R\u00f8S*E~|")
    answer = acknowledge(text.encode(encoding))
    assert_valid(answer, tmp_path)
    (found,) = claims(answer)
    assert found.patient is not None
    assert (found.patient.last_name, found.patient.first_name) == ("PENA", "R?S*E~")


def test_a_late_finding_counts_for_its_claim() -> None:
    """Findings that come after their claim, and before the next one, reject theirs alone."""
    receipt = Receipt.in_memory()
    builder = ReceiptBuilder(receipt)
    for event in read_loops(read_events(TWO)):
        builder.add(event)
        if isinstance(event, Unit) and event.loop.opener_element(1) == "A1":
            builder.add(finding_at(event, "CLM", rule="X12-837-BAL-01", ack="STC A7:178", element=2))
    assert [statuses(found) for found in claims(answer_to(receipt))] == [["A7:178"], ["A2:20"]]


CHARGES = some.decimals(min_value=0, max_value=99_999_999, places=2)


@given(rows=some.lists(some.tuples(CHARGES, some.booleans()), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_totals_add_up(rows: list[tuple[Decimal, bool]]) -> None:
    numbers = [f"A{n}" for n in range(len(rows))]
    found = [claim(number, str(charge)) for number, (charge, _) in zip(numbers, rows, strict=True)]
    bad = {n: ("X12-837-BAL-01", "STC A7:178") for n, (_, ok) in zip(numbers, rows, strict=True) if not ok}
    answer = acknowledge(file_of(group(st("0001", claims_set(*found)))), None, at_claims(**bad))
    (batch,) = batches(answer)
    assert batch.receiver is not None
    assert batch.receiver.trace is not None
    total = batch.receiver.trace
    read = claims(answer)
    assert [c.claim.accepted for c in read] == [ok for _, ok in rows]
    assert [c.claim.statuses[0].charge for c in read] == [charge for charge, _ in rows]
    for accepted, count, amount in (
        (True, total.accepted, total.accepted_amount),
        (False, total.rejected, total.rejected_amount),
    ):
        charges = [charge for charge, ok in rows if ok is accepted]
        assert (count or 0) == len(charges)
        assert (amount or Decimal(0)) == sum(charges, Decimal(0))
    assert total.statuses[0].charge == sum((charge for charge, _ in rows), Decimal(0))


def test_the_guide_id_is_its_own() -> None:
    assert GUIDE_837P not in acknowledge(ONE_GOOD).files["277ca"].decode()


def test_values_that_hold_every_delimiter_are_written_with_control_characters() -> None:
    own = Delimiters(element="\x1d", component="\x1f", terminator="\x1c", repetition="\x1e")
    signs = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum())
    names = (signs[:16], signs[16:])
    body = claims_set(claim("FIRST"), claim("OTHER"))
    text = file_of(group(st("0001", body)), delimiters=own).decode()
    answer = acknowledge(text.replace("FIRST", names[0]).replace("OTHER", names[1]).encode())
    assert answer.files["277ca"][3:4] == b"\x1d"
    assert [found.claim.claim_id for found in claims(answer)] == list(names)
    assert all(findings_of(data) == [] for data in answer.files.values())
