"""Verdicts are asked for once, and what is remembered of them is bounded."""

from decimal import Decimal

import pytest

from edi_hit.mapping.checks import Verdicts, verdicts
from edi_hit.mapping.checks.amount_forms import read_amount, usual_amount


def test_a_value_is_judged_once() -> None:
    asked: list[str] = []

    def judge(value: str) -> int:
        asked.append(value)
        return len(value)

    known = Verdicts(judge)
    assert [known[value] for value in ("a", "bb", "a", "bb")] == [1, 2, 1, 2]
    assert asked == ["a", "bb"]


def test_no_more_than_a_number_of_values_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdicts.KEPT == 20_000
    monkeypatch.setattr(verdicts, "KEPT", 50)
    known = Verdicts(len)
    for number in range(500):
        assert known[f"{number:05d}"] == 5
        assert len(known) <= 50


def test_long_values_are_judged_and_not_remembered() -> None:
    known = Verdicts(len)
    assert known["A" * 60_000] == 60_000
    assert known == {}


@pytest.mark.parametrize(
    ("text", "dollars", "faults"),
    [
        ("0", Decimal(0), 0),
        ("100.5", Decimal("100.5"), 0),
        (".5", Decimal("0.5"), 0),
        ("-12.34", Decimal("-12.34"), 0),
        ("99999999.99", Decimal("99999999.99"), 0),
        ("100000000.00", Decimal("100000000"), 1),
        ("12345678901", Decimal("12345678901"), 1),
        ("1.005", None, 1),
        ("-1.0000", None, 1),
    ],
)
def test_amounts_are_read_and_judged(text: str, dollars: Decimal | None, faults: int) -> None:
    value, found = read_amount(text)
    assert value == dollars
    assert len(found) == faults
    assert not usual_amount(text) or (value is not None and not found)


NO_NUMBERS = ["", "-", ".", "5.", "1.2.3", "1e5", "NaN", "+5", " 5", "5 ", "1_000", "1,000", "²", "9" * 30]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_left_to_the_syntax_checks(text: str) -> None:
    assert read_amount(text) == (None, ())
    assert not usual_amount(text)
