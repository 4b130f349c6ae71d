"""The declaration of the 837P (005010X222A1): which field stands in which loop, segment and element.

One declaration reads claims and writes them. Loops are named by their id, segments by id and qualifier.
"""

from edi_hit.claims.claim import (
    Attachment,
    BillingProvider,
    Claim,
    ClaimDate,
    Diagnosis,
    Drug,
    DurableMedicalEquipment,
    LineAdjudication,
    Note,
    OtherPayer,
    OtherPayerName,
    Patient,
    ServiceLine,
    Submission,
    Subscriber,
)
from edi_hit.mapping.convert import DATE, INTEGER, MONEY, NUMBER, TEXT
from edi_hit.mapping.fields import Constant, Day, Days, Element, Field, Run
from edi_hit.mapping.loop_mapping import Child, LoopMapping, Nested
from edi_hit.mapping.party_mapping import party, references
from edi_hit.mapping.repeated_fields import Adjustments, Beside, Codes, Each, EachDated

_PROVIDER_REFS = ("REF*0B", "REF*1G", "REF*G2", "REF*LU")
_NOTE = (("code", 1, None, TEXT), ("text", 2, None, TEXT))
_ATTACHMENT = (
    ("report_type", 1, None, TEXT),
    ("transmission", 2, None, TEXT),
    ("control_number", 6, None, TEXT),
)
_CONTROL_NUMBER_KIND = (Beside((5, None), "AC", "control_number"),)
_CLAIM_DATES = (
    "DTP*431", "DTP*454", "DTP*304", "DTP*453", "DTP*439", "DTP*484", "DTP*455", "DTP*471", "DTP*314",
    "DTP*360", "DTP*361", "DTP*297", "DTP*296", "DTP*435", "DTP*096", "DTP*090", "DTP*091", "DTP*444",
    "DTP*050",
)  # fmt: skip


def _subscriber_information() -> tuple[Field, ...]:
    return (
        Element("sequence", "SBR", 1),
        Element("relationship", "SBR", 2),
        Element("group_number", "SBR", 3),
        Element("group_name", "SBR", 4),
        Element("secondary_type", "SBR", 5),
        Element("filing_indicator", "SBR", 9),
    )


def _patient_information() -> tuple[Field, ...]:
    return (
        Day("died_on", "PAT", DATE, at=6, form_at=5),
        Element("weight_pounds", "PAT", 8, NUMBER),
        Element("pregnant", "PAT", 9),
    )


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

BILLING_PROVIDER = LoopMapping(
    BillingProvider,
    [Element("taxonomy", "PRV", 3), Element("currency", "CUR", 2)],
    children=[
        Child(
            "party",
            "2010AA",
            party("NM1*85", address=True, tax_id="REF*EI", refs=("REF*0B", "REF*1G"), contacts=True),
        ),
        Child("pay_to", "2010AB", party("NM1*87", address=True)),
        Child(
            "pay_to_plan",
            "2010AC",
            party("NM1*PE", address=True, tax_id="REF*EI", refs=("REF*2U", "REF*FY", "REF*NF")),
        ),
    ],
    constants=[Constant("PRV", 1, "BI"), Constant("PRV", 2, "PXC"), Constant("CUR", 1, "85")],
)

SUBSCRIBER = LoopMapping(
    Subscriber,
    [*_subscriber_information(), *_patient_information()],
    children=[
        Child(
            "person",
            "2010BA",
            party("NM1*IL", address=True, demographics=True, refs=("REF*SY", "REF*Y4"), contacts=True),
        ),
        Child(
            "payer",
            "2010BB",
            party("NM1*PR", address=True, refs=("REF*2U", "REF*EI", "REF*FY", "REF*NF", "REF*G2", "REF*LU")),
        ),
    ],
    constants=[Constant("PAT", 7, "01", beside=8)],
)

PATIENT = LoopMapping(
    Patient,
    [Element("relationship", "PAT", 1), *_patient_information()],
    children=[
        Child(
            "person",
            "2010CA",
            party(
                "NM1*QC", address=True, demographics=True, refs=("REF*Y4", "REF*1W", "REF*SY"), contacts=True
            ),
        )
    ],
    constants=[Constant("PAT", 7, "01", beside=8)],
)

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

LINE_ADJUDICATION = LoopMapping(
    LineAdjudication,
    [
        Element("payer_id", "SVD", 1),
        Element("paid", "SVD", 2, MONEY),
        Element("procedure_qualifier", "SVD", 3, component=1),
        Element("procedure_code", "SVD", 3, component=2),
        Run("modifiers", "SVD", 3, 6, of_element=3),
        Element("units", "SVD", 5, NUMBER),
        Element("bundled_line", "SVD", 6),
        Adjustments("adjustments"),
        Day("paid_on", "DTP*573", DATE),
        Element("remaining_liability", "AMT*EAF", 2, MONEY),
    ],
)

