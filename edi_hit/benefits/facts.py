"""What happened before, as the rules see it: plain facts about one beneficiary."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec

from edi_hit.identifiers import ein
from edi_hit.mapping.parts import Party


class Outcome(StrEnum):
    """What became of a line billed earlier."""

    PAID = "paid"
    DENIED = "denied"
    UNANSWERED = "unanswered"


class VisitFact(msgspec.Struct, frozen=True):
    """A home infusion visit line (one of the six G-codes) of the beneficiary, of any supplier.

    `supplier` is what `supplier_key` gives. `outcome` is `UNANSWERED` for a visit that is billed and whose
    claim is not decided, or is pended, returned or not answered.
    """

    on: date
    code: str
    supplier: str
    claim: str
    line: int
    outcome: Outcome


class DrugFact(msgspec.Struct, frozen=True):
    """A drug line billed to the DME contractor for the beneficiary, with the outcome known of it."""

    on: date
    code: str
    modifiers: tuple[str, ...]
    supplier: str
    claim: str
    line: int
    outcome: Outcome


class BeneficiaryFacts(msgspec.Struct, frozen=True):
    """All that is known of one beneficiary when a claim is decided.

    `visits` and `drugs` are other lines, never the claim's own, of any date before or after. `complete` says
    that no other history exists for the beneficiary. `deductible_left` is the part of the Part B deductible
    not yet met, in dollars, in the year of the claim's first day of service; None where it is not known.
    """

    visits: tuple[VisitFact, ...] = ()
    drugs: tuple[DrugFact, ...] = ()
    complete: bool = False
    deductible_left: Decimal | None = None


def supplier_key(party: Party) -> str:
    """Give what tells one billing supplier from another: its NPI, else its tax id, else whatever id it has.

    Empty where it has none: such a supplier is the same as no other.
    """
    return party.npi or ein.compact(party.tax_id) or party.id.strip()
