"""Compares two answers to the same claim: what each line got, and what the claim as a whole did."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from edi_hit.adjudication.reconcile.amounts import (
    Contrast,
    Money,
    Reason,
    by_reason,
    contrast,
    patient_part,
)
from edi_hit.adjudication.reconcile.answer import ZERO, Answer
from edi_hit.adjudication.reconcile.difference import Difference, Kind
from edi_hit.adjudication.reconcile.lines import NumberedLine, pair_lines
from edi_hit.adjudication.reconcile.pairing import Paired
from edi_hit.mapping.parts import Adjustment
from edi_hit.reference import amount_text
from edi_hit.remits import ClaimPayment


class Comparison(msgspec.Struct, frozen=True):
    """What comparing two answers gave: the differences, and whether the charges themselves differ."""

    differences: list[Difference]
    charges_differ: bool


def compare(expected: Answer, actual: Answer) -> Comparison:
    """Compare what was expected of a claim with what the payer did. One cause, one difference.

    A claim that only one side denies as a whole is told once, not line by line; what one side says of the
    claim and the other of its lines is no difference. Answers without lines are compared as a whole.
    """
    ours, theirs = expected.payment, actual.payment
    if _decided(ours) == _decided(theirs):
        return Comparison([], charges_differ=False)
    if not ours.lines or not theirs.lines:
        return Comparison(_as_a_whole(ours, theirs), ours.charge != theirs.charge)
    left, right = without_moved_reasons(ours, theirs)
    paired = pair_lines(left.lines, right.lines)
    found = [*_of_lines(ours, paired.pairs), *_unpaired(ours, paired.left, paired.right)]
    found += _of_claim(ours, contrast(_claim_level(left), _claim_level(right)))
    if len(found) != 1:
        whole = _as_a_whole(ours, theirs)
        is_one_denial = any(item.kind in (Kind.DENIED, Kind.PAID) for item in whole)
        found = whole if is_one_denial or not found else found
    return Comparison(found, _charges_differ(ours, theirs, paired))


def _decided(payment: ClaimPayment) -> tuple[object, ...]:
    """All of an answer that a difference can be of."""
    money = payment.charge, payment.paid, payment.patient_responsibility
    return money, payment.adjustments, payment.lines


def _as_a_whole(expected: ClaimPayment, actual: ClaimPayment) -> list[Difference]:
    return list(_of_claim(expected, contrast(_whole(expected), _whole(actual))))


def _charges_differ(expected: ClaimPayment, actual: ClaimPayment, paired: Paired[NumberedLine]) -> bool:
    """Whether the charges of a line differ, or those of the claim by other than lines of one side alone."""
    of_lines = sum((item.line.charge for item in paired.left), ZERO)
    of_lines -= sum((item.line.charge for item in paired.right), ZERO)
    same = all(one.line.charge == other.line.charge for one, other in paired.pairs)
    return not same or expected.charge - actual.charge != of_lines


def missing_claim(answer: Answer) -> Difference:
    """The difference of a claim the payer did not answer."""
    paid = answer.payment.paid
    return _claim_difference(answer.payment, Kind.CLAIM_MISSING, amount_text(paid), None, paid)


def unexpected_claim(answer: Answer) -> Difference:
    """The difference of a claim that was answered and not expected to be."""
    paid = answer.payment.paid
    return _claim_difference(answer.payment, Kind.CLAIM_UNEXPECTED, None, amount_text(paid), paid)


def _claim_difference(
    payment: ClaimPayment, kind: Kind, expected: str | None, actual: str | None, amount: Decimal
) -> Difference:
    return Difference(kind, payment.claim_id, None, "", None, expected, actual, abs(amount))


def _of_lines(
    payment: ClaimPayment, pairs: Iterable[tuple[NumberedLine, NumberedLine]]
) -> Iterator[Difference]:
    for one, other in pairs:
        found = contrast(one.money, other.money)
        if found is not None:
            yield _line_difference(payment, one, found)


def _unpaired(
    payment: ClaimPayment, left: Iterable[NumberedLine], right: Iterable[NumberedLine]
) -> Iterator[Difference]:
    for item in left:
        paid = item.line.paid
        found = Contrast(Kind.LINE_MISSING, amount_text(paid), "", abs(paid), "")
        yield msgspec.structs.replace(_line_difference(payment, item, found), actual=None)
    for item in right:
        paid = item.line.paid
        found = Contrast(Kind.LINE_UNEXPECTED, "", amount_text(paid), abs(paid), "")
        yield msgspec.structs.replace(_line_difference(payment, item, found), expected=None)


def _line_difference(payment: ClaimPayment, item: NumberedLine, found: Contrast) -> Difference:
    days = item.line.service_dates
    return Difference(
        kind=found.kind,
        claim=payment.claim_id,
        line=item.number,
        code=item.code,
        date=days.start if days else None,
        expected=found.expected,
        actual=found.actual,
        amount=found.amount,
        reason=found.reason,
    )


def _of_claim(payment: ClaimPayment, found: Contrast | None) -> Iterator[Difference]:
    if found is not None:
        whole = _claim_difference(payment, found.kind, found.expected, found.actual, found.amount)
        yield msgspec.structs.replace(whole, reason=found.reason)


def _claim_level(payment: ClaimPayment) -> Money:
    """What the adjustments of the claim as a whole (Loop 2100) did, beside those of its lines."""
    taken = sum((item.amount for item in payment.adjustments), ZERO)
    return Money(ZERO, -taken, patient_part(payment.adjustments), payment.adjustments)


def _whole(payment: ClaimPayment) -> Money:
    """What was decided on a claim, its lines included; CLP05 is what the patient owes where it was sent."""
    every = (*payment.adjustments, *(item for line in payment.lines for item in line.adjustments))
    sent = payment.patient_responsibility
    return Money(payment.charge, payment.paid, patient_part(every) if sent is None else sent, every)


def without_moved_reasons(one: ClaimPayment, other: ClaimPayment) -> tuple[ClaimPayment, ClaimPayment]:
    """Leave out adjustments that one side makes to the claim and the other, to the same sum, to its lines.

    What they take off is added back to the payments, on both sides.
    """
    own, others = by_reason(one.adjustments), by_reason(other.adjustments)
    candidates = [reason for reason in {**own, **others} if own.get(reason) != others.get(reason)]
    if not candidates:
        return one, other
    sums = [_sums(payment) for payment in (one, other)]
    moved = {reason for reason in candidates if sums[0].get(reason) == sums[1].get(reason)}
    return (_without(one, moved), _without(other, moved)) if moved else (one, other)


def _sums(payment: ClaimPayment) -> dict[Reason, Decimal]:
    return by_reason((*payment.adjustments, *(item for line in payment.lines for item in line.adjustments)))


def _without(payment: ClaimPayment, moved: set[Reason]) -> ClaimPayment:
    lines = []
    for line in payment.lines:
        kept, taken = _split(line.adjustments, moved)
        lines.append(msgspec.structs.replace(line, adjustments=kept, paid=line.paid + taken))
    kept, _ = _split(payment.adjustments, moved)
    return msgspec.structs.replace(payment, adjustments=kept, lines=tuple(lines))


def _split(adjustments: tuple[Adjustment, ...], moved: set[Reason]) -> tuple[tuple[Adjustment, ...], Decimal]:
    kept = tuple(item for item in adjustments if (item.group, item.carc) not in moved)
    taken = (item.amount for item in adjustments if (item.group, item.carc) in moved)
    return kept, sum(taken, ZERO)
