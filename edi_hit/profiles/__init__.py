"""Settings of a payer, a trading partner and a run: typed, read from TOML, with defaults."""

from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, AcknowledgmentSettings
from edi_hit.profiles.run import (
    CodeChoice,
    History,
    PayerIdentity,
    PlanFault,
    RemittanceSettings,
    RunSettings,
    SameDayCategories,
    Unknown,
    read_run_settings,
)

__all__ = [
    "AcknowledgmentPolicy",
    "AcknowledgmentSettings",
    "CodeChoice",
    "History",
    "PayerIdentity",
    "PlanFault",
    "RemittanceSettings",
    "RunSettings",
    "SameDayCategories",
    "Unknown",
    "read_run_settings",
]
