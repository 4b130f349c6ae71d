"""The declaration of the 837P (005010X222A1): which field stands in which loop, segment and element.

One declaration reads claims and writes them. Loops are named by their id, segments by id and qualifier.
"""

from edi_hit.claims.claim import Claim
from edi_hit.claims.claim_context import BillingProvider, Patient, Subscriber
from edi_hit.claims.claim_details import Diagnosis, DisabilityDates, SpinalManipulation
from edi_hit.claims.line_mapping_837p import AMBULANCE, AMBULANCE_UNITS, DROP_OFF, PICK_UP, SERVICE_LINE
from edi_hit.claims.other_payer import OtherPayer
from edi_hit.claims.shared_mapping import (
    BILLING_CONSTANTS,
    BILLING_FIELDS,
    CLAIM_FIELDS,
    CONTRACT,
    OTHER_PAYER_NAME,
    OTHER_SUBSCRIBER,
    PAY_TO,
    PAYER,
    PROVIDER_REFS,
    SUBSCRIBER_FIELDS,
    attachments,
    condition_indicators,
    coverage_amounts,
    notes,
    repricing,
)
from edi_hit.mapping.adjudication_parts import OUTPATIENT_FIELDS
from edi_hit.mapping.code_lists import CodeList
from edi_hit.mapping.convert import MONEY, NUMBER
from edi_hit.mapping.date_fields import Day, Days
from edi_hit.mapping.declaration import Child, Nested
from edi_hit.mapping.fields import Constant, Element, Field, Run
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.party_mapping import party
from edi_hit.mapping.repeated_fields import Adjustments, Part

_PATIENT_INFORMATION: tuple[Field, ...] = (
    Day("died_on", "PAT", at=6, form_at=5),
    Element("weight_pounds", "PAT", 8, NUMBER),
    Element("pregnant", "PAT", 9),
)
_POUNDS = Constant("PAT", 7, "01", beside=8)
_SECONDARY_TYPE = Element("secondary_type", "SBR", 5)

BILLING_PROVIDER: LoopMapping[BillingProvider] = LoopMapping(
    BillingProvider,
    BILLING_FIELDS,
    children=[
        Child(
            "party",
            "2010AA",
            party("NM1*85", address=True, tax_id="REF*EI", refs=("REF*0B", "REF*1G"), contacts=True),
        ),
        *PAY_TO,
    ],
    constants=BILLING_CONSTANTS,
)

SUBSCRIBER: LoopMapping[Subscriber] = LoopMapping(
    Subscriber,
    [*SUBSCRIBER_FIELDS, _SECONDARY_TYPE, *_PATIENT_INFORMATION],
    children=[
        Child(
            "person",
            "2010BA",
            party("NM1*IL", address=True, demographics=True, refs=("REF*SY", "REF*Y4"), contacts=True),
        ),
        PAYER,
    ],
    constants=[_POUNDS],
)

PATIENT: LoopMapping[Patient] = LoopMapping(
    Patient,
    [Element("relationship", "PAT", 1), *_PATIENT_INFORMATION],
    children=[
        Child(
            "person",
            "2010CA",
            party(
                "NM1*QC", address=True, demographics=True, refs=("REF*Y4", "REF*1W", "REF*SY"), contacts=True
            ),
        )
    ],
    constants=[_POUNDS],
)

_ON_REFS = PROVIDER_REFS[:3]

OTHER_PAYER = LoopMapping(
    OtherPayer,
    [
        *SUBSCRIBER_FIELDS,
        _SECONDARY_TYPE,
        *coverage_amounts(),
        Element("patient_signature_source", "OI", 4),
        Adjustments("adjustments"),
        *OUTPATIENT_FIELDS,
    ],
    children=[
        OTHER_SUBSCRIBER,
        OTHER_PAYER_NAME,
        Child("referring_providers", "2330C", party("NM1*DN", refs=_ON_REFS), many=True),
        Child("rendering_provider", "2330D", party("NM1*82", refs=PROVIDER_REFS)),
        Child("service_facility", "2330E", party("NM1*77", refs=("REF*0B", "REF*G2", "REF*LU"))),
        Child("supervising_provider", "2330F", party("NM1*DQ", refs=PROVIDER_REFS)),
        Child("billing_provider", "2330G", party("NM1*85", refs=("REF*G2", "REF*LU"))),
    ],
)

