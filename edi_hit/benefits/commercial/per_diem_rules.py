"""Rules on per diems: their unit, and what may not go with them on the same day."""

from typing import Final

from edi_hit.benefits.commercial.beside import (
    NOTHING_BESIDE,
    all_beside,
    lines_beside,
    standing_beside,
    unless_billed,
)
from edi_hit.benefits.commercial.billed_codes import (
    concurrent_mark,
    excludes,
    is_catheter_care,
    is_drug,
    is_infusion_per_diem,
    is_per_diem,
)
from edi_hit.benefits.commercial.code_groups import code_groups
from edi_hit.benefits.commercial.contract_lookup import contract_of
from edi_hit.benefits.commercial.own_rules import OWN
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.benefits.facts import ClaimForm
from edi_hit.profiles import PerDiemBasis
from edi_hit.reference import plain

_INSTITUTIONAL: Final = ClaimForm.INSTITUTIONAL
_UNITS = "UN"
_LITERS = "liters_per_day"
_HOURS_A_DAY, _LONGEST_INTERVAL = 24, 72
_UNUSED_ACCESS, _HOURLY_PHARMACY = "S5502", "S9810"
_INJECTED_ANTICOAGULANT, _FLUSH = "S9372", "J1642"


@OWN.check("COMM-UNIT-UN")
def counted_in_units(context: LineContext) -> Ruling:
    """Whether a per diem counts units; an 837I may count days (DA) too."""
    if not is_per_diem(context.hcpcs, context.tables) or context.facts.form is _INSTITUTIONAL:
        return not_applicable()
    if context.line.unit_basis == _UNITS:
        return met("counted in units")
    return not_met("not counted in units (UN)")


@OWN.check("COMM-SCODE-UNITS")
def units_are_days(context: LineContext) -> Ruling:
    """Whether the units are whole days, and those of a span its days, where each day of access counts."""
    contract, dates, units = contract_of(context), context.line.service_dates, context.units
    if contract is None or dates is None or not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    if units is not None and units % 1:
        return not_met(f"{plain(units)} units: a unit is a whole day")
    if contract.per_diem_basis is not PerDiemBasis.ACCESS_DAY or dates.is_day:
        return not_applicable(f"days are counted by {contract.per_diem_basis}")
    days = (dates.end - dates.start).days + 1
    if units == days:
        return met(f"{days} units for {days} days of access")
    return not_met(f"{plain(units) if units else 'no'} units for {days} days of access")


@OWN.check("COMM-PERDIEM-BASIS")
def units_within_days(context: LineContext) -> Ruling:
    """Say how the contract counts the units of a per diem; information only."""
    contract, dates, units = contract_of(context), context.line.service_dates, context.units
    if contract is None or dates is None or not units or not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    days = (dates.end - dates.start).days + 1
    said = f"{plain(units)} units in {days} calendar days, counted by {contract.per_diem_basis}"
    return met(f"{said}: no more than one a day is paid")


@OWN.check("COMM-72H-LIMIT")
def dosed_within_72_hours(context: LineContext) -> Ruling:
    """Whether the units, where they are infusion days, lie no more than 72 hours apart on average."""
    contract, dates, units = contract_of(context), context.line.service_dates, context.units
    if contract is None or dates is None or not units or not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    hours = _HOURS_A_DAY * ((dates.end - dates.start).days + 1) / units
    if hours <= _LONGEST_INTERVAL:
        return met()
    return not_met(f"one unit in {plain(round(hours, 1))} hours: the contract needs a rate of its own for it")


@OWN.check("COMM-SCODE-DAY")
def one_a_day(context: LineContext) -> Ruling:
    """Whether no other line of the same per diem is for one of its days.

    With SH or SJ the same code is another therapy. COMM-DAY-UNITS takes off units beyond a line's days.
    """
    if not is_per_diem(context.hcpcs, context.tables):
        return not_applicable()
    mark = concurrent_mark(context.modifiers)
    same = [
        fact
        for fact in standing_beside(context, lambda code: code == context.hcpcs)
        if fact.supplier == context.supplier and concurrent_mark(fact.modifiers) == mark
    ]
    return unless_billed(same, "the same per diem of one of its days") or met(NOTHING_BESIDE)


@OWN.check("COMM-GENERIC")
def no_child_beside_the_parent(context: LineContext) -> Ruling:
    """Whether a therapy's general code stands without one of its specific codes."""
    code, tables = context.hcpcs, context.tables
    row = tables.therapy_code(code)
    sisters = tables.therapy_codes(row.therapy) if row is not None and row.excludes else ()
    children = {one.hcpcs for one in sisters if one.parent == code and excludes(code, one.hcpcs, tables)}
    if not children:
        return not_applicable()
    found = all_beside(context, lambda other: other in children)
    return unless_billed(found, "a specific code of the therapy") or met(NOTHING_BESIDE)


