import ast
import doctest
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.reference import amount_text, cents, is_whole_cents, parse_amount, plain
from edi_hit.reference import money as money_module


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("0.005", "0.01"),
        ("0.0049999", "0.00"),
        ("2.665", "2.67"),
        ("2.675", "2.68"),
        ("-2.665", "-2.67"),
        ("178.11231", "178.11"),
        ("35.622", "35.62"),
        ("100", "100.00"),
    ],
)
def test_cents_round_halves_away_from_zero(amount: str, rounded: str) -> None:
    assert cents(Decimal(amount)) == Decimal(rounded)
    assert str(cents(Decimal(amount))) == rounded


@pytest.mark.parametrize(
    ("amount", "text"),
    [("178.11", "178.11"), ("178", "178.00"), ("1E+3", "1000.00"), ("-71.89", "-71.89"), ("-0.004", "0.00")],
)
def test_amount_text_has_two_decimals(amount: str, text: str) -> None:
    assert amount_text(Decimal(amount)) == text


@pytest.mark.parametrize("text", ["0", "12", "12.", ".5", "-12.50", "0012.30", "-.25"])
def test_parse_amount_reads_plain_decimals(text: str) -> None:
    assert parse_amount(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            ".",
            "-",
            "-.",
            "1e5",
            "1E5",
            "NaN",
            "sNaN",
            "Infinity",
            "+1",
            " 1",
            "1 ",
            "1\n",
            "1,000",
            "1_0",
        ),
        *("--1", "$5", "\u0661", "\uff11", "1.2.3", "0x1"),
    ],
)
def test_parse_amount_refuses_everything_else_without_repeating_it(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a plain decimal amount$"):
        parse_amount(text)


@pytest.mark.parametrize(
    "text", ["999999999999.99", "-999999999999", "0000000000000000012", "0.123456789", ".5", "-0"]
)
def test_amounts_up_to_twelve_digits_are_read(text: str) -> None:
    assert parse_amount(text) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["1000000000000", "-1000000000000.00", "9" * 29, "9" * 10_000, "0.1234567891"]
)
def test_longer_amounts_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(ValueError, match=r"^too long: at most 12 digits, and 9 decimals, are read$"):
        parse_amount(text)


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+26", "-1E+30", "1E+999999"])
def test_what_cannot_be_rounded_to_the_cent_is_a_value_error(amount: str) -> None:
    for rounding in (cents, amount_text):
        with pytest.raises(ValueError, match="not a finite amount"):
            rounding(Decimal(amount))
    assert not is_whole_cents(Decimal(amount))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_rounding_never_fails_otherwise(amount: Decimal) -> None:
    try:
        assert cents(amount).as_tuple().exponent == -2
    except ValueError:
        assert abs(amount) >= Decimal("1E+25")


@pytest.mark.parametrize(
    ("amount", "whole"),
    [
        *(("0", True), ("-0.00", True), ("250.10", True), ("1E+3", True), ("0.100", True)),
        *(("999999999999.99", True), ("1000000000000", False), ("-0.01", False), ("10.005", False)),
    ],
)
def test_whole_cents(amount: str, whole: bool) -> None:
    assert is_whole_cents(Decimal(amount)) is whole


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_an_amount_in_cents_survives_writing_and_reading(amount: Decimal) -> None:
    assert parse_amount(amount_text(amount)) == amount


@given(st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, places=6))
def test_rounding_moves_an_amount_by_half_a_cent_at_most(amount: Decimal) -> None:
    assert abs(cents(amount) - amount) <= Decimal("0.005")


@given(
    st.decimals(min_value=-(10**12), max_value=10**12, places=9).map(Decimal.normalize)
    | st.integers().map(Decimal)
)
def test_a_plain_number_has_no_exponent_and_no_trailing_zeros(number: Decimal) -> None:
    said = plain(number)
    assert Decimal(said) == number
    assert not set(said) - set("-.0123456789")
    assert "." not in said or said[-1] not in ".0"


def test_documented_examples_hold() -> None:
    """They are read from the source: compiled functions keep no docstrings."""
    source = Path(money_module.__file__).with_name("money.py").read_text(encoding="utf-8")
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    for one in functions:
        said = ast.get_docstring(one) or ""
        runner.run(parser.get_doctest(said, vars(money_module).copy(), one.name, None, None))
    assert (runner.tries, runner.failures) == (5, 0)
