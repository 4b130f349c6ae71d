"""Answers again what rested on an answer that a claim (CLM05-3 7, 8) takes back."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from edi_hit.adjudication import DecisionOrder, same_answer, with_former
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.replacing import decide
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.to_decide import Place, ToDecide, place_of


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
    is_settled = _Dependents(run, batch, one, batch.ordinal_of(named.number)).answer()
    if not is_settled or _is_in_doubt(batch, one):
        batch.unsettled.add(named.number)


def _is_in_doubt(batch: Batch, one: ToDecide) -> bool:
    """Whether an answer to the same person stands of which the run cannot tell what it rests on."""
    theirs = (number for number, called in batch.not_told.items() if called == one.called)
    return any(batch.stands[number].state in ANSWERED for number in theirs)


class _Dependents:
    """The earlier claims that may rest on what a claim took back: those that looked at it.

    Of claims asked before in the batch these are few: many replacements of a person's claims take time in
    proportion to their number.
    """

    def __init__(self, run: RunLedger, batch: Batch, one: ToDecide, gone: int) -> None:
        self._run = run
        self._batch = batch
        self._one = one
        self._gone = gone
        self._order = DecisionOrder(run.tables)
        self._before: dict[int, ClaimDecision] = {}
        """What claims would be answered, by number, were nothing taken back and the new claim not there."""

    def answer(self) -> bool:
        """Answer again, in order, those that rested on it; whether nothing is left to `reopen`."""
        stands, is_settled = self._batch.stands, True
        asked = self._due()
        self._look_before(asked)
        heapify(asked)
        while asked:
            place, one = heappop(asked)
            former = stands[one.number]
            is_settled &= self._settle(one)
            if stands[one.number] is not former:
                for behind in self._behind(place, one, former):
                    heappush(asked, behind)
        return is_settled

    def _due(self) -> list[tuple[Place, ToDecide]]:
        """The claims, with their places in order, that looked at what has changed since they were asked."""
        batch, one = self._batch, self._one
        earlier = map(batch.earlier.get, batch.history.due(one.called))
        return [(place_of(each, self._order), each) for each in earlier if each and self._may_rest(each)]

    def _may_rest(self, other: ToDecide) -> bool:
        is_new = other.number != self._one.number and other.number not in self._before
        return is_new and self._batch.stands[other.number].state in ANSWERED

    def _look_before(self, asked: Iterable[tuple[Place, ToDecide]]) -> None:
        history, one = self._batch.history, self._one
        history.take_out(one.called, one.ordinal)
        history.bring_back(one.called, self._gone)
        for _, each in asked:
            self._look(each)
        history.take_out(one.called, self._gone)
        history.add_decided(one.called, one.ordinal, self._batch.stands[one.number])

    def _look(self, one: ToDecide) -> None:
        self._before[one.number] = decide(self._run, self._batch, one)
        self._batch.history.add_decided(one.called, one.ordinal, self._batch.stands[one.number])

    def _behind(self, place: Place, one: ToDecide, former: ClaimDecision) -> list[tuple[Place, ToDecide]]:
        """The claims behind one that has just been answered again that looked at its former answer."""
        behind = [(its, each) for its, each in self._due() if its > place]
        if behind:
            history, now = self._batch.history, self._batch.stands[one.number]
            history.add_decided(one.called, one.ordinal, former)
            for _, each in behind:
                self._look(each)
            history.add_decided(one.called, one.ordinal, now)
        return behind

    def _settle(self, one: ToDecide) -> bool:
        """Answer a claim again where it rested on what was taken back; whether there is nothing left."""
        run, batch, before = self._run, self._batch, self._before[one.number]
        former, now = batch.stands[one.number], decide(run, batch, one)
        is_known = State.UNANSWERED not in (before.state, now.state)
        stands = is_known and (same_answer(before, now) or same_answer(former, now))
        may_answer = run.reanswers and one.number not in batch.found.reopening
        answers = is_known and may_answer and one.claim.payer.id == self._one.claim.payer.id
        if answers and not stands:
            batch.take_back(one.number, reopened_for=self._one.number)
            batch.record(one.number, one.claim, with_former(now, former), one.sender, one.receipt.on)
        if not is_known:
            batch.not_told[one.number] = one.called
        batch.history.add_decided(one.called, one.ordinal, batch.stands[one.number])
        return stands or answers
