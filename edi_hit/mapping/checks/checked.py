"""What the checks of one unit give."""

import msgspec

from edi_hit.rules import Finding

MOST_KNOWN = 1_000
"""Findings of a loop above units that hold for each unit below it; further ones are told as well."""


class Checked(msgspec.Struct, frozen=True):
    """The findings of one unit (a claim, a claim payment).

    `told` are to be reported now: the unit's own and the new ones of the loops above it. `known` were
    reported with an earlier unit under the same loops and hold for this one too.
    """

    told: tuple[Finding, ...] = ()
    known: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that holds for the unit."""
        return self.known + self.told

    @property
    def rejects(self) -> bool:
        """Whether an error holds for the unit, in it or above it."""
        return any(finding.is_error for finding in self.told) or any(
            finding.is_error for finding in self.known
        )


CLEAN = Checked()
