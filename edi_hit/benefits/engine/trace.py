"""Every parameter behind a price, with its dates, source and how sure it is."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.engine.price import Price
from edi_hit.reference import Gaf, HitRate, plain


class Parameter(msgspec.Struct, frozen=True):
    """One figure: its name, its value as text, the days it holds for (None: no bound is known)."""

    name: str
    value: str
    effective_from: date | None
    effective_through: date | None
    confidence: str
    source: str


def priced_from(price: Price) -> Iterator[Parameter]:
    """Yield the parameters of the fee: the national amount, the factor and the GPCIs behind it."""
    yield _of_year("national amount", str(price.national), price.rate.year, price.rate)
    if price.factor is None:
        return
    factor = price.factor
    yield _of_year(
        f"geographic factor of {factor.locality} {factor.locality_name}",
        str(factor.factor),
        factor.year,
        factor,
    )
    names = ("work GPCI", "practice expense GPCI", "malpractice GPCI")
    for name, value in zip(names, factor.gpcis or (), strict=False):
        yield _of_year(name, str(value), factor.year, factor)


def percent_text(percent: Decimal) -> str:
    """Write a percentage without trailing zeros."""
    return f"{plain(percent)}%"


def _of_year(name: str, value: str, year: int, row: HitRate | Gaf) -> Parameter:
    sure = row.status if row.confidence == row.status else f"{row.status}; {row.confidence}"
    return Parameter(name, value, date(year, 1, 1), date(year, 12, 31), sure, row.source)
