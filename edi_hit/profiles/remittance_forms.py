"""The forms that texts and amounts of the remittance settings must have, so that an 835 can carry them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from edi_hit.profiles.remittance import (
    BankAccount,
    PayeeIdentity,
    PayerIdentity,
    PaymentMethod,
    RemittanceSettings,
)
from edi_hit.profiles.setting_forms import INTERCHANGE_ID, TextForm, or_nothing, printable, text_faults

_TAX_ID = TextForm(r"[0-9]{9}", "nine digits")
_STATE = TextForm(r"[A-Z]{2}", "two capital letters")

PAYER_FORMS: Mapping[str, TextForm] = {
    "name": printable(1, 60),
    "line1": printable(1, 55),
    "city": printable(2, 30),
    "state": _STATE,
    "postal_code": printable(3, 15),
    "tax_id": _TAX_ID,
    "contact_name": printable(0, 60),
    "contact_url": printable(1, 256),
}
"""Loop 1000A of the 835 (N1, N3, N4, PER) and the payer's tax id of TRN03."""

PAYEE_FORMS: Mapping[str, TextForm] = {
    "name": or_nothing(printable(1, 60)),
    "line1": or_nothing(printable(1, 55)),
    "line2": or_nothing(printable(1, 55)),
    "city": or_nothing(printable(2, 30)),
    "state": or_nothing(_STATE),
    "postal_code": or_nothing(printable(3, 15)),
    "tax_id": or_nothing(_TAX_ID),
}
"""Loop 1000B of the 835: N1, N3, N4, and REF*TJ."""

BANK_FORMS: Mapping[str, TextForm] = {
    "routing": TextForm(r"[0-9]{9}", "the nine digits of an ABA routing number"),
    "account": printable(1, 35),
}
"""BPR07 and BPR09, BPR13 and BPR15."""

REMITTANCE_FORMS: Mapping[str, TextForm] = {
    "sender": INTERCHANGE_ID,
    "receiver": or_nothing(INTERCHANGE_ID),
}
"""ISA06 and ISA08 of the 835s."""

_ROUTING_WEIGHTS = (3, 7, 1) * 3
_LARGEST_INTEREST = Decimal(100)


def remittance_faults(
    settings: RemittanceSettings,
    payer: PayerIdentity,
    payers: Mapping[str, PayerIdentity],
    payees: Mapping[str, PayeeIdentity],
) -> Iterator[str]:
    """Yield what is wrong with the settings of the 835s, each with where it stands in the file."""
    named = {"payer": payer, **{f"payers.{payer_id}": one for payer_id, one in payers.items()}}
    for under, identity in named.items():
        yield from text_faults(identity, PAYER_FORMS, under)
        yield from _bank_faults(identity.bank, under)
        if identity.bank is not None and identity.bank.kind != "DA":
            yield f"{under}.bank.kind: a payer pays from an account of kind DA"
    for payee_id, payee in payees.items():
        yield from text_faults(payee, PAYEE_FORMS, f"payees.{payee_id}")
        yield from _bank_faults(payee.bank, f"payees.{payee_id}")
        if payee.line1 and not (payee.city and payee.state and payee.postal_code):
            yield f"payees.{payee_id}: city, state and postal_code are wanted beside line1"
    yield from _payment_faults(settings, named)


def _payment_faults(settings: RemittanceSettings, payers: Mapping[str, PayerIdentity]) -> Iterator[str]:
    yield from text_faults(settings, REMITTANCE_FORMS, "remittance")
    percent = settings.interest_percent
    if percent is not None and not (percent.is_finite() and 0 < percent <= _LARGEST_INTEREST):
        yield "remittance.interest_percent: more than 0, at most 100 percent a year is wanted"
    if settings.production:
        if settings.sender == RemittanceSettings().sender:
            yield "remittance.sender: the sender's own id is wanted where production is set"
        for under, identity in payers.items():
            if identity.tax_id == PayerIdentity().tax_id:
                yield f"{under}.tax_id: the payer's own is wanted where production is set"
    by_ach = settings.production and settings.method is PaymentMethod.ACH
    if by_ach and not any(identity.bank for identity in payers.values()):
        yield "remittance.method: a payer with a bank account is wanted for ACH"


def _bank_faults(bank: BankAccount | None, under: str) -> Iterator[str]:
    """Yield what is wrong with an account; the last digit of a routing number checks the others."""
    if bank is None:
        return
    faults = list(text_faults(bank, BANK_FORMS, f"{under}.bank"))
    yield from faults
    if not faults:
        total = sum(w * int(d) for w, d in zip(_ROUTING_WEIGHTS, bank.routing, strict=True))
        if total % 10:
            yield f"{under}.bank.routing: {BANK_FORMS['routing'].wanted} are wanted, with its check digit"
