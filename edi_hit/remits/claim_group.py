"""A provider's group of claims in a remittance (835, Loop 2000), with the totals Medicare Part A gives."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Unmapped


class ProviderSummary(msgspec.Struct, frozen=True, omit_defaults=True):
    """TS3: totals of a provider's claims, in dollars. MSP: Medicare secondary payer, PIP: interim payment."""

    provider_id: str
    facility_type: str
    fiscal_period_end: date
    claims: Decimal
    charge: Decimal
    msp_payer: Decimal | None = None
    non_lab_charge: Decimal | None = None
    hcpcs_reported_charge: Decimal | None = None
    hcpcs_payable: Decimal | None = None
    professional_component: Decimal | None = None
    msp_patient_liability: Decimal | None = None
    patient_reimbursement: Decimal | None = None
    pip_claims: Decimal | None = None
    pip_adjustment: Decimal | None = None


class ProviderSupplement(msgspec.Struct, frozen=True, omit_defaults=True):
    """TS2: further totals of a provider's claims, in dollars, days and discharges.

    FSP and HSP are the federal and the hospital specific part of a DRG payment, DSH the disproportionate
    share.
    """

    drg: Decimal | None = None
    federal_specific: Decimal | None = None
    hospital_specific: Decimal | None = None
    disproportionate_share: Decimal | None = None
    capital: Decimal | None = None
    indirect_medical_education: Decimal | None = None
    outlier_days: Decimal | None = None
    day_outlier: Decimal | None = None
    cost_outlier: Decimal | None = None
    average_drg_days: Decimal | None = None
    discharges: Decimal | None = None
    cost_report_days: Decimal | None = None
    covered_days: Decimal | None = None
    noncovered_days: Decimal | None = None
    msp_pass_through: Decimal | None = None
    average_drg_weight: Decimal | None = None
    pps_capital_fsp_drg: Decimal | None = None
    pps_capital_hsp_drg: Decimal | None = None
    pps_dsh_drg: Decimal | None = None


class ClaimGroup(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000: `number` is LX01, unique in the remittance; claims of one group follow each other."""

    number: str = "1"
    summary: ProviderSummary | None = None
    supplement: ProviderSupplement | None = None
    unmapped: tuple[Unmapped, ...] = ()
