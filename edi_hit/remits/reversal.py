"""Takes a claim payment back: the first half of a reversal and correction (X12-835-15)."""

from collections.abc import Iterable

import msgspec

from edi_hit.mapping.parts import Adjustment, Amount, Quantity
from edi_hit.remits.claim_payment import REVERSAL, ClaimPayment, ServicePayment


def reversal(former: ClaimPayment) -> ClaimPayment:
    """Give the claim payment that takes `former` back, to stand before the corrected one (RFI 1429).

    CLP02 is 22; every amount and quantity is negated, adjustments under their own group codes, at claim and
    line; claim id, payer's claim number, parties, dates, codes and remarks stay. CLP05 is left out: a
    reversal carries no patient responsibility (RFI 2548), nor is it sent on to another payer.
    """
    return msgspec.structs.replace(
        former,
        status=REVERSAL,
        charge=-former.charge,
        paid=-former.paid,
        patient_responsibility=None,
        crossover_carrier=None,
        adjustments=_negated(former.adjustments),
        amounts=_amounts(former.amounts),
        quantities=_quantities(former.quantities),
        lines=tuple(map(_taken_back, former.lines)),
    )


def _taken_back(line: ServicePayment) -> ServicePayment:
    return msgspec.structs.replace(
        line,
        charge=-line.charge,
        paid=-line.paid,
        units_paid=None if line.units_paid is None else -line.units_paid,
        units_submitted=None if line.units_submitted is None else -line.units_submitted,
        adjustments=_negated(line.adjustments),
        amounts=_amounts(line.amounts),
        quantities=_quantities(line.quantities),
    )


def _negated(adjustments: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple(
        Adjustment(one.group, one.carc, -one.amount, None if one.quantity is None else -one.quantity)
        for one in adjustments
    )


def _amounts(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    return tuple(Amount(one.qualifier, -one.amount) for one in amounts)


def _quantities(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    return tuple(Quantity(one.qualifier, -one.quantity) for one in quantities)
