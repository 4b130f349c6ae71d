"""Professional claims in the medicalnetwork shape, and back; what it has no place for is told."""

import io
import json
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from claim_text import GOOD, file_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_files import each_sample
from test_claim_documents import CLAIMS, FILES, records, x12

from edi_hit.claims import BillingProvider, Claim
from edi_hit.formats.records import Envelope
from edi_hit.formats.shapes import (
    Address,
    ShapeLines,
    ShapeList,
    claim_of,
    medicalnetwork_of,
    not_held,
    read_shape,
)
from edi_hit.formats.shapes.medicalnetwork import rows
from edi_hit.mapping.parts import Party
from edi_hit.rules import ComposeError, DocumentError

ADDRESS = Address("HIP01", "15202", date(2025, 1, 3))

BODY: dict[str, Any] = {
    "usageIndicator": "P",
    "controlNumber": "000000001",
    "tradingPartnerServiceId": "9496",
    "tradingPartnerName": "SAMPLE PAYER",
    "submitter": {
        "organizationName": "HOME INFUSION PHARMACY",
        "contactInformation": {"name": "OFFICE", "phoneNumber": "6145550100", "email": "a@example.org"},
    },
    "receiver": {"organizationName": "SAMPLE RECEIVER"},
    "billing": {
        "providerType": "BillingProvider",
        "npi": "1234567893",
        "employerId": "311234567",
        "taxonomyCode": "3336H0001X",
        "organizationName": "HOME INFUSION PHARMACY",
        "address": {"address1": "100 MAIN ST", "city": "DAYTON", "state": "OH", "postalCode": "454021234"},
    },
    "subscriber": {
        "memberId": "W00012345",
        "paymentResponsibilityLevelCode": "P",
        "firstName": "IRIS",
        "lastName": "BIRCH",
        "policyNumber": "G1",
    },
    "dependent": {
        "firstName": "LEO",
        "lastName": "BIRCH",
        "gender": "M",
        "dateOfBirth": "20100101",
        "relationshipToSubscriberCode": "19",
        "address": {"address1": "7 BIRCH LN", "city": "DAYTON", "state": "OH", "postalCode": "454021112"},
    },
    "claimInformation": {
        "claimFilingCode": "CI",
        "patientControlNumber": "12345",
        "claimChargeAmount": "150.00",
        "placeOfServiceCode": "12",
        "claimFrequencyCode": "1",
        "signatureIndicator": "Y",
        "planParticipationCode": "A",
        "benefitsAssignmentCertificationIndicator": "Y",
        "releaseInformationCode": "Y",
        "claimNote": {"additionalInformation": "FIRST VISIT"},
        "healthCareCodeInformation": [{"diagnosisTypeCode": "ABK", "diagnosisCode": "T8140XA"}],
        "otherSubscriberInformation": [
            {
                "paymentResponsibilityLevelCode": "S",
                "individualRelationshipCode": "18",
                "claimFilingIndicatorCode": "CI",
                "benefitsAssignmentCertificationIndicator": "Y",
                "releaseOfInformationCode": "Y",
                "claimLevelAdjustments": [
                    {
                        "adjustmentGroupCode": "CO",
                        "adjustmentDetails": [
                            {"adjustmentReasonCode": "45", "adjustmentAmount": "10.00"},
                            {
                                "adjustmentReasonCode": "97",
                                "adjustmentAmount": "5.00",
                                "adjustmentQuantity": "1",
                            },
                        ],
                    },
                    {
                        "adjustmentGroupCode": "PR",
                        "adjustmentDetails": [{"adjustmentReasonCode": "2", "adjustmentAmount": "1.50"}],
                    },
                ],
                "otherSubscriberName": {
                    "otherInsuredQualifier": "1",
                    "otherInsuredLastName": "BIRCH",
                    "otherInsuredIdentifierTypeCode": "MI",
                    "otherInsuredIdentifier": "99",
                },
                "otherPayerName": {
                    "otherPayerOrganizationName": "OTHER",
                    "otherPayerIdentifierTypeCode": "PI",
                    "otherPayerIdentifier": "OTHER1",
                },
            }
        ],
        "serviceLines": [
            {
                "serviceDate": "20240604",
                "serviceDateEnd": "20240605",
                "professionalService": {
                    "procedureIdentifier": "HC",
                    "procedureCode": "S9500",
                    "procedureModifiers": ["SH"],
                    "lineItemChargeAmount": "150.00",
                    "measurementUnit": "UN",
                    "serviceUnitCount": "2",
                    "compositeDiagnosisCodePointers": {"diagnosisCodePointers": ["1"]},
                },
                "drugIdentification": {
                    "serviceIdQualifier": "N4",
                    "nationalDrugCode": "00409234402",
                    "nationalDrugUnitCount": "40",
                    "measurementUnitCode": "ML",
                },
            }
        ],
    },
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The body with another value at a path; left out where it is None."""
    body = json.loads(json.dumps(BODY))
    at = body
    *steps, last = path.split(".")
    for step in steps:
        at = at[int(step)] if step.isdigit() else at[step]
    key = int(last) if last.isdigit() else last
    if value is None:
        del at[key]
    else:
        at[key] = value
    return body


def test_a_claim_of_the_shape() -> None:
    claim = claim_of(BODY)
    assert claim.charge == Decimal("150.00")
    assert (claim.subscriber.payer.id_qualifier, claim.subscriber.payer.id) == ("PI", "9496")
    assert (claim.billing_provider.party.entity, claim.billing_provider.party.npi) == ("2", "1234567893")
    assert claim.billing_provider.taxonomy == "3336H0001X"
    assert claim.patient is not None
    assert (claim.patient.relationship, claim.patient.person.born_on) == ("19", date(2010, 1, 1))
    assert (claim.subscriber.relationship, claim.subscriber.person.entity) == ("", "1")
    assert [(n.kind, n.number) for n in claim.submission.submitter.contacts[0].numbers] == [
        ("TE", "6145550100"),
        ("EM", "a@example.org"),
    ]
    (line,) = claim.lines
    assert line.service_dates is not None
    assert (line.service_dates.end, line.pointers, line.modifiers) == (date(2024, 6, 5), (1,), ("SH",))
    assert [(a.group, a.carc, a.amount) for a in claim.other_payers[0].adjustments] == [
        ("CO", "45", Decimal(10)),
        ("CO", "97", Decimal(5)),
        ("PR", "2", Decimal("1.5")),
    ]
    shown = medicalnetwork_of(claim)
    assert {"usageIndicator": "P", **shown} == BODY
    assert not_held(claim, shown) == []


def test_a_subscriber_without_a_dependent_is_the_patient() -> None:
    claim = claim_of(changed("dependent", None))
    assert (claim.patient, claim.subscriber.relationship) == (None, "18")


def test_to_x12_with_an_address() -> None:
    made = list(
        read_shape(io.BytesIO(json.dumps([BODY, changed("usageIndicator", "T"), BODY]).encode()), ADDRESS)
    )
    assert [type(one).__name__ for one in made] == ["Envelope", "Claim"] * 3
    text = x12(made[:2])
    assert b"*250103*0000*^*00501*000000001*0*P*:~" in text
    assert b"NM1*41*2*HOME INFUSION PHARMACY*****46*HIP01~" in text
    assert b"NM1*40*2*SAMPLE RECEIVER*****46*15202~" in text
    (again,) = [item for item in records(text)[0] if isinstance(item, Claim)]
    assert not_held(again, medicalnetwork_of(again)) == []
    assert [one.control_number for one in made if isinstance(one, Envelope)] == [1, 2, 3]


@pytest.mark.parametrize("writer", [ShapeLines, ShapeList])
def test_documents_are_read_back(writer: type[ShapeLines]) -> None:
    items = records((FILES / "four-claims.837").read_bytes())[0]
    stream = io.BytesIO()
    written = writer(stream)
    written.start()
    for item in items:
        written.record(item)
    written.finish()
    assert written.take_findings() == []
    again = list(read_shape(io.BytesIO(stream.getvalue()), None))
    assert [claim.claim_id for claim in again] == ["C1", "C2", "C3", "C4"]
    for claim, item in zip(again, items[1:], strict=True):
        submission = msgspec.structs.replace(
            claim.submission, created_on=date(2024, 6, 11), created_at="0900"
        )
        receiver = msgspec.structs.replace(submission.receiver, id="PAYERS")
        submission = msgspec.structs.replace(submission, receiver=receiver)
        assert msgspec.structs.replace(claim, submission=submission) == item


def test_an_empty_list_is_one() -> None:
    stream = io.BytesIO()
    writer = ShapeList(stream)
    writer.start()
    writer.finish()
    assert json.loads(stream.getvalue()) == []


def test_what_has_no_place_is_told_and_other_records_refused() -> None:
    written = ShapeLines(io.BytesIO())
    for item in records(file_of(*GOOD, "ZZZ*1"))[0]:
        written.record(item)
    (finding,) = written.take_findings()
    assert (finding.rule, finding.claim) == ("FORM-LEFT-OUT", "A1")
    assert finding.message == "the shape has no place for lines[1].unmapped"
    for item in records((FILES / "four-payments.835").read_bytes())[0][1:3]:
        with pytest.raises(ComposeError, match="has no place in this shape"):
            written.record(item)


@each_sample("837P", x12=True)
def test_of_every_sample(sample: Any) -> None:
    """What is not told to be left out is there again."""
    items, _ = records(sample.read_bytes())
    for claim in items:
        if isinstance(claim, Claim):
            lost = not_held(claim, medicalnetwork_of(claim))
            assert len(lost) < 20


def test_of_a_claim_whose_billing_provider_says_nothing() -> None:
    bare = msgspec.structs.replace(claim_of(BODY), billing_provider=BillingProvider(Party(entity="")))
    assert medicalnetwork_of(bare)["billing"] == {"providerType": "BillingProvider"}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(CLAIMS)
def test_of_any_claim(claim: Claim) -> None:
    shown = json.loads(json.dumps(medicalnetwork_of(claim)))
    lost = not_held(claim, shown)
    try:
        assert medicalnetwork_of(claim_of(shown)) == shown or lost
    except ValueError:
        assert lost


@pytest.mark.parametrize(
    ("body", "reason", "path"),
    [
        (
            changed("claimInformation.claimChargeAmount", 150.0),
            "not a text",
            ".claimInformation.claimChargeAmount",
        ),
        (changed("claimInformation.claimChargeAmount", "NaN"), "not a number in digits", ".charge"),
        (changed("claimInformation.claimChargeAmount", "1e5"), "not a number in digits", ".charge"),
        (changed("claimInformation.claimChargeAmount", None), "missing required field `charge`", ""),
        (changed("dependent.dateOfBirth", "2010-01-01"), "eight digits", ".dependent.dateOfBirth"),
        (changed("dependent.dateOfBirth", "20100230"), "invalid RFC3339", ".patient.person.born_on"),
        (changed("claimInformation.MAPLE", "1"), "no claim has a place for", ".claimInformation"),
        (changed("claimInformation.serviceLines.0.MAPLE", "1"), "no claim has a place", ".serviceLines[0]"),
        (changed("claimInformation.serviceLines", "1"), "missing required field `lines`", ""),
        (changed("claimInformation.relatedCausesCode", "AA"), "not a list of texts", ".relatedCausesCode"),
        (changed("usageIndicator", "X"), "T or P", ".usageIndicator"),
        (
            changed("claimInformation.otherSubscriberInformation.0.patientSignatureGeneratedForPatient", "Y"),
            "not true or false",
            "[0].patientSignatureGeneratedForPatient",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_path(body: dict[str, Any], reason: str, path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        list(read_shape(io.BytesIO(b"[\n" + json.dumps(body).encode() + b"]"), None))
    assert reason in caught.value.reason
    assert caught.value.line == 2
    assert caught.value.path.startswith("$[0]")
    assert caught.value.path.endswith(path)
    assert "MAPLE" not in str(caught.value)


def test_adjustments_that_are_none_are_refused() -> None:
    path = "claimInformation.otherSubscriberInformation.0.claimLevelAdjustments"
    for wrong in ("x", [1], [{}], [{"adjustmentDetails": "x"}], [{"adjustmentDetails": [1]}]):
        with pytest.raises(DocumentError, match="not a list of groups of adjustments"):
            list(read_shape(io.BytesIO(json.dumps(changed(path, wrong)).encode()), None))


def leaves(value: Any, path: str = "") -> list[str]:
    """The paths of all that stands in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [f"{path}.{key}" if path else str(key) for key, _ in inner]
    return found + [one for key, item in inner for one in leaves(item, f"{path}.{key}" if path else str(key))]


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
JUNK = (
    JUNK
    | st.lists(JUNK, max_size=2)
    | st.dictionaries(st.sampled_from(["npi", "address", "x"]), JUNK, max_size=2)
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(leaves(BODY)), JUNK)
def test_a_damaged_document_is_read_or_refused(path: str, junk: object) -> None:
    with suppress(DocumentError):
        list(read_shape(io.BytesIO(json.dumps(changed(path, junk)).encode()), None))


def test_every_field_stands_in_a_claim() -> None:
    assert len(rows()) > 600
