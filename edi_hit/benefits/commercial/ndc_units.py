"""From NDC units to HCPCS units and back, by the contract's factors (rule COMM-NDC-QUANTITY)."""

from decimal import Decimal

from edi_hit.benefits.commercial.code_groups import code_groups
from edi_hit.benefits.commercial.contract_lookup import missing, ndc_factors
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import PricingError
from edi_hit.claims import Drug
from edi_hit.profiles import Contract, NdcFactor

_IN_MILLIGRAMS = {"ME": Decimal(1), "GR": Decimal(1000)}
_FACTORS = "ndc_factors"


def ndc_quantity(contract: Contract, context: LineContext, unit: str) -> Decimal:
    """Give how much of its NDC a line is for, in the unit asked for.

    It is CTP04, or where that was not sent SV104 by the factor. Raises `PricingError` without an NDC,
    `ReferenceDataMissing` without a factor for the unit.
    """
    drug = require_drug(context)
    sent = None if drug.quantity is None else converted(drug.quantity, drug.unit, unit)
    if sent is not None:
        return sent
    for factor in ndc_factors(contract, drug.ndc, context.on):
        in_unit = converted(units_of(context) / factor.hcpcs_units, factor.ndc_unit, unit)
        if factor.code == context.hcpcs and in_unit is not None:
            return in_unit
    raise missing(_FACTORS, "unit factor for the NDC", context.on)


def hcpcs_units(contract: Contract, context: LineContext) -> tuple[str, Decimal]:
    """Give the code and units by which a drug is priced: its own, or for a code that names no drug its NDC's.

    Raises as `ndc_quantity`.
    """
    groups = code_groups()
    if context.hcpcs not in groups.unlisted.codes | groups.drugs_by_ndc_alone.codes:
        return context.hcpcs, units_of(context)
    drug = require_drug(context)
    for factor in ndc_factors(contract, drug.ndc, context.on):
        quantity = converted(drug.quantity or Decimal(0), drug.unit, factor.ndc_unit)
        if quantity:
            return factor.code, quantity * factor.hcpcs_units
    raise missing(_FACTORS, "unit factor for the NDC", context.on)


def expected_quantity(factor: NdcFactor, context: LineContext, unit: str) -> Decimal | None:
    """Give the NDC quantity that SV104 makes, in a unit; None where the units do not convert."""
    return converted(units_of(context) / factor.hcpcs_units, factor.ndc_unit, unit)


def converted(quantity: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Give a quantity in another unit; None where it does not convert. Grams and milligrams alone do."""
    if unit == wanted:
        return quantity
    if unit in _IN_MILLIGRAMS and wanted in _IN_MILLIGRAMS:
        return quantity * _IN_MILLIGRAMS[unit] / _IN_MILLIGRAMS[wanted]
    return None


def require_drug(context: LineContext) -> Drug:
    """Give the NDC of a line; raises `PricingError` where it has none."""
    if context.line.drug is None:
        raise PricingError("the contract prices this drug by its NDC, and the line has none (Loop 2410)")
    return context.line.drug


def units_of(context: LineContext) -> Decimal:
    """Give the units of a line; raises `PricingError` where there are none, or not more than 0."""
    units = context.units
    if units is None or units <= 0:
        raise PricingError("the line has no units to be priced by")
    return units
