"""The price of one visit, and every parameter it was computed from."""

from datetime import date
from decimal import Decimal
from typing import Final

from edi_hit.reference import Gaf, HitRate, Locality, amount_text
from edi_hit.rules import EdiHitError

_GIVEN: Final = ("published", "loaded")
"""Statuses of figures that were not computed here."""


class PricingError(EdiHitError):
    """What is asked has no price under the benefit: another code or date, a faulty charge or address."""

    exit_code = 2


class Price:
    """The price of one day's visit, in dollars, whatever its units.

    `rate` is the national amount and `factor` the geographic factor, None under a benefit without one.
    `fee` is what comes of them; `allowed` the lesser of charge and fee, the fee where no charge is given.
    """

    def __init__(
        self,
        on: date,
        rate: HitRate,
        factor: Gaf | None,
        fee: Decimal,
        charge: Decimal | None,
        allowed: Decimal,
    ) -> None:
        self.on: Final = on
        self.rate: Final = rate
        self.factor: Final = factor
        self.fee: Final = fee
        self.charge: Final = charge
        self.allowed: Final = allowed

    @property
    def code(self) -> str:
        """The visit code."""
        return self.rate.hcpcs

    @property
    def national(self) -> Decimal:
        """The national amount in dollars."""
        return self.rate.amount

    @property
    def gaf(self) -> Decimal | None:
        """The geographic adjustment factor, None under a benefit without one."""
        return self.factor.factor if self.factor else None

    @property
    def locality(self) -> Locality | None:
        """The locality of the home, None under a benefit without geographic adjustment."""
        return self.factor.locality if self.factor else None

    @property
    def rate_status(self) -> str:
        """`computed` unless amount and factor are `published` or `loaded`; `loaded` where they differ."""
        of_rate = self.rate.status
        of_factor = self.factor.status if self.factor else of_rate
        if of_rate not in _GIVEN or of_factor not in _GIVEN:
            return "computed"
        return of_rate if of_rate == of_factor else "loaded"

    @property
    def fee_text(self) -> str:
        """How the fee comes about, in figures."""
        if self.factor is None:
            return f"{self.rate.amount} without geographic adjustment"
        return f"{self.rate.amount} x {self.factor.factor} = {amount_text(self.fee)}"

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the national amount and the factor."""
        return (self.rate.source, self.factor.source) if self.factor else (self.rate.source,)

    @property
    def steps(self) -> tuple[str, ...]:
        """The arithmetic in words."""
        rate, fee = self.rate, amount_text(self.fee)
        steps = [f"national amount of {rate.hcpcs} in {rate.year}: {rate.amount} ({_origin(rate)})"]
        if self.factor is None:
            steps.append(f"fee: {fee}, without geographic adjustment")
        else:
            place = f"{self.factor.locality} {self.factor.locality_name}"
            figure = f"{self.factor.factor} ({_origin(self.factor)})"
            steps.append(f"geographic factor of {place} in {self.factor.year}: {figure}")
            steps.append(f"fee: {self.fee_text}, rounded to the cent")
        allowed = amount_text(self.allowed)
        if self.charge is None:
            steps.append(f"allowed without a charge: the fee, {allowed}")
        else:
            lesser = f"the lesser of charge {amount_text(self.charge)} and fee {fee}"
            steps.append(f"allowed: {lesser}, {allowed}")
        return tuple(steps)

    def as_json(self) -> dict[str, object]:
        """Give the price as a JSON document; amounts are texts with two decimals."""
        return {
            "code": self.code,
            "date": self.on.isoformat(),
            "locality": str(self.locality) if self.locality else None,
            "national": amount_text(self.national),
            "gaf": str(self.gaf) if self.factor else None,
            "fee": amount_text(self.fee),
            "charge": None if self.charge is None else amount_text(self.charge),
            "allowed": amount_text(self.allowed),
            "rate_status": self.rate_status,
            "steps": list(self.steps),
            "sources": list(self.sources),
        }


def _origin(row: HitRate | Gaf) -> str:
    return f"{row.status}: {row.arithmetic}" if row.arithmetic else row.status
