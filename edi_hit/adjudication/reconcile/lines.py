"""Finds for each line of a claim the same line of the other answer: by 6R, then code, date and charge."""

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import groupby

import msgspec

from edi_hit.adjudication.reconcile.amounts import Money, patient_part
from edi_hit.adjudication.reconcile.answer import may_be_same_time
from edi_hit.adjudication.reconcile.pairing import Paired, PairKey, pair
from edi_hit.remits import ServicePayment


class NumberedLine(msgspec.Struct, frozen=True):
    """A line and its number in its claim, counted from 1."""

    number: int
    line: ServicePayment

    @property
    def code(self) -> str:
        """The code as submitted: SVC06 where it differs from what was adjudicated."""
        return self.line.submitted_code or self.line.procedure_code

    @property
    def modifiers(self) -> tuple[str, ...]:
        """The modifiers that go with `code`."""
        return self.line.submitted_modifiers if self.line.submitted_code else self.line.modifiers

    @property
    def money(self) -> Money:
        """What was decided on it."""
        line = self.line
        return Money(line.charge, line.paid, patient_part(line.adjustments), line.adjustments)


def pair_lines(expected: Sequence[ServicePayment], actual: Sequence[ServicePayment]) -> Paired[NumberedLine]:
    """Pair the lines of one claim. Lines one side has split, under one 6R, are taken together."""
    ours, theirs = _numbered(expected), _numbered(actual)
    return pair(_joined(ours, theirs), _joined(theirs, ours), _KEYS)


def _numbered(lines: Sequence[ServicePayment]) -> list[NumberedLine]:
    return [NumberedLine(number, line) for number, line in enumerate(lines, 1)]


def _joined(lines: list[NumberedLine], others: list[NumberedLine]) -> list[NumberedLine]:
    """Join lines with one 6R where the other side has a single line with it (X12-835-14)."""
    if len({item.line.control_number for item in lines}) == len(lines):
        return lines
    ours, theirs = (Counter(item.line.control_number for item in side) for side in (lines, others))
    split = {control for control, count in ours.items() if control and count > 1 == theirs[control]}
    if not split:
        return lines
    whole = [item for item in lines if item.line.control_number not in split]
    parts = [item for item in lines if item.line.control_number in split]
    parts.sort(key=lambda item: item.line.control_number)
    groups = groupby(parts, key=lambda item: item.line.control_number)
    return sorted([*whole, *(_join(list(group)) for _, group in groups)], key=lambda item: item.number)


def _join(parts: list[NumberedLine]) -> NumberedLine:
    first = parts[0].line
    joined = msgspec.structs.replace(
        first,
        charge=sum((item.line.charge for item in parts[1:]), first.charge),
        paid=sum((item.line.paid for item in parts[1:]), first.paid),
        adjustments=tuple(one for item in parts for one in item.line.adjustments),
    )
    return msgspec.structs.replace(parts[0], line=joined)


def _control(item: NumberedLine) -> Hashable | None:
    return item.line.control_number or None


def _control_and_service(item: NumberedLine) -> Hashable | None:
    return (item.line.control_number, *_service(item)) if item.line.control_number else None


def _service(item: NumberedLine) -> tuple[Hashable, ...]:
    return item.code, item.modifiers, item.line.service_dates, item.line.charge


def _code_day_charge(item: NumberedLine) -> Hashable:
    return item.code, item.line.service_dates, item.line.charge


def _code_day(item: NumberedLine) -> Hashable:
    return item.code, item.line.service_dates


def _code_charge(item: NumberedLine) -> Hashable:
    return item.code, item.line.charge


def _same_time(one: NumberedLine, other: NumberedLine) -> bool:
    return may_be_same_time(one.line.service_dates, other.line.service_dates)


_KEYS: tuple[PairKey[NumberedLine], ...] = (
    PairKey(_control_and_service),
    PairKey(_control, alone=True),
    PairKey(_service),
    PairKey(_code_day_charge),
    PairKey(_code_day),
    PairKey(_code_charge, _same_time),
    PairKey(lambda item: item.code, _same_time, alone=True),
)
