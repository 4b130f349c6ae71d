"""What a rule is: declared once, with its source, its codes and how sure we are of them."""

from typing import Any

import msgspec

from edi_hit.rules.finding import Finding, Severity


class Rule(msgspec.Struct, frozen=True, omit_defaults=True):
    """One declared rule.

    `id` is stable and public. `looks_at` names the loops, segments or facts examined. `source` is the
    document and section; `confidence` says how far that source was verified. X12 rules carry `snip`,
    `severity` and `ack`. Benefit rules carry what follows where they are not met (`outcome`), the adjustment
    it leads to (`group`, `carc`, `rarc`, `codes_confidence`) and how that is put right (`road`). `bad` and
    `good` are a failing and a passing example in X12 or words.
    """

    id: str
    title: str
    source: str
    looks_at: str
    confidence: str
    bad: str
    good: str
    hint: str | None = None
    snip: int = 0
    severity: Severity = Severity.ERROR
    ack: str | None = None
    group: str | None = None
    carc: str | None = None
    rarc: tuple[str, ...] = ()
    codes_confidence: str | None = None
    outcome: str | None = None
    road: str | None = None

    def finding(self, message: str | None = None, **place: object) -> Finding:
        """Make a finding of this rule.

        `message` replaces the rule's title where more can be said (never with data of the file);
        `place` gives any of `Finding`'s place fields, `value`, or an overriding `severity` or `ack`.
        """
        fields: dict[str, Any] = {
            "severity": self.severity,
            "hint": self.hint,
            "ack": self.ack,
            "source": self.source,
        }
        fields.update(place)
        return Finding(rule=self.id, snip=self.snip, message=message or self.title, **fields)
