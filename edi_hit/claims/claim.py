"""The professional claim and its service lines: pure data, one structure a loop of the 837P (005010X222A1).

Money is dollars; dates are calendar dates; codes are text exactly as sent. What no field names is in
`unmapped` of the loop it came in.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.claims.claim_context import BillingProvider, Patient, Submission, Subscriber
from edi_hit.claims.claim_details import (
    AmbulanceTransport,
    Attachment,
    ConditionIndicator,
    Contract,
    Diagnosis,
    DisabilityDates,
    Note,
    Repricing,
    SpinalManipulation,
)
from edi_hit.claims.line_details import (
    Drug,
    DurableMedicalEquipment,
    EquipmentCertification,
    Form,
    LineAdjudication,
    Measurement,
    PurchasedService,
)
from edi_hit.claims.other_payer import OtherPayer
from edi_hit.mapping.parts import Address, Party, Period, Reference, Unmapped


class ServiceLine(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Loop 2400: one service. `charge` in dollars; `units` in `unit_basis` (UN units, MJ minutes).

    `number` is LX01 as read; a writer numbers the lines of a claim anew, from 1. `pointers` are the diagnoses
    (1-12) it was for; `control_number` is REF*6R. `hemoglobin_tested_on` and `creatinine_tested_on` are
    DTP*738 and *739; `begun_on` (DTP*463) the first day of the therapy; `forms` Loops 2440.
    """

    number: int = 0
    charge: Decimal
    procedure_code: str
    service_dates: Period | None = None
    procedure_qualifier: str = "HC"
    modifiers: tuple[str, ...] = ()
    description: str = ""
    unit_basis: str = "UN"
    units: Decimal | None = None
    place_of_service: str = ""
    pointers: tuple[int, ...] = ()
    emergency: str = ""
    epsdt: str = ""
    family_planning: str = ""
    copay_exempt: str = ""
    equipment: DurableMedicalEquipment | None = None
    attachments: tuple[Attachment, ...] = ()
    ambulance: AmbulanceTransport | None = None
    equipment_certification: EquipmentCertification | None = None
    condition_indicators: tuple[ConditionIndicator, ...] = ()
    prescribed_on: date | None = None
    recertified_on: date | None = None
    begun_on: date | None = None
    last_certified_on: date | None = None
    last_seen_on: date | None = None
    hemoglobin_tested_on: date | None = None
    creatinine_tested_on: date | None = None
    shipped_on: date | None = None
    last_x_ray_on: date | None = None
    initial_treatment_on: date | None = None
    ambulance_patients: Decimal | None = None
    obstetric_units: Decimal | None = None
    measurements: tuple[Measurement, ...] = ()
    contract: Contract | None = None
    repriced_number: str = ""
    adjusted_repriced_number: str = ""
    prior_authorizations: tuple[Reference, ...] = ()
    control_number: str = ""
    mammography_certification: str = ""
    clia_number: str = ""
    referring_clia_number: str = ""
    immunization_batch: str = ""
    referral_numbers: tuple[Reference, ...] = ()
    sales_tax: Decimal | None = None
    postage: Decimal | None = None
    file_information: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    purchased_service: PurchasedService | None = None
    repricing: Repricing | None = None
    drug: Drug | None = None
    rendering_provider: Party | None = None
    purchased_service_provider: Party | None = None
    service_facility: Party | None = None
    supervising_provider: Party | None = None
    ordering_provider: Party | None = None
    referring_providers: tuple[Party, ...] = ()
    ambulance_pick_up: Party | None = None
    ambulance_drop_off: Party | None = None
    adjudications: tuple[LineAdjudication, ...] = ()
    forms: tuple[Form, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class HealthCareClaim(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="kind"):
    """What professional and institutional claims (Loop 2300) have in common, with the context they inherit.

    `claim_id` is CLM01, exactly as sent; `charge` CLM02 in dollars; `frequency` CLM05-3 (1 original,
    7 replacement, 8 void). `condition_codes` are those of HI*BG, `file_information` the texts of K3.
    """

    claim_id: str
    charge: Decimal
    submission: Submission
    billing_provider: BillingProvider
    subscriber: Subscriber
    patient: Patient | None = None
    frequency: str = "1"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release_of_information: str = "Y"
    delay_reason: str = ""
    repricer_received_on: date | None = None
    attachments: tuple[Attachment, ...] = ()
    contract: Contract | None = None
    service_authorization_exception: str = ""
    referral_number: str = ""
    prior_authorization: str = ""
    payer_claim_number: str = ""
    repriced_claim_number: str = ""
    adjusted_repriced_claim_number: str = ""
    clearinghouse_number: str = ""
    medical_record_number: str = ""
    demonstration_project: str = ""
    file_information: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    condition_indicators: tuple[ConditionIndicator, ...] = ()
    condition_codes: tuple[str, ...] = ()
    repricing: Repricing | None = None
    referring_providers: tuple[Party, ...] = ()
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    other_payers: tuple[OtherPayer, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def payer(self) -> Party:
        """The payer the claim goes to (Loop 2010BB)."""
        return self.subscriber.payer

    @property
    def patient_person(self) -> Party:
        """The person treated: the dependent (2010CA), else the subscriber (2010BA)."""
        return self.patient.person if self.patient else self.subscriber.person

    @property
    def patient_address(self) -> Address | None:
        """The home address of the person treated, where sent."""
        return self.patient_person.address


class Claim(HealthCareClaim, frozen=True, omit_defaults=True, kw_only=True, tag="professional"):
    """One professional claim (837P). `place_of_service` is CLM05-1.

    `accident_state` and `accident_country` are CLM11-4 and -5, `special_program` CLM12. Dates are those of
    DTP: `illness_onset_on` 431, `prescribed_on` 471 (hearing and vision), `first_contact_on` 444, and so on.
    `medicare_crossover` is REF*F5, `device_exemption` REF*LX, `care_plan_oversight` REF*1J.
    """

    lines: tuple[ServiceLine, ...]
    place_of_service: str = ""
    facility_qualifier: str = "B"
    provider_signature: str = "Y"
    patient_signature_source: str = ""
    related_causes: tuple[str, ...] = ()
    accident_state: str = ""
    accident_country: str = ""
    special_program: str = ""
    illness_onset_on: date | None = None
    initial_treatment_on: date | None = None
    last_seen_on: date | None = None
    acute_manifestation_on: date | None = None
    accident_on: date | None = None
    last_menstrual_period_on: date | None = None
    last_x_ray_on: date | None = None
    prescribed_on: date | None = None
    disability: DisabilityDates | None = None
    last_worked_on: date | None = None
    return_to_work_on: date | None = None
    admitted_on: date | None = None
    discharged_on: date | None = None
    care_assumed_on: date | None = None
    care_relinquished_on: date | None = None
    first_contact_on: date | None = None
    patient_paid: Decimal | None = None
    medicare_crossover: str = ""
    mammography_certification: str = ""
    clia_number: str = ""
    device_exemption: str = ""
    care_plan_oversight: str = ""
    ambulance: AmbulanceTransport | None = None
    spinal_manipulation: SpinalManipulation | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    anesthesia_procedure: str = ""
    other_anesthesia_procedure: str = ""
    supervising_provider: Party | None = None
    ambulance_pick_up: Party | None = None
    ambulance_drop_off: Party | None = None
