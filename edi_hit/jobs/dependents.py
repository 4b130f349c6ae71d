"""Answers again what rested on an answer that a claim (CLM05-3 7, 8) takes back."""

from collections.abc import Sequence

from edi_hit.adjudication import same_answer, with_former
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.replacing import decide
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.to_decide import ToDecide, in_order
from edi_hit.ledger import NamedClaim


def answer_dependents(run: RunLedger, batch: Batch, one: ToDecide) -> None:
    """Answer again what rested on the answer that a claim, just decided, took back, if it did.

    An earlier answer rests on it where it would be another one with the settings of the run, with that answer
    standing and without it. All else stands as it is. Only answers of the same payer are given again, none
    where the run gives none again: whoever has others that rest on it, or of which that cannot be told, is
    left to `reopen`.
    """
    named = batch.named_by(one.number)
    if named is None or batch.replaced.get(named.number) != one.number:
        return
    asked = in_order((each for each in batch.earlier.values() if _may_rest(batch, one, each)), run.tables)
    before = _before(run, batch, one, named, asked)
    batch.history.add_decided(one.called, one.ordinal, batch.stands[one.number])
    for each in asked:
        if not _settle(run, batch, each, before[each.number], one):
            batch.unsettled.add(named.number)


def _may_rest(batch: Batch, one: ToDecide, other: ToDecide) -> bool:
    is_answered = batch.stands[other.number].state in ANSWERED
    return is_answered and other.called == one.called and other.number != one.number


def _before(
    run: RunLedger, batch: Batch, one: ToDecide, named: NamedClaim, asked: Sequence[ToDecide]
) -> dict[int, ClaimDecision]:
    """What claims would be answered now, by number, were nothing taken back and the new claim not there."""
    history, gone = batch.history, batch.ordinal_of(named.number)
    history.take_out(one.called, one.ordinal)
    history.bring_back(one.called, gone)
    before = {}
    for each in asked:
        before[each.number] = decide(run, batch, each)
        history.add_decided(each.called, each.ordinal, batch.stands[each.number])
    history.take_out(one.called, gone)
    return before


def _settle(run: RunLedger, batch: Batch, one: ToDecide, before: ClaimDecision, cause: ToDecide) -> bool:
    """Answer a claim again where it rested on what another one took back; whether there is nothing left."""
    former, now = batch.stands[one.number], decide(run, batch, one)
    is_known = State.UNANSWERED not in (before.state, now.state)
    stands = is_known and (same_answer(before, now) or same_answer(former, now))
    answers = is_known and run.reanswers and one.claim.payer.id == cause.claim.payer.id
    if answers and not stands:
        batch.take_back(one.number, reopened_for=cause.number)
        batch.record(one.number, one.claim, with_former(now, former), one.sender, one.receipt.on)
    batch.history.add_decided(one.called, one.ordinal, batch.stands[one.number])
    return stands or answers
