"""The transaction sets of the 835s to be written, gathered claim by claim."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from edi_hit.adjudication import (
    RemittanceKey,
    interest_paid,
    remittance_head,
    remittance_parties,
    trace_number,
)
from edi_hit.claims import Claim
from edi_hit.jobs.run_ledger import Netting, RunLedger
from edi_hit.ledger import SetPlace
from edi_hit.profiles import Recovery, RemittanceSettings
from edi_hit.remits import ClaimPayment, NetPayment, OpenBalance, Remittance, net_payment
from edi_hit.remits.balance import ZERO
from edi_hit.remits.net_payment import RECOVERY
from edi_hit.x12 import EnvelopeHeader


class ClaimShare(msgspec.Struct, frozen=True, array_like=True):
    """What a claim adds to its set: dollars paid, interest, and the overpayment collected later, if any."""

    paid: Decimal
    interest: Decimal
    put_off: OpenBalance | None


def share_of(payments: Sequence[ClaimPayment], on: date, settings: RemittanceSettings) -> ClaimShare:
    """Give what a claim adds, by its payments: one, or a reversal and its correction."""
    paid = sum((payment.paid for payment in payments), ZERO)
    put_off = None
    if paid < ZERO and settings.recovery is Recovery.LATER:
        due_on = on + timedelta(days=settings.recovery_days)
        put_off = OpenBalance(RECOVERY, payments[0].payer_claim_number, -paid, due_on)
    return ClaimShare(paid, sum(map(interest_paid, payments), ZERO), put_off)


class SetToWrite(msgspec.Struct):
    """The claims of one sender that one payer pays to one payee: their places in the run, and their sums.

    `put_off` are the overpayments among them that are collected later.
    """

    key: RemittanceKey
    total: Decimal = ZERO
    interest: Decimal = ZERO
    put_off: list[OpenBalance] = []
    claims: "array[int]" = msgspec.field(default_factory=lambda: array("q"))

    def add(self, place: int, share: ClaimShare) -> None:
        """Add the claim at a place of the run."""
        self.claims.append(place)
        self.total += share.paid
        self.interest += share.interest
        if share.put_off is not None:
            self.put_off.append(share.put_off)


def with_heads(
    header: EnvelopeHeader,
    number: int,
    sets: Iterable[SetToWrite],
    ledger: RunLedger,
    claim_at: Callable[[int], Claim],
) -> list[tuple[Remittance, SetToWrite]]:
    """Give the sets of the interchange `number` (in the ledger) with their heads.

    The payer and payee of a set are as its first claim names them; `claim_at` gives the claim at a place.
    """
    with ledger.net_payments() as netting:
        return [
            (_head(header, SetPlace(number, at, *group.key), group, ledger, netting, claim_at), group)
            for at, group in enumerate(sets, 1)
        ]


def _head(
    header: EnvelopeHeader,
    place: SetPlace,
    group: SetToWrite,
    ledger: RunLedger,
    netting: Netting,
    claim_at: Callable[[int], Claim],
) -> Remittance:
    settings, on = ledger.settings.remittance, ledger.as_of
    parties = remittance_parties(claim_at(group.claims[0]), ledger.settings)
    trace = trace_number(on, header.control_number, place.set_number, settings)

    def net(due: Sequence[OpenBalance]) -> NetPayment:
        payee = parties.payee.id
        return net_payment(
            group.total, trace, payee, on, interest=group.interest, put_off=group.put_off, due=due
        )

    return remittance_head(parties, netting(place, net), trace, on, settings)
