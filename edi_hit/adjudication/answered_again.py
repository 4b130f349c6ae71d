"""An answer that takes the place of an earlier one."""

import msgspec

from edi_hit.benefits.decision import ClaimDecision, FormerAnswer, LineDecision, State
from edi_hit.benefits.undecided import undecided
from edi_hit.claims import Claim

_TAKEN_BACK = "the answer to this claim was taken back; it bills nothing"
_VOID = "a void: the answer to the claim it names (REF*F8) was taken back; it bills nothing itself"


def same_answer(one: ClaimDecision, other: ClaimDecision) -> bool:
    """Whether two decisions say the same of a claim and its lines to who is paid: states, amounts, codes."""
    return _said(one) == _said(other)


def with_former(decision: ClaimDecision, former: ClaimDecision) -> ClaimDecision:
    """Give a decision that names the answer it takes the place of."""
    return msgspec.structs.replace(
        decision,
        former=FormerAnswer(
            former.state, former.status, former.allowed, former.paid, former.patient_responsibility
        ),
    )


def taken_back(claim: Claim, former: ClaimDecision) -> ClaimDecision:
    """Give the decision on a claim whose answer is taken back for good: it is returned, and bills nothing."""
    return with_former(undecided(claim, former.benefit, _TAKEN_BACK, state=State.RETURNED), former)


def voiding(claim: Claim, former: ClaimDecision) -> ClaimDecision:
    """Give the decision on a void, which takes back the answer `former` to another claim."""
    return with_former(undecided(claim, former.benefit, _VOID, state=State.RETURNED), former)


def _said(decision: ClaimDecision) -> tuple[object, ...]:
    money = (decision.allowed, decision.paid, decision.patient_responsibility)
    return decision.state, decision.status, money, tuple(map(_line, decision.lines))


def _line(line: LineDecision) -> tuple[object, ...]:
    return line.denied, line.allowed, line.paid, line.adjustments, line.remarks
