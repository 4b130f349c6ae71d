"""Prices one code as it is asked for: with texts, the place of the home told in one of three ways."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits import needs_locality, price
from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.reference import Locality, Tables, parse_amount


def quote(
    code: str,
    on: date,
    tables: Tables,
    *,
    locality: str | None = None,
    state: str | None = None,
    zip_code: str | None = None,
    charge: str | None = None,
) -> Price:
    """Price a day's visit in the home; the place is a Medicare locality (`10112-00`), or a state or ZIP code.

    Raises `PricingError` where the place or the charge is missing or wrong, or the code has no price, and
    `ReferenceDataMissing`.
    """
    wanted = code.strip().upper()
    place = None
    if needs_locality(wanted, on, tables):
        place = _locality(locality, state, zip_code, on, tables)
    return price(wanted, on, place, _charge(charge), tables)


def _locality(
    locality: str | None, state: str | None, zip_code: str | None, on: date, tables: Tables
) -> Locality:
    if locality is not None and not (state is None and zip_code is None):
        raise PricingError("give the locality, or state and ZIP code, not both")
    try:
        if locality is not None:
            return Locality.parse(locality)
        if state is not None:
            return tables.locality_of_home(state.strip(), zip_code, on)
        found = tables.locality_of_zip(zip_code, on) if zip_code is not None else None
    except ValueError as error:
        raise PricingError(str(error)) from error
    if found is None and zip_code is not None:
        raise PricingError("the ZIP file loaded does not have this ZIP code")
    if found is None:
        raise PricingError("give the locality, the state or the ZIP code of the home")
    return found


def _charge(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return parse_amount(text)
    except ValueError as error:
        said = f"the charge is {error}; an amount in dollars is wanted, such as 250 or 250.00"
        raise PricingError(said) from error
