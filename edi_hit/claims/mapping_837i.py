"""The declaration of the 837I (005010X223A2): which field stands in which loop, segment and element.

One declaration reads claims and writes them. Loops are named by their id, segments by id and qualifier.
"""

from edi_hit.claims.claim_context import BillingProvider, Patient, Subscriber
from edi_hit.claims.claim_details import Diagnosis
from edi_hit.claims.institutional_claim import (
    InstitutionalClaim,
    OccurrenceCode,
    OccurrenceSpan,
    Procedure,
    RevenueLine,
    ValueCode,
)
from edi_hit.claims.line_details import LineAdjudication
from edi_hit.claims.other_payer import OtherPayer
from edi_hit.claims.shared_mapping import (
    BILLING_CONSTANTS,
    BILLING_FIELDS,
    CLAIM_FIELDS,
    CONTRACT,
    DRUG,
    OTHER_PAYER_NAME,
    OTHER_SUBSCRIBER,
    PAY_TO,
    PAYER,
    PROVIDER_REFS,
    REPRICED_PROCEDURE,
    REPRICED_REVENUE_CODE,
    REPRICED_UNITS,
    SUBSCRIBER_FIELDS,
    adjudicated_line,
    attachments,
    condition_indicators,
    coverage_amounts,
    notes,
    repricing,
)
from edi_hit.mapping.adjudication_parts import INPATIENT, OUTPATIENT_FIELDS
from edi_hit.mapping.code_lists import CodeList
from edi_hit.mapping.convert import DATE, INTEGER, MONEY, NUMBER, SPAN
from edi_hit.mapping.date_fields import Days, Moments
from edi_hit.mapping.declaration import Child, Nested
from edi_hit.mapping.fields import Constant, Element, Run
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.party_mapping import party
from edi_hit.mapping.repeated_fields import Adjustments, EachValue, Part

_FACILITY_REFS = ("REF*0B", "REF*G2", "REF*LU")
_REFERRING_REFS = PROVIDER_REFS[:3]
_DIAGNOSIS = (Part("qualifier", 1), Part("code", 2))
_PRESENT = (*_DIAGNOSIS, Part("present_on_admission", 9))
_CODE = (Part("code", 2),)
_ON, _DURING = Part("on", 4, DATE), Part("period", 4, SPAN)

BILLING_PROVIDER: LoopMapping[BillingProvider] = LoopMapping(
    BillingProvider,
    BILLING_FIELDS,
    children=[
        Child("party", "2010AA", party("NM1*85", address=True, tax_id="REF*EI", contacts=True)),
        *PAY_TO,
    ],
    constants=BILLING_CONSTANTS,
)

SUBSCRIBER: LoopMapping[Subscriber] = LoopMapping(
    Subscriber,
    SUBSCRIBER_FIELDS,
    children=[
        Child(
            "person", "2010BA", party("NM1*IL", address=True, demographics=True, refs=("REF*SY", "REF*Y4"))
        ),
        PAYER,
    ],
)

PATIENT: LoopMapping[Patient] = LoopMapping(
    Patient,
    [Element("relationship", "PAT", 1)],
    children=[
        Child(
            "person",
            "2010CA",
            party("NM1*QC", address=True, demographics=True, refs=("REF*Y4", "REF*1W", "REF*SY")),
        )
    ],
)

OTHER_PAYER = LoopMapping(
    OtherPayer,
    [*SUBSCRIBER_FIELDS, *coverage_amounts(), Adjustments("adjustments"), *OUTPATIENT_FIELDS],
    nested=[INPATIENT],
    children=[
        OTHER_SUBSCRIBER,
        OTHER_PAYER_NAME,
        Child("attending_provider", "2330C", party("NM1*71", refs=PROVIDER_REFS)),
        Child("operating_physician", "2330D", party("NM1*72", refs=PROVIDER_REFS)),
        Child("other_operating_physician", "2330E", party("NM1*ZZ", refs=PROVIDER_REFS)),
        Child("service_facility", "2330F", party("NM1*77", refs=_FACILITY_REFS)),
        Child("rendering_provider", "2330G", party("NM1*82", refs=PROVIDER_REFS)),
        Child("referring_providers", "2330H", party("NM1*DN", refs=_REFERRING_REFS), many=True),
        Child("billing_provider", "2330I", party("NM1*85", refs=("REF*G2", "REF*LU"))),
    ],
)

LINE_ADJUDICATION = LoopMapping(
    LineAdjudication,
    [*adjudicated_line((Element("revenue_code", "SVD", 4),)), Adjustments("adjustments")],
)

