"""SNIP types 3, 4 and 5 of 837 claims, on their loops: balance, situations, external codes."""

from collections.abc import Callable

from edi_hit.claims.checks import (
    dates_837,
    diagnoses_837,
    lines_837,
    other_payers_837,
    providers_837,
    replacement_837,
    services_837,
    subscriber_837,
)
from edi_hit.claims.checks.claim_pass import ClaimPass
from edi_hit.claims.checks.loops_above import LoopsAbove
from edi_hit.guides import Unit
from edi_hit.mapping.checks import CLEAN, Checked, Checklist
from edi_hit.reference import Tables

GUIDES = ("837P", "837I")
"""Names of the guides whose units are checked here."""

_TOPICS = (
    services_837,
    other_payers_837,
    diagnoses_837,
    lines_837,
    providers_837,
    subscriber_837,
    dates_837,
    replacement_837,
)
_CLOSED: tuple[Callable[[ClaimPass], None], ...] = (
    services_837.closed,
    other_payers_837.closed,
    diagnoses_837.closed,
    lines_837.closed,
    dates_837.closed,
    replacement_837.closed,
)


class ClaimChecks:
    """Checks the claims of one file, in its order.

    One object a file: it remembers verdicts on values, and what it told of the loops above the claims.
    Never raises for what stands in the file.
    """

    def __init__(self, tables: Tables) -> None:
        self._claim = ClaimPass(tables)
        self._checks = Checklist(
            (check for topic in _TOPICS for check in topic.CHECKS),
            {"2320": other_payers_837.other_payer_opened, "2400": lines_837.opened},
        )
        self._above = LoopsAbove(self._claim, self._checks)

    def findings(self, unit: Unit) -> Checked:
        """Check a claim (Loop 2300) and what is new above it. Units of other guides have no findings."""
        if unit.guide.name not in GUIDES:
            return CLEAN
        claim, loop = self._claim, unit.loop
        claim.begin(unit.transaction_set, loop.opener_element(1) or None, unit.findings)
        known, told = self._above.check(loop)
        claim.start_claim()
        self._checks.run(claim, loop)
        for closed in _CLOSED:
            closed(claim)
        own = claim.take()
        return Checked(told + own, known) if own or told or known else CLEAN