OTHER_PAYER = LoopMapping(
    OtherPayer,
    [
        *_subscriber_information(),
        Adjustments("adjustments"),
        Element("paid", "AMT*D", 2, MONEY),
        Element("non_covered", "AMT*A8", 2, MONEY),
        Element("remaining_liability", "AMT*EAF", 2, MONEY),
        Element("benefits_assigned", "OI", 3),
        Element("release_of_information", "OI", 6),
        Element("reimbursement_rate", "MOA", 1, NUMBER),
        Run("remark_codes", "MOA", 3, 7),
    ],
    children=[
        Child("subscriber", "2330A", party("NM1*IL", address=True, refs=("REF*SY",))),
        Child(
            "payer",
            "2330B",
            party(
                "NM1*PR",
                address=True,
                refs=("REF*2U", "REF*EI", "REF*FY", "REF*NF", "REF*G1", "REF*9F", "REF*T4"),
                type=OtherPayerName,
                more=(Day("adjudicated_on", "DTP*573", DATE), Element("payer_claim_number", "REF*F8", 2)),
            ),
        ),
    ],
)

SERVICE_LINE = LoopMapping(
    ServiceLine,
    [
        Element("number", "LX", 1, INTEGER),
        Element("procedure_qualifier", "SV1", 1, component=1),
        Element("procedure_code", "SV1", 1, component=2),
        Run("modifiers", "SV1", 3, 6, of_element=1),
        Element("description", "SV1", 1, component=7),
        Element("charge", "SV1", 2, MONEY),
        Element("unit_basis", "SV1", 3),
        Element("units", "SV1", 4, NUMBER),
        Element("place_of_service", "SV1", 5),
        Run("pointers", "SV1", 1, 4, INTEGER, of_element=7),
        Element("emergency", "SV1", 9),
        Element("copay_exempt", "SV1", 15),
        Each("attachments", ("PWK*AA", "PWK*AB"), Attachment, _ATTACHMENT, _CONTROL_NUMBER_KIND),
        Days("service_dates", "DTP*472"),
        Day("prescribed_on", "DTP*471", DATE),
        Day("begun_on", "DTP*463", DATE),
        references("prior_authorizations", "REF*G1"),
        Element("control_number", "REF*6R", 2),
        Element("sales_tax", "AMT*T", 2, MONEY),
        Each("notes", ("NTE*ADD", "NTE*DCP", "NTE*TPO"), Note, _NOTE),
    ],
    nested=[
        Nested(
            "equipment",
            DurableMedicalEquipment,
            (
                Element("procedure_qualifier", "SV5", 1, component=1),
                Element("code", "SV5", 1, component=2),
                Element("days", "SV5", 3, NUMBER),
                Element("rental_price", "SV5", 4, MONEY),
                Element("purchase_price", "SV5", 5, MONEY),
                Element("frequency", "SV5", 6),
            ),
        )
    ],
    children=[
        Child("drug", "2410", DRUG),
        Child("rendering_provider", "2420A", party("NM1*82", taxonomy="PE", refs=_PROVIDER_REFS)),
        Child("service_facility", "2420C", party("NM1*77", address=True, refs=("REF*G2", "REF*LU"))),
        Child("supervising_provider", "2420D", party("NM1*DQ", refs=_PROVIDER_REFS)),
        Child(
            "ordering_provider",
            "2420E",
            party("NM1*DK", address=True, refs=_PROVIDER_REFS[:3], contacts=True),
        ),
        Child("referring_providers", "2420F", party("NM1*DN", refs=_PROVIDER_REFS[:3]), many=True),
        Child("adjudications", "2430", LINE_ADJUDICATION, many=True),
    ],
    constants=[Constant("SV5", 2, "DA")],
)

CLAIM = LoopMapping(
    Claim,
    [
        Element("claim_id", "CLM", 1),
        Element("charge", "CLM", 2, MONEY),
        Element("place_of_service", "CLM", 5, component=1),
        Element("facility_qualifier", "CLM", 5, component=2),
        Element("frequency", "CLM", 5, component=3),
        Element("provider_signature", "CLM", 6),
        Element("assignment", "CLM", 7),
        Element("benefits_assigned", "CLM", 8),
        Element("release_of_information", "CLM", 9),
        Element("patient_signature_source", "CLM", 10),
        Run("related_causes", "CLM", 1, 3, of_element=11),
        Element("delay_reason", "CLM", 20),
        EachDated("dates", _CLAIM_DATES, ClaimDate),
        Each("attachments", ("PWK*AA",), Attachment, _ATTACHMENT, _CONTROL_NUMBER_KIND),
        Element("patient_paid", "AMT*F5", 2, MONEY),
        Element("prior_authorization", "REF*G1", 2),
        Element("referral_number", "REF*9F", 2),
        Element("payer_claim_number", "REF*F8", 2),
        Element("clearinghouse_number", "REF*D9", 2),
        Element("medical_record_number", "REF*EA", 2),
        Element("demonstration_project", "REF*P4", 2),
        Each("notes", ("NTE*ADD", "NTE*CER", "NTE*DCP", "NTE*DGN", "NTE*TPO"), Note, _NOTE),
        Codes("diagnoses", "HI*ABK", Diagnosis),
    ],
    children=[
        Child("referring_providers", "2310A", party("NM1*DN", refs=_PROVIDER_REFS[:3]), many=True),
        Child("rendering_provider", "2310B", party("NM1*82", taxonomy="PE", refs=_PROVIDER_REFS)),
        Child(
            "service_facility",
            "2310C",
            party("NM1*77", address=True, refs=("REF*0B", "REF*G2", "REF*LU"), contacts=True),
        ),
        Child("supervising_provider", "2310D", party("NM1*DQ", refs=_PROVIDER_REFS)),
        Child("other_payers", "2320", OTHER_PAYER, many=True),
        Child("lines", "2400", SERVICE_LINE, many=True),
    ],
)
