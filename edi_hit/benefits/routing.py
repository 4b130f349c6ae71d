"""Which benefit a claim belongs to: by its payer, its codes and its dates of service."""

from typing import Final

from edi_hit.benefits.drug_codes import is_drug_code
from edi_hit.benefits.routing_codes import Route, routing_codes
from edi_hit.claims import InstitutionalView
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.reference import Contractor, Tables

MEDICARE = "medicare"
"""What SBR09 says of a payer whose claims are told apart by their codes."""

MEDICARE_HIT = "medicare_hit"
MEDICARE_TRANSITIONAL = "medicare_transitional"
MEDICARE_DME = "medicare_dme"
IVIG = "ivig"
HOME_HEALTH = "home_health"
MEDICARE_ADVANTAGE = "medicare_advantage"
PART_D = "part_d"
MEDICAID = "medicaid"
COMMERCIAL = "commercial"


_FILING_INDICATORS: Final = routing_codes().filing_indicators.codes
_HOME_HEALTH_FACILITIES: Final = routing_codes().home_health_facilities.codes
_EQUIPMENT: Final = ("pump", "accessory", "supply", "battery")


def route(claim: Claim, tables: Tables) -> Route:
    """Say which benefit a claim belongs to, whether or not a release of this package answers it.

    The payer is told by its id, in the tables of contractors and of payers, else by SBR09 (rule ROUTE-4).
    """
    contractor = tables.contractor(claim.payer.id)
    if contractor is not None:
        return _medicare_route(claim, contractor, tables)
    payer = tables.payer(claim.payer.id)
    if payer is not None:
        return _of_dated_lines(claim, payer.benefit, "the table of payers says so of the payer id")
    told = _FILING_INDICATORS.get(claim.subscriber.filing_indicator)
    if told == MEDICARE:
        return _medicare_route(claim, None, tables)
    if told is None:
        return Route(None, "neither the payer id nor SBR09 says which benefit the claim belongs to")
    return _of_dated_lines(claim, told, "SBR09 says so")


def _medicare_route(claim: Claim, contractor: Contractor | None, tables: Tables) -> Route:
    if _is_home_health(claim):
        return _of_dated_lines(claim, HOME_HEALTH, "the type of bill is that of a home health claim")
    visits = [line for line in claim.lines if is_visit(line, tables)]
    if visits:
        return _visits_route(claim, visits, tables)
    if contractor is not None and contractor.contractor_type == "DME_MAC":
        return _equipment_route(claim, tables)
    if any(_belongs_to_dme(line, tables) for line in claim.lines):
        return _of_dated_lines(
            claim, MEDICARE_DME, "a pump, its supplies or a per diem is billed to Medicare"
        )
    return Route(None, "no line bears the code of a home infusion visit")


def _is_home_health(claim: Claim) -> bool:
    return isinstance(claim, InstitutionalView) and claim.facility_type in _HOME_HEALTH_FACILITIES


def _of_dated_lines(claim: Claim, benefit: str, reason: str) -> Route:
    """Give the route of a claim whose lines all have a date of service, which every rule needs."""
    undated = [line.number for line in claim.lines if line.service_dates is None]
    return Route(None, f"{_lines(undated)} without a date of service") if undated else Route(benefit, reason)


def is_visit(line: ServiceLine, tables: Tables) -> bool:
    """Whether a line bears a G-code of home infusion therapy or Q2052, on whatever date."""
    return line.procedure_qualifier == "HC" and line.procedure_code in tables.visit_codes()


def _visits_route(claim: Claim, visits: list[ServiceLine], tables: Tables) -> Route:
    if len(visits) < len(claim.lines):
        others = [line.number for line in claim.lines if not is_visit(line, tables)]
        return Route(None, f"{_lines(others)} no home infusion visit; the other lines are")
    dated = _of_dated_lines(claim, MEDICARE_HIT, "every line is a home infusion therapy visit")
    if dated.benefit is None:
        return dated
    ivig = [line for line in visits if line.procedure_code not in tables.hit_codes()]
    if len(ivig) == len(visits):
        return Route(IVIG, "every line is a home IVIG service")
    if ivig:
        return Route(None, "home IVIG services and home infusion therapy visits are on one claim")
    if all(_is_transitional(line, tables) for line in visits):
        return Route(MEDICARE_TRANSITIONAL, "every visit falls in the transitional benefit of 2019 and 2020")
    return dated


def _is_transitional(line: ServiceLine, tables: Tables) -> bool:
    if line.service_dates is None:
        return False
    found = tables.hit_code(line.procedure_code, line.service_dates.start)
    return found is not None and found.benefit == "transitional"


def _equipment_route(claim: Claim, tables: Tables) -> Route:
    """Route a claim to a DME MAC: a pump, a supply, a drug or a per diem makes it a DME claim.

    Immune globulin given intravenously needs no pump: the policy on pumps does not answer for it.
    """
    if _is_intravenous_globulin(claim, tables):
        return Route(None, "immune globulin given intravenously has no price in this release")
    if any(_is_equipment_or_drug(line, tables) or _belongs_to_dme(line, tables) for line in claim.lines):
        return _of_dated_lines(claim, MEDICARE_DME, "a drug, a pump or a per diem is billed to a DME MAC")
    return Route(None, "no line to the DME MAC is a drug, a pump, a per diem or a home infusion visit")


def _is_intravenous_globulin(claim: Claim, tables: Tables) -> bool:
    """Whether a claim without a pump bills it for a diagnosis of the home IVIG benefit."""
    if any(_belongs_to_dme(line, tables) for line in claim.lines):
        return False
    if all(tables.ivig_diagnosis(diagnosis.code) is None for diagnosis in claim.diagnoses):
        return False
    found = ((tables.ivig_drug(line.procedure_code), line) for line in claim.lines)
    return any(drug and (drug.not_with_modifier or None) not in line.modifiers for drug, line in found)


def _is_equipment_or_drug(line: ServiceLine, tables: Tables) -> bool:
    on = line.service_dates.start if line.service_dates else None
    return tables.pump_code(line.procedure_code) is not None or is_drug_code(line.procedure_code, on, tables)


def _belongs_to_dme(line: ServiceLine, tables: Tables) -> bool:
    """Whether a line to whichever contractor is the DME benefit's to answer: equipment, or an S-code."""
    row, therapy = tables.pump_code(line.procedure_code), tables.therapy_code(line.procedure_code)
    return (row is not None and row.kind in _EQUIPMENT) or (therapy is not None and therapy.hcpcs[0] == "S")


def _lines(numbers: list[int]) -> str:
    listed = ", ".join(str(number) for number in numbers)
    return f"line {listed} is" if len(numbers) == 1 else f"lines {listed} are"
