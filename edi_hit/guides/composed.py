"""What a reader would find wrong with a loop that was composed, so that a writer can refuse it."""

from collections.abc import Iterator

from edi_hit.guides.element_findings import fault_finding
from edi_hit.guides.loop import Loop, Placed
from edi_hit.guides.node import LoopNode, SegmentNode
from edi_hit.guides.segment_check import segment_faults
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import ELEMENT, TransactionSet, place_of


def composed_findings(
    loop: Loop, transaction_set: TransactionSet | None = None, claim: str | None = None
) -> list[Finding]:
    """Give what the guide forbids in a composed loop and the loops in it.

    That is: elements it does not allow, what repeats too often (elements, segments, loops), segments without
    a place, and required segments and loops that are missing; of loops above units not HL and the loops that
    lead to units, which come later. With a `transaction_set`, findings tell where in it the composed segments
    stand; `claim` is the claim id they are told of.
    """
    found: list[Finding] = []
    _check(loop, _Where(transaction_set, claim), found)
    return found


class _Where:
    """How the findings of one composed loop tell their places."""

    def __init__(self, transaction_set: TransactionSet | None, claim: str | None) -> None:
        self._set = transaction_set
        self._claim = claim

    def place(
        self, placed: Placed, element: int | None = None, component: int | None = None, value: str = ""
    ) -> dict[str, object]:
        """The place of a composed segment, of its element or component."""
        node, _, segment = placed
        if segment is None or self._set is None:
            return {"segment_id": node.id, "element": element, "component": component, "claim": self._claim}
        place = place_of(segment, self._set, element=element, component=component)
        return {**place, "claim": self._claim, "value": segment.delimiters.shown(value) or None}

    def of_loop(self, rule: str, node: SegmentNode | LoopNode, loop: LoopNode, message: str) -> Finding:
        """A finding of a segment or loop that is missing or comes too often."""
        segment = node.opener if isinstance(node, LoopNode) else node
        place: dict[str, object] = {"segment_id": segment.id, "loop": loop.id, "claim": self._claim}
        return load_rules("edi_hit.guides")[rule].finding(message, **place)


def _check(loop: Loop, where: _Where, found: list[Finding]) -> None:
    node = loop.node
    seen = again = seen_loops = loops_again = 0
    for placed in loop.segments:
        segment, elements, composed = placed
        again |= seen & segment.bit
        seen |= segment.bit
        text = ELEMENT.join(elements) if composed is None else composed.text
        if not segment.passes(elements, text):
            found += _element_findings(placed, where)
    for child in loop.loops:
        loops_again |= seen_loops & child.node.bit
        seen_loops |= child.node.bit
    missing, missing_loops = node.required & ~seen, node.required_loops & ~seen_loops
    if missing or missing_loops:
        found += _missing(node, missing, missing_loops, where)
    if again or loops_again:
        found += _too_often(loop, again, loops_again, where)
    for unplaced in loop.unplaced:
        found.append(load_rules("edi_hit.guides")["X12-STR-03"].finding(segment_id=unplaced.id, loop=loop.id))
    for child in loop.loops:
        _check(child, where, found)


def _element_findings(placed: Placed, where: _Where) -> Iterator[Finding]:
    node, elements, _ = placed
    for fault in segment_faults(elements, node.elements, node.relations):
        yield fault_finding(node, fault, **where.place(placed, fault.position, fault.component, fault.value))


def _missing(above: LoopNode, segments: int, loops: int, where: _Where) -> Iterator[Finding]:
    for segment in above.segments:
        if segment.bit & segments and not (above.holds_unit and segment.id == "HL"):
            yield where.of_loop("X12-SEG-03", segment, above, segment.missing)
    for loop in above.loops:
        if loop.bit & loops and not (loop.holds_unit or loop.is_unit):
            yield where.of_loop("X12-SEG-03", loop, loop, loop.missing)


def _too_often(loop: Loop, again: int, loops_again: int, where: _Where) -> list[Finding]:
    """Count the segments and loops that came again, by their bits."""
    came: dict[SegmentNode | LoopNode, int] = {}
    for segment, _, _ in loop.segments:
        if segment.bit & again:
            came[segment] = came.get(segment, 0) + 1
    for child in loop.loops:
        if child.node.bit & loops_again:
            came[child.node] = came.get(child.node, 0) + 1
    found = []
    for node, count in came.items():
        if node.max_use is not None and count > node.max_use:
            rule = "X12-SEG-05" if isinstance(node, SegmentNode) else "X12-SEG-04"
            found.append(where.of_loop(rule, node, loop.node, node.too_often))
    return found
