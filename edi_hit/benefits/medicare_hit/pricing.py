"""The price of a visit: national amount times the geographic factor of the home's locality."""

import re
from datetime import date
from decimal import Decimal

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import Price, PricingError
from edi_hit.benefits.engine.price_of import price_of, require_charge
from edi_hit.claims.claim import Claim
from edi_hit.reference import AddressError, Locality, Tables

_STATE = re.compile(r"[A-Z]{2}")


def price(code: str, on: date, locality: Locality, charge: Decimal | None, tables: Tables) -> Price:
    """Price a home infusion therapy visit of 2021 or later (rules HIT-PAY-GAF and HIT-PAY-LESSER).

    Raises `PricingError` for a code that is no such visit on the day and for a charge that is negative or
    not in whole cents; `ReferenceDataMissing` where the national amount or the factor is not known.
    """
    require_visit(code, on, tables)
    require_charge(charge)
    return price_of(tables.hit_rate(code, on), tables.gaf(locality, on), on, charge)


def quote(context: LineContext) -> Price:
    """Price a line by the locality of the patient's home; raises as `price` and `home_locality`."""
    claim, on, tables = context.claim, context.on, context.tables
    return price(context.hcpcs, on, home_locality(claim, on, tables), context.line.charge, tables)


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


def require_visit(code: str, on: date, tables: Tables) -> None:
    """Raise `PricingError` for a code that is no visit of the benefit on the day."""
    if code not in tables.hit_codes():
        raise PricingError(f"{code} is not a home infusion therapy visit code")
    found = tables.hit_code(code, on)
    if found is None:
        raise PricingError(f"{code} is not valid on {on.isoformat()}")
    if found.benefit != "permanent":
        raise PricingError(f"{code} on {on.isoformat()} falls in the transitional benefit, priced otherwise")
