"""Remittances and their parts; the 835 declaration and its balance."""

from edi_hit.remits.balance import adjusted, payment_total, unbalanced
from edi_hit.remits.claim_group import ClaimGroup, ProviderSummary, ProviderSupplement
from edi_hit.remits.claim_payment import ClaimPayment, ServicePayment
from edi_hit.remits.composed_payments import ComposedPayments, PaymentInSet, ToldPayments
from edi_hit.remits.net_payment import NetPayment, OpenBalance, net_payment
from edi_hit.remits.payment_composer import ComposerAhead
from edi_hit.remits.payment_head import NamedParty, PaymentHead
from edi_hit.remits.read_remittances import (
    PaymentRecord,
    RemittanceRecord,
    read_remittances,
    remittances_of,
)
from edi_hit.remits.remittance import (
    Payee,
    Payer,
    Payment,
    ProviderAdjustment,
    Remittance,
    RemittanceDelivery,
)
from edi_hit.remits.reversal import reversal
from edi_hit.remits.write_remittances import write_remittances

__all__ = [
    "ClaimGroup",
    "ClaimPayment",
    "ComposedPayments",
    "ComposerAhead",
    "NamedParty",
    "NetPayment",
    "OpenBalance",
    "Payee",
    "Payer",
    "Payment",
    "PaymentHead",
    "PaymentInSet",
    "PaymentRecord",
    "ProviderAdjustment",
    "ProviderSummary",
    "ProviderSupplement",
    "Remittance",
    "RemittanceDelivery",
    "RemittanceRecord",
    "ServicePayment",
    "ToldPayments",
    "adjusted",
    "net_payment",
    "payment_total",
    "read_remittances",
    "remittances_of",
    "reversal",
    "unbalanced",
    "write_remittances",
]
