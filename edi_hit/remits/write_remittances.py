"""Writes remittances as an 835, streaming; what does not balance, or breaks the guide, is refused."""

from collections.abc import Iterable
from decimal import Decimal

from edi_hit.guides import Loop, composed_findings, guide
from edi_hit.remits.balance import ZERO, payment_total, unbalanced
from edi_hit.remits.claim_payment import ClaimPayment
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE
from edi_hit.remits.remittance import Remittance
from edi_hit.rules import ComposeError
from edi_hit.x12 import SegmentSink


def write_remittances(
    writer: SegmentSink, remittances: Iterable[tuple[Remittance, Iterable[ClaimPayment]]]
) -> int:
    """Write each remittance with its claims as one transaction set; give the number of claims written.

    `writer` is a `ComposeWriter` whose interchange has been started. Raises `ComposeError` where a line, a
    claim or a payment does not balance, naming the equation, and where an element, a segment or a loop is not
    as the guide wants it, or comes more often than it may. Only one claim is held at a time.
    """
    return sum(_write_set(writer, remittance, claims) for remittance, claims in remittances)


def _write_set(writer: SegmentSink, remittance: Remittance, claims: Iterable[ClaimPayment]) -> int:
    root = guide("835").root
    payment_node = root.loop("2000").loop("2100")
    head = _checked(REMITTANCE.write(remittance, root))
    writer.start_set("835")
    tail = [placed for placed in head.segments if placed[1][0] == "PLB"]
    head.segments = [placed for placed in head.segments if placed[1][0] != "PLB"]
    _write_loop(writer, head)
    writer.segment(["LX", "1"])
    total, count = ZERO, 0
    for claim in claims:
        _check(claim)
        total += claim.paid
        count += 1
        _write_loop(writer, _checked(CLAIM_PAYMENT.write(claim, payment_node)))
    _check_total(remittance, total)
    for _, elements, _ in tail:
        writer.segment(elements)
    writer.end_set()
    return count


def _write_loop(writer: SegmentSink, loop: Loop) -> None:
    for _, elements, _ in loop.segments:
        writer.segment(elements)
    for child in loop.loops:
        _write_loop(writer, child)


def _checked(loop: Loop) -> Loop:
    """The loop, where the guide has nothing against it."""
    for finding in composed_findings(loop):
        raise ComposeError(f"Loop {finding.loop} cannot be written: {finding.message} ({finding.ack})")
    return loop


def _check(claim: ClaimPayment) -> None:
    broken = list(unbalanced(claim))
    if broken:
        raise ComposeError(f"a claim payment does not balance: {', '.join(broken)}")


def _check_total(remittance: Remittance, paid: Decimal) -> None:
    due = payment_total([paid], remittance.provider_adjustments)
    if due != remittance.payment.amount or due < 0:
        raise ComposeError("the payment does not balance: X12-835-BAL-04")
