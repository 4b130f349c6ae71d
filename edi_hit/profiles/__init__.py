"""Settings of a payer, a trading partner and a run: typed, read from TOML, with defaults."""

from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, AcknowledgmentSettings
from edi_hit.profiles.remittance import (
    BankAccount,
    PayeeIdentity,
    PayerIdentity,
    PaymentMethod,
    Recovery,
    RemittanceSettings,
)
from edi_hit.profiles.run import (
    CodeChoice,
    History,
    PlanFault,
    RunSettings,
    SameDayCategories,
    Unknown,
    read_run_settings,
)

__all__ = [
    "AcknowledgmentPolicy",
    "AcknowledgmentSettings",
    "BankAccount",
    "CodeChoice",
    "History",
    "PayeeIdentity",
    "PayerIdentity",
    "PaymentMethod",
    "PlanFault",
    "Recovery",
    "RemittanceSettings",
    "RunSettings",
    "SameDayCategories",
    "Unknown",
    "read_run_settings",
]
