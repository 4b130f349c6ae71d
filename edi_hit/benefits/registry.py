"""The benefits that are built, and the one door to them: `answer`."""

from collections.abc import Callable, Mapping

from edi_hit.benefits import medicare_hit
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.benefits.facts import BeneficiaryFacts
from edi_hit.benefits.routing import MEDICARE_HIT, route
from edi_hit.benefits.undecided import undecided
from edi_hit.claims.claim import Claim
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables

Benefit = Callable[[Claim, BeneficiaryFacts, Tables, RunSettings], ClaimDecision]

BUILT: Mapping[str, Benefit] = {MEDICARE_HIT: medicare_hit.answer}


def answer(claim: Claim, facts: BeneficiaryFacts, tables: Tables, settings: RunSettings) -> ClaimDecision:
    """Decide a claim under the benefit it belongs to.

    The decision is `unanswered`, with the reason, where the claim belongs to no benefit or to one that
    this release does not answer. A pure function; raises nothing for wrong or missing data.
    """
    found = route(claim, tables)
    if found.benefit is None:
        return undecided(claim, None, found.reason)
    built = BUILT.get(found.benefit)
    if built is None:
        reason = f"{found.reason} ({found.benefit}), and no benefit of this release answers it"
        return undecided(claim, found.benefit, reason)
    return built(claim, facts, tables, settings)
