"""The price of a visit and its payment, to the cent."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hit_claims import TABLES
from hypothesis import given
from hypothesis import strategies as st

from edi_hit.benefits.engine.bill import Bill
from edi_hit.benefits.engine.payment import Payment
from edi_hit.benefits.engine.payment import pay as pay_bill
from edi_hit.benefits.engine.price import PricingError
from edi_hit.benefits.medicare_hit import BENEFIT, price
from edi_hit.reference import Locality, Tables
from edi_hit.rules import ReferenceDataMissing

ALABAMA = Locality("10112", "00")
DAY = date(2025, 3, 5)


def pay(allowed: Decimal, charge: Decimal, left: Decimal | None, on: date, tables: Tables) -> Payment:
    return pay_bill(Bill(charge, allowed, left, on, tables), BENEFIT.book)


def taken_off(payment: Payment) -> list[str]:
    return [f"{one.group} {one.carc} {one.amount}" for one in payment.adjustments]


def test_worked_example() -> None:
    quoted = price("G0068", DAY, ALABAMA, Decimal("250.00"), TABLES)
    assert (quoted.national, quoted.gaf, quoted.fee) == (
        Decimal("192.97"),
        Decimal("0.923"),
        Decimal("178.11"),
    )
    payment = pay(quoted.allowed, Decimal("250.00"), Decimal(0), DAY, TABLES)
    assert taken_off(payment) == ["CO 45 71.89", "PR 2 35.62", "CO 253 2.85"]
    assert payment.paid == Decimal("139.64")
    assert payment.patient_responsibility == Decimal("35.62")


def test_steps_and_sources_show_the_arithmetic() -> None:
    quoted = price("G0068", DAY, ALABAMA, Decimal(250), TABLES)
    assert quoted.steps[0].startswith("national amount of G0068 in 2025: 192.97 (computed: 188.45 x ")
    assert "0.923 (computed: 0.50866 x 1.0 + 0.44839 x 0.869 + 0.04295 x 0.575)" in quoted.steps[1]
    assert quoted.steps[2] == "fee: 192.97 x 0.923 = 178.11, rounded to the cent"
    assert quoted.steps[3] == "allowed: the lesser of charge 250.00 and fee 178.11, 178.11"
    assert len(quoted.sources) == 2
    assert all(quoted.sources)


def test_a_price_as_json_has_amounts_as_texts() -> None:
    quoted = price("G0068", DAY, ALABAMA, Decimal(250), TABLES)
    document = quoted.as_json()
    assert json.loads(json.dumps(document)) == document
    assert {name: document[name] for name in list(document)[:9]} == {
        "code": "G0068", "date": "2025-03-05", "locality": "10112-00", "national": "192.97", "gaf": "0.923",
        "fee": "178.11", "charge": "250.00", "allowed": "178.11", "rate_status": "computed",
    }  # fmt: skip
    assert (document["steps"], document["sources"]) == (list(quoted.steps), list(quoted.sources))
    assert price("G0068", DAY, ALABAMA, None, TABLES).as_json()["charge"] is None


@pytest.mark.parametrize(
    ("charge", "allowed"),
    [("178.10", "178.10"), ("178.11", "178.11"), ("178.12", "178.11"), (None, "178.11"), ("0", "0.00")],
)
def test_allowed_is_the_lesser_of_charge_and_fee(charge: str | None, allowed: str) -> None:
    quoted = price("G0068", DAY, ALABAMA, Decimal(charge) if charge else None, TABLES)
    assert str(quoted.allowed) == allowed


def test_charge_below_the_fee_leaves_no_contractual_adjustment() -> None:
    payment = pay(Decimal("100.00"), Decimal("100.00"), Decimal(0), DAY, TABLES)
    assert taken_off(payment) == ["PR 2 20.00", "CO 253 1.60"]
    assert payment.paid == Decimal("78.40")


@pytest.mark.parametrize(
    ("left", "expected", "paid"),
    [
        ("0", ["PR 2 20.00", "CO 253 1.60"], "78.40"),
        ("0.01", ["PR 1 0.01", "PR 2 20.00", "CO 253 1.60"], "78.39"),
        ("60", ["PR 1 60.00", "PR 2 8.00", "CO 253 0.64"], "31.36"),
        ("100", ["PR 1 100.00"], "0.00"),
        ("257", ["PR 1 100.00"], "0.00"),
        ("-5", ["PR 2 20.00", "CO 253 1.60"], "78.40"),
    ],
)
def test_deductible_comes_first(left: str, expected: list[str], paid: str) -> None:
    payment = pay(Decimal(100), Decimal(100), Decimal(left), DAY, TABLES)
    assert taken_off(payment) == expected
    assert str(payment.paid) == paid


def test_an_unknown_deductible_is_taken_as_met_and_said() -> None:
    payment = pay(Decimal(100), Decimal(100), None, DAY, TABLES)
    assert payment.unknown_deductible
    assert payment.paid == Decimal("78.40")


@pytest.mark.parametrize(
    ("on", "cut"),
    [
        (date(2022, 3, 31), None),
        (date(2022, 4, 1), "CO 253 0.80"),
        (date(2022, 6, 30), "CO 253 0.80"),
        (date(2022, 7, 1), "CO 253 1.60"),
    ],
)
def test_sequestration_by_date(on: date, cut: str | None) -> None:
    payment = pay(Decimal(100), Decimal(100), Decimal(0), on, TABLES)
    assert taken_off(payment) == ["PR 2 20.00", *([cut] if cut else [])]


@pytest.mark.parametrize(
    ("code", "on"),
    [
        ("J1250", DAY),
        ("Q2052", DAY),
        ("99213", DAY),
        ("G0088", date(2020, 12, 31)),
        ("G0068", date(2020, 12, 31)),
        ("G0068", date(2018, 12, 31)),
    ],
)
def test_other_codes_and_dates_have_no_price(code: str, on: date) -> None:
    with pytest.raises(PricingError, match=code):
        price(code, on, ALABAMA, None, TABLES)


@pytest.mark.parametrize("charge", ["-1", "10.005", "NaN", "Infinity", "1000000000000", "1E+29", "1E+9999"])
def test_faulty_charges_have_no_price(charge: str) -> None:
    with pytest.raises(PricingError):
        price("G0068", DAY, ALABAMA, Decimal(charge), TABLES)
    with pytest.raises(PricingError):
        pay(Decimal(1), Decimal(charge), Decimal(0), DAY, TABLES)


@pytest.mark.parametrize("left", ["NaN", "-Infinity", "0.005", "1E+30"])
def test_a_faulty_deductible_pays_nothing(left: str) -> None:
    with pytest.raises(PricingError, match="deductible"):
        pay(Decimal(100), Decimal(100), Decimal(left), DAY, TABLES)


def test_no_payment_above_the_charge() -> None:
    with pytest.raises(PricingError):
        pay(Decimal("100.01"), Decimal("100.00"), Decimal(0), DAY, TABLES)


def test_a_year_without_factors_is_missing_not_priced() -> None:
    with pytest.raises(ReferenceDataMissing) as caught:
        price("G0068", date(2026, 1, 1), ALABAMA, None, TABLES)
    assert caught.value.table == "hit_gaf"


def test_a_date_without_sequestration_is_missing() -> None:
    with pytest.raises(ReferenceDataMissing) as caught:
        pay(Decimal(100), Decimal(100), Decimal(0), date(2027, 1, 1), TABLES)
    assert caught.value.table == "sequestration"


@pytest.mark.parametrize(
    ("files", "status"), [((), "computed"), (("rates",), "computed"), (("rates", "gaf"), "loaded")]
)
def test_rate_status_is_loaded_only_where_both_parts_are(
    tmp_path_factory: pytest.TempPathFactory, files: tuple[str, ...], status: str
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    texts = {
        "rates": ("hit_rates.csv", "calendar_year,hcpcs,national_amount\n2025,G0068,200.00\n"),
        "gaf": ("hit_gaf.csv", "calendar_year,mac,locality_number,state,gaf\n2025,10112,00,AL,0.950\n"),
    }
    paths = []
    for name, text in (texts[file] for file in files):
        (folder / name).write_text(text)
        paths.append(folder / name)
    quoted = price("G0068", DAY, ALABAMA, None, Tables.with_files(paths))
    assert quoted.rate_status == status
    if status == "loaded":
        assert quoted.fee == Decimal("190.00")


AMOUNTS = st.decimals(min_value=0, max_value=100_000, places=2)
DAYS = st.dates(min_value=date(2021, 1, 1), max_value=date(2025, 12, 31))


@given(charge=AMOUNTS, left=st.none() | AMOUNTS, on=DAYS, code=st.sampled_from(sorted(TABLES.hit_codes())))
def test_every_line_balances_in_whole_cents(
    charge: Decimal, left: Decimal | None, on: date, code: str
) -> None:
    quoted = price(code, on, ALABAMA, charge, TABLES)
    payment = pay(quoted.allowed, charge, left, on, TABLES)
    assert charge - sum(one.amount for one in payment.adjustments) == payment.paid
    assert all(one.amount > 0 for one in payment.adjustments)
    amounts = [payment.paid, payment.allowed, *(one.amount for one in payment.adjustments)]
    assert {amount.as_tuple().exponent for amount in amounts} == {-2}
    assert payment.paid >= 0
    assert payment.allowed == min(charge, quoted.fee)
    share = Decimal("0.8") * max(payment.allowed - (left or 0), Decimal(0))
    assert share * Decimal("0.98") - Decimal("0.01") <= payment.paid <= share + Decimal("0.01")


@given(on=DAYS, step=st.integers(1, 400))
def test_the_fee_depends_on_the_year_only(on: date, step: int) -> None:
    later = on + timedelta(days=step)
    if later.year == on.year:
        fees = {price("G0089", day, ALABAMA, None, TABLES).fee for day in (on, later)}
        assert len(fees) == 1
