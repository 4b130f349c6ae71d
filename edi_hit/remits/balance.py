"""The balancing equations of the 835 (X221A1 section 1.10.2.1; X12-835-BAL-01 to -06)."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from edi_hit.mapping.parts import Adjustment
from edi_hit.remits.claim_payment import ClaimPayment
from edi_hit.remits.remittance import ProviderAdjustment

ZERO = Decimal("0.00")


def adjusted(adjustments: Iterable[Adjustment]) -> Decimal:
    """The sum of adjustments, in dollars: what they take off the charge."""
    return sum((item.amount for item in adjustments), ZERO)


def unbalanced(claim: ClaimPayment) -> Iterator[str]:
    """Name the equations that do not hold for a claim payment and its lines; nothing where all hold.

    Gives texts such as `X12-835-BAL-01 line 2`, without data of the claim.
    """
    for number, line in enumerate(claim.lines, 1):
        if line.charge - adjusted(line.adjustments) != line.paid:
            yield f"X12-835-BAL-01 line {number}"
    on_lines = sum((adjusted(line.adjustments) for line in claim.lines), ZERO)
    if claim.charge - adjusted(claim.adjustments) - on_lines != claim.paid:
        yield "X12-835-BAL-02"
    if claim.lines and sum((line.charge for line in claim.lines), ZERO) != claim.charge:
        yield "X12-835-BAL-03"
    every = [*claim.adjustments, *(item for line in claim.lines for item in line.adjustments)]
    patient = adjusted(item for item in every if item.group == "PR")
    owed = claim.patient_responsibility
    if patient != (owed or ZERO) and not (claim.is_reversal and owed is None):
        yield "X12-835-BAL-06"


def payment_total(
    paid: Iterable[Decimal], provider_adjustments: Iterable[ProviderAdjustment] = ()
) -> Decimal:
    """What BPR02 must be: the claims' payments less the provider adjustments (X12-835-BAL-04)."""
    return sum(paid, ZERO) - sum((item.amount for item in provider_adjustments), ZERO)
