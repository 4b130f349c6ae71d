"""Claims to be decided, and the place of each in the order in which they are."""

from collections.abc import Iterable, Mapping

from edi_hit.adjudication import DecisionOrder, Receipt
from edi_hit.adjudication.batch_history import VOID
from edi_hit.benefits import takes_replacements
from edi_hit.claims import Claim
from edi_hit.ledger import file_of, number_of
from edi_hit.reference import Tables

Place = tuple[int, ...]
"""A claim's place in the order in which claims are decided."""

_REPLACES = ("7", VOID)


class ToDecide:
    """A claim to decide: its number in the ledger and what the history calls it, its person and who sent it.

    `called` is None where the claim names nobody; the sender is ISA05 and ISA06.
    """

    def __init__(
        self,
        number: int,
        ordinal: int,
        called: str | None,
        claim: Claim,
        receipt: Receipt,
        sender: tuple[str, str],
    ) -> None:
        self.number = number
        self.ordinal = ordinal
        self.called = called
        self.claim = claim
        self.receipt = receipt
        self.sender = sender


def naming(claims: Iterable[ToDecide], tables: Tables) -> dict[int, str]:
    """Give what claims, by number, name as the claim they replace or void, where their payer takes such."""
    return {
        one.number: one.claim.payer_claim_number
        for one in claims
        if one.claim.frequency in _REPLACES and takes_replacements(one.claim, tables)
    }


def behind_named(places: Mapping[int, Place], naming: Mapping[int, str]) -> dict[int, Place]:
    """Give claims, by number, that name an earlier one of `places`, a place in order that is behind it."""
    behind: dict[int, Place] = {}
    for number in sorted(naming):
        named = number_of(naming[number])
        if named < number and named in places:
            before = behind.get(named, places[named])
            behind[number] = max(places[number], (*before, number))
    return behind


def place_of(one: ToDecide, order: DecisionOrder) -> Place:
    """Give the place of a claim of the ledger that stands behind no other one of those to be decided."""
    return file_of(one.number), *order.place(one.claim), one.number


def in_order(claims: Iterable[ToDecide], tables: Tables) -> list[ToDecide]:
    """Give claims of the ledger in the order they are decided in."""
    order, some = DecisionOrder(tables), list(claims)
    places = {one.number: place_of(one, order) for one in some}
    places |= behind_named(places, naming(some, tables))
    return sorted(some, key=lambda one: places[one.number])
