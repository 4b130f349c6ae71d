"""What the declarations of the 837P and the 837I have in common: the loops above a claim, details, payers."""

from collections.abc import Sequence

from edi_hit.claims.claim_context import Submission
from edi_hit.claims.claim_details import Attachment, ConditionIndicator, Contract, Note, Repricing
from edi_hit.claims.line_details import Drug
from edi_hit.claims.other_payer import OtherPayerName
from edi_hit.mapping.code_lists import CodeList
from edi_hit.mapping.convert import DATE, MONEY, NUMBER
from edi_hit.mapping.date_fields import Day
from edi_hit.mapping.declaration import Child, Nested
from edi_hit.mapping.fields import Constant, Element, Field, Run
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.party_mapping import ADDRESS, name_fields, party, references
from edi_hit.mapping.repeated_fields import Beside, Each, EachValue, Part

PROVIDER_REFS = ("REF*0B", "REF*1G", "REF*G2", "REF*LU")
"""State license, UPIN, provider commercial number, location number."""
PAYER_REFS = ("REF*2U", "REF*EI", "REF*FY", "REF*NF")

SUBMISSION = LoopMapping(
    Submission,
    [
        Element("purpose", "BHT", 2),
        Element("reference", "BHT", 3),
        Element("created_on", "BHT", 4, DATE),
        Element("created_at", "BHT", 5),
        Element("kind", "BHT", 6),
    ],
    children=[
        Child("submitter", "1000A", party("NM1*41", contacts=True)),
        Child("receiver", "1000B", party("NM1*40")),
    ],
    constants=[Constant("BHT", 1, "0019")],
)

BILLING_FIELDS = (Element("taxonomy", "PRV", 3), Element("currency", "CUR", 2))
BILLING_CONSTANTS = (Constant("PRV", 1, "BI"), Constant("PRV", 2, "PXC"), Constant("CUR", 1, "85"))
PAY_TO = (
    Child("pay_to", "2010AB", party("NM1*87", address=True)),
    Child(
        "pay_to_plan",
        "2010AC",
        party("NM1*PE", address=True, tax_id="REF*EI", refs=("REF*2U", "REF*FY", "REF*NF")),
    ),
)

SUBSCRIBER_FIELDS = (
    Element("sequence", "SBR", 1),
    Element("relationship", "SBR", 2),
    Element("group_number", "SBR", 3),
    Element("group_name", "SBR", 4),
    Element("filing_indicator", "SBR", 9),
)
PAYER = Child("payer", "2010BB", party("NM1*PR", address=True, refs=(*PAYER_REFS, "REF*G2", "REF*LU")))

DRUG = LoopMapping(
    Drug,
    [
        Element("qualifier", "LIN", 2),
        Element("ndc", "LIN", 3),
        Element("quantity", "CTP", 4, NUMBER),
        Element("unit", "CTP", 5, component=1),
        Element("prescription_number", "REF*XZ", 2, only=True),
        Element("compound_link", "REF*VY", 2, only=True),
    ],
)

FILE_INFORMATION = EachValue("file_information", "K3", 1)
CLAIM_FIELDS: tuple[Field, ...] = (
    Element("claim_id", "CLM", 1),
    Element("charge", "CLM", 2, MONEY),
    Element("facility_qualifier", "CLM", 5, component=2),
    Element("frequency", "CLM", 5, component=3),
    Element("assignment", "CLM", 7),
    Element("benefits_assigned", "CLM", 8),
    Element("release_of_information", "CLM", 9),
    Element("delay_reason", "CLM", 20),
    Day("repricer_received_on", "DTP*050"),
    Element("service_authorization_exception", "REF*4N", 2),
    Element("referral_number", "REF*9F", 2),
    Element("prior_authorization", "REF*G1", 2),
    Element("payer_claim_number", "REF*F8", 2),
    Element("repriced_claim_number", "REF*9A", 2),
    Element("adjusted_repriced_claim_number", "REF*9C", 2),
    Element("clearinghouse_number", "REF*D9", 2),
    Element("medical_record_number", "REF*EA", 2),
    Element("demonstration_project", "REF*P4", 2),
    FILE_INFORMATION,
    CodeList("condition_codes", ("HI*BG",), str, (Part("code", 2),)),
)
"""What Loop 2300 has in both guides."""

