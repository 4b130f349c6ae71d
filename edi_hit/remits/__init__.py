"""Remittance and its parts; the 835 declaration and its balance."""

from edi_hit.remits.balance import adjusted, payment_total, unbalanced
from edi_hit.remits.remittance import (
    ClaimPayment,
    Payee,
    Payer,
    Payment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from edi_hit.remits.write_remittances import write_remittances

__all__ = [
    "ClaimPayment",
    "Payee",
    "Payer",
    "Payment",
    "ProviderAdjustment",
    "Remittance",
    "ServicePayment",
    "adjusted",
    "payment_total",
    "unbalanced",
    "write_remittances",
]
