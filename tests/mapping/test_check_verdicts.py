"""Verdicts are asked for once, and what is remembered of them is bounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.mapping import verdicts
from edi_hit.mapping.checks.amount_forms import read_amount, usual_cents
from edi_hit.mapping.verdicts import Verdicts


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
    ("text", "cents", "faults"),
    [
        ("0", 0, 0),
        ("7", 700, 0),
        ("100.5", 10050, 0),
        ("100.05", 10005, 0),
        ("0.99", 99, 0),
        ("007.10", 710, 0),
        (".5", 50, 0),
        ("-12.34", -1234, 0),
        ("-.5", -50, 0),
        ("-0.05", -5, 0),
        ("99999999.99", 9999999999, 0),
        ("100000000.00", 10000000000, 1),
        ("12345678901", 1234567890100, 1),
        ("1.005", None, 1),
        ("-1.0000", None, 1),
    ],
)
def test_amounts_are_read_and_judged(text: str, cents: int | None, faults: int) -> None:
    value, found = read_amount(text)
    assert value == cents
    assert len(found) == faults
    assert usual_cents(text) in (cents, None)


@given(st.integers(0, 9999999999), st.sampled_from(("{0}.{1:02}", "{0}.{1}", "{0}")))
def test_a_usual_amount_is_read_exactly(cents: int, form: str) -> None:
    text = form.format(*divmod(cents, 100))
    assert usual_cents(text) == read_amount(text)[0] == int(Decimal(text) * 100)


NO_NUMBERS = ["", "-", ".", "5.", "1.2.3", "1e5", "NaN", "+5", " 5", "5 ", "1_000", "1,000", "²", "9" * 30]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_left_to_the_syntax_checks(text: str) -> None:
    assert read_amount(text) == (None, ())
    assert usual_cents(text) is None
