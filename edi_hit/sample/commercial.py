"""Members of commercial plans: per diem, drug by NDC, nursing visits; sometimes for a dependent."""

from collections.abc import Iterator
from datetime import date

from edi_hit.claims import Claim, Patient, ServiceLine, Subscriber
from edi_hit.mapping.parts import Address, Party, Period
from edi_hit.sample import people
from edi_hit.sample.draw import Draw
from edi_hit.sample.office import Case, Office
from edi_hit.sample.service_lines import drug_line, line
from edi_hit.sample.world import HealthPlan, setting, therapies

_BORN = (date(1957, 1, 1), date(2000, 12, 31))
_CHILD_BORN = (date(2004, 1, 1), date(2020, 12, 31))
_SPOUSE, _CHILD = "01", "19"


def member_id(draw: Draw) -> str:
    """A member number of a commercial plan."""
    return f"{draw.pick('KQVXZ')}{draw.pick('HJMPW')}{draw.digits(9)}"


def member(person: Party, plan: HealthPlan, *, sequence: str = "P", relationship: str = "18") -> Subscriber:
    """A person as subscriber of a plan; `relationship` is empty where a dependent is the patient."""
    return Subscriber(
        sequence=sequence,
        person=person,
        payer=people.payer(plan.name, plan.id),
        relationship=relationship,
        group_number=f"GRP{person.id[-5:]}",
        filing_indicator=plan.filing_indicator,
    )


def commercial_claims(office: Office) -> Iterator[Claim]:
    """The claims of one member's therapy: one to three periods of days."""
    draw = office.draw
    home = people.address(draw, draw.pick(office.areas), plus_four=draw.happens(40))
    patient = _dependent(draw, home) if draw.happens(25) else None
    person = people.person(
        draw, None if patient else home, _BORN, patient.person.last_name if patient else "", member_id(draw)
    )
    plan = draw.pick(setting().health_plans)
    subscriber = member(person, plan, relationship="" if patient else "18")
    case = office.case(therapies("commercial"))
    authorization = f"PA{draw.digits(8)}" if draw.happens(60) else ""
    after = 0
    for _ in range(draw.between(1, 3)):
        days = draw.between(5, 30)
        lines = _period_lines(office, case, after, days)
        yield office.claim(subscriber, case, lines, patient=patient, prior_authorization=authorization)
        after += days


def _dependent(draw: Draw, home: Address) -> Patient:
    relationship = draw.pick((_CHILD, _CHILD, _SPOUSE))
    born = _CHILD_BORN if relationship == _CHILD else _BORN
    return Patient(relationship=relationship, person=people.person(draw, home, born))


def _period_lines(office: Office, case: Case, after: int, days: int) -> list[ServiceLine]:
    draw = office.draw
    span = Period(case.day(after), case.day(after + days - 1))
    pointers = (1, 2) if len(case.diagnoses) > 1 and draw.happens(50) else (1,)
    lines = [
        line(case.therapy.per_diem, office.charge("per_diem", days), days, span, pointers=pointers),
        drug_line(office, case, after),
    ]
    if draw.happens(55):
        visit = Period.day(case.day(after + draw.between(0, days - 1)))
        lines.append(line("99601", office.charge("nursing"), 1, visit, pointers=pointers))
        if draw.happens(40):
            hours = draw.between(1, 4)
            lines.append(line("99602", office.charge("nursing_hour", hours), hours, visit))
    return lines
