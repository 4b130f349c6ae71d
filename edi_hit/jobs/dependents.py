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
    standing and without it. All else stands as it is. Only claims to the same payer are asked about, and none
    where the run does not answer again: the person is then left to `reopen`, where there are others.
    """
    named = batch.named_by(one.number)
    if named is None or batch.replaced.get(named.number) != one.number:
        return
    earlier = [each for each in batch.earlier.values() if _may_rest(batch, one, each)]
    asked = [each for each in earlier if run.reanswers and each.claim.payer.id == one.claim.payer.id]
    if len(asked) < len(earlier):
        batch.unsettled.add(named.number)
    if asked:
        _answer_again(run, batch, one, named, in_order(asked, run.tables))


def _may_rest(batch: Batch, one: ToDecide, other: ToDecide) -> bool:
    is_answered = batch.stands[other.number].state in ANSWERED
    return is_answered and other.called == one.called and other.number != one.number


def _answer_again(
    run: RunLedger, batch: Batch, one: ToDecide, named: NamedClaim, asked: Sequence[ToDecide]
) -> None:
    history, gone = batch.history, batch.ordinal_of(named.number)
    history.take_out(one.called, one.ordinal)
    history.bring_back(one.called, gone)
    before = {}
    for each in asked:
        before[each.number] = decide(run, batch, each)
        history.add_decided(each.called, each.ordinal, batch.stands[each.number])
    history.take_out(one.called, gone)
    history.add_decided(one.called, one.ordinal, batch.stands[one.number])
    for each in asked:
        _settle(run, batch, each, before[each.number], one.number)


def _settle(run: RunLedger, batch: Batch, one: ToDecide, before: ClaimDecision, cause: int) -> None:
    """Answer a claim again where it rested on what was taken back, for another claim by its number."""
    former, now = batch.stands[one.number], decide(run, batch, one)
    rested = now.state is not State.UNANSWERED and not same_answer(before, now)
    if rested and not same_answer(former, now):
        batch.take_back(one.number, reopened_for=cause)
        batch.record(one.number, one.claim, with_former(now, former), one.sender, one.receipt.on)
    batch.history.add_decided(one.called, one.ordinal, batch.stands[one.number])
