"""Counts what is seen of an input, or of a part of one."""

import msgspec

from edi_hit.claims import ClaimRecord
from edi_hit.guides import Unit
from edi_hit.jobs import exit_codes
from edi_hit.remits import PaymentRecord
from edi_hit.rules import Finding, Severity
from edi_hit.x12 import SetEnd

CUT_OFF_RULE = "X12-ENV-14"

_UNITS = (ClaimRecord, PaymentRecord, Unit)


class FileCounts(msgspec.Struct):
    """What was seen: `exit_code` is the highest of all findings."""

    sets: int = 0
    claims: int = 0
    errors: int = 0
    warnings: int = 0
    exit_code: int = exit_codes.CLEAN

    def event(self, event: object) -> None:
        """Count a claim, a claim payment, or the end of a set."""
        if isinstance(event, _UNITS):
            self.claims += 1
        elif isinstance(event, SetEnd):
            self.sets += 1

    def finding(self, finding: Finding, fail_on: Severity | None) -> None:
        """Count a finding; `fail_on` is the least severity for which the exit code is 1."""
        self.errors += finding.is_error
        self.warnings += not finding.is_error
        self.exit_code = max(self.exit_code, _code_of(finding, fail_on))

    def add(self, part: "FileCounts") -> None:
        """Count what was seen of a part."""
        self.sets += part.sets
        self.claims += part.claims
        self.errors += part.errors
        self.warnings += part.warnings
        self.exit_code = max(self.exit_code, part.exit_code)


def _code_of(finding: Finding, fail_on: Severity | None) -> int:
    if finding.is_error and finding.rule == CUT_OFF_RULE:
        return exit_codes.NOT_X12
    fails = fail_on is not None and (finding.is_error or fail_on is not Severity.ERROR)
    return exit_codes.FINDINGS if fails and finding.severity is not Severity.INFO else exit_codes.CLEAN
