"""Reads a receipt from its stores, level by level; gives the verdicts one level takes from another."""

from collections.abc import Iterator
from itertools import islice

from edi_hit.acks.receipt import (
    ClaimReceipt,
    GroupReceipt,
    InterchangeReceipt,
    ProviderReceipt,
    Receipt,
    SetReceipt,
)
from edi_hit.profiles.acknowledgment import InterchangeVerdict


class ReceiptReading:
    """One pass over a receipt. What each method gives must be used up before the level above goes on."""

    def __init__(self, receipt: Receipt) -> None:
        self._interchanges = iter(receipt.interchanges)
        self._groups = iter(receipt.groups)
        self._sets = iter(receipt.sets)
        self._providers = iter(receipt.providers)
        self._claims = iter(receipt.claims)

    def interchanges(self) -> Iterator[InterchangeReceipt]:
        """The interchanges."""
        return self._interchanges

    def groups(self, interchange: InterchangeReceipt) -> Iterator[GroupReceipt]:
        """The groups of the interchange at hand."""
        return islice(self._groups, interchange.groups)

    def sets(self, group: GroupReceipt) -> Iterator[SetReceipt]:
        """The sets of the group at hand."""
        return islice(self._sets, group.sets)

    def providers(self, found: SetReceipt) -> Iterator[ProviderReceipt]:
        """The billing providers of the set at hand."""
        return islice(self._providers, found.providers)

    def claims(self, provider: ProviderReceipt) -> Iterator[ClaimReceipt]:
        """The claims of the billing provider at hand."""
        return islice(self._claims, provider.claims)

    def pass_over(self, found: SetReceipt) -> None:
        """Leave out the providers and claims of the set at hand."""
        for provider in self.providers(found):
            for _ in self.claims(provider):
                pass


def group_stands(interchange: InterchangeReceipt, group: GroupReceipt) -> bool:
    """Whether the sets of a group keep their own verdicts: neither it nor its interchange is refused."""
    return interchange.verdict is not InterchangeVerdict.REJECTED and not group.rejected


def rejected_sets(receipt: Receipt) -> dict[int, tuple[str, ...]]:
    """Give the ordinals of the transaction sets that are rejected, and what rejects them.

    That is its rules where a set falls by itself, else the codes by which its interchange or its group falls:
    `TA1 023`, `AK905 5`.
    """
    rejected: dict[int, tuple[str, ...]] = {}
    reading = ReceiptReading(receipt)
    for interchange in reading.interchanges():
        for group in reading.groups(interchange):
            fallen = () if group_stands(interchange, group) else _fallen_by(interchange, group)
            for found in reading.sets(group):
                if found.rejected or fallen:
                    rejected[found.ordinal] = found.rules or fallen
    return rejected


def _fallen_by(interchange: InterchangeReceipt, group: GroupReceipt) -> tuple[str, ...]:
    """The codes of a group's refusal; its interchange tells of a group no 999 can answer."""
    if interchange.verdict is InterchangeVerdict.REJECTED or not group.codes:
        return (f"TA1 {interchange.note}",)
    return tuple(f"AK905 {code}" for code in group.codes)
