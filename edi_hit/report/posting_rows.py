"""Remittances as tidy tables for posting: one row a payment, claim, line, adjustment, remark, PLB reason."""

from datetime import date
from decimal import Decimal

import msgspec


class PostingRow(msgspec.Struct, frozen=True):
    """What every row begins with: the number of its payment in this run, and what identifies the payment."""

    payment: int
    trace: str
    payer: str
    payee: str


class PaymentRow(PostingRow, frozen=True):
    """A payment (a transaction set). Money in dollars; `amount` is BPR02.

    `difference` is what `amount` exceeds the claims less the provider adjustments by, empty where BPR02 could
    not be read; `reconciles` is yes where it is zero. `same_trace_as` is an earlier payment with the same
    trace number.
    """

    file: str
    control_number: str
    payer_id: str
    payer_tax_id: str
    payee_id_qualifier: str
    payee_id: str
    paid_on: date | None
    production_date: date | None
    method: str
    handling: str
    credit_debit: str
    amount: Decimal | None
    claims: int
    claims_paid: Decimal
    provider_adjusted: Decimal
    difference: Decimal | None
    reconciles: str
    same_trace_as: int | None


class OfClaim(PostingRow, frozen=True):
    """What every row of a claim payment begins with: CLP01, CLP07, CLP02. Status 22 is a reversal."""

    claim: str
    payer_claim_number: str
    status: str


class ClaimRow(OfClaim, frozen=True):
    """A claim payment (Loop 2100). Money in dollars, negative on a reversal."""

    status_text: str
    patient_last_name: str
    patient_first_name: str
    patient_id: str
    insured_id: str
    rendering_id: str
    service_from: date | None
    service_through: date | None
    received_on: date | None
    filing_indicator: str
    place_of_service: str
    frequency: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None
    interest: Decimal | None


class OfLine(OfClaim, frozen=True):
    """What every row of a line begins with; of the claim as a whole, these are empty.

    `line` counts from 1 in its claim payment; `control` is REF*6R, `code` SVC01-2.
    """

    line: int | None
    control: str
    code: str


class LineRow(OfLine, frozen=True):
    """A service line (Loop 2110). `allowed` is AMT*B6."""

    qualifier: str
    modifiers: str
    submitted_code: str
    revenue_code: str
    service_from: date | None
    service_through: date | None
    units_paid: Decimal | None
    units_submitted: Decimal | None
    charge: Decimal
    allowed: Decimal | None
    paid: Decimal


class AdjustmentRow(OfLine, frozen=True):
    """One reason of a CAS. A positive amount lowers the payment."""

    group: str
    group_text: str
    carc: str
    carc_text: str
    amount: Decimal
    quantity: Decimal | None


class RemarkRow(OfLine, frozen=True):
    """A remark code: of a line (LQ) or of the claim (MOA, MIA)."""

    remark: str
    remark_text: str


class ProviderAdjustmentRow(PostingRow, frozen=True):
    """One reason of a PLB: money of no claim of this payment. A positive amount lowers the payment."""

    provider_id: str
    fiscal_year_end: date
    reason: str
    reason_text: str
    reference: str
    amount: Decimal


TABLES: dict[str, type[PostingRow]] = {
    "payments": PaymentRow,
    "claims": ClaimRow,
    "lines": LineRow,
    "adjustments": AdjustmentRow,
    "remarks": RemarkRow,
    "provider_adjustments": ProviderAdjustmentRow,
}
"""The tables by name; the columns of each are the fields of its rows."""
