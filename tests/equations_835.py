"""The balancing equations of an 835, from its segments alone: none of the package's own sums is used.

Sources: 005010X221A1 section 1.10.2.1, Requests for Interpretation 2348, 358, 1429, 2660, 2548.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

Segment = list[str]
ZERO = Decimal(0)


def segments(text: str) -> list[Segment]:
    """Split an 835 with the usual delimiters."""
    return [one.strip().split("*") for one in text.split("~") if one.strip()]


def broken_equations(text: str) -> Iterator[str]:
    """Name each equation that does not hold, with the segment it is told at."""
    rows = segments(text)
    starts = [at for at, row in enumerate(rows) if row[0] == "ST"]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield from _of_set(rows[start:end])


def _of_set(rows: list[Segment]) -> Iterator[str]:
    (payment,) = [row for row in rows if row[0] == "BPR"]
    starts = [at for at, row in enumerate(rows) if row[0] == "CLP"]
    adjusted = [row for row in rows if row[0] == "PLB"]
    end = next(at for at, row in enumerate(rows) if row[0] in ("PLB", "SE"))
    paid = ZERO
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        paid += _at(rows[start], 4)
        yield from _of_claim(rows[start:stop])
    off = sum((_at(row, at) for row in adjusted for at in range(4, 15, 2)), ZERO)
    if paid - off != _at(payment, 2):
        yield f"BAL-04 {payment}"
    if _at(payment, 2) < 0:
        yield f"BAL-05 {payment}"
    interest = sum((_at(row, 2) for row in rows if row[:2] == ["AMT", "I"]), ZERO)
    paid_interest = sum(
        (_at(row, at + 1) for row in adjusted for at in (3, 5, 7) if row[at : at + 1] == ["L6"]), ZERO
    )
    if interest != -paid_interest:
        yield f"interest {payment}"


def _of_claim(rows: list[Segment]) -> Iterator[str]:
    claim = rows[0]
    starts = [at for at, row in enumerate(rows) if row[0] == "SVC"]
    own = rows[: starts[0]] if starts else rows
    lines = [rows[at:stop] for at, stop in zip(starts, [*starts[1:], len(rows)], strict=True)]
    total = _taken(own)
    yield from _of_groups(own)
    for line in lines:
        taken = _taken(line)
        total += taken
        if _at(line[0], 2) - taken != _at(line[0], 3):
            yield f"BAL-01 {line[0]}"
        yield from _of_groups(line)
    if _at(claim, 3) - total != _at(claim, 4):
        yield f"BAL-02 {claim}"
    if lines and sum((_at(line[0], 2) for line in lines), ZERO) != _at(claim, 3):
        yield f"BAL-03 {claim}"
    if claim[2] == "22":
        yield from _of_reversal(claim, rows, lines)
    elif _taken(rows, "PR") != _at(claim, 5):
        yield f"BAL-06 {claim}"


def _of_reversal(claim: Segment, rows: list[Segment], lines: list[list[Segment]]) -> Iterator[str]:
    """A reversal pays nothing, and no charge, payment, quantity or AMT of it is above zero."""
    numbers = [_at(claim, 3), _at(claim, 4), *(_at(line[0], at) for line in lines for at in (2, 3, 5, 7))]
    numbers += [_at(row, 2) for row in rows if row[0] in ("AMT", "QTY")]
    if any(number > 0 for number in numbers) or _at(claim, 5):
        yield f"BAL-10 {claim}"


def _of_groups(rows: list[Segment]) -> Iterator[str]:
    """One CAS a group with up to six reasons, none of nothing."""
    found = [row for row in rows if row[0] == "CAS"]
    reasons = Counter(row[1] for row in found for at in range(2, len(row), 3) if row[at])
    for group, segments_of in Counter(row[1] for row in found).items():
        if segments_of != -(-reasons[group] // 6):
            yield f"CAS {group} {rows[0]}"
    if any(not _at(row, at) for row in found for at in range(3, len(row), 3) if row[at - 1]):
        yield f"CAS zero {rows[0]}"


def _taken(rows: list[Segment], group: str = "") -> Decimal:
    taken = [row for row in rows if row[0] == "CAS" and group in ("", row[1])]
    return sum((_at(row, at) for row in taken for at in range(3, 19, 3)), ZERO)


def _at(row: Segment, position: int) -> Decimal:
    return Decimal(row[position]) if len(row) > position and row[position] else ZERO
