"""What a check of inputs looks for."""

import re

import msgspec

from edi_hit.jobs.partner_findings import KnownBefore
from edi_hit.profiles import Partner
from edi_hit.reference import Tables
from edi_hit.rules import Finding, Severity

_SNIP = re.compile(r"([1-7])(?:-([1-7]))?")


def snip_types(text: str) -> frozenset[int]:
    """Give the SNIP types that `1-5`, `1,2` or `3` stands for; raises `ValueError` where it is none."""
    found: set[int] = set()
    for part in text.split(","):
        match = _SNIP.fullmatch(part.strip())
        if match is None:
            raise ValueError("SNIP types are 1 to 7, such as 1-5 or 1,2")
        found.update(range(int(match.group(1)), int(match.group(2) or match.group(1)) + 1))
    return frozenset(found)


class CheckOptions(msgspec.Struct, frozen=True):
    """What a check looks for. `snip_types` are the SNIP types wanted; findings of none are always given.

    `fail_on` is the least severity for which the exit code is 1; None where findings never fail. `tables` are
    the reference tables of external codes, the packaged ones where None. `mark` keeps the last segments, so
    that findings can be shown with theirs. `partner` is the trading partner the inputs are held against, and
    `known` what came from it before.
    """

    snip_types: frozenset[int] = frozenset(range(1, 8))
    fail_on: Severity | None = Severity.ERROR
    tables: Tables | None = None
    mark: bool = False
    partner: Partner | None = None
    known: KnownBefore | None = None

    def wants(self, finding: Finding) -> bool:
        """Whether a finding is of the SNIP types wanted, or of none."""
        return finding.snip == 0 or finding.snip in self.snip_types
