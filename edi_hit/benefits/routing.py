"""Which benefit a claim belongs to: by its payer, its codes and its dates of service."""

import msgspec

from edi_hit.benefits.routing_codes import is_drug_code, routing_codes
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.reference import Tables

MEDICARE_HIT = "medicare_hit"
MEDICARE_TRANSITIONAL = "medicare_transitional"
MEDICARE_DME = "medicare_dme"
IVIG = "ivig"


class Route(msgspec.Struct, frozen=True):
    """The benefit of a claim, or None; and why, in words that hold no data of the file."""

    benefit: str | None
    reason: str


def route(claim: Claim, tables: Tables) -> Route:
    """Say which benefit a claim belongs to, whether or not a release of this package answers it.

    Medicare is told by SBR09 (MA, MB) or by a payer id of the table of contractors.
    """
    contractor = tables.contractor(claim.payer.id)
    medicare = routing_codes().medicare_filing_indicators.codes
    if contractor is None and claim.subscriber.filing_indicator not in medicare:
        return Route(None, "the payer is not Medicare: neither SBR09 nor the payer id says so")
    visits = [line for line in claim.lines if is_visit(line, tables)]
    if visits:
        return _visits_route(claim, visits, tables)
    if contractor is not None and contractor.contractor_type == "DME_MAC":
        return _equipment_route(claim, tables)
    return Route(None, "no line is a visit in the home")


def is_visit(line: ServiceLine, tables: Tables) -> bool:
    """Whether a line bears a G-code of home infusion therapy or Q2052, on whatever date."""
    return line.procedure_qualifier == "HC" and line.procedure_code in tables.visit_codes()


def _visits_route(claim: Claim, visits: list[ServiceLine], tables: Tables) -> Route:
    others = [line.number for line in claim.lines if not is_visit(line, tables)]
    if others:
        return Route(None, f"{_lines(others)} no visit in the home; the other lines are")
    undated = [line.number for line in visits if line.service_dates is None]
    if undated:
        return Route(None, f"{_lines(undated)} without a date of service")
    ivig = [line for line in visits if line.procedure_code not in tables.hit_codes()]
    if len(ivig) == len(visits):
        return Route(IVIG, "every line is a home IVIG service")
    if ivig:
        return Route(None, "home IVIG services and home infusion therapy visits are on one claim")
    if all(_is_transitional(line, tables) for line in visits):
        return Route(MEDICARE_TRANSITIONAL, "every visit falls in the transitional benefit of 2019 and 2020")
    return Route(MEDICARE_HIT, "every line is a home infusion therapy visit")


def _is_transitional(line: ServiceLine, tables: Tables) -> bool:
    if line.service_dates is None:
        return False
    found = tables.hit_code(line.procedure_code, line.service_dates.start)
    return found is not None and found.benefit == "transitional"


def _equipment_route(claim: Claim, tables: Tables) -> Route:
    """Route a claim to a DME MAC: a pump, a supply or a drug makes it a DME claim."""
    if any(_is_equipment_or_drug(line, tables) for line in claim.lines):
        return Route(MEDICARE_DME, "a drug or a pump is billed to a DME MAC")
    return Route(None, "no line to the DME MAC is a drug, a pump or a visit in the home")


def _is_equipment_or_drug(line: ServiceLine, tables: Tables) -> bool:
    on = line.service_dates.start if line.service_dates else None
    return tables.pump_code(line.procedure_code) is not None or is_drug_code(line.procedure_code, on, tables)


def _lines(numbers: list[int]) -> str:
    listed = ", ".join(str(number) for number in numbers)
    return f"line {listed} is" if len(numbers) == 1 else f"lines {listed} are"
