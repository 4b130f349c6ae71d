"""Parts that claims and remittances share: parties, addresses, references, adjustments, dates."""

from datetime import date
from decimal import Decimal

import msgspec


class Unmapped(msgspec.Struct, frozen=True, omit_defaults=True):
    """A segment that no declaration names: kept with its loop and written back.

    `elements` holds the segment id and the elements, components joined by U+001F. `loops` names the
    loops it stands in below the structure's own, where those have no declaration either. `label` is set
    where the declaration names other elements of the same segment (`CLM`, `REF*G1`): `elements` then
    holds only those it does not name, in their places.
    """

    elements: tuple[str, ...]
    loops: tuple[str, ...] = ()
    label: str = ""


class Address(msgspec.Struct, frozen=True, omit_defaults=True):
    """N3 and N4. `state` and `postal_code` as sent; `subdivision` is N407, for countries other than US."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    subdivision: str = ""


class Reference(msgspec.Struct, frozen=True, omit_defaults=True):
    """REF: a qualifier and an identifier; `payer` is REF04's 2U payer id, where a line names one."""

    qualifier: str
    value: str
    description: str = ""
    payer: str = ""


class ContactNumber(msgspec.Struct, frozen=True):
    """One of PER03-08: `kind` is TE, EM, FX, EX, UR or ED."""

    kind: str
    number: str


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """PER: a contact name and its numbers; `function` is PER01, e.g. IC, BL, CX."""

    function: str = "IC"
    name: str = ""
    numbers: tuple[ContactNumber, ...] = ()


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A person or an organization (NM1 with what follows it in its loop).

    `entity` is NM102: 1 a person, 2 an organization; the organization's name stands in `last_name`.
    `id_qualifier` and `id` are NM108 and NM109, e.g. XX and an NPI, MI and a member id. `taxonomy` is
    PRV03. `tax_id_qualifier` (EI or SY) and `tax_id` are the billing provider's tax number. `born_on`
    and `gender` (F, M, U) are DMG.
    """

    entity: str = "2"
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    prefix: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""
    address: Address | None = None
    taxonomy: str = ""
    tax_id_qualifier: str = ""
    tax_id: str = ""
    born_on: date | None = None
    gender: str = ""
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def npi(self) -> str:
        """The NPI, where NM108 says that NM109 is one; else empty."""
        return self.id if self.id_qualifier == "XX" else ""


class Adjustment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reason of a CAS: group (CO, PR, OA, PI), CARC, dollars, and units where units changed.

    A positive amount lowers the payment.
    """

    group: str
    carc: str
    amount: Decimal
    quantity: Decimal | None = None


class Period(msgspec.Struct, frozen=True):
    """A day or a span of days, both ends included; a single day has `start == end`."""

    start: date
    end: date

    @classmethod
    def day(cls, on: date) -> "Period":
        """The period of one day."""
        return cls(on, on)

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.start == self.end


class Moment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A day, and the time of day (HHMM) where it was sent."""

    on: date
    at: str = ""


class Amount(msgspec.Struct, frozen=True):
    """AMT: a qualifier and dollars."""

    qualifier: str
    amount: Decimal


class Quantity(msgspec.Struct, frozen=True):
    """QTY: a qualifier and a number."""

    qualifier: str
    quantity: Decimal
