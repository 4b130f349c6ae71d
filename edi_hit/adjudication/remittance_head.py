"""The head of an 835: payment, payer and payee; by default in a shape that cannot be mistaken for money.

Then BPR01 is I, BPR04 NON, TRN02 starts with SIM, and the interchange carries ISA15 = T. The production
shape, where it is asked for, says how the payment is made (X12-835-01, -02, X12-835-BAL-05).
"""

from datetime import date

import msgspec

from edi_hit.claims import Claim
from edi_hit.mapping.parts import Address, Contact, ContactNumber, Party, Reference
from edi_hit.profiles import (
    BankAccount,
    PayeeIdentity,
    PayerIdentity,
    PaymentMethod,
    RemittanceSettings,
    RunSettings,
)
from edi_hit.remits import NetPayment, Payee, Payer, Payment, Remittance

SIMULATED = "SIM"
"""What TRN02 of a simulation starts with."""

_ROUTING_NUMBER, _CORPORATE_PAYMENT = "01", "CCP"
_INFORMATION, _NOTIFICATION = "I", "H"

RemittanceKey = tuple[str, str]
"""What makes a transaction set of an 835: the ids of one payer and one payee, names where there is no id."""


class RemittanceParties(msgspec.Struct, frozen=True):
    """The payer and payee of a transaction set, as the first of its claims names them, and their accounts."""

    payer: Payer
    payee: Payee
    payer_tax_id: str
    payer_bank: BankAccount | None = None
    payee_bank: BankAccount | None = None


def remittance_key(claim: Claim) -> RemittanceKey:
    """Give the key of the transaction set a claim's payment belongs to."""
    return claim.payer.id or claim.payer.last_name, _payee_key(claim.billing_provider.party)


def payer_identity(claim: Claim, settings: RunSettings) -> PayerIdentity:
    """Give the settings of a claim's payer: its own by its id, else the general ones."""
    return settings.payers.get(claim.payer.id, settings.payer)


def remittance_parties(claim: Claim, settings: RunSettings) -> RemittanceParties:
    """Give the payer and payee of a claim.

    An identity given for this payer in `settings` wins; else name and address are those of Loop 2010BB
    where sent, else those of the general identity. The payee is the billing provider by NPI, else tax id;
    what `settings` give for it wins.
    """
    identity = payer_identity(claim, settings)
    payer = _configured(claim, identity) if claim.payer.id in settings.payers else _payer(claim, identity)
    party = claim.billing_provider.party
    own = settings.payees.get(_payee_key(party), PayeeIdentity())
    return RemittanceParties(payer, _payee(party, own), identity.tax_id, identity.bank, own.bank)


def trace_number(on: date, control_number: int, set_number: int, settings: RemittanceSettings) -> str:
    """Give TRN02: the day, the interchange and the place of the set in it."""
    mark = "" if settings.production else SIMULATED
    return f"{mark}{on:%Y%m%d}{control_number:09d}{set_number:03d}"


def remittance_head(
    parties: RemittanceParties, net: NetPayment, trace: str, on: date, settings: RemittanceSettings
) -> Remittance:
    """Give the head of one transaction set that pays `net` on day `on` under a trace number."""
    payment = Payment(
        amount=net.amount,
        trace_number=trace,
        payer_tax_id=_company(parties),
        paid_on=on,
        production_date=on,
    )
    if settings.production:
        payment = _in_production(payment, parties, settings.method)
    return Remittance(payment, parties.payer, parties.payee, net.provider_adjustments)


def _company(parties: RemittanceParties) -> str:
    return f"1{parties.payer_tax_id}"


def _in_production(payment: Payment, parties: RemittanceParties, method: PaymentMethod) -> Payment:
    """Say how the payment is made; one of nothing is a notification."""
    if not payment.amount:
        return msgspec.structs.replace(payment, handling=_NOTIFICATION)
    payer, payee = parties.payer_bank, parties.payee_bank
    if method is not PaymentMethod.ACH or payer is None or payee is None:
        by = PaymentMethod.NONE if method is PaymentMethod.NONE else PaymentMethod.CHECK
        return msgspec.structs.replace(payment, handling=_INFORMATION, method=by.value)
    return msgspec.structs.replace(
        payment,
        handling=_INFORMATION,
        method=PaymentMethod.ACH.value,
        payment_format=_CORPORATE_PAYMENT,
        sender_bank_qualifier=_ROUTING_NUMBER,
        sender_bank=payer.routing,
        sender_account_qualifier=payer.kind,
        sender_account=payer.account,
        originating_company=_company(parties),
        receiver_bank_qualifier=_ROUTING_NUMBER,
        receiver_bank=payee.routing,
        receiver_account_qualifier=payee.kind,
        receiver_account=payee.account,
    )


def _configured(claim: Claim, identity: PayerIdentity) -> Payer:
    return Payer(
        name=identity.name,
        address=_address(identity),
        references=(Reference("2U", claim.payer.id),),
        contacts=_contacts(identity),
    )


def _address(identity: PayerIdentity) -> Address:
    return Address(
        line1=identity.line1,
        city=identity.city,
        state=identity.state,
        postal_code=identity.postal_code,
    )


def _contacts(identity: PayerIdentity) -> tuple[Contact, ...]:
    return (Contact("BL", identity.contact_name, (ContactNumber("UR", identity.contact_url),)),)


def _payer(claim: Claim, identity: PayerIdentity) -> Payer:
    sent = claim.payer
    has_address = sent.address is not None and bool(sent.address.line1 and sent.address.city)
    return Payer(
        name=sent.last_name or identity.name,
        address=sent.address if sent.address is not None and has_address else _address(identity),
        references=(Reference("2U", sent.id),) if sent.id else (),
        contacts=_contacts(identity),
    )


def _payee_key(party: Party) -> str:
    return party.npi or party.tax_id or party.last_name


def _payee(party: Party, own: PayeeIdentity) -> Payee:
    has_npi, tax_id = bool(party.npi), own.tax_id or party.tax_id
    return Payee(
        name=own.name or " ".join(filter(None, (party.first_name, party.last_name))),
        id_qualifier="XX" if has_npi else "FI",
        id=party.npi if has_npi else tax_id,
        address=_payee_address(own) if own.line1 else party.address,
        references=(Reference("TJ", tax_id),) if tax_id and has_npi else (),
    )


def _payee_address(own: PayeeIdentity) -> Address:
    return Address(own.line1, own.line2, own.city, own.state, own.postal_code)
