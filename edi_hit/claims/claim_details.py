"""Details of a claim or a service line that are one segment each (837P and 837I)."""

from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Period


class Diagnosis(msgspec.Struct, frozen=True, omit_defaults=True):
    """One diagnosis of HI: `qualifier` says its list and use (ABK principal and ABF other, ICD-10).

    `code` has no decimal point. `present_on_admission` (Y, N, U, W) is sent in the 837I only.
    """

    qualifier: str
    code: str
    present_on_admission: str = ""


class Note(msgspec.Struct, frozen=True):
    """NTE: reference code (ADD, DCP, TPO ...) and text."""

    code: str
    text: str


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True):
    """PWK: report type, transmission and control number of a paper or electronic attachment."""

    report_type: str
    transmission: str
    control_number: str = ""


class Contract(msgspec.Struct, frozen=True, omit_defaults=True):
    """CN1: the contract under which a claim or line is billed. `kind` is CN101, e.g. 02 per diem.

    `amount` in dollars; `percentage` and `discount_percentage` in per cent.
    """

    kind: str
    amount: Decimal | None = None
    percentage: Decimal | None = None
    code: str = ""
    discount_percentage: Decimal | None = None
    version: str = ""


class AmbulanceTransport(msgspec.Struct, frozen=True, omit_defaults=True):
    """CR1: why (`reason`, CR104) and how many miles a patient was taken by ambulance."""

    reason: str
    miles: Decimal
    weight_pounds: Decimal | None = None
    round_trip_purpose: str = ""
    stretcher_purpose: str = ""


class SpinalManipulation(msgspec.Struct, frozen=True, omit_defaults=True):
    """CR2: the condition treated by spinal manipulation (CR208) and two descriptions of it."""

    condition: str
    description: str = ""
    more_description: str = ""


class ConditionIndicator(msgspec.Struct, frozen=True, omit_defaults=True):
    """CRC: whether (`applies`, Y or N) the conditions in `codes` hold.

    `category` is CRC01: 07 ambulance, 09 equipment, 70 hospice, 75 homebound, E1-E3 vision, ZZ EPSDT.
    """

    category: str
    applies: str
    codes: tuple[str, ...] = ()


class DisabilityDates(msgspec.Struct, frozen=True):
    """DTP of a disability: `qualifier` 314 its whole period, 360 its first day, 361 its last day."""

    qualifier: str
    period: Period


class Repricing(msgspec.Struct, frozen=True, omit_defaults=True):
    """HCP: what a repricer made of a claim or line. Money in dollars.

    `methodology` is HCP01; `flat_rate` HCP05, a per diem or flat rate; `group_code` HCP06, the patient group
    or DRG approved, and `group_amount` HCP07 its amount. The approved revenue code (837I), procedure and
    units are those of HCP08 to HCP12; the last three fields are HCP13 to HCP15.
    """

    methodology: str
    allowed: Decimal
    savings: Decimal | None = None
    organization_id: str = ""
    flat_rate: Decimal | None = None
    group_code: str = ""
    group_amount: Decimal | None = None
    revenue_code: str = ""
    procedure_qualifier: str = ""
    procedure_code: str = ""
    unit_basis: str = ""
    units: Decimal | None = None
    reject_reason: str = ""
    policy_compliance: str = ""
    exception: str = ""
