"""The institutional claim and its revenue lines: pure data, one structure a loop of the 837I (005010X223A2).

Money is dollars; dates are calendar dates; codes are text exactly as sent. What no field names is in
`unmapped` of the loop it came in.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.claims.claim import HealthCareClaim
from edi_hit.claims.claim_details import Attachment, Diagnosis, Note, Repricing
from edi_hit.claims.line_details import Drug, LineAdjudication
from edi_hit.mapping.parts import Moment, Party, Period, Unmapped


class Procedure(msgspec.Struct, frozen=True):
    """A procedure of HI and its day. `qualifier` is BBR or BBQ (ICD-10), BR or BQ (ICD-9), CAH."""

    qualifier: str
    code: str
    on: date


class ValueCode(msgspec.Struct, frozen=True):
    """A value code (HI*BE) with its amount: dollars, or a number such as covered days."""

    code: str
    amount: Decimal


class OccurrenceCode(msgspec.Struct, frozen=True):
    """An occurrence code (HI*BH) and its day."""

    code: str
    on: date


class OccurrenceSpan(msgspec.Struct, frozen=True):
    """An occurrence span code (HI*BI) and its days."""

    code: str
    period: Period


class RevenueLine(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Loop 2400: one service. `charge` in dollars; `units` in `unit_basis` (UN units, DA days).

    `number` is LX01 as read; a writer numbers the lines of a claim anew, from 1. `revenue_code` is SV201; the
    procedure is sent where the revenue code asks for one. `control_number` is REF*6R, `non_covered` SV207.
    """

    number: int = 0
    revenue_code: str
    charge: Decimal
    procedure_qualifier: str = ""
    procedure_code: str = ""
    modifiers: tuple[str, ...] = ()
    description: str = ""
    unit_basis: str = "UN"
    units: Decimal | None = None
    non_covered: Decimal | None = None
    attachments: tuple[Attachment, ...] = ()
    service_dates: Period | None = None
    control_number: str = ""
    repriced_number: str = ""
    adjusted_repriced_number: str = ""
    service_tax: Decimal | None = None
    facility_tax: Decimal | None = None
    notes: tuple[Note, ...] = ()
    repricing: Repricing | None = None
    drug: Drug | None = None
    operating_physician: Party | None = None
    other_operating_physician: Party | None = None
    rendering_provider: Party | None = None
    referring_providers: tuple[Party, ...] = ()
    adjudications: tuple[LineAdjudication, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class InstitutionalClaim(HealthCareClaim, frozen=True, omit_defaults=True, kw_only=True, tag="institutional"):
    """One institutional claim (837I). `facility_type` is CLM05-1; with the frequency it is the type of bill.

    `statement_dates` is DTP*434, `admission` DTP*435, `discharge_hour` DTP*096 (HHMM); `admission_type`,
    `admission_source` and `patient_status` are CL1. `patient_estimated_due` is AMT*F3 in dollars;
    `device_exemptions` REF*LX, `auto_accident_state` REF*LU, `peer_review_approval` REF*G4. Codes are those
    of HI: diagnoses, procedures, occurrences, values, conditions, treatments, DRG.
    """

    lines: tuple[RevenueLine, ...]
    facility_type: str = ""
    facility_qualifier: str = "A"
    statement_dates: Period | None = None
    admission: Moment | None = None
    discharge_hour: str = ""
    admission_type: str = ""
    admission_source: str = ""
    patient_status: str = ""
    patient_estimated_due: Decimal | None = None
    device_exemptions: tuple[str, ...] = ()
    auto_accident_state: str = ""
    peer_review_approval: str = ""
    principal_diagnosis: Diagnosis | None = None
    admitting_diagnosis: Diagnosis | None = None
    reasons_for_visit: tuple[Diagnosis, ...] = ()
    external_causes: tuple[Diagnosis, ...] = ()
    drg: str = ""
    other_diagnoses: tuple[Diagnosis, ...] = ()
    principal_procedure: Procedure | None = None
    other_procedures: tuple[Procedure, ...] = ()
    occurrence_spans: tuple[OccurrenceSpan, ...] = ()
    occurrence_codes: tuple[OccurrenceCode, ...] = ()
    value_codes: tuple[ValueCode, ...] = ()
    treatment_codes: tuple[str, ...] = ()
    attending_provider: Party | None = None
    operating_physician: Party | None = None
    other_operating_physician: Party | None = None

    @property
    def bill_type(self) -> str:
        """The type of bill: facility type and frequency, e.g. `111` or `329`."""
        return self.facility_type + self.frequency
