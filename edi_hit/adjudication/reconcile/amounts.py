"""Holds what one side did to a line, or to a claim as a whole, against what the other did."""

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.adjudication.reconcile.answer import ZERO
from edi_hit.adjudication.reconcile.difference import Kind
from edi_hit.mapping.parts import Adjustment
from edi_hit.reference import amount_text

PATIENT = "PR"
Reason = tuple[str, str]
"""Group code and CARC."""


class Money(msgspec.Struct, frozen=True):
    """What was decided on a line or claim, in dollars: charge, payment, what the patient owes, and why."""

    charge: Decimal
    paid: Decimal
    patient: Decimal
    adjustments: tuple[Adjustment, ...]

    @property
    def reasons(self) -> dict[Reason, Decimal]:
        """The adjustments, summed by reason."""
        return by_reason(self.adjustments)

    @property
    def is_denied(self) -> bool:
        """Whether nothing is paid and no adjustment says that the service was payable all the same."""
        payable = _payable_though_unpaid()
        return bool(self.charge) and not self.paid and not any(reason in payable for reason in self.reasons)


class Contrast(msgspec.Struct, frozen=True):
    """In what two answers differ, as in `Difference`."""

    kind: Kind
    expected: str
    actual: str
    amount: Decimal
    reason: str


def contrast(expected: Money, actual: Money) -> Contrast | None:
    """Say in what `actual` differs from `expected`; None where it does not. One cause, one kind."""
    if expected == actual:
        return None
    lost, share = expected.paid - actual.paid, actual.patient - expected.patient
    more, less = _only_in(actual, expected), _only_in(expected, actual)
    kind = _kind(expected, actual, bool(more or less))
    if kind is None:
        return None
    amount = abs(lost) or abs(share) or max(sum(more.values(), ZERO), sum(less.values(), ZERO))
    shown = (_listed(less), _listed(more))
    if kind is Kind.PATIENT_SHARE:
        shown = amount_text(expected.patient), amount_text(actual.patient)
    elif kind is not Kind.REASON:
        shown = amount_text(expected.paid), amount_text(actual.paid)
    telling = less if kind in (Kind.OVERPAID, Kind.PAID) else more
    return Contrast(kind, *shown, amount, _largest(telling) or _largest(less) or _largest(more))


def _kind(expected: Money, actual: Money, other_reasons: bool) -> Kind | None:
    if actual.is_denied != expected.is_denied:
        return Kind.DENIED if actual.is_denied else Kind.PAID
    if actual.paid != expected.paid:
        return Kind.UNDERPAID if actual.paid < expected.paid else Kind.OVERPAID
    if actual.patient != expected.patient:
        return Kind.PATIENT_SHARE
    return Kind.REASON if other_reasons else None


def by_reason(adjustments: Iterable[Adjustment]) -> dict[Reason, Decimal]:
    """Sum adjustments by reason, in the order they come."""
    found: dict[Reason, Decimal] = {}
    for item in adjustments:
        key = (item.group, item.carc)
        found[key] = found.get(key, ZERO) + item.amount
    return found


def patient_part(adjustments: Iterable[Adjustment]) -> Decimal:
    """What adjustments leave to the patient."""
    return sum((item.amount for item in adjustments if item.group == PATIENT), ZERO)


def _only_in(one: Money, other: Money) -> dict[Reason, Decimal]:
    """By how much the adjustments of one side exceed those of the other."""
    theirs = other.reasons
    differences = ((reason, amount - theirs.get(reason, ZERO)) for reason, amount in one.reasons.items())
    more = {reason: amount for reason, amount in differences if amount > ZERO}
    negative = ((reason, -amount) for reason, amount in theirs.items() if reason not in one.reasons)
    return more | {reason: amount for reason, amount in negative if amount > ZERO}


def _largest(reasons: dict[Reason, Decimal]) -> str:
    return " ".join(max(reasons.items(), key=lambda item: item[1])[0]) if reasons else ""


def _listed(reasons: dict[Reason, Decimal]) -> str:
    return ", ".join(f"{group} {carc} {amount_text(amount)}" for (group, carc), amount in reasons.items())


@cache
def _payable_though_unpaid() -> frozenset[Reason]:
    text = (files("edi_hit.adjudication.reconcile") / "payable_reasons.toml").read_text(encoding="utf-8")
    return frozenset(_reasons(tomllib.loads(text)))


def _reasons(groups: dict[str, dict[str, str]]) -> Iterator[Reason]:
    for group, carcs in groups.items():
        for carc in carcs:
            yield group, carc
