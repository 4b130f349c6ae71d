"""Medicare beneficiaries: drug and pump to the DME contractor, visits to the Part B contractor."""

from collections.abc import Iterator
from datetime import date

from edi_hit.claims import Claim, Subscriber
from edi_hit.mapping.parts import Party
from edi_hit.sample import people
from edi_hit.sample.office import Case, Office
from edi_hit.sample.service_lines import drug_line, equipment_lines, visit_lines
from edi_hit.sample.world import HomeArea, setting, therapies

_BORN = (date(1930, 1, 1), date(1956, 12, 31))


def beneficiary(office: Office, area: HomeArea) -> Party:
    """A person on Medicare at home in `area`."""
    home = people.address(office.draw, area, plus_four=office.draw.happens(60))
    return people.person(office.draw, home, _BORN, member_id=office.draw.mbi())


def part_b(person: Party, area: HomeArea, *, sequence: str = "P", why_secondary: str = "") -> Subscriber:
    """The beneficiary as subscriber of the Part B contractor of the home's state."""
    return Subscriber(
        sequence=sequence,
        person=person,
        payer=people.payer(setting().medicare.part_b, area.part_b_mac),
        relationship="18",
        secondary_type=why_secondary,
        filing_indicator="MB",
    )


def dme(person: Party, area: HomeArea) -> Subscriber:
    """The beneficiary as subscriber of the DME contractor of the home's state."""
    payer = people.payer(setting().medicare.dme, area.dme_mac)
    return Subscriber(sequence="P", person=person, payer=payer, relationship="18", filing_indicator="MB")


def medicare_claims(office: Office) -> Iterator[Claim]:
    """The claims of one beneficiary's therapy: months of drug and pump, months of visits, or both."""
    draw = office.draw
    area = draw.pick(office.areas)
    person = beneficiary(office, area)
    case = office.case(therapies("medicare"))
    months = draw.between(1, 3)
    visited = case.therapy.category is not None and draw.happens(78)
    if not visited or draw.happens(70):
        yield from _drug_claims(office, case, dme(person, area), months)
    if visited:
        yield from _visit_claims(office, case, part_b(person, area), months)


def _drug_claims(office: Office, case: Case, subscriber: Subscriber, months: int) -> Iterator[Claim]:
    route = (case.therapy.modifier,) if case.therapy.modifier else ()
    modifiers = (*route, "JZ", "KX" if office.draw.happens(80) else "GA")
    for month in range(months):
        lines = [drug_line(office, case, 28 * month, modifiers), *equipment_lines(office, case, month)]
        yield office.claim(subscriber, case, lines)


def _visit_claims(office: Office, case: Case, subscriber: Subscriber, months: int) -> Iterator[Claim]:
    new_patient = office.draw.happens(70)
    for month in range(months):
        lines = visit_lines(office, case, month, initial=new_patient and month == 0)
        yield office.claim(subscriber, case, lines)
