"""Decides a claim under the benefit: from its lines' verdicts to a state, money and a reason."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import ClaimFacts
from edi_hit.benefits.medicare_hit.claim_lines import ask_lines
from edi_hit.benefits.medicare_hit.line_decision import unpaid_line, without_money
from edi_hit.benefits.medicare_hit.line_verdict import Effect, LineVerdict
from edi_hit.benefits.medicare_hit.reasons import (
    claim_reason,
    missing_table,
    obstacle_reason,
    returned_codes,
)
from edi_hit.benefits.medicare_hit.rule_book import BOOK, RuleBook
from edi_hit.benefits.medicare_hit.settlement import Settlement, settle_lines
from edi_hit.benefits.routing import MEDICARE_HIT
from edi_hit.benefits.undecided import undecided
from edi_hit.claims.claim import Claim
from edi_hit.profiles import RunSettings, Unknown
from edi_hit.reference import Tables, is_whole_cents

_STATES = {
    Effect.REJECT: State.REJECTED,
    Effect.RETURN: State.RETURNED,
    Effect.ROUTE: State.UNANSWERED,
    Effect.UNPRICED: State.UNANSWERED,
    Effect.PEND: State.PENDED,
}
_PRIMARY = "P"
"""SBR01 of the payer that pays first."""

_PLACE_UNKNOWN = ("U", "")
"""SBR01 where the claim does not say which payer comes first."""

_PROCESSED_AS_PRIMARY = "1"
"""CLP02 of every answered claim: the benefit answers as primary payer only."""


def answer(
    claim: Claim, facts: ClaimFacts, tables: Tables, settings: RunSettings, book: RuleBook = BOOK
) -> ClaimDecision:
    """Decide a claim whose lines are all home infusion therapy visits with a date of service.

    Money is in the decision only where it is `paid` or `denied`. A deductible that is not known can deny
    nothing: under `pend` and `deny` the claim is pended for it. A pure function; `book` is the rules asked.
    """
    reason = _unanswerable(claim)
    if reason:
        return undecided(claim, MEDICARE_HIT, reason)
    verdicts = ask_lines(claim, facts, tables, settings, book)
    worst = max(verdicts, key=lambda verdict: verdict.effect)
    if worst.effect in _STATES:
        return _without_money(claim, verdicts, worst, book)
    return _settled(claim, verdicts, settle_lines(verdicts, facts, settings, book), settings)


def _unanswerable(claim: Claim) -> str | None:
    """Say why a claim cannot be decided at all, whatever its lines."""
    not_primary = _not_primary(claim)
    if not_primary:
        return not_primary
    if len({line.number for line in claim.lines}) < len(claim.lines):
        return "two lines of the claim have the same number (LX01)"
    for line in claim.lines:
        if not is_whole_cents(line.charge):
            return f"the charge of line {line.number} is negative, not in whole cents or too large"
    if sum((line.charge for line in claim.lines), Decimal(0)) != claim.charge:
        return "the charges of the lines do not add up to the charge of the claim"
    return None


def _not_primary(claim: Claim) -> str | None:
    """Say why Medicare does not, or perhaps does not, pay first; None where it does."""
    if claim.subscriber.sequence in _PLACE_UNKNOWN:
        return "it is not known whether Medicare is the primary or a secondary payer: SBR01 does not say"
    if claim.subscriber.sequence != _PRIMARY:
        return "Medicare is not the primary payer; the payment of a secondary payer is not built yet"
    if any(other.paid for other in claim.other_payers):
        return "another payer has paid before Medicare; the payment of a secondary payer is not built yet"
    return None


def _without_money(
    claim: Claim, verdicts: Sequence[LineVerdict], worst: LineVerdict, book: RuleBook
) -> ClaimDecision:
    """Give the decision that the weightiest effect leads to; a returned line bears its remark codes."""
    lines = tuple(_unpaid(verdict, book) for verdict in verdicts)
    unpriced = worst.effect is Effect.UNPRICED
    return undecided(
        claim,
        MEDICARE_HIT,
        claim_reason(worst),
        state=_STATES[worst.effect],
        lines=lines,
        missing_table=missing_table(worst.context.obstacle) if unpriced else None,
    )


def _unpaid(verdict: LineVerdict, book: RuleBook) -> LineDecision:
    line = unpaid_line(verdict, book)
    if verdict.effect is not Effect.RETURN or verdict.cause is None:
        return line
    return msgspec.structs.replace(line, remarks=returned_codes(verdict, verdict.cause).rarc)


def _settled(
    claim: Claim, verdicts: Sequence[LineVerdict], settlement: Settlement, settings: RunSettings
) -> ClaimDecision:
    """Give the decision with its money, unless a figure is missing that the money depends on."""
    bare = tuple(without_money(line) for line in settlement.lines)
    if settlement.missing:
        reason = f"the payment cannot be computed: {obstacle_reason(settlement.missing)}"
        return undecided(
            claim, MEDICARE_HIT, reason, lines=bare, missing_table=missing_table(settlement.missing)
        )
    if settlement.unknown_deductible and settings.unknown != Unknown.ASSUME:
        reason = "the claim waits: what is left of the patient's deductible is not known (HIT-PAY-DED)"
        return undecided(claim, MEDICARE_HIT, reason, state=State.PENDED, lines=bare)
    all_denied = all(verdict.effect is Effect.DENY for verdict in verdicts)
    return ClaimDecision(
        claim=claim.claim_id,
        benefit=MEDICARE_HIT,
        payer=claim.payer.id,
        state=State.DENIED if all_denied else State.PAID,
        charge=claim.charge,
        status=_PROCESSED_AS_PRIMARY,
        allowed=sum((line.allowed or Decimal(0) for line in settlement.lines), Decimal("0.00")),
        paid=sum((line.paid or Decimal(0) for line in settlement.lines), Decimal("0.00")),
        patient_responsibility=settlement.patient_responsibility,
        lines=settlement.lines,
    )