REVENUE_LINE = LoopMapping(
    RevenueLine,
    [
        Element("number", "LX", 1, INTEGER),
        Element("revenue_code", "SV2", 1),
        Element("procedure_qualifier", "SV2", 2, component=1),
        Element("procedure_code", "SV2", 2, component=2),
        Run("modifiers", "SV2", range(3, 7), of_element=2),
        Element("description", "SV2", 2, component=7),
        Element("charge", "SV2", 3, MONEY),
        Element("unit_basis", "SV2", 4),
        Element("units", "SV2", 5, NUMBER),
        Element("non_covered", "SV2", 7, MONEY),
        attachments("PWK"),
        Days("service_dates", "DTP*472"),
        Element("control_number", "REF*6R", 2),
        Element("repriced_number", "REF*9B", 2),
        Element("adjusted_repriced_number", "REF*9D", 2),
        Element("service_tax", "AMT*GT", 2, MONEY),
        Element("facility_tax", "AMT*N8", 2, MONEY),
        notes("NTE*TPO"),
    ],
    nested=[repricing(REPRICED_REVENUE_CODE, *REPRICED_PROCEDURE, *REPRICED_UNITS)],
    children=[
        Child("drug", "2410", DRUG),
        Child("operating_physician", "2420A", party("NM1*72", refs=PROVIDER_REFS)),
        Child("other_operating_physician", "2420B", party("NM1*ZZ", refs=PROVIDER_REFS)),
        Child("rendering_provider", "2420C", party("NM1*82", refs=PROVIDER_REFS)),
        Child("referring_providers", "2420D", party("NM1*DN", refs=_REFERRING_REFS), many=True),
        Child("adjudications", "2430", LINE_ADJUDICATION, many=True),
    ],
)

_PRINCIPAL_DIAGNOSIS = Nested(
    "principal_diagnosis",
    Diagnosis,
    (
        Element("qualifier", "HI*ABK", 1, component=1),
        Element("code", "HI*ABK", 1, component=2),
        Element("present_on_admission", "HI*ABK", 1, component=9),
    ),
)
_ADMITTING_DIAGNOSIS = Nested(
    "admitting_diagnosis",
    Diagnosis,
    (Element("qualifier", "HI*ABJ", 1, component=1), Element("code", "HI*ABJ", 1, component=2)),
)
_PRINCIPAL_PROCEDURE = Nested(
    "principal_procedure",
    Procedure,
    (
        Element("qualifier", "HI*BBR", 1, component=1),
        Element("code", "HI*BBR", 1, component=2),
        Element("on", "HI*BBR", 1, DATE, component=4),
    ),
)

CLAIM: LoopMapping[InstitutionalClaim] = LoopMapping(
    InstitutionalClaim,
    [
        *CLAIM_FIELDS,
        Element("facility_type", "CLM", 5, component=1),
        Element("discharge_hour", "DTP*096", 3),
        Days("statement_dates", "DTP*434", always_span=True),
        Moments("admission", "DTP*435"),
        Element("admission_type", "CL1", 1),
        Element("admission_source", "CL1", 2),
        Element("patient_status", "CL1", 3),
        attachments("PWK"),
        Element("patient_estimated_due", "AMT*F3", 2, MONEY),
        EachValue("device_exemptions", "REF*LX", 2),
        Element("auto_accident_state", "REF*LU", 2),
        Element("peer_review_approval", "REF*G4", 2),
        notes("NTE*ALG", "NTE*ADD"),
        condition_indicators(5, "CRC"),
        CodeList("reasons_for_visit", ("HI*APR",), Diagnosis, _DIAGNOSIS, room=3),
        CodeList("external_causes", ("HI*ABN",), Diagnosis, _PRESENT),
        Element("drg", "HI*DR", 1, component=2),
        CodeList("other_diagnoses", ("HI*ABF",), Diagnosis, _PRESENT),
        CodeList("other_procedures", ("HI*BBQ",), Procedure, (*_DIAGNOSIS, _ON), form="D8"),
        CodeList("occurrence_spans", ("HI*BI",), OccurrenceSpan, (*_CODE, _DURING), form="RD8"),
        CodeList("occurrence_codes", ("HI*BH",), OccurrenceCode, (*_CODE, _ON), form="D8"),
        CodeList("value_codes", ("HI*BE",), ValueCode, (*_CODE, Part("amount", 5, NUMBER))),
        CodeList("treatment_codes", ("HI*TC",), str, _CODE),
    ],
    nested=[
        CONTRACT,
        _PRINCIPAL_DIAGNOSIS,
        _ADMITTING_DIAGNOSIS,
        _PRINCIPAL_PROCEDURE,
        repricing(REPRICED_REVENUE_CODE, *REPRICED_UNITS),
    ],
    children=[
        Child("attending_provider", "2310A", party("NM1*71", taxonomy="AT", refs=PROVIDER_REFS)),
        Child("operating_physician", "2310B", party("NM1*72", refs=PROVIDER_REFS)),
        Child("other_operating_physician", "2310C", party("NM1*ZZ", refs=PROVIDER_REFS)),
        Child("rendering_provider", "2310D", party("NM1*82", refs=PROVIDER_REFS)),
        Child("service_facility", "2310E", party("NM1*77", address=True, refs=_FACILITY_REFS)),
        Child("referring_providers", "2310F", party("NM1*DN", refs=_REFERRING_REFS), many=True),
        Child("other_payers", "2320", OTHER_PAYER, many=True),
        Child("lines", "2400", REVENUE_LINE, many=True),
    ],
    constants=[
        Constant("DTP*096", 2, "TM"),
        Constant("HI*BBR", 1, "D8", component=3),
    ],
    context=("submission", "billing_provider", "subscriber", "patient"),
)