CONTRACT = Nested(
    "contract",
    Contract,
    (
        Element("kind", "CN1", 1),
        Element("amount", "CN1", 2, MONEY),
        Element("percentage", "CN1", 3, NUMBER),
        Element("code", "CN1", 4),
        Element("discount_percentage", "CN1", 5, NUMBER),
        Element("version", "CN1", 6),
    ),
)
_CONTROL_NUMBER_KIND = (Beside((5, None), "AC", "control_number"),)
_PRICING = (
    Element("methodology", "HCP", 1),
    Element("allowed", "HCP", 2, MONEY),
    Element("savings", "HCP", 3, MONEY),
    Element("organization_id", "HCP", 4),
    Element("flat_rate", "HCP", 5, NUMBER),
    Element("group_code", "HCP", 6),
    Element("group_amount", "HCP", 7, MONEY),
    Element("reject_reason", "HCP", 13),
    Element("policy_compliance", "HCP", 14),
    Element("exception", "HCP", 15),
)
REPRICED_REVENUE_CODE = Element("revenue_code", "HCP", 8)
REPRICED_PROCEDURE = (Element("procedure_qualifier", "HCP", 9), Element("procedure_code", "HCP", 10))
REPRICED_UNITS = (Element("unit_basis", "HCP", 11), Element("units", "HCP", 12, NUMBER))


def repricing(*more: Field) -> Nested:
    """HCP: what all its uses have, and `more`."""
    return Nested("repricing", Repricing, (*_PRICING, *more))


def attachments(*labels: str) -> Each:
    """PWK: the attachments of a claim or line."""
    parts = (Part("report_type", 1), Part("transmission", 2), Part("control_number", 6))
    return Each("attachments", labels, Attachment, parts, _CONTROL_NUMBER_KIND)


def notes(*labels: str) -> Each:
    """NTE: the notes of a claim or line."""
    return Each("notes", labels, Note, (Part("code", 1), Part("text", 2)))


def condition_indicators(last: int, *labels: str) -> Each:
    """CRC: conditions that hold or do not; the codes end at element `last`."""
    parts = (Part("category", 1), Part("applies", 2), Part("codes", 3, through=last))
    return Each("condition_indicators", labels, ConditionIndicator, parts)


def adjudicated_line(more: Sequence[Field] = ()) -> tuple[Field, ...]:
    """SVD: what another payer decided on a line, and `more`."""
    return (
        Element("payer_id", "SVD", 1),
        Element("paid", "SVD", 2, MONEY),
        Element("procedure_qualifier", "SVD", 3, component=1),
        Element("procedure_code", "SVD", 3, component=2),
        Run("modifiers", "SVD", range(3, 7), of_element=3),
        Element("description", "SVD", 3, component=7),
        *more,
        Element("units", "SVD", 5, NUMBER),
        Element("bundled_line", "SVD", 6),
        Day("paid_on", "DTP*573"),
        Element("remaining_liability", "AMT*EAF", 2, MONEY),
    )


def coverage_amounts() -> tuple[Field, ...]:
    """AMT of Loop 2320, and OI03 and OI06."""
    return (
        Element("paid", "AMT*D", 2, MONEY),
        Element("non_covered", "AMT*A8", 2, MONEY),
        Element("remaining_liability", "AMT*EAF", 2, MONEY),
        Element("benefits_assigned", "OI", 3),
        Element("release_of_information", "OI", 6),
    )


OTHER_SUBSCRIBER = Child("subscriber", "2330A", party("NM1*IL", address=True, refs=("REF*SY",)))
OTHER_PAYER_NAME = Child(
    "payer",
    "2330B",
    LoopMapping(
        OtherPayerName,
        [
            *name_fields("NM1*PR"),
            Day("adjudicated_on", "DTP*573"),
            references("references", *PAYER_REFS),
            Element("prior_authorization", "REF*G1", 2),
            Element("referral_number", "REF*9F", 2),
            Element("adjustment_indicator", "REF*T4", 2),
            Element("payer_claim_number", "REF*F8", 2),
        ],
        nested=[ADDRESS],
    ),
)
