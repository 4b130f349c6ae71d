"""Claims a payer sends on to the next one by itself (CLP02 19 to 21, NM1*TT; X12-835-20)."""

import msgspec

from edi_hit.adjudication.remittance_head import payer_identity
from edi_hit.benefits.decision import ClaimDecision, State
from edi_hit.claims import Claim, next_payer
from edi_hit.mapping.parts import Party
from edi_hit.profiles import RunSettings
from edi_hit.remits.claim_status import SENT_ON, sent_on_status

CROSSOVER_ALERT = "MA18"
"""The remark code that says so."""


def crossed_over(claim: Claim, decision: ClaimDecision, settings: RunSettings) -> ClaimDecision:
    """Give the decision as it is where the payer's settings say that it sends claims on: with another CLP02.

    Only a paid claim is sent on, and only where it names another payer whose turn comes after.
    """
    sends = decision.state is State.PAID and payer_identity(claim, settings).crossover
    if not sends or decision.status in (None, *SENT_ON) or next_payer(claim) is None:
        return decision
    return msgspec.structs.replace(decision, status=sent_on_status(decision.status or ""))


def crossover_carrier(claim: Claim, status: str | None) -> Party | None:
    """Give whom a claim was sent on to; None where its status says that it was not."""
    later = next_payer(claim) if status in SENT_ON else None
    return later.payer if later else None
