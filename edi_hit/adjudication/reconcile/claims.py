"""Finds for each answered claim the same claim among the other answers (CLP01, CLP07, dates, charge)."""

from collections.abc import Hashable, Sequence

from edi_hit.adjudication.reconcile.answer import Answer, may_be_same_patient, may_be_same_time
from edi_hit.adjudication.reconcile.pairing import Paired, PairKey, pair


def pair_by_claim_id(expected: Sequence[Answer], actual: Sequence[Answer]) -> Paired[Answer]:
    """Pair answers to claims of the same CLP01; of several that fit, those that pay the most come first."""
    return pair(_highest_first(expected), _highest_first(actual), _CLAIM_ID_KEYS)


def pair_by_contents(expected: Sequence[Answer], actual: Sequence[Answer]) -> Paired[Answer]:
    """Pair answers of different CLP01 by payer claim number, or by patient, dates and charge.

    Only where nothing else could be meant: one answer on each side.
    """
    return pair(expected, actual, _CONTENT_KEYS)


def _highest_first(answers: Sequence[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda answer: (-answer.payment.paid, answer.position))


def _may_be_same(one: Answer, other: Answer) -> bool:
    """Whether nothing speaks against it: another patient, other days, another payer in another order."""
    orders = {one.payer_order, other.payer_order} - {""}
    same_order = len(orders) < 2 or one.payer == other.payer
    return same_order and may_be_same_time(one.days, other.days) and may_be_same_patient(one, other)


def _same_service(answer: Answer) -> Hashable:
    return answer.claim_key, answer.patient, answer.payer_order, answer.days, answer.payment.charge


def _same_answer(answer: Answer) -> Hashable:
    return _same_service(answer), answer.payment.paid


def _payer_claim_number(answer: Answer) -> Hashable | None:
    return answer.payment.payer_claim_number or None


def _numbered(answer: Answer) -> Hashable | None:
    number = answer.payment.payer_claim_number
    return (answer.claim_key, number) if number else None


def _patient_service(answer: Answer) -> Hashable | None:
    known = answer.days is not None and any(answer.patient)
    return (answer.patient, answer.days, answer.payment.charge) if known else None


_CLAIM_ID_KEYS: tuple[PairKey[Answer], ...] = (
    PairKey(_same_answer),
    PairKey(_same_service),
    PairKey(_numbered, _may_be_same),
    PairKey(lambda answer: (answer.claim_key, answer.days), _may_be_same),
    PairKey(lambda answer: (answer.claim_key, answer.payment.charge), _may_be_same),
    PairKey(lambda answer: answer.claim_key, _may_be_same),
)

_CONTENT_KEYS: tuple[PairKey[Answer], ...] = (
    PairKey(_payer_claim_number, _may_be_same, alone=True),
    PairKey(_patient_service, _may_be_same, alone=True),
)
