"""The head of an 835: marked as a simulation by default, in the shape of production where asked for."""

from datetime import date
from decimal import Decimal

import pytest
from story_files import SUPPLIER, StoryClaim, StoryLine

from edi_hit.adjudication import interest, remittance_head, remittance_parties, trace_number
from edi_hit.claims import Claim
from edi_hit.profiles import (
    BankAccount,
    PayeeIdentity,
    PayerIdentity,
    PaymentMethod,
    RemittanceSettings,
    RunSettings,
)
from edi_hit.remits import NetPayment, Payment

ON = date(2025, 8, 1)
CLAIM = StoryClaim("A1", (StoryLine("G0068", ON),)).build()
PAYER_BANK, PAYEE_BANK = BankAccount("011900445", "99"), BankAccount("107001232", "22", "SG")
BANKS = {"payer": PAYER_BANK, "payee": PAYEE_BANK}
BY_ACH = RemittanceSettings(production=True, method=PaymentMethod.ACH)


def paid(amount: str, settings: RemittanceSettings, claim: Claim = CLAIM, **banks: BankAccount) -> Payment:
    run = RunSettings(
        payer=PayerIdentity(tax_id="521234567", bank=banks.get("payer")),
        payees={SUPPLIER: PayeeIdentity(bank=banks.get("payee"))},
        remittance=settings,
    )
    parties = remittance_parties(claim, run)
    trace = trace_number(ON, 7, 1, settings)
    return remittance_head(parties, NetPayment(Decimal(amount)), trace, ON, settings).payment


def test_a_simulation_is_marked_whatever_it_pays() -> None:
    for amount in ("100.00", "0.00"):
        payment = paid(amount, RemittanceSettings(method=PaymentMethod.ACH), **BANKS)
        assert (payment.handling, payment.method) == ("I", "NON")
        assert payment.trace_number == "SIM20250801000000007001"
        assert payment.payer_tax_id == "1521234567"
        assert payment.sender_account == payment.receiver_account == ""


@pytest.mark.parametrize("method", list(PaymentMethod))
def test_nothing_to_pay_is_a_notification(method: PaymentMethod) -> None:
    payment = paid("0.00", RemittanceSettings(production=True, method=method), **BANKS)
    assert (payment.handling, payment.method, payment.sender_bank) == ("H", "NON", "")
    assert payment.trace_number == "20250801000000007001"


def test_a_payment_by_ach_names_both_accounts() -> None:
    payment = paid(
        "1.00",
        RemittanceSettings(production=True, method=PaymentMethod.ACH),
        payer=PAYER_BANK,
        payee=PAYEE_BANK,
    )
    assert (payment.handling, payment.method, payment.payment_format) == ("I", "ACH", "CCP")
    sender = payment.sender_bank_qualifier, payment.sender_bank, payment.sender_account_qualifier
    assert sender == ("01", "011900445", "DA")
    receiver = payment.receiver_bank_qualifier, payment.receiver_bank, payment.receiver_account_qualifier
    assert receiver == ("01", "107001232", "SG")
    assert (payment.sender_account, payment.receiver_account) == ("99", "22")
    assert payment.originating_company == "1521234567"


@pytest.mark.parametrize("banks", [{"payer": PAYER_BANK}, {"payee": PAYEE_BANK}, {}])
def test_ach_without_both_accounts_is_a_check(banks: dict[str, BankAccount]) -> None:
    payment = paid("1.00", BY_ACH, CLAIM, **banks)
    assert (payment.method, payment.sender_account, payment.receiver_account) == ("CHK", "", "")


def test_the_payee_is_as_the_profile_says_where_it_does() -> None:
    party = CLAIM.billing_provider.party
    as_sent = remittance_parties(CLAIM, RunSettings()).payee
    assert (as_sent.name, as_sent.id, as_sent.address) == (party.last_name, SUPPLIER, party.address)
    own = PayeeIdentity(
        name="OWN", line1="1 A ST", city="TOWN", state="AL", postal_code="35203", tax_id="123456789"
    )
    payee = remittance_parties(CLAIM, RunSettings(payees={SUPPLIER: own})).payee
    assert (payee.name, payee.id_qualifier, payee.id) == ("OWN", "XX", SUPPLIER)
    assert payee.address is not None
    assert payee.address.line1 == "1 A ST"
    assert payee.references[0].value == "123456789"


def test_interest_counts_the_days_after_those_allowed() -> None:
    settings = RemittanceSettings(interest_percent=Decimal("3.65"))
    received = date(2025, 6, 1)
    assert interest(Decimal("1000.00"), received, date(2025, 7, 1), settings) == 0
    assert interest(Decimal("1000.00"), received, date(2025, 7, 2), settings) == Decimal("0.10")
    assert interest(Decimal("1000.00"), received, date(2025, 7, 11), settings) == Decimal("1.00")
    assert interest(Decimal("1000.00"), None, date(2025, 7, 11), settings) == 0
    assert interest(Decimal("-1000.00"), received, date(2025, 7, 11), settings) == 0
    assert interest(Decimal("1000.00"), received, date(2025, 7, 11), RemittanceSettings()) == 0
