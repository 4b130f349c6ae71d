"""Element text to values and back: what has another form is refused, never guessed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.mapping.convert import (
    DATE,
    INTEGER,
    MONEY,
    NUMBER,
    read_date,
    read_number,
    read_period,
    write_number,
    write_period,
)
from edi_hit.mapping.parts import Period
from edi_hit.rules import ComposeError

NO_NUMBERS = [
    "",
    "1e5",
    "1E5",
    "NaN",
    "nan",
    "Infinity",
    "-inf",
    "+1",
    "--1",
    "1,000",
    "1.2.3",
    "$5",
    " 1",
    "1 ",
]
NO_NUMBERS += ["-", ".", "-.", "0x10", "1_000", "١٢", "²", "1" * 19, "1\n", "\x00", "1.0000000001", "1-"]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_numbers(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|decimals"):
        read_number(text)
    with pytest.raises(ValueError, match=r"number|decimals"):
        MONEY.read(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", "0"), ("-5", "-5"), ("1.50", "1.5"), (".5", "0.5"), ("-.5", "-0.5"), ("007", "7"), ("1.", "1")],
)
def test_numbers(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(("text", "value"), [("1400.00", "1400.00"), ("1400", "1400.00"), ("10.5", "10.50")])
def test_money_has_two_decimals(text: str, value: str) -> None:
    assert str(MONEY.read(text)) == value


@pytest.mark.parametrize("text", ["1.005", "0.001", "-3.999"])
def test_money_of_more_than_two_decimals_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="decimals"):
        MONEY.read(text)
    with pytest.raises(ComposeError, match="decimals"):
        MONEY.write(Decimal(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("10.50", "10.5"),
        ("1400.00", "1400"),
        ("0.00", "0"),
        ("-0.00", "0"),
        ("1E+3", "1000"),
        ("-7.25", "-7.25"),
    ],
)
def test_numbers_are_written_short(value: str, text: str) -> None:
    assert write_number(Decimal(value)) == text


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+30"])
def test_what_is_no_x12_number_is_not_written(value: str) -> None:
    for conversion in (MONEY, NUMBER):
        with pytest.raises(ComposeError):
            conversion.write(Decimal(value))


@given(st.decimals(-(10**15), 10**15, places=2))
def test_money_comes_back(value: Decimal) -> None:
    assert MONEY.read(MONEY.write(value)) == value


@given(st.decimals(-(10**9), 10**9, places=9))
def test_numbers_come_back(value: Decimal) -> None:
    assert NUMBER.read(NUMBER.write(value)) == value


@pytest.mark.parametrize("text", ["", "-1", "1.0", "1 ", "x", "²", "1" * 10])
def test_no_whole_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="whole"):
        INTEGER.read(text)


@pytest.mark.parametrize("value", [-1, 10**9])
def test_whole_numbers_that_are_not_written(value: int) -> None:
    with pytest.raises(ComposeError):
        INTEGER.write(value)


NO_DATES = ["", "20250231", "20251301", "20250100", "00000101", "250101", "2025-1-1", "2025O101", "202501011"]


@pytest.mark.parametrize("text", [*NO_DATES, "²0250101", "20250101 "])
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_date(text)


@given(st.dates())
def test_dates_come_back(value: date) -> None:
    assert DATE.read(DATE.write(value)) == value


@given(st.dates(), st.dates())
def test_periods_come_back(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert read_period(*write_period(period)) == period
    assert write_period(period)[0] == ("D8" if one == other else "RD8")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("RD8", "20250102-20250101"),
        ("RD8", "20250101"),
        ("RD8", "20250101-"),
        ("RD8", "20250101-20250231"),
        ("RD8", "20250101-20250102-20250103"),
        ("D8", "20250101-20250102"),
        ("DT", "202501011200"),
        ("", "20250101"),
    ],
)
def test_no_periods(form: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_period(form, text)


def test_a_period_that_ends_before_it_starts_is_not_written() -> None:
    with pytest.raises(ComposeError, match="before"):
        write_period(Period(date(2025, 1, 2), date(2025, 1, 1)))


@given(st.text("0123456789.-", max_size=12))
def test_numbers_are_read_whole_or_refused(text: str) -> None:
    is_number = re.fullmatch(r"-?(\d+\.?\d{0,9}|\.\d{1,9})", text) is not None
    for conversion in (MONEY, NUMBER):
        if not is_number or (conversion is MONEY and len(text.partition(".")[2].rstrip("0")) > 2):
            with pytest.raises(ValueError, match=r"number|decimals"):
                conversion.read(text)
        else:
            assert conversion.read(text) == Decimal(text)
    if is_number and len(text.partition(".")[2]) <= 2:
        assert MONEY.read(text).as_tuple().exponent == -2
