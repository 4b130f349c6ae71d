"""Decides a claim; one that replaces or voids another (CLM05-3 7, 8) takes the answer to that back."""

from collections.abc import Iterator

import msgspec

from edi_hit.adjudication import crossed_over, voiding, with_former
from edi_hit.adjudication.batch_history import VOID
from edi_hit.benefits import answer
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.benefits.facts import Earlier, supplier_key
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.stored_remittance import payments_of
from edi_hit.jobs.to_decide import ToDecide
from edi_hit.ledger import NamedClaim, number_of
from edi_hit.remits import ClaimPayment, reversal


def decide(run: RunLedger, batch: Batch, one: ToDecide) -> ClaimDecision:
    """Decide a claim; where it is answered, or a void, the answer to the claim it names is taken back."""
    named, earlier = batch.named_by(one.number), _earlier(run, batch, one)
    if named is None or earlier is not Earlier.KNOWN:
        return _answered(run, batch, one, earlier)
    former = batch.answer_of(named)
    ordinal, taken = batch.ordinal_of(named.number), batch.has_taken_back(one.number, named)
    batch.history.take_out(one.called, ordinal)
    if one.claim.frequency == VOID:
        decision = voiding(one.claim, former)
    else:
        decision = _answered(run, batch, one, earlier)
        if decision.state not in ANSWERED:
            if not taken:
                batch.history.bring_back(one.called, ordinal)
            return decision
        decision = with_former(decision, former)
    if not taken:
        batch.take_back_for(named, one.number)
    return decision


def taking_back(run: RunLedger, batch: Batch, number: int) -> Iterator[ClaimPayment]:
    """Yield the reversal of the answer that a claim, by number, took back."""
    named = batch.named_by(number)
    if named is not None and batch.has_taken_back(number, named):
        yield from map(reversal, _payments(run, batch, named))


def _payments(run: RunLedger, batch: Batch, named: NamedClaim) -> tuple[ClaimPayment, ...]:
    claim, former = batch.claim_of(named), batch.answer_of(named)
    return payments_of(run, named.number, claim, former, named.received_on, named.answered_on)


def _answered(run: RunLedger, batch: Batch, one: ToDecide, earlier: Earlier | None) -> ClaimDecision:
    facts = batch.history.facts(one.called, one.ordinal, one.claim, one.receipt)
    if earlier is not None:
        facts = msgspec.structs.replace(facts, earlier=earlier)
    return crossed_over(one.claim, answer(one.claim, facts, run.tables, run.settings), run.settings)


def _earlier(run: RunLedger, batch: Batch, one: ToDecide) -> Earlier | None:
    """Say what a claim names; None where it is no replacement or void, or there is no ledger."""
    if one.number not in batch.naming:
        return None
    named, supplier = batch.named_by(one.number), supplier_key(one.claim.billing_provider.party)
    if named is not None and batch.has_taken_back(one.number, named):
        return Earlier.KNOWN
    came_in_after = number_of(batch.naming[one.number]) > one.number
    if one.number in batch.asked.misnaming or came_in_after:
        return Earlier.WRONG
    if named is None or named.is_open or one.called is None or not supplier:
        return Earlier.NOT_KNOWN
    theirs = run.people.called(named.person), named.supplier, named.payer
    if theirs != (one.called, supplier, one.claim.payer.id):
        return Earlier.WRONG
    if one.claim.frequency != VOID and _waits_to_replace(batch, named):
        return Earlier.NOT_KNOWN
    free = named.stands and named.number not in batch.replaced
    return Earlier.KNOWN if free else Earlier.WRONG


def _waits_to_replace(batch: Batch, named: NamedClaim) -> bool:
    """Whether a claim waits that is to take the place of another one, which stands meanwhile."""
    stands = batch.stands.get(named.number)
    return named.number in batch.naming and stands is not None and stands.state is State.PENDED
