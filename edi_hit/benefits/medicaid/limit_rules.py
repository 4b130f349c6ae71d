"""What a program limits: supplies by time, units, visits and rental by month; and what it wants sent."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.benefits.days import shifted
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.benefits.facts import Outcome, ServiceFact
from edi_hit.benefits.medicaid.own_rules import OWN
from edi_hit.benefits.medicaid.program import NOTHING_ON_FILE, asked_by_program, program_unknown
from edi_hit.benefits.other_lines import counted

_HOURS_A_DAY = 24
_DAYS_A_YEAR = 365
_AUTHORIZATION = "G1"
_RENTAL = "RR"
_PUMP = "pump"
_WITHOUT_PUMP = "A4223"


@OWN.check("MCAID-HOURS-BETWEEN")
def far_enough_apart(context: LineContext) -> Ruling:
    """Whether the code is not billed again sooner than the program allows, nor oftener within the line."""
    asked = asked_by_program(context, "hours_between")
    if asked is None:
        return program_unknown(context) or not_applicable(NOTHING_ON_FILE)
    hours, days = asked.count, _days(context)
    most = -(-days * _HOURS_A_DAY // hours)
    if _units(context) > most:
        return not_met(f"{_units(context)} units in {days} days, one each {hours} hours")
    near = -(-hours // _HOURS_A_DAY)
    for other in _others(context, shifted(context.on, -near), shifted(context.on, near)):
        if abs((context.on - other.on).days) * _HOURS_A_DAY < hours:
            return not_met(
                f"billed for {other.on.isoformat()} too, one each {hours} hours", earlier=other.fact
            )
    return met(f"no oftener than each {hours} hours")


@OWN.check("MCAID-UNIT-CAP")
def units_within_the_month(context: LineContext) -> Ruling:
    """Whether the units of the code in the month stay within the program's cap."""
    return _within_month(context, "units_a_month", "units")


@OWN.check("MCAID-VISIT-CAP")
def visits_within_the_month(context: LineContext) -> Ruling:
    """Whether the visits of the code in the month stay within the program's limit."""
    return _within_month(context, "visits_a_month", "visits")


@OWN.check("MCAID-RENTAL")
def rental_months_left(context: LineContext) -> Ruling:
    """Whether a pump is not rented for more months, in all or in a year, than the program pays."""
    device = context.tables.pump_code(context.hcpcs)
    if device is None or device.kind != _PUMP or _RENTAL not in context.modifiers:
        return not_applicable("no pump rented (RR)")
    year_ago = shifted(context.on, -_DAYS_A_YEAR)
    for rule, since in (("rental_months_a_year", year_ago), ("rental_months", date.min)):
        asked = asked_by_program(context, rule)
        if asked is None:
            continue
        months = {other.on for other in _others(context, since, context.on)}
        month = 1 + len(months - {since, context.on})
        said = f"rental month {month} on file, at most {asked.count}"
        return not_met(said) if month > asked.count else met(said)
    return program_unknown(context) or not_applicable(NOTHING_ON_FILE)


@OWN.check("MCAID-A4223")
def no_pump_beside(context: LineContext) -> Ruling:
    """Whether supplies for infusion without a pump, or a disposable device, stand beside no external pump."""
    device = context.tables.pump_code(context.hcpcs)
    if context.hcpcs != _WITHOUT_PUMP and (device is None or device.kind != "disposable"):
        return not_applicable()
    for line in context.claim.lines:
        beside = context.tables.pump_code(line.procedure_code)
        if beside is not None and beside.kind == _PUMP:
            return not_met(f"line {line.number} is an external pump")
    return met("no external pump on the claim")


@OWN.check("MCAID-SHORT-TERM")
def short_term_alone(context: LineContext) -> Ruling:
    """Say where the program pays a device for a short term only, which no claim shows."""
    if asked_by_program(context, "short_term") is None:
        return not_applicable(NOTHING_ON_FILE)
    return not_met("paid for a short term only, where no pump can be used")


@OWN.check("MCAID-POS")
def at_the_place(context: LineContext) -> Ruling:
    """Whether the line is for the place of service the program takes."""
    asked = asked_by_program(context, "place_of_service")
    if asked is None or not context.place_of_service:
        return not_applicable(NOTHING_ON_FILE)
    if context.place_of_service == asked.value:
        return met(f"place of service {asked.value}")
    return not_met(f"place of service {context.place_of_service}, the program takes {asked.value}")


@OWN.check("MCAID-AUTH")
def authorized(context: LineContext) -> Ruling:
    """Whether an authorization number is sent where the program wants one for the code."""
    if asked_by_program(context, "authorization_required") is None:
        return program_unknown(context) or not_applicable(NOTHING_ON_FILE)
    on_line = any(one.qualifier == _AUTHORIZATION for one in context.line.prior_authorizations)
    if context.claim.prior_authorization or on_line:
        return met("an authorization number is sent")
    return not_met("no authorization number (REF*G1)")


@OWN.check("MCAID-INVOICE")
def invoice_sent(context: LineContext) -> Ruling:
    """Whether an attachment is announced where the program wants an invoice with the code."""
    if asked_by_program(context, "invoice_required") is None:
        return program_unknown(context) or not_applicable(NOTHING_ON_FILE)
    if context.line.attachments or context.claim.attachments:
        return met("an attachment is announced (PWK)")
    return not_met("no attachment is announced (PWK)")


def _within_month(context: LineContext, rule: str, what: str) -> Ruling:
    asked = asked_by_program(context, rule)
    if asked is None:
        return program_unknown(context) or not_applicable(NOTHING_ON_FILE)
    last = monthrange(context.on.year, context.on.month)[1]
    same_month = _others(context, context.on.replace(day=1), context.on.replace(day=last))
    billed = sum((other.units for other in same_month), _units(context))
    said = f"{billed} {what} in the month, at most {asked.count}"
    return not_met(said) if billed > asked.count else met(said)


class _Billed(msgspec.Struct, frozen=True):
    """The same code on some day: the day, its units, and the line where it is of another claim."""

    on: date
    units: Decimal
    fact: ServiceFact | None = None


def _others(context: LineContext, first: date, last: date) -> Iterator[_Billed]:
    """Give what else of the code is billed to the payer for days from `first` through `last`.

    That is on this claim asked before, and on other claims. A line of another claim that was denied does not
    count; its units are not on file and count as one.
    """
    asked = {standing.line for standing in context.standing}
    for line in context.claim.lines:
        on = line.service_dates.start if line.service_dates else None
        if line.number in asked and line.procedure_code == context.hcpcs and on and first <= on <= last:
            yield _Billed(on, line.units or Decimal(1))
    payer = context.payer_id
    for fact, count in counted(context.facts.services, first, last):
        if (fact.payer, fact.code) == (payer, context.hcpcs) and fact.outcome is not Outcome.DENIED:
            yield _Billed(fact.on, Decimal(count), fact)


def _days(context: LineContext) -> int:
    dates = context.line.service_dates
    return 1 if dates is None else (dates.end - dates.start).days + 1


def _units(context: LineContext) -> Decimal:
    return Decimal(1) if context.units is None else context.units
