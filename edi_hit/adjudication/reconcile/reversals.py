"""What stands of the answers to claims once reversals have taken back what they reverse (X12-835-15)."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.adjudication.reconcile.answer import Answer
from edi_hit.remits import ClaimGroup

TWICE, REVERSAL_RULE = "REC-TWICE", "REC-REVERSAL"


class Note(msgspec.Struct, frozen=True):
    """Something to be said of an answer: the rule, and a message where the rule's title is not enough."""

    rule: str
    answer: Answer
    message: str | None = None


class Standing(msgspec.Struct):
    """The answers that stand, what is to be said, and reversals that leave their claim without an answer.

    `repeated` holds the `service` of answers that are not the only one to their claim.
    """

    answers: list[Answer]
    notes: list[Note]
    reversed: list[Answer]
    repeated: set[Hashable]


def standing(answers: Sequence[Answer]) -> Standing:
    """Take reversals and their originals out of the answers of one side, in the order they came.

    A reversal takes back the answer with its amounts negated, of the same payer claim number (CLP07) where
    there is one; else one of the same payer claim number, whatever its amounts. A copy of an answer under the
    same trace number is left out.
    """
    claims: dict[Hashable, list[Answer]] = defaultdict(list)
    for answer in answers:
        claims[answer.claim_key].append(answer)
    result = Standing([], [], [], set())
    for of_claim in claims.values():
        if len(of_claim) == 1 and not of_claim[0].is_reversal:
            result.answers.append(of_claim[0])
        else:
            _net(_without_copies(of_claim), result)
    result.answers.sort(key=lambda answer: answer.position)
    return result


def _without_copies(answers: list[Answer]) -> list[Answer]:
    """Leave out what an earlier set of the same trace number holds in the same words."""
    first: dict[Hashable, set[int]] = defaultdict(set)
    kept = []
    for answer in answers:
        words = msgspec.structs.replace(answer.payment, group=ClaimGroup())
        sets = first[(answer.trace, words)]
        if not sets or answer.remittance in sets:
            sets.add(answer.remittance)
            kept.append(answer)
    return kept


def _net(answers: list[Answer], result: Standing) -> None:
    originals = _Originals(answer for answer in answers if not answer.is_reversal)
    reversals = [answer for answer in answers if answer.is_reversal]
    for reversal in reversals:
        original = originals.take(reversal)
        if original is None:
            message = "a reversal takes back an answer that is in none of the files"
            result.notes.append(Note(REVERSAL_RULE, reversal, message))
        elif _negated(original) != _amounts(reversal):
            message = "the amounts of a reversal are not those of the answer it takes back, negated"
            result.notes.append(Note(REVERSAL_RULE, reversal, message))
    left = originals.left()
    if reversals and not left:
        result.reversed.append(reversals[-1])
    _tell_repeated(left, result)
    result.answers += left


class _Originals:
    """The answers to a claim that may be taken back, each found by its amounts and payer claim number."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        in_order = sorted(answers, key=lambda answer: (answer.paid_on or date.min, answer.position))
        self._left: dict[int, Answer] = {answer.position: answer for answer in in_order}
        self._queues: dict[Hashable, deque[int]] = defaultdict(deque)
        for answer in self._left.values():
            for key in _keys(answer, _negated(answer)):
                self._queues[key].append(answer.position)

    def take(self, reversal: Answer) -> Answer | None:
        """Take the answer most like the reversal, the earliest of several; None where none came before."""
        for key in _keys(reversal, _amounts(reversal)):
            queue = self._queues[key]
            while queue and queue[0] not in self._left:
                queue.popleft()
            if queue and reversal.may_follow(self._left[queue[0]]):
                return self._left.pop(queue.popleft())
        return None

    def left(self) -> list[Answer]:
        """The answers not taken back."""
        return list(self._left.values())


def _keys(answer: Answer, amounts: tuple[Decimal, Decimal]) -> Iterator[Hashable]:
    """What a reversal and its original share, the most telling first."""
    number, of = answer.payment.payer_claim_number, (answer.payer, answer.patient)
    yield of, amounts, number
    yield of, amounts
    if number:
        yield of, number


def _amounts(reversal: Answer) -> tuple[Decimal, Decimal]:
    """Charge and payment of a reversal, negated where its payer did not do it."""
    charge, paid = reversal.payment.charge, reversal.payment.paid
    return (-charge, -paid) if charge > 0 else (charge, paid)


def _negated(answer: Answer) -> tuple[Decimal, Decimal]:
    return -answer.payment.charge, -answer.payment.paid


def _tell_repeated(answers: list[Answer], result: Standing) -> None:
    """Say which answers are to a claim that its payer has answered already."""
    seen: set[Hashable] = set()
    for answer in answers:
        if answer.service in seen:
            result.repeated.add(answer.service)
            result.notes.append(Note(TWICE, answer))
        seen.add(answer.service)
