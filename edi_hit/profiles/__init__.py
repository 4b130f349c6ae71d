"""Settings of a payer, a trading partner and a run: typed, read from TOML, with defaults."""

from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, AcknowledgmentSettings, numbered
from edi_hit.profiles.contract import Contract, DrugPrice, Fee, FeeBasis, NdcFactor, PerDiemBasis
from edi_hit.profiles.contract_file import read_contracts
from edi_hit.profiles.drop import DropFolder, DropSettings, Ready, Retention, read_drop_settings
from edi_hit.profiles.partner import (
    Duplicates,
    Limits,
    Naming,
    OnDuplicate,
    Partner,
    PartnerDelimiters,
    PartnerWork,
    Work,
)
from edi_hit.profiles.partner_rule import PartnerRule, RuleKind
from edi_hit.profiles.read_partner import read_partner
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
from edi_hit.profiles.transport import FolderTransport, SftpTransport, Transport

__all__ = [
    "AcknowledgmentPolicy",
    "AcknowledgmentSettings",
    "BankAccount",
    "CodeChoice",
    "Contract",
    "DropFolder",
    "DropSettings",
    "DrugPrice",
    "Duplicates",
    "Fee",
    "FeeBasis",
    "FolderTransport",
    "History",
    "Limits",
    "Naming",
    "NdcFactor",
    "OnDuplicate",
    "Partner",
    "PartnerDelimiters",
    "PartnerRule",
    "PartnerWork",
    "PayeeIdentity",
    "PayerIdentity",
    "PaymentMethod",
    "PerDiemBasis",
    "PlanFault",
    "Ready",
    "Recovery",
    "RemittanceSettings",
    "Retention",
    "RuleKind",
    "RunSettings",
    "SameDayCategories",
    "SftpTransport",
    "Transport",
    "Unknown",
    "Work",
    "numbered",
    "read_contracts",
    "read_drop_settings",
    "read_partner",
    "read_run_settings",
]
