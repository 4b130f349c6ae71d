"""Invented people and organizations: names, homes, numbers."""

from datetime import date

from edi_hit.mapping.parts import Address, Contact, ContactNumber, Party
from edi_hit.sample.draw import Draw
from edi_hit.sample.world import HomeArea, setting


def phone(draw: Draw) -> str:
    """A telephone number from the block 555-0100 to 555-0199, which is kept for fiction."""
    return f"{draw.between(201, 989)}55501{draw.digits(2)}"


def address(draw: Draw, area: HomeArea, *, plus_four: bool) -> Address:
    """An address in `area`, with a ZIP code of nine digits or of five."""
    names = setting().names
    zip_code = area.zip_prefix + draw.digits(6 if plus_four else 2)
    return Address(
        line1=f"{draw.between(1, 9899)} {draw.pick(names.streets)} {draw.pick(names.street_kinds)}",
        line2=f"APT {draw.between(1, 480)}" if draw.happens(15) else "",
        city=area.city,
        state=area.state,
        postal_code=zip_code,
    )


def last_name(draw: Draw) -> str:
    """A last name nobody is likely to have."""
    names = setting().names
    return draw.pick(names.last_beginnings) + draw.pick(names.last_endings)


def person(
    draw: Draw, home: Address | None, born: tuple[date, date], name: str = "", member_id: str = ""
) -> Party:
    """A person born between two days; `member_id` is empty for a dependent, who has none of its own."""
    gender = draw.pick("FM")
    names = setting().names
    return Party(
        entity="1",
        last_name=name or last_name(draw),
        first_name=draw.pick(names.female if gender == "F" else names.male),
        middle_name=draw.pick("ABCDEFGHJKLMNPRSTW") if draw.happens(60) else "",
        suffix="JR" if gender == "M" and draw.happens(3) else "",
        id_qualifier="MI" if member_id else "",
        id=member_id,
        address=home,
        born_on=draw.day(*born),
        gender=gender,
    )


def pharmacy(draw: Draw, area: HomeArea) -> Party:
    """A home infusion pharmacy as billing provider."""
    names = setting().names
    title = f"{last_name(draw)} {draw.pick(names.pharmacy_kinds)} {draw.pick(names.company_forms)}"
    return Party(
        last_name=title,
        id_qualifier="XX",
        id=draw.npi(),
        address=address(draw, area, plus_four=True),
        tax_id_qualifier="EI",
        tax_id=draw.digits(9),
        contacts=(Contact("IC", "BILLING OFFICE", (ContactNumber("TE", phone(draw)),)),),
    )


def prescriber(draw: Draw, area: HomeArea) -> Party:
    """A physician who orders home infusion."""
    names = setting().names
    return Party(
        entity="1",
        last_name=last_name(draw),
        first_name=draw.pick(names.female + names.male),
        id_qualifier="XX",
        id=draw.npi(),
        address=address(draw, area, plus_four=False),
    )


def payer(name: str, payer_id: str) -> Party:
    """A payer by name and payer id."""
    return Party(last_name=name, id_qualifier="PI", id=payer_id)
