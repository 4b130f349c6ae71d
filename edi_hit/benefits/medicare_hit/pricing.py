"""The price of a visit: national amount times the geographic factor of the home's locality."""

import re
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.claims.claim import Claim
from edi_hit.reference import (
    AddressError,
    Gaf,
    HitRate,
    Locality,
    Tables,
    amount_text,
    cents,
    is_whole_cents,
)
from edi_hit.rules import EdiHitError

_STATE = re.compile(r"[A-Z]{2}")


class PricingError(EdiHitError):
    """What is asked has no price under the benefit: another code or date, a faulty charge or address."""

    exit_code = 2


class Price(msgspec.Struct, frozen=True):
    """The price of one day's visit, in dollars, whatever its units.

    `allowed` is the lesser of charge and fee; the fee where no charge is given. `rate_status` is
    `computed` unless both the national amount and the factor are `published` or `loaded`. `steps` is the
    arithmetic in words; `sources` are those of the national amount and the factor.
    """

    code: str
    on: date
    locality: Locality
    national: Decimal
    gaf: Decimal
    fee: Decimal
    charge: Decimal | None
    allowed: Decimal
    rate_status: str
    steps: tuple[str, ...]
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Give the price as a JSON document; amounts are texts with two decimals."""
        return {
            "code": self.code,
            "date": self.on.isoformat(),
            "locality": str(self.locality),
            "national": amount_text(self.national),
            "gaf": str(self.gaf),
            "fee": amount_text(self.fee),
            "charge": None if self.charge is None else amount_text(self.charge),
            "allowed": amount_text(self.allowed),
            "rate_status": self.rate_status,
            "steps": list(self.steps),
            "sources": list(self.sources),
        }


def price(code: str, on: date, locality: Locality, charge: Decimal | None, tables: Tables) -> Price:
    """Price a home infusion therapy visit of 2021 or later (rules HIT-PAY-GAF and HIT-PAY-LESSER).

    Raises `PricingError` for a code that is no such visit on the day and for a charge that is negative or
    not in whole cents; `ReferenceDataMissing` where the national amount or the factor is not known.
    """
    _require_visit(code, on, tables)
    if charge is not None and not is_whole_cents(charge):
        raise PricingError("a charge is a number of dollars, not negative, in whole cents, below a trillion")
    rate = tables.hit_rate(code, on)
    gaf = tables.gaf(locality, on)
    fee = cents(rate.amount * gaf.factor)
    allowed = fee if charge is None else cents(min(charge, fee))
    return Price(
        code=code,
        on=on,
        locality=locality,
        national=rate.amount,
        gaf=gaf.factor,
        fee=fee,
        charge=charge,
        allowed=allowed,
        rate_status=_status(rate, gaf),
        steps=_steps(rate, gaf, fee, charge, allowed),
        sources=(rate.source, gaf.source),
    )


def home_locality(claim: Claim, on: date, tables: Tables) -> Locality:
    """Give the locality of the patient's home (rule HIT-PAY-GAF).

    Raises `PricingError` where the claim has no home address with a state, or one that contradicts itself;
    `ReferenceDataMissing` where the tables do not place it.
    """
    address = claim.patient_address
    if address is None or not _STATE.fullmatch(address.state):
        raise PricingError("the claim has no home address of the patient with a two-letter state")
    try:
        return tables.locality_of_home(address.state, address.postal_code or None, on)
    except AddressError as error:
        raise PricingError(f"the home address of the patient is wrong: {error}") from error


def _require_visit(code: str, on: date, tables: Tables) -> None:
    if code not in tables.hit_codes():
        raise PricingError(f"{code} is not a home infusion therapy visit code")
    found = tables.hit_code(code, on)
    if found is None:
        raise PricingError(f"{code} is not valid on {on.isoformat()}")
    if found.benefit != "permanent":
        raise PricingError(f"{code} on {on.isoformat()} falls in the transitional benefit, priced otherwise")


def _status(rate: HitRate, gaf: Gaf) -> str:
    statuses = {rate.status, gaf.status}
    if not statuses <= {"published", "loaded"}:
        return "computed"
    return rate.status if len(statuses) == 1 else "loaded"


def _steps(
    rate: HitRate, gaf: Gaf, fee: Decimal, charge: Decimal | None, allowed: Decimal
) -> tuple[str, ...]:
    place = f"{gaf.locality} {gaf.locality_name}"
    steps = [
        f"national amount of {rate.hcpcs} in {rate.year}: {rate.amount} ({_origin(rate)})",
        f"geographic factor of {place} in {gaf.year}: {gaf.factor} ({_origin(gaf)})",
        f"fee: {rate.amount} x {gaf.factor} = {amount_text(fee)}, rounded to the cent",
    ]
    if charge is None:
        steps.append(f"allowed without a charge: the fee, {amount_text(allowed)}")
    else:
        lesser = f"the lesser of charge {amount_text(charge)} and fee {amount_text(fee)}"
        steps.append(f"allowed: {lesser}, {amount_text(allowed)}")
    return tuple(steps)


def _origin(row: HitRate | Gaf) -> str:
    return f"{row.status}: {row.arithmetic}" if row.arithmetic else row.status
