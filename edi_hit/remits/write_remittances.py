"""Writes remittances as an 835, streaming; what does not balance, or breaks the guide, is refused."""

from collections.abc import Iterable
from decimal import Decimal

from edi_hit.guides import Loop, SegmentNode, guide
from edi_hit.guides.segment_check import segment_faults
from edi_hit.remits.balance import ZERO, payment_total, unbalanced
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT, REMITTANCE
from edi_hit.remits.remittance import ClaimPayment, Remittance
from edi_hit.rules import ComposeError
from edi_hit.x12 import ELEMENT, SegmentSink


def write_remittances(
    writer: SegmentSink, remittances: Iterable[tuple[Remittance, Iterable[ClaimPayment]]]
) -> int:
    """Write each remittance with its claims as one transaction set; give the number of claims written.

    `writer` is a `ComposeWriter` whose interchange has been started. Raises `ComposeError` where a line, a
    claim or a payment does not balance, naming the equation, and where an element is not as the guide wants
    it, naming the segment. Only one claim is held at a time.
    """
    return sum(_write_set(writer, remittance, claims) for remittance, claims in remittances)


def _write_set(writer: SegmentSink, remittance: Remittance, claims: Iterable[ClaimPayment]) -> int:
    root = guide("835").root
    payment_node = root.loop("2000").loop("2100")
    head = REMITTANCE.write(remittance, root)
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
        _write_loop(writer, CLAIM_PAYMENT.write(claim, payment_node))
    _check_total(remittance, total)
    for node, elements, _ in tail:
        _write_segment(writer, node, elements)
    writer.end_set()
    return count


def _write_loop(writer: SegmentSink, loop: Loop) -> None:
    for node, elements, _ in loop.segments:
        _write_segment(writer, node, elements)
    for child in loop.loops:
        _write_loop(writer, child)


def _write_segment(writer: SegmentSink, node: SegmentNode, elements: list[str]) -> None:
    if not node.passes(elements, ELEMENT.join(elements)):
        for fault in segment_faults(elements, node.elements, node.relations):
            raise ComposeError(
                f"{node.id}{fault.position:02d} of Loop {node.loop.id} cannot be written (IK403 {fault.code})"
            )
    writer.segment(elements)


def _check(claim: ClaimPayment) -> None:
    broken = list(unbalanced(claim))
    if broken:
        raise ComposeError(f"a claim payment does not balance: {', '.join(broken)}")


def _check_total(remittance: Remittance, paid: Decimal) -> None:
    due = payment_total([paid], remittance.provider_adjustments)
    if due != remittance.payment.amount or due < 0:
        raise ComposeError("the payment does not balance: X12-835-BAL-04")
