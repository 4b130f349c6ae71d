"""The transaction sets of the 835s to be written, gathered claim by claim."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from edi_hit.adjudication import (
    RemittanceKey,
    RemittanceParties,
    interest_paid,
    remittance_head,
    trace_number,
)
from edi_hit.jobs.run_ledger import Netting, RunLedger
from edi_hit.ledger import SetPlace
from edi_hit.profiles import Recovery, RemittanceSettings
from edi_hit.remits import ClaimPayment, NetPayment, OpenBalance, Remittance, net_payment
from edi_hit.remits.balance import ZERO
from edi_hit.remits.net_payment import RECOVERY
from edi_hit.x12 import EnvelopeHeader


class SetToWrite(msgspec.Struct):
    """The claims of one sender that one payer pays to one payee: their places in the run, and their sums.

    The parties are as claim `first`, the first of them in the run, names them. `put_off` are the
    overpayments among them that are collected later.
    """

    key: RemittanceKey
    parties: RemittanceParties
    first: int
    total: Decimal = ZERO
    interest: Decimal = ZERO
    put_off: list[OpenBalance] = []
    claims: "array[int]" = msgspec.field(default_factory=lambda: array("q"))

    def add(
        self, place: int, payments: Sequence[ClaimPayment], on: date, settings: RemittanceSettings
    ) -> None:
        """Add the payments of the claim at a place of the run: one, or a reversal and its correction."""
        paid = sum((payment.paid for payment in payments), ZERO)
        self.claims.append(place)
        self.total += paid
        self.interest += sum(map(interest_paid, payments), ZERO)
        if paid < ZERO and settings.recovery is Recovery.LATER:
            due_on = on + timedelta(days=settings.recovery_days)
            self.put_off.append(OpenBalance(RECOVERY, payments[0].payer_claim_number, -paid, due_on))


def with_heads(
    header: EnvelopeHeader, number: int, sets: Iterable[SetToWrite], ledger: RunLedger
) -> list[tuple[Remittance, SetToWrite]]:
    """Give the sets of the interchange `number` (in the ledger) with their heads."""
    with ledger.net_payments() as netting:
        return [
            (_head(header, SetPlace(number, at, *group.key), group, ledger, netting), group)
            for at, group in enumerate(sets, 1)
        ]


def _head(
    header: EnvelopeHeader, place: SetPlace, group: SetToWrite, ledger: RunLedger, netting: Netting
) -> Remittance:
    settings, on = ledger.settings.remittance, ledger.as_of
    trace = trace_number(on, header.control_number, place.set_number, settings)

    def net(due: Sequence[OpenBalance]) -> NetPayment:
        payee = group.parties.payee.id
        return net_payment(
            group.total, trace, payee, on, interest=group.interest, put_off=group.put_off, due=due
        )

    return remittance_head(group.parties, netting(place, net), trace, on, settings)
