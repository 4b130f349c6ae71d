"""What a finding means for the interchange as a whole: TA105 and TA104 (table `interchange_codes.toml`)."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, InterchangeVerdict
from edi_hit.rules import Finding

INVALID_CONTENT = "024"
"""TA105 for what cannot be said otherwise, such as a bad GS."""
EARLY_END = "023"
"""TA105 for an interchange without IEA."""


class CodeRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A TA105 code: its text, the verdict it leads to, and the rule that says so."""

    text: str
    verdict: InterchangeVerdict
    source: str = ""


class CodeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes, and the verdicts of rules that differ from that of their code."""

    codes: dict[str, CodeRow]
    rules: dict[str, InterchangeVerdict]


class InterchangeNote(msgspec.Struct, frozen=True):
    """One TA105 code with its verdict."""

    verdict: InterchangeVerdict
    code: str

    @property
    def weight(self) -> int:
        """How bad it is, to tell the worst."""
        return tuple(InterchangeVerdict).index(self.verdict)


@cache
def code_table() -> CodeTable:
    """The table, read once."""
    text = (files("edi_hit.acks") / "interchange_codes.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), CodeTable)


def interchange_note(finding: Finding, policy: AcknowledgmentPolicy) -> InterchangeNote:
    """What a finding outside all sets says of its interchange.

    A warning never rejects; an error that has no TA105 code of its own is invalid content, noted.
    """
    kind, _, code = (finding.ack or "").partition(" ")
    table = code_table()
    row = table.codes.get(code) if kind == "TA1" else None
    if row is None:
        return InterchangeNote(InterchangeVerdict.NOTED, INVALID_CONTENT)
    verdict = policy.interchange_verdicts.get(code) or table.rules.get(finding.rule) or row.verdict
    return InterchangeNote(verdict if finding.is_error else InterchangeVerdict.NOTED, code)


def noted_as(code: str, policy: AcknowledgmentPolicy) -> InterchangeNote:
    """A TA105 code with the verdict it leads to."""
    verdict = policy.interchange_verdicts.get(code) or code_table().codes[code].verdict
    return InterchangeNote(verdict, code)
