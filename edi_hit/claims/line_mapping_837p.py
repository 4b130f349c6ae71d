"""The declaration of a service line of the 837P (Loop 2400 and the loops in it)."""

from edi_hit.claims.claim import ServiceLine
from edi_hit.claims.claim_details import AmbulanceTransport
from edi_hit.claims.line_details import (
    DurableMedicalEquipment,
    EquipmentCertification,
    Form,
    FormAnswer,
    LineAdjudication,
    Measurement,
    PurchasedService,
)
from edi_hit.claims.shared_mapping import (
    CONTRACT,
    DRUG,
    FILE_INFORMATION,
    PROVIDER_REFS,
    REPRICED_PROCEDURE,
    REPRICED_UNITS,
    adjudicated_line,
    attachments,
    condition_indicators,
    notes,
    repricing,
)
from edi_hit.mapping.convert import DATE, INTEGER, MONEY, NUMBER
from edi_hit.mapping.date_fields import Day, Days
from edi_hit.mapping.declaration import Child, Nested
from edi_hit.mapping.fields import Constant, Element, Run
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.party_mapping import party, references
from edi_hit.mapping.repeated_fields import Adjustments, Each, Part

AMBULANCE = Nested(
    "ambulance",
    AmbulanceTransport,
    (
        Element("weight_pounds", "CR1", 2, NUMBER),
        Element("reason", "CR1", 4),
        Element("miles", "CR1", 6, NUMBER),
        Element("round_trip_purpose", "CR1", 9),
        Element("stretcher_purpose", "CR1", 10),
    ),
)
AMBULANCE_UNITS = (Constant("CR1", 1, "LB", beside=2), Constant("CR1", 5, "DH", beside=6))
PICK_UP = party("NM1*PW", address=True)
DROP_OFF = party("NM1*45", address=True)

_EQUIPMENT = Nested(
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
_CERTIFICATION = Nested(
    "equipment_certification",
    EquipmentCertification,
    (Element("kind", "CR3", 1), Element("months", "CR3", 3, NUMBER)),
)
_PURCHASED_SERVICE = Nested(
    "purchased_service",
    PurchasedService,
    (Element("provider_id", "PS1", 1), Element("charge", "PS1", 2, MONEY)),
)

LINE_ADJUDICATION = LoopMapping(LineAdjudication, [*adjudicated_line(), Adjustments("adjustments")])

FORM = LoopMapping(
    Form,
    [
        Element("code_list", "LQ", 1),
        Element("id", "LQ", 2),
        Each(
            "answers",
            ("FRM",),
            FormAnswer,
            (
                Part("question", 1),
                Part("yes_no", 2),
                Part("text", 3),
                Part("on", 4, DATE),
                Part("percent", 5, NUMBER),
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
        Run("modifiers", "SV1", range(3, 7), of_element=1),
        Element("description", "SV1", 1, component=7),
        Element("charge", "SV1", 2, MONEY),
        Element("unit_basis", "SV1", 3),
        Element("units", "SV1", 4, NUMBER),
        Element("place_of_service", "SV1", 5),
        Run("pointers", "SV1", range(1, 5), INTEGER, of_element=7),
        Element("emergency", "SV1", 9),
        Element("epsdt", "SV1", 11),
        Element("family_planning", "SV1", 12),
        Element("copay_exempt", "SV1", 15),
        attachments("PWK*AA", "PWK*AB"),
        condition_indicators(7, "CRC*07", "CRC*70", "CRC*09"),
        Days("service_dates", "DTP*472"),
        Day("prescribed_on", "DTP*471"),
        Day("recertified_on", "DTP*607"),
        Day("begun_on", "DTP*463"),
        Day("last_certified_on", "DTP*461"),
        Day("last_seen_on", "DTP*304"),
        Day("hemoglobin_tested_on", "DTP*738", only=True),
        Day("creatinine_tested_on", "DTP*739", only=True),
        Day("shipped_on", "DTP*011"),
        Day("last_x_ray_on", "DTP*455"),
        Day("initial_treatment_on", "DTP*454"),
        Element("ambulance_patients", "QTY*PT", 2, NUMBER),
        Element("obstetric_units", "QTY*FL", 2, NUMBER),
        Each(
            "measurements",
            ("MEA",),
            Measurement,
            (Part("reference", 1), Part("measure", 2), Part("value", 3, NUMBER)),
        ),
        Element("repriced_number", "REF*9B", 2),
        Element("adjusted_repriced_number", "REF*9D", 2),
        references("prior_authorizations", "REF*G1"),
        Element("control_number", "REF*6R", 2),
        Element("mammography_certification", "REF*EW", 2),
        Element("clia_number", "REF*X4", 2),
        Element("referring_clia_number", "REF*F4", 2),
        Element("immunization_batch", "REF*BT", 2),
        references("referral_numbers", "REF*9F"),
        Element("sales_tax", "AMT*T", 2, MONEY),
        Element("postage", "AMT*F4", 2, MONEY),
        FILE_INFORMATION,
        notes("NTE*ADD", "NTE*DCP", "NTE*TPO"),
    ],
    nested=[
        _EQUIPMENT,
        AMBULANCE,
        _CERTIFICATION,
        CONTRACT,
        _PURCHASED_SERVICE,
        repricing(*REPRICED_PROCEDURE, *REPRICED_UNITS),
    ],
    children=[
        Child("drug", "2410", DRUG),
        Child("rendering_provider", "2420A", party("NM1*82", taxonomy="PE", refs=PROVIDER_REFS)),
        Child("purchased_service_provider", "2420B", party("NM1*QB", refs=PROVIDER_REFS[:3])),
        Child("service_facility", "2420C", party("NM1*77", address=True, refs=("REF*G2", "REF*LU"))),
        Child("supervising_provider", "2420D", party("NM1*DQ", refs=PROVIDER_REFS)),
        Child(
            "ordering_provider",
            "2420E",
            party("NM1*DK", address=True, refs=PROVIDER_REFS[:3], contacts=True),
        ),
        Child("referring_providers", "2420F", party("NM1*DN", refs=PROVIDER_REFS[:3]), many=True),
        Child("ambulance_pick_up", "2420G", PICK_UP),
        Child("ambulance_drop_off", "2420H", DROP_OFF),
        Child("adjudications", "2430", LINE_ADJUDICATION, many=True),
        Child("forms", "2440", FORM, many=True),
    ],
    constants=[Constant("SV5", 2, "DA"), Constant("CR3", 2, "MO"), *AMBULANCE_UNITS],
)
