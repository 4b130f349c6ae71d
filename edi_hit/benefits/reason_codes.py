"""The group code, CARC and remark codes that a rule puts on a line."""

from enum import StrEnum

import msgspec


class Origin(StrEnum):
    """Where the codes of a rule come from."""

    CMS = "cms"
    DEFINITION = "definition"
    """No other code has this meaning."""

    SUGGESTED = "suggested"
    """CMS's own choice was not found."""

    CONFIGURED = "configured"
    """The user's settings."""


class RuleCodes(msgspec.Struct, frozen=True):
    """What a rule that is not met puts on the line.

    `case` tells the codes of one rule apart where it has several, e.g. before and after coverage.
    """

    rule: str
    case: str
    group: str
    carc: str
    rarc: tuple[str, ...]
    origin: Origin
    confidence: str

    @property
    def key(self) -> str:
        """The rule's id, with the case behind a colon where there is one: the key in a user's settings."""
        return f"{self.rule}:{self.case}" if self.case else self.rule

    def __str__(self) -> str:
        """Write the codes as a biller does: `CO 16 N657`."""
        return " ".join((self.group, self.carc, *self.rarc))
