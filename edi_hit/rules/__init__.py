"""What a rule, a finding, an answer and an error are. No rule itself lives here."""

from edi_hit.rules.answer import Answer, EarlierLine, RuleAnswer
from edi_hit.rules.catalogue import load_rules
from edi_hit.rules.confidence import in_words
from edi_hit.rules.errors import (
    ComposeError,
    ConfigError,
    DelimiterClashError,
    DocumentError,
    EdiHitError,
    FaultyInputError,
    GuideNotFoundError,
    LedgerError,
    NotX12Error,
    PartnerError,
    ReferenceDataMissing,
)
from edi_hit.rules.finding import Finding, Severity
from edi_hit.rules.rule import Rule

__all__ = [
    "Answer",
    "ComposeError",
    "ConfigError",
    "DelimiterClashError",
    "DocumentError",
    "EarlierLine",
    "EdiHitError",
    "FaultyInputError",
    "Finding",
    "GuideNotFoundError",
    "LedgerError",
    "NotX12Error",
    "PartnerError",
    "ReferenceDataMissing",
    "Rule",
    "RuleAnswer",
    "Severity",
    "in_words",
    "load_rules",
]
