"""What a check found, and where: findings are values, never exceptions or log lines."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How bad a finding is. Only `ERROR` rejects anything."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing a rule found, with its place.

    `message` and `hint` never contain data of the file; the offending text stands only in `value`.
    `offset` is the byte offset in the (unpacked) file; `segment` is the ordinal within the
    transaction set, ST being 1. `ack` is the acknowledgement code, e.g. `TA1 001`, `IK502 4`.
    """

    rule: str
    snip: int
    severity: Severity
    message: str
    hint: str | None = None
    file: str | None = None
    offset: int | None = None
    interchange: str | None = None
    group: str | None = None
    transaction: str | None = None
    segment: int | None = None
    segment_id: str | None = None
    element: int | None = None
    component: int | None = None
    loop: str | None = None
    value: str | None = None
    ack: str | None = None
    claim: str | None = None
    source: str | None = None

    @property
    def is_error(self) -> bool:
        """Whether this finding alone makes a file count as wrong (exit code 1)."""
        return self.severity is Severity.ERROR