@OWN.check("COMM-TWO-VOLUMES")
def one_volume(context: LineContext) -> Ruling:
    """Whether a therapy has one volume a day; of two the higher-paid line stays."""
    row = context.tables.therapy_code(context.hcpcs)
    if row is None or row.differentiator != _LITERS:
        return not_applicable()
    family = {one.hcpcs for one in context.tables.therapy_codes(row.therapy) if one.differentiator == _LITERS}
    found = standing_beside(context, lambda code: code in family and code != context.hcpcs)
    return unless_billed(found, "another volume of the therapy") or met(NOTHING_BESIDE)


@OWN.check("COMM-S9208-GROUP", codes=code_groups().with_no_other_per_diem.codes)
def no_infusion_beside_obstetrics(context: LineContext) -> Ruling:
    """Whether home management in pregnancy stands without an infusion per diem."""
    found = all_beside(context, lambda code: is_infusion_per_diem(code, context.tables))
    return unless_billed(found, "an infusion per diem") or met(NOTHING_BESIDE)


@OWN.check("COMM-S9810-ALONE", codes=(_HOURLY_PHARMACY,))
def no_per_diem_beside_hours(context: LineContext) -> Ruling:
    """Whether hourly pharmacy services stand without a per diem."""
    found = all_beside(context, lambda code: is_per_diem(code, context.tables))
    return unless_billed(found, "a per diem") or met(NOTHING_BESIDE)


@OWN.check("COMM-S5502-UNUSED", codes=(_UNUSED_ACCESS,))
def access_is_unused(context: LineContext) -> Ruling:
    """Whether upkeep of access that is not in use stands without an infusion."""
    found = all_beside(context, lambda code: is_infusion_per_diem(code, context.tables))
    return unless_billed(found, "an infusion per diem, so the access is in use") or met(NOTHING_BESIDE)


@OWN.check("COMM-CATH-STANDALONE")
def catheter_care_alone(context: LineContext) -> Ruling:
    """Whether catheter care stands without another per diem, where the contract asks that."""
    contract = contract_of(context)
    if not is_catheter_care(context.hcpcs, context.tables):
        return not_applicable()
    if contract is None or not contract.catheter_care_alone:
        return not_applicable("the contract pays it beside other per diems")
    found = all_beside(context, lambda code: is_infusion_per_diem(code, context.tables))
    return unless_billed(found, "a per diem that takes it in") or met(NOTHING_BESIDE)


@OWN.check("COMM-S9372-FLUSH", codes=(_INJECTED_ANTICOAGULANT,))
def not_for_flushing(context: LineContext) -> Ruling:
    """Whether an anticoagulant per diem is for more than heparin to flush the line."""
    drugs = [line for line in context.claim.lines if is_drug(line, context.tables)]
    if drugs and all(line.procedure_code == _FLUSH for line in drugs):
        return not_met(f"the only drug of the claim is {_FLUSH}, heparin to flush the line")
    return met("not the only drug of the claim is heparin to flush the line")


@OWN.check("COMM-BUNDLED-SUPPLY", codes=code_groups().supplies_in_the_per_diem.codes)
def supply_apart(context: LineContext) -> Ruling:
    """Whether a pump or supply stands without a per diem that takes it in, or is paid apart."""
    contract = contract_of(context)
    if contract is not None and context.hcpcs in contract.supplies_paid_apart:
        return met("the contract pays it apart")
    found = all_beside(context, lambda code: is_infusion_per_diem(code, context.tables))
    return unless_billed(found, "a per diem that takes it in") or met(NOTHING_BESIDE)


@OWN.check("COMM-NOC-SPECIFIC", codes=code_groups().therapies_not_otherwise_classified.codes)
def no_specific_code(context: LineContext) -> Ruling:
    """Whether no drug beside a per diem not otherwise classified has a class with a code of its own."""
    unclassified = code_groups().therapies_not_otherwise_classified.codes
    units = [context.tables.drug_unit(line.procedure_code) for line in lines_beside(context)]
    suggested = [unit.suggested_per_diem for unit in units if unit is not None]
    if suggested and all(one.startswith("S") and one not in unclassified for one in suggested):
        return not_met(f"the drug has a per diem of its own class: {suggested[0]}")
    return met("no drug beside it is known to have a per diem of its own class")


@OWN.check("COMM-NOC-DESC", codes=code_groups().unlisted.codes)
def unlisted_is_described(context: LineContext) -> Ruling:
    """Whether an unlisted code says in words what it is for."""
    if context.line.description or context.line.notes or context.claim.notes:
        return met("described")
    return not_met("an unlisted code without a description (SV101-7) or note (NTE)")
