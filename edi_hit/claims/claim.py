"""Claim and its parts: pure data, one structure a loop of the 837P (005010X222A1).

Money is dollars; dates are calendar dates; codes are text exactly as sent. What no field names is in
`unmapped` of the loop it came in.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Address, Adjustment, Party, Period, Reference, Unmapped


class Submission(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a transaction set says of itself: BHT, Loop 1000A (submitter) and Loop 1000B (receiver).

    `purpose` is BHT02 (00 original, 18 reissue); `kind` is BHT06 (CH claims, RP encounters).
    """

    reference: str
    created_on: date | None = None
    created_at: str = ""
    purpose: str = "00"
    kind: str = "CH"
    submitter: Party = Party()
    receiver: Party = Party()
    unmapped: tuple[Unmapped, ...] = ()


class BillingProvider(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000A: the billing provider (2010AA), the pay-to address (2010AB), the pay-to plan (2010AC)."""

    party: Party
    taxonomy: str = ""
    currency: str = ""
    pay_to: Party | None = None
    pay_to_plan: Party | None = None
    unmapped: tuple[Unmapped, ...] = ()


class Subscriber(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000B: SBR, PAT, the subscriber (2010BA) and the payer the claim goes to (2010BB).

    `sequence` is SBR01 (P, S, T ...); `relationship` SBR02 (18 = self, else empty); `filing_indicator`
    SBR09 (MB = Medicare Part B); `secondary_type` SBR05, why Medicare is not primary.
    """

    sequence: str
    person: Party
    payer: Party
    relationship: str = ""
    group_number: str = ""
    group_name: str = ""
    secondary_type: str = ""
    filing_indicator: str = ""
    died_on: date | None = None
    weight_pounds: Decimal | None = None
    pregnant: str = ""
    unmapped: tuple[Unmapped, ...] = ()


class Patient(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000C: the patient where it is not the subscriber. `relationship` is PAT01."""

    relationship: str
    person: Party
    died_on: date | None = None
    weight_pounds: Decimal | None = None
    pregnant: str = ""
    unmapped: tuple[Unmapped, ...] = ()


class Diagnosis(msgspec.Struct, frozen=True):
    """One code of HI: `qualifier` ABK (principal) or ABF (ICD-10), BK or BF (ICD-9); no decimal point."""

    qualifier: str
    code: str


class ClaimDate(msgspec.Struct, frozen=True):
    """A DTP of Loop 2300: its qualifier (431 onset, 454 initial treatment, 435 admission ...) and days."""

    qualifier: str
    period: Period


class Note(msgspec.Struct, frozen=True):
    """NTE: reference code (ADD, DCP, TPO ...) and text."""

    code: str
    text: str


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True):
    """PWK: report type, transmission and control number of a paper or electronic attachment."""

    report_type: str
    transmission: str
    control_number: str = ""


class Drug(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2410: the drug by NDC, with quantity and unit (F2, GR, ME, ML, UN).

    `prescription_number` is REF*XZ; `compound_link` is REF*VY, the same on all parts of a compound.
    """

    ndc: str
    qualifier: str = "N4"
    quantity: Decimal | None = None
    unit: str = ""
    prescription_number: str = ""
    compound_link: str = ""
    unmapped: tuple[Unmapped, ...] = ()


class DurableMedicalEquipment(msgspec.Struct, frozen=True, omit_defaults=True):
    """SV5: rental or purchase of equipment. `frequency` is SV506: 1 weekly, 4 monthly, 6 daily."""

    code: str
    days: Decimal | None = None
    rental_price: Decimal | None = None
    purchase_price: Decimal | None = None
    frequency: str = ""
    procedure_qualifier: str = "HC"


class LineAdjudication(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2430: what another payer decided on this line. `payer_id` links to that payer's 2330B NM109."""

    payer_id: str
    paid: Decimal
    procedure_qualifier: str = "HC"
    procedure_code: str = ""
    modifiers: tuple[str, ...] = ()
    units: Decimal | None = None
    bundled_line: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    paid_on: date | None = None
    remaining_liability: Decimal | None = None
    unmapped: tuple[Unmapped, ...] = ()


class OtherPayerName(Party, frozen=True, omit_defaults=True):
    """Loop 2330B: another payer, when it adjudicated (DTP*573) and its claim number (REF*F8)."""

    adjudicated_on: date | None = None
    payer_claim_number: str = ""


class OtherPayer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2320: another payer of the claim, what it paid, and its subscriber (2330A) and name (2330B)."""

    sequence: str
    relationship: str = ""
    group_number: str = ""
    group_name: str = ""
    secondary_type: str = ""
    filing_indicator: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    paid: Decimal | None = None
    non_covered: Decimal | None = None
    remaining_liability: Decimal | None = None
    benefits_assigned: str = ""
    release_of_information: str = ""
    reimbursement_rate: Decimal | None = None
    remark_codes: tuple[str, ...] = ()
    subscriber: Party | None = None
    payer: OtherPayerName | None = None
    unmapped: tuple[Unmapped, ...] = ()


class ServiceLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2400: one service. `charge` in dollars; `units` in `unit_basis` (UN units, MJ minutes).

    `number` is LX01; `pointers` are the diagnoses (1-12) it was for; `control_number` is REF*6R.
    """

    number: int
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
    copay_exempt: str = ""
    equipment: DurableMedicalEquipment | None = None
    control_number: str = ""
    prior_authorizations: tuple[Reference, ...] = ()
    prescribed_on: date | None = None
    begun_on: date | None = None
    sales_tax: Decimal | None = None
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    drug: Drug | None = None
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    supervising_provider: Party | None = None
    ordering_provider: Party | None = None
    referring_providers: tuple[Party, ...] = ()
    adjudications: tuple[LineAdjudication, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class Claim(msgspec.Struct, frozen=True, omit_defaults=True):
    """One professional claim (Loop 2300) with the context it inherits from the loops above it.

    `claim_id` is CLM01, exactly as sent; `charge` CLM02 in dollars; `place_of_service` CLM05-1;
    `frequency` CLM05-3 (1 original, 7 replacement, 8 void).
    """

    claim_id: str
    charge: Decimal
    submission: Submission
    billing_provider: BillingProvider
    subscriber: Subscriber
    lines: tuple[ServiceLine, ...]
    place_of_service: str = ""
    facility_qualifier: str = "B"
    frequency: str = "1"
    patient: Patient | None = None
    provider_signature: str = "Y"
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release_of_information: str = "Y"
    patient_signature_source: str = ""
    related_causes: tuple[str, ...] = ()
    delay_reason: str = ""
    dates: tuple[ClaimDate, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    patient_paid: Decimal | None = None
    prior_authorization: str = ""
    referral_number: str = ""
    payer_claim_number: str = ""
    clearinghouse_number: str = ""
    medical_record_number: str = ""
    demonstration_project: str = ""
    notes: tuple[Note, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    referring_providers: tuple[Party, ...] = ()
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    supervising_provider: Party | None = None
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
