"""Claims to a second payer, with what the first decided on each line: made up, and balanced to the cent."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

import msgspec

from edi_hit.claims import Claim, LineAdjudication, OtherPayer, OtherPayerName, ServiceLine, Subscriber
from edi_hit.mapping.parts import Adjustment, Party
from edi_hit.reference import cents
from edi_hit.sample import commercial, medicare
from edi_hit.sample.draw import Draw
from edi_hit.sample.office import Case, Office
from edi_hit.sample.service_lines import visit_lines
from edi_hit.sample.world import Therapy, setting, therapies

_WORKING_AGED = "12"
"""SBR05: why another payer comes before Medicare."""


def secondary_claims(office: Office) -> Iterator[Claim]:
    """One claim of visits: to a plan after Medicare, or to Medicare after an employer's plan."""
    draw = office.draw
    area = draw.pick(office.areas)
    person = medicare.beneficiary(office, area)
    plan = draw.pick(setting().health_plans)
    as_member = msgspec.structs.replace(person, id=commercial.member_id(draw))
    if draw.happens(65):
        first = medicare.part_b(person, area)
        second = commercial.member(as_member, plan, sequence="S")
    else:
        first = commercial.member(as_member, plan)
        second = medicare.part_b(person, area, sequence="S", why_secondary=_WORKING_AGED)
    case = office.case(_visited())
    lines = visit_lines(office, case, 0, initial=draw.happens(70))
    decided = [_decided(draw, line, case, first.payer) for line in lines]
    yield office.claim(second, case, decided, other_payers=(_earlier_payer(first, decided),))


def _visited() -> Sequence[Therapy]:
    return [therapy for therapy in therapies("medicare") if therapy.category is not None]


def _decided(draw: Draw, line: ServiceLine, case: Case, payer: Party) -> ServiceLine:
    """Add the first payer's decision to a line: paid + adjustments = charge."""
    terms = setting().earlier_payer
    allowed = cents(line.charge * draw.between(*terms.allowed_percent) / 100)
    paid = cents(allowed * terms.paid_percent / 100)
    amounts = ((terms.reduction, line.charge - allowed), (terms.patient_share, allowed - paid))
    decision = LineAdjudication(
        payer_id=payer.id,
        paid=paid,
        procedure_code=line.procedure_code,
        modifiers=line.modifiers,
        units=line.units,
        adjustments=tuple(Adjustment(*codes, amount) for codes, amount in amounts if amount),
        paid_on=case.day(50) + timedelta(draw.between(0, 30)),
    )
    return msgspec.structs.replace(line, adjudications=(decision,))


def _earlier_payer(subscriber: Subscriber, lines: Sequence[ServiceLine]) -> OtherPayer:
    paid = sum((line.adjudications[0].paid for line in lines), Decimal())
    share = setting().earlier_payer.patient_share[0]
    owed = (a.amount for line in lines for a in line.adjudications[0].adjustments if a.group == share)
    by_medicare = subscriber.filing_indicator == "MB"
    return OtherPayer(
        sequence=subscriber.sequence,
        relationship=subscriber.relationship,
        group_number=subscriber.group_number,
        filing_indicator=subscriber.filing_indicator,
        paid=paid,
        remaining_liability=sum(owed, Decimal()),
        benefits_assigned="Y",
        release_of_information="Y",
        remark_codes=(setting().earlier_payer.remark,) if by_medicare else (),
        subscriber=_named(subscriber.person),
        payer=OtherPayerName(last_name=subscriber.payer.last_name, id_qualifier="PI", id=subscriber.payer.id),
    )


def _named(person: Party) -> Party:
    """The person without what the other payer's loop has no place for."""
    return msgspec.structs.replace(person, born_on=None, gender="")
