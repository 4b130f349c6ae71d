"""The contract of a line and its rows: what is missing is named, with how it is loaded."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from edi_hit.benefits.commercial.billed_codes import is_drug
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.price import PricingError
from edi_hit.claims import revenue_code_of
from edi_hit.profiles import Contract, DrugPrice, Fee, FeeBasis, NdcFactor
from edi_hit.rules import ReferenceDataMissing

EVERY_DRUG = "DRUGS"
"""Code of the fee row for drugs that have no row of their own."""

Row = TypeVar("Row", Fee, DrugPrice, NdcFactor)


def contract_of(context: LineContext) -> Contract | None:
    """Give the contract of the payer in force on the first day of the line; None where none is loaded."""
    return context.once(_IN_FORCE)


def _contract_in_force(context: LineContext) -> Contract | None:
    return context.settings.contract(context.payer_id, context.on)


_IN_FORCE: Final = _contract_in_force


def no_contract(context: LineContext) -> PricingError:
    """Say that no contract is loaded, and how one is."""
    return _no_contract(context.on)


@lru_cache(maxsize=4096)
def _no_contract(on: date) -> PricingError:
    return PricingError(
        f"no contract of this payer is loaded that is in force on {on.isoformat()}. Name its "
        "file under contract_files in the settings (--config); docs/contracts.md says what it holds"
    )


def fee_row(contract: Contract, context: LineContext) -> Fee:
    """Give the row that prices a line: of its NDC before any other, of its modifier before one without.

    Raises `ReferenceDataMissing` where there is none.
    """
    line = context.line
    rows = contract.fees.get(line.procedure_code or revenue_code_of(line), ())
    if not rows and is_drug(line, context.tables):
        rows = contract.fees.get(EVERY_DRUG, ())
    ndc = line.drug.ndc if line.drug else ""
    fitting = [
        row
        for row in in_force(rows, context.on)
        if row.ndc in ("", ndc) and (not row.modifier or row.modifier in line.modifiers)
    ]
    if not fitting:
        raise missing("fees", "price for this code", context.on)
    return max(fitting, key=lambda row: (bool(row.ndc), bool(row.modifier)))


def drug_price(contract: Contract, kind: FeeBasis, code: str, on: date) -> DrugPrice:
    """Give the unit price of an NDC (AWP) or a HCPCS code (ASP); raises `ReferenceDataMissing`."""
    found = [row for row in in_force(contract.drug_prices.get(code, ()), on) if row.kind == kind.value]
    if not found:
        raise missing("drug_prices", f"{kind.upper()} of this drug", on)
    return found[0]


def ndc_factors(contract: Contract, ndc: str, on: date) -> list[NdcFactor]:
    """Give the HCPCS codes an NDC goes with, each with its unit factor."""
    return in_force(contract.ndc_factors.get(ndc, ()), on)


def in_force(rows: Iterable[Row], on: date) -> list[Row]:
    """Give the rows that hold on a day."""
    return [row for row in rows if row.holds(on)]


def missing(table: str, what: str, on: date) -> ReferenceDataMissing:
    """Say which table of the contract lacks what, and how it is loaded."""
    return ReferenceDataMissing(
        f"contract {table}",
        f"the contract has no {what} on {on.isoformat()}",
        f"Add it to what {table} of the contract names; docs/contracts.md says what it holds.",
    )


def missing_setting(setting: str, what: str, on: date) -> ReferenceDataMissing:
    """Say which setting the contract lacks."""
    return ReferenceDataMissing(
        "contract",
        f"the contract says no {what} on {on.isoformat()}",
        f"Set {setting} in the contract; docs/contracts.md says what it means.",
    )
