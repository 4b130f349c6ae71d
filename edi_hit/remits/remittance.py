"""Remittance and its parts: pure data, one structure a loop of the 835 (005010X221A1).

Money is dollars. A positive adjustment lowers the payment; a positive provider adjustment (PLB) too.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Adjustment, Amount, Contact, Party, Period, Quantity, Reference, Unmapped


class Payment(msgspec.Struct, frozen=True, omit_defaults=True):
    """BPR, TRN and the references of the header: how much is paid, how, when, and under which trace number.

    `handling` is BPR01 (I remittance only, C payment with it, H notification); `method` BPR04 (NON, CHK,
    ACH); `trace_number` TRN02; `payer_tax_id` TRN03: 1 and the payer's tax id.
    """

    amount: Decimal
    trace_number: str
    payer_tax_id: str
    paid_on: date
    handling: str = "I"
    credit_debit: str = "C"
    method: str = "NON"
    payment_format: str = ""
    sender_bank_qualifier: str = ""
    sender_bank: str = ""
    sender_account_qualifier: str = ""
    sender_account: str = ""
    originating_company: str = ""
    originating_supplement: str = ""
    receiver_bank_qualifier: str = ""
    receiver_bank: str = ""
    receiver_account_qualifier: str = ""
    receiver_account: str = ""
    trace_supplement: str = ""
    receiver_id: str = ""
    production_date: date | None = None


class Payer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 1000A: the payer. `contacts` holds the required technical contact (PER*BL)."""

    name: str
    line1: str
    city: str
    state: str
    postal_code: str
    line2: str = ""
    id_qualifier: str = ""
    id: str = ""
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class Payee(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 1000B: who is paid. `id_qualifier` is XX (NPI) or FI (tax id)."""

    name: str
    id_qualifier: str
    id: str
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    references: tuple[Reference, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class ServicePayment(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2110: what was decided on one line. `units_submitted` is SVC07, sent where it differs."""

    procedure_code: str
    charge: Decimal
    paid: Decimal
    procedure_qualifier: str = "HC"
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    units_paid: Decimal | None = None
    submitted_qualifier: str = ""
    submitted_code: str = ""
    submitted_modifiers: tuple[str, ...] = ()
    units_submitted: Decimal | None = None
    service_dates: Period | None = None
    adjustments: tuple[Adjustment, ...] = ()
    control_number: str = ""
    references: tuple[Reference, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    remark_codes: tuple[str, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class ClaimPayment(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2100: what was decided on one claim. `status` is CLP02, `filing_indicator` CLP06."""

    claim_id: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None = None
    filing_indicator: str = ""
    payer_claim_number: str = ""
    place_of_service: str = ""
    frequency: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    patient: Party = Party(entity="1")
    insured: Party | None = None
    rendering_provider: Party | None = None
    crossover_carrier: Party | None = None
    remark_codes: tuple[str, ...] = ()
    reimbursement_rate: Decimal | None = None
    references: tuple[Reference, ...] = ()
    statement_from: date | None = None
    statement_through: date | None = None
    received_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    lines: tuple[ServicePayment, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class ProviderAdjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason of a PLB: a positive amount lowers the payment to the provider."""

    provider_id: str
    fiscal_year_end: date
    reason: str
    amount: Decimal
    reference: str = ""


class Remittance(msgspec.Struct, frozen=True, omit_defaults=True):
    """One 835 transaction set without its claims: payment, payer, payee and provider adjustments.

    Claims stream beside it (`ClaimPayment`), since one set may hold many thousands.
    """

    payment: Payment
    payer: Payer
    payee: Payee
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
