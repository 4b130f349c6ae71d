"""The head of a simulated 835: payment, payer and payee. It cannot be mistaken for money.

BPR01 is I, BPR04 NON, and TRN02 starts with SIM; the interchange carries ISA15 = T.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.claims import Claim
from edi_hit.mapping.parts import Address, Contact, ContactNumber, Reference
from edi_hit.profiles import PayerIdentity, RunSettings
from edi_hit.remits import Payee, Payer, Payment, Remittance

RemittanceKey = tuple[str, str]
"""What makes a transaction set of an 835: the ids of one payer and one payee, names where there is no id."""


class RemittanceParties(msgspec.Struct, frozen=True):
    """The payer and payee of a transaction set, as the first of its claims names them."""

    payer: Payer
    payee: Payee
    payer_tax_id: str


def remittance_key(claim: Claim) -> RemittanceKey:
    """Give the key of the transaction set a claim's payment belongs to."""
    payee = claim.billing_provider.party
    return claim.payer.id or claim.payer.last_name, payee.npi or payee.tax_id or payee.last_name


def remittance_parties(claim: Claim, settings: RunSettings) -> RemittanceParties:
    """Give the payer and payee of a claim.

    An identity given for this payer in `settings` wins; else name and address are those of Loop 2010BB
    where sent, else those of the general identity. The payee is the billing provider by NPI, else tax id.
    """
    own = settings.payers.get(claim.payer.id)
    payer = _payer(claim, settings.payer) if own is None else _configured(claim, own)
    return RemittanceParties(payer, _payee(claim), (own or settings.payer).tax_id)


def remittance_head(parties: RemittanceParties, total: Decimal, trace: str, on: date) -> Remittance:
    """Give the head of one transaction set paying `total` dollars on day `on` under trace `SIM` + `trace`."""
    payment = Payment(
        amount=total,
        trace_number=f"SIM{trace}",
        payer_tax_id=f"1{parties.payer_tax_id}",
        paid_on=on,
        production_date=on,
    )
    return Remittance(payment=payment, payer=parties.payer, payee=parties.payee)


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


def _payee(claim: Claim) -> Payee:
    party = claim.billing_provider.party
    has_npi = bool(party.npi)
    return Payee(
        name=" ".join(filter(None, (party.first_name, party.last_name))),
        id_qualifier="XX" if has_npi else "FI",
        id=party.npi if has_npi else party.tax_id,
        address=party.address,
        references=(Reference("TJ", party.tax_id),) if party.tax_id and has_npi else (),
    )
