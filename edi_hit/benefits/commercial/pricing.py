"""What a contract pays for a line: a fee a unit, a percentage of the charge, or of a drug's AWP or ASP."""

from decimal import Decimal
from typing import Final

import msgspec

from edi_hit.benefits.commercial.billed_codes import SECOND_THERAPY, THIRD_THERAPY, is_per_diem
from edi_hit.benefits.commercial.contract_lookup import (
    contract_of,
    drug_price,
    fee_row,
    missing_setting,
    no_contract,
)
from edi_hit.benefits.commercial.contract_price import ContractPrice
from edi_hit.benefits.commercial.ndc_units import hcpcs_units, ndc_quantity, require_drug, units_of
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import PricingError
from edi_hit.profiles import Contract, Fee, FeeBasis
from edi_hit.reference import amount_text, cents, plain

VISIT = "99601"
"""A nurse's visit of up to two hours: one a day."""

_HUNDRED: Final = Decimal(100)


def quote(context: LineContext) -> ContractPrice | PricingError:
    """Price a line by the contract of its payer; without one, give what says so.

    Raises `PricingError` without units, or an NDC where that prices; `ReferenceDataMissing` where the
    contract's tables lack what it takes.
    """
    contract = contract_of(context)
    if contract is None:
        return no_contract(context)
    row = fee_row(contract, context)
    excess = _excess(context)
    due = context.line.charge - excess
    full, said = _full_fee(contract, row, context, due)
    mark, share = _share(contract, context)
    price = ContractPrice(context.hcpcs, Decimal(0), full, said, excess, mark, share, contract.pays_second)
    return msgspec.structs.replace(price, allowed=cents(min(due, price.fee)))


def _full_fee(contract: Contract, row: Fee, context: LineContext, due: Decimal) -> tuple[Decimal, str]:
    """Give the fee of the payable units, and how it comes about."""
    if row.basis is FeeBasis.PERCENT_OF_CHARGE:
        fee = cents(due * row.rate / _HUNDRED)
        return fee, f"{plain(row.rate)}% of the charge {amount_text(due)} = {amount_text(fee)}"
    if row.basis is FeeBasis.FEE:
        quantity, name = _fee_quantity(contract, row, context)
        fee = cents(quantity * row.rate)
        return fee, f"{plain(quantity)} {name} x {plain(row.rate)} = {amount_text(fee)}"
    quantity, name, price = _drug_quantity(contract, row.basis, context)
    fee = cents(quantity * price * row.rate / _HUNDRED)
    basis = f"{plain(row.rate)}% of {row.basis.upper()} {plain(price)}"
    return fee, f"{plain(quantity)} {name} x {basis} = {amount_text(fee)}"


def _fee_quantity(contract: Contract, row: Fee, context: LineContext) -> tuple[Decimal, str]:
    if row.per == "ndc":
        unit = require_drug(context).unit
        return ndc_quantity(contract, context, unit), f"{unit} of the NDC"
    return payable_units(context), "unit" if payable_units(context) == 1 else "units"


def _drug_quantity(contract: Contract, basis: FeeBasis, context: LineContext) -> tuple[Decimal, str, Decimal]:
    """Give the quantity a drug is priced by, its unit in words, and the unit price."""
    if basis is FeeBasis.ASP:
        code, units = hcpcs_units(contract, context)
        return units, f"units of {code}", drug_price(contract, basis, code, context.on).price
    row = drug_price(contract, basis, require_drug(context).ndc, context.on)
    return ndc_quantity(contract, context, row.unit), f"{row.unit} of the NDC", row.price


def _share(contract: Contract, context: LineContext) -> tuple[str, Decimal]:
    """Give the modifier of a concurrent therapy and the per cent paid with it; raises where none is given."""
    shares = {
        SECOND_THERAPY: ("percent_second_therapy", contract.percent_second_therapy),
        THIRD_THERAPY: ("percent_third_therapy", contract.percent_third_therapy),
    }
    for mark, (setting, share) in shares.items():
        if mark in context.modifiers:
            if share is None:
                raise missing_setting(setting, f"percentage for {mark}", context.on)
            return mark, share
    return "", _HUNDRED


def payable_units(context: LineContext) -> Decimal:
    """Give the units that can be paid: of a per diem, and of a nurse's visit, no more than its days."""
    units = units_of(context)
    dates = context.line.service_dates
    if dates is None or not (is_per_diem(context.hcpcs, context.tables) or context.hcpcs == VISIT):
        return units
    return min(units, Decimal((dates.end - dates.start).days + 1))


def _excess(context: LineContext) -> Decimal:
    """Give the part of the charge that is for units that cannot be paid."""
    if context.units is None or context.units <= 0:
        return Decimal(0)
    units, payable = context.units, payable_units(context)
    return cents(context.line.charge * (units - payable) / units)
