"""Answers again what rested on answers that the claims of a run took back (CLM05-3 7, 8)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from edi_hit.adjudication import AnswerRecord, Receipt, same_answer, with_former
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.claims import AnyView
from edi_hit.jobs.asked_batch import Batch
from edi_hit.jobs.replacing import decide
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.stored_batches import HeldClaim, held, stored_batches
from edi_hit.ledger import (
    STANDING,
    Ledger,
    Replaced,
    file_of,
    people_to_reopen,
    replaced_claims,
    rule_lists,
    standing_claims,
)

_PEOPLE_AT_ONCE = 500


class _TakenBack(msgspec.Struct, frozen=True):
    """A claim whose answer a claim of the run took back, and that answer."""

    number: int
    by: int
    claim: AnyView
    receipt: Receipt
    answer: ClaimDecision


class _Taken(msgspec.Struct):
    """What was taken back of a person: the claims, their payers, and the first claim that took one back."""

    claims: list[_TakenBack] = []
    payers: set[str] = set()

    def add(self, one: _TakenBack) -> None:
        """Add one of the claims."""
        self.claims.append(one)
        self.payers.add(one.claim.payer.id)

    @property
    def cause(self) -> int:
        """The number of the first claim that took one back."""
        return min(one.by for one in self.claims)


def answer_dependents(ledger: Ledger, run: RunLedger, files: Sequence[int]) -> int:
    """Answer again what rested on answers that claims of files, by their numbers, took back.

    An earlier answer rests on one taken back where it would be another one with the settings of the run,
    with that answer standing and without it. All else stands as it is, the new claims too. Only claims to
    the payer of the claim taken back are asked about: gives how many people have answers of other payers,
    and so are left to `reopen`.
    """
    with ledger.reading() as connection:
        people = people_to_reopen(connection, files)
    left = 0
    rest = iter(people.items())
    while some := dict(islice(rest, _PEOPLE_AT_ONCE)):
        left += _answer_again(ledger, run, some, files)
    return left


def _answer_again(ledger: Ledger, run: RunLedger, some: dict[str, list[int]], files: Sequence[int]) -> int:
    called = sorted(set(map(run.people.called, some)))
    with ledger.reading() as connection:
        stored = list(standing_claims(connection, (who for name in called for who in run.people.ids(name))))
        record = AnswerRecord()
        record.learn(rule_lists(connection))
        taken_by = {
            one.by: _taken_back(one, record)
            for one in replaced_claims(connection, (by for each in some.values() for by in each))
        }
    taken = {name: _Taken() for name in called}
    for person, claims in some.items():
        for by in claims:
            taken[run.people.called(person)].add(taken_by[by])
    unsettled: set[str] = set()
    for batch in stored_batches(run, stored):
        theirs = {one.called: taken[one.called] for one in batch if one.called is not None}
        with held(run, batch) as people:
            unsettled.update(_answer_batch(run, people, batch, theirs))
    run.settled([who for who in some if run.people.called(who) not in unsettled], files)
    return len(unsettled)


def _answer_batch(
    run: RunLedger, people: Batch, batch: list[HeldClaim], taken: Mapping[str, _Taken]
) -> Iterator[str]:
    """Answer again what rested on what was taken back; yield who has answers of other payers."""
    new = {one.by for each in taken.values() for one in each.claims}
    standing = [one for one in batch if people.found.states.get(one.stored.number) in STANDING]
    others = [one for one in standing if one.stored.number not in new]
    answered = [one for one in others if people.given[one.stored.number].state in ANSWERED]
    asked = [one for one in answered if one.claim.payer.id in taken[one.called or ""].payers]
    before = _as_before(run, people, others, asked, taken)
    for called, each in taken.items():
        for gone in each.claims:
            people.history.take_out(called, -gone.number)
    _stand(people, [one for one in standing if one.stored.number in new])
    causes = {called: each.cause for called, each in taken.items()}
    for one in asked:
        _settle(run, people, one, before[one.stored.number], causes[one.called or ""])
    yield from (one.called or "" for one in answered if one.stored.number not in before)


def _stand(people: Batch, claims: Sequence[HeldClaim]) -> None:
    """Let claims be known with the answers they have."""
    for one in claims:
        people.history.add_billed(one.called, one.at, one.claim, one.receipt)
    for one in claims:
        people.history.add_decided(one.called, one.at, people.given[one.stored.number])


def _as_before(
    run: RunLedger,
    people: Batch,
    others: Sequence[HeldClaim],
    asked: Sequence[HeldClaim],
    taken: Mapping[str, _Taken],
) -> dict[int, ClaimDecision]:
    """What claims would be answered now, by number, were nothing taken back and the new claims not there."""
    _stand(people, others)
    for called, each in taken.items():
        for gone in each.claims:
            people.history.add_billed(called, -gone.number, gone.claim, gone.receipt)
            people.history.add_decided(called, -gone.number, gone.answer)
    before = {}
    for one in asked:
        before[one.stored.number] = decide(run, people, one.to_decide)
        people.history.add_decided(one.called, one.at, people.given[one.stored.number])
    return before


def _settle(run: RunLedger, people: Batch, one: HeldClaim, before: ClaimDecision, cause: int) -> None:
    """Answer a claim again where it rested on what was taken back, for a claim of the run by its number."""
    number = one.stored.number
    former = decision = people.given[number]
    now = decide(run, people, one.to_decide)
    rested = now.state is not State.UNANSWERED and not same_answer(before, now)
    if rested and not same_answer(former, now):
        decision = with_former(now, former)
        people.record(number, one.claim, decision, one.stored.sender, one.stored.received_on)
        people.taken_back.append(number)
        people.reopened_for[number] = cause
    people.history.add_decided(one.called, one.at, decision)


def _taken_back(one: Replaced, record: AnswerRecord) -> _TakenBack:
    claim: AnyView = msgspec.msgpack.decode(one.body, type=AnyView)
    receipt = Receipt(file_of(one.number), one.received_on)
    return _TakenBack(one.number, one.by, claim, receipt, record.read(one.answer))
