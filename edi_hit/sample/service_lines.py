"""Lines that several kinds of claim have: the drug, the equipment, the nurse's visits."""

from datetime import timedelta
from decimal import Decimal

import msgspec

from edi_hit.claims import Drug, DurableMedicalEquipment, ServiceLine
from edi_hit.mapping.parts import Period
from edi_hit.sample.office import Case, Office
from edi_hit.sample.world import visit_codes

_RENTAL_MONTHS = ("KH", "KI", "KI")
"""The modifier of the first, second and third month of a rental."""

_COVERED = "KX"
_MONTHLY = "4"
_VISITS_A_CLAIM = 4


def line(
    code: str,
    charge: Decimal,
    units: int,
    period: Period,
    *,
    modifiers: tuple[str, ...] = (),
    pointers: tuple[int, ...] = (1,),
) -> ServiceLine:
    """Make a line; its number and control number come with its claim."""
    return ServiceLine(
        number=0,
        charge=charge,
        procedure_code=code,
        service_dates=period,
        modifiers=modifiers,
        units=Decimal(units),
        pointers=pointers,
    )


def drug_line(office: Office, case: Case, after: int, modifiers: tuple[str, ...] = ()) -> ServiceLine:
    """The drug dispensed so many days after the start, with NDC and prescription number."""
    draw, therapy = office.draw, case.therapy
    units = draw.between(therapy.units_low, therapy.units_high)
    return ServiceLine(
        number=0,
        charge=draw.dollars(therapy.charge_low, therapy.charge_high) * units,
        procedure_code=therapy.hcpcs,
        service_dates=Period.day(case.day(after)),
        modifiers=modifiers,
        description=therapy.description,
        units=Decimal(units),
        pointers=(1,),
        prescribed_on=case.start - timedelta(2),
        drug=Drug(
            ndc=case.ndc,
            quantity=Decimal(draw.between(1, 4000)).scaleb(-1),
            unit=therapy.ndc_unit,
            prescription_number=case.prescription_number,
        ),
        ordering_provider=case.prescriber,
    )


def equipment_lines(office: Office, case: Case, month: int) -> list[ServiceLine]:
    """Pump rental, catheter supplies by the week and supplies of the pump for one month of 28 days."""
    start = 28 * month
    span = Period(case.day(start), case.day(start + 27))
    count = office.draw.between(4, 28)
    supply, orderer = case.therapy.supply, case.prescriber
    lines = [
        _pump_line(office, case.therapy.pump, Period.day(span.start), _RENTAL_MONTHS[month]),
        line("A4221", office.charge("A4221", 4), 4, span, modifiers=(_COVERED,)),
        line(supply, office.charge(supply, count), count, span, modifiers=(_COVERED,)),
    ]
    return [msgspec.structs.replace(item, ordering_provider=orderer) for item in lines]


def _pump_line(office: Office, pump: str, day: Period, rental_month: str) -> ServiceLine:
    """A month's rental of the pump; sometimes with what buying it would cost (SV5)."""
    charge = office.charge(pump)
    rental = line(pump, charge, 1, day, modifiers=("RR", rental_month, _COVERED))
    if not office.draw.happens(30):
        return rental
    equipment = DurableMedicalEquipment(
        pump, days=Decimal(28), rental_price=charge, purchase_price=charge * 11, frequency=_MONTHLY
    )
    return msgspec.structs.replace(rental, equipment=equipment)


def visit_lines(office: Office, case: Case, month: int, *, initial: bool) -> list[ServiceLine]:
    """The nurse's visits in one month of 28 days: at most one a week, units of 15 minutes.

    With `initial`, the first visit is billed with the code of the initial visit.
    """
    lines = []
    for week in range(office.draw.between(1, _VISITS_A_CLAIM)):
        kind = "initial" if initial and week == 0 else "subsequent"
        code = visit_codes()[case.therapy.category, kind]
        day = case.day(28 * month + 7 * week + office.draw.between(1, 6))
        charge = office.charge("visit")
        lines.append(line(code, charge, office.draw.between(4, 14), Period.day(day)))
    return lines
