"""Rules on the modifiers of pump claims: coverage, waste, supply, rental."""

from datetime import date
from typing import Final

from edi_hit.benefits.days import shifted
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.facts import Outcome
from edi_hit.benefits.medicare_dme.own_rules import OWN
from edi_hit.benefits.medicare_dme.parameters import parameters
from edi_hit.benefits.medicare_dme.pump_items import is_drug, is_pump, is_pump_item
from edi_hit.benefits.other_lines import counted

_PAID: Final = Outcome.PAID
_REQUIRED: Final = parameters().modifiers_required
_TOLD_OF_WASTE: Final = parameters().waste
_BOUGHT: Final = parameters().bought.codes

_CONFLICTS: Final = (("KX", "GZ"), ("GA", "GZ"))
_MONTH_SUPPLY = ("JK", "JL")
_RENTAL = "RR"
_FIRST_MONTH: Final = "KH"
_EARLY_MONTHS: Final = "KI"
_LATER_MONTHS: Final = "KJ"
_MONTHS: Final = (_FIRST_MONTH, _EARLY_MONTHS, _LATER_MONTHS)
_EARLY, _LAST = 3, 15
"""KI is for the second and third month, KJ for the fourth to the fifteenth."""

_MOST_BEFORE: Final = {_FIRST_MONTH: 0, _EARLY_MONTHS: _EARLY - 1, _LATER_MONTHS: _LAST - 1}
"""The months paid before, at most, by the modifier of a month."""


@OWN.check("DME-KX-GA-GZ")
def says_covered(context: LineContext) -> Ruling:
    """Whether a pump, supply or drug line says that it meets the policy, or that it does not."""
    if context.on < _REQUIRED.first_day or not is_pump_item(context):
        return not_applicable()
    given = [code for code in _REQUIRED.codes if code in context.modifiers]
    if given:
        return met(f"modifier {', '.join(given)}")
    return not_met(f"none of {', '.join(_REQUIRED.codes)}")


@OWN.check("DME-MOD-CONFLICT")
def modifiers_agree(context: LineContext) -> Ruling:
    """Whether no two modifiers of the line contradict each other."""
    for one, other in _CONFLICTS:
        if one in context.modifiers and other in context.modifiers:
            return not_met(f"modifiers {one} and {other} on one line")
    return met()


@OWN.check("DME-GZ")
def not_given_up(context: LineContext) -> Ruling:
    """Whether the line does not say that a denial is expected and no notice was given."""
    return not_met("modifier GZ") if "GZ" in context.modifiers else not_applicable()


@OWN.check("DME-GY")
def not_excluded(context: LineContext) -> Ruling:
    """Whether the line does not say that the law excludes it, as a drug that no pump gives."""
    return not_met("modifier GY") if "GY" in context.modifiers else not_applicable()


@OWN.check("DME-JZ-JW")
def says_waste(context: LineContext) -> Ruling:
    """Whether a drug of single-dose containers says that some was discarded, or none."""
    if context.on < _TOLD_OF_WASTE.first_day or not is_drug(context):
        return not_applicable()
    given = [code for code in _TOLD_OF_WASTE.codes if code in context.modifiers]
    if len(given) == len(_TOLD_OF_WASTE.codes):
        return not_met("JZ and JW on one line")
    limit = context.tables.drug_limit(context.hcpcs, context.on)
    single = limit.is_single_dose if limit else None
    if given or single is False:
        return met(f"modifier {given[0]}" if given else "not of single-dose containers")
    if single is None:
        return unknown("neither JZ nor JW; whether the drug comes in single-dose containers is not loaded")
    return not_met("neither JZ nor JW, and the drug comes in single-dose containers")


@OWN.check("DME-JK-JL", codes=parameters().supply_of_insulin.codes)
def says_supply(context: LineContext) -> Ruling:
    """Whether insulin of a pump says for how many months it is."""
    if context.on < parameters().supply_of_insulin.first_day:
        return not_applicable()
    given = [code for code in _MONTH_SUPPLY if code in context.modifiers]
    return met(f"modifier {given[0]}") if given else not_met("neither JK nor JL")


@OWN.check("DME-RENTAL-MOD")
def says_rental_month(context: LineContext) -> Ruling:
    """Whether a rented pump says so, and which month it is."""
    if not _is_rented(context):
        return not_applicable()
    month = _month_of(context)
    if _RENTAL in context.modifiers and month:
        return met(f"RR and {month}")
    return not_met("a rented pump without RR and one of KH, KI, KJ")


@OWN.check("DME-RENTAL-MONTH")
def is_that_month(context: LineContext) -> Ruling:
    """Whether the month of rental fits the months paid before, as far as they are on file."""
    month = _month_of(context) if _is_rented(context) else ""
    if not month:
        return not_applicable()
    paid = sum(
        count
        for item, count in counted(context.facts.equipment, date.min, shifted(context.on, -1))
        if item.code == context.hcpcs and item.outcome is _PAID
    )
    said = f"{month}, {paid} earlier months paid on file"
    return not_met(said) if paid > _MOST_BEFORE[month] else met(said)


def _is_rented(context: LineContext) -> bool:
    if not is_pump(context.hcpcs, context):
        return False
    return not any(code in context.modifiers for code in _BOUGHT)


def _month_of(context: LineContext) -> str:
    return next((month for month in _MONTHS if month in context.modifiers), "")
