"""Decides a claim under the benefit: from its lines' verdicts to a state, money and a reason."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.benefits.engine.benefit import Benefit
from edi_hit.benefits.engine.claim_lines import ask_lines
from edi_hit.benefits.engine.line_decision import coded_line, unpaid_line, without_money
from edi_hit.benefits.engine.line_verdict import Effect, LineVerdict
from edi_hit.benefits.engine.payment import DEDUCTIBLE_RULE
from edi_hit.benefits.engine.prior_payer import LATER_PAYMENT_RULES, is_place_known, pays_later, status_of
from edi_hit.benefits.engine.reasons import claim_reason, missing_table, obstacle_reason
from edi_hit.benefits.engine.settlement import Settlement, settle_lines
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.benefits.undecided import undecided
from edi_hit.claims.claim import Claim
from edi_hit.profiles import RunSettings, Unknown
from edi_hit.reference import Tables, is_whole_cents

_NOTHING: Final = Decimal("0.00")
_DENY: Final = Effect.DENY
_STATES: Final = {
    Effect.REJECT: State.REJECTED,
    Effect.RETURN: State.RETURNED,
    Effect.ROUTE: State.UNANSWERED,
    Effect.UNPRICED: State.UNANSWERED,
    Effect.PEND: State.PENDED,
}


def answer_claim(
    benefit: Benefit, claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings
) -> ClaimDecision:
    """Decide a claim whose lines are all visits of the benefit with a date of service.

    Money is in the decision only where it is `paid` or `denied`. A deductible that is not known can deny
    nothing: under `pend` and `deny` the claim is pended for it. A pure function.
    """
    reason = _unanswerable(benefit, claim)
    if reason:
        return undecided(claim, benefit.name, reason)
    verdicts = ask_lines(benefit, claim, facts, tables, settings)
    worst = max(verdicts, key=lambda verdict: verdict.effect)
    if worst.effect in _STATES:
        return _without_money(benefit, claim, verdicts, worst)
    settlement = settle_lines(verdicts, facts, settings, benefit.book)
    return _settled(benefit, claim, verdicts, settlement, settings)


def _unanswerable(benefit: Benefit, claim: Claim) -> str | None:
    """Say why a claim cannot be decided at all, whatever its lines."""
    unknown_place = _unknown_place(benefit, claim)
    if unknown_place:
        return unknown_place
    lines = claim.lines
    if len({line.number for line in lines}) < len(lines):
        return "two lines of the claim have the same number (LX01)"
    charged = _NOTHING
    for line in lines:
        charge = line.charge
        if not is_whole_cents(charge):
            return f"the charge of line {line.number} is negative, not in whole cents or too large"
        charged += charge
    if charged != claim.charge:
        return "the charges of the lines do not add up to the charge of the claim"
    return None


def _unknown_place(benefit: Benefit, claim: Claim) -> str | None:
    """Say why it is not known which payer comes first, or how this one pays later; None where it is.

    A benefit without steps of payment pays nothing, whoever came before.
    """
    if not is_place_known(claim):
        return "it is not known whether the payer is the primary or a secondary payer: SBR01 does not say"
    if pays_later(claim):
        known = not benefit.book.steps or benefit.book.steps.keys() & set(LATER_PAYMENT_RULES)
        return None if known else "the payer is not the primary payer, and what it pays second is not known"
    if any(other.paid for other in claim.other_payers):
        return "another payer has paid before, and SBR01 says that this one is the primary payer"
    return None


def _without_money(
    benefit: Benefit, claim: Claim, verdicts: Sequence[LineVerdict], worst: LineVerdict
) -> ClaimDecision:
    """Give the decision that the weightiest effect leads to; a returned line bears its remark codes."""
    unpriced = worst.effect is Effect.UNPRICED
    looks = [one.look_again_on for one in verdicts if one.look_again_on and worst.effect is Effect.PEND]
    return undecided(
        claim,
        benefit.name,
        claim_reason(worst),
        state=_STATES[worst.effect],
        lines=tuple(_unpaid(verdict, benefit) for verdict in verdicts),
        missing_table=missing_table(worst.context.obstacle) if unpriced else None,
        look_again_on=min(looks, default=None),
    )


def _unpaid(verdict: LineVerdict, benefit: Benefit) -> LineDecision:
    if verdict.effect is not Effect.RETURN or verdict.codes is None:
        return unpaid_line(verdict)
    line = coded_line(verdict, verdict.codes, benefit.book)
    return msgspec.structs.replace(line, remarks=verdict.codes.rarc)


def _settled(
    benefit: Benefit,
    claim: Claim,
    verdicts: Sequence[LineVerdict],
    settlement: Settlement,
    settings: RunSettings,
) -> ClaimDecision:
    """Give the decision with its money, unless a figure is missing that the money depends on."""
    if settlement.missing:
        reason = f"the payment cannot be computed: {obstacle_reason(settlement.missing)}"
        return undecided(
            claim,
            benefit.name,
            reason,
            lines=_bare(settlement),
            missing_table=missing_table(settlement.missing),
        )
    if settlement.unknown_deductible and settings.unknown != Unknown.ASSUME:
        reason = f"the claim waits: what is left of the patient's deductible is not known ({DEDUCTIBLE_RULE})"
        return undecided(claim, benefit.name, reason, state=State.PENDED, lines=_bare(settlement))
    all_denied = all(verdict.effect is _DENY for verdict in verdicts)
    return ClaimDecision(
        claim=claim.claim_id,
        benefit=benefit.name,
        payer=claim.payer.id,
        state=State.DENIED if all_denied else State.PAID,
        charge=claim.charge,
        status=status_of(claim),
        allowed=sum((line.allowed for line in settlement.lines if line.allowed), _NOTHING),
        paid=sum((line.paid for line in settlement.lines if line.paid), _NOTHING),
        patient_responsibility=settlement.patient_responsibility,
        lines=settlement.lines,
    )


def _bare(settlement: Settlement) -> tuple[LineDecision, ...]:
    """Give the lines without their money."""
    return tuple(without_money(line) for line in settlement.lines)