CLAIM: LoopMapping[Claim] = LoopMapping(
    Claim,
    [
        *CLAIM_FIELDS,
        Element("place_of_service", "CLM", 5, component=1),
        Element("provider_signature", "CLM", 6),
        Element("patient_signature_source", "CLM", 10),
        Run("related_causes", "CLM", (1, 2), of_element=11),
        Element("accident_state", "CLM", 11, component=4),
        Element("accident_country", "CLM", 11, component=5),
        Element("special_program", "CLM", 12),
        Day("illness_onset_on", "DTP*431"),
        Day("initial_treatment_on", "DTP*454"),
        Day("last_seen_on", "DTP*304"),
        Day("acute_manifestation_on", "DTP*453"),
        Day("accident_on", "DTP*439"),
        Day("last_menstrual_period_on", "DTP*484"),
        Day("last_x_ray_on", "DTP*455"),
        Day("prescribed_on", "DTP*471"),
        Day("last_worked_on", "DTP*297"),
        Day("return_to_work_on", "DTP*296"),
        Day("admitted_on", "DTP*435"),
        Day("discharged_on", "DTP*096"),
        Day("care_assumed_on", "DTP*090", only=True),
        Day("care_relinquished_on", "DTP*091", only=True),
        Day("first_contact_on", "DTP*444"),
        attachments("PWK*AA"),
        Element("patient_paid", "AMT*F5", 2, MONEY),
        Element("medicare_crossover", "REF*F5", 2),
        Element("mammography_certification", "REF*EW", 2),
        Element("clia_number", "REF*X4", 2),
        Element("device_exemption", "REF*LX", 2),
        Element("care_plan_oversight", "REF*1J", 2),
        Element("anesthesia_procedure", "HI*BP", 1, component=2),
        Element("other_anesthesia_procedure", "HI*BP", 2, component=2),
        notes("NTE*ADD", "NTE*CER", "NTE*DCP", "NTE*DGN", "NTE*TPO"),
        condition_indicators(7, "CRC*07", "CRC*E1", "CRC*75", "CRC*ZZ"),
        CodeList("diagnoses", ("HI*ABK",), Diagnosis, (Part("qualifier", 1), Part("code", 2)), gaps=True),
    ],
    nested=[
        Nested(
            "disability",
            DisabilityDates,
            (Element("qualifier", "DTP*314", 1), Days("period", "DTP*314")),
        ),
        CONTRACT,
        AMBULANCE,
        Nested(
            "spinal_manipulation",
            SpinalManipulation,
            (
                Element("condition", "CR2", 8),
                Element("description", "CR2", 10),
                Element("more_description", "CR2", 11),
            ),
        ),
        repricing(),
    ],
    children=[
        Child("referring_providers", "2310A", party("NM1*DN", refs=_ON_REFS), many=True),
        Child("rendering_provider", "2310B", party("NM1*82", taxonomy="PE", refs=PROVIDER_REFS)),
        Child(
            "service_facility",
            "2310C",
            party("NM1*77", address=True, refs=("REF*0B", "REF*G2", "REF*LU"), contacts=True),
        ),
        Child("supervising_provider", "2310D", party("NM1*DQ", refs=PROVIDER_REFS)),
        Child("ambulance_pick_up", "2310E", PICK_UP),
        Child("ambulance_drop_off", "2310F", DROP_OFF),
        Child("other_payers", "2320", OTHER_PAYER, many=True),
        Child("lines", "2400", SERVICE_LINE, many=True),
    ],
    constants=[*AMBULANCE_UNITS, Constant("HI*BP", 2, "BO", beside=2, component=1)],
    context=("submission", "billing_provider", "subscriber", "patient"),
)
