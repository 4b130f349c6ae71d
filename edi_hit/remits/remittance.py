"""The head of a remittance: payment, payer, payee (835 header, Loops 1000A and 1000B), and its PLB."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Address, Contact, Reference, Unmapped


class Payment(msgspec.Struct, frozen=True, omit_defaults=True):
    """BPR, TRN and the references of the header: how much is paid, how, when, and under which trace number.

    `handling` is BPR01 (I remittance only, C payment with it, H notification); `method` BPR04 (NON, CHK,
    ACH); `trace_number` TRN02; `payer_tax_id` TRN03: 1 and the payer's tax id. `currency` is CUR02, sent
    where amounts are not US dollars; `version` REF*F2, the payer's system.
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
    currency: str = ""
    receiver_id: str = ""
    version: str = ""
    production_date: date | None = None


class Payer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 1000A: the payer.

    `contacts` are those for business (CX), for technical questions (BL, required) and the web site (IC).
    """

    name: str
    address: Address = Address()
    id_qualifier: str = ""
    id: str = ""
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class RemittanceDelivery(msgspec.Struct, frozen=True, omit_defaults=True):
    """RDM: how the remittance is delivered, where not with the payment. `method` is BM, EM, FT or OL."""

    method: str
    name: str = ""
    address: str = ""


class Payee(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 1000B: who is paid. `id_qualifier` is XX (NPI), FI (tax id) or XV (plan id)."""

    name: str
    id_qualifier: str
    id: str
    address: Address | None = None
    references: tuple[Reference, ...] = ()
    delivery: RemittanceDelivery | None = None
    unmapped: tuple[Unmapped, ...] = ()


class ProviderAdjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason of a PLB: a positive amount lowers the payment to the provider.

    `reason` is PLB03-1 (WO overpayment recovery, L6 interest, FB forward balance ...), `reference` PLB03-2.
    """

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
