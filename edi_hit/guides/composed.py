"""What a reader would find wrong with a loop that was composed, so that a writer can refuse it."""

from collections import Counter
from collections.abc import Iterator

from edi_hit.guides.element_findings import fault_finding
from edi_hit.guides.loop import Loop
from edi_hit.guides.node import LoopNode, SegmentNode
from edi_hit.guides.segment_check import segment_faults
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import ELEMENT


def composed_findings(loop: Loop) -> Iterator[Finding]:
    """Yield what the guide forbids in a composed loop and the loops in it.

    That is: elements it does not allow, what repeats too often (elements, segments, loops), and required
    segments and loops that are missing; these not of loops above units, which are composed in parts.
    """
    came = Counter[SegmentNode | LoopNode](node for node, _, _ in loop.segments)
    came.update(child.node for child in loop.loops)
    for node in loop.node.children:
        if node.max_use is not None and came[node] > node.max_use:
            rule = "X12-SEG-05" if isinstance(node, SegmentNode) else "X12-SEG-04"
            yield _finding(rule, node, loop.node, node.too_often)
        elif not came[node] and _is_required(loop.node, node):
            missing = node if isinstance(node, LoopNode) else loop.node
            yield _finding("X12-SEG-03", node, missing, node.missing)
    for segment, elements, _ in loop.segments:
        yield from _element_findings(segment, elements)
    for child in loop.loops:
        yield from composed_findings(child)


def _element_findings(node: SegmentNode, elements: list[str]) -> Iterator[Finding]:
    if not node.passes(elements, ELEMENT.join(elements)):
        for fault in segment_faults(elements, node.elements, node.relations):
            yield fault_finding(
                node, fault, segment_id=node.id, element=fault.position, component=fault.component
            )


def _is_required(above: LoopNode, node: SegmentNode | LoopNode) -> bool:
    if above.holds_unit:
        return False
    if isinstance(node, SegmentNode):
        return bool(node.bit & above.required)
    return bool(node.bit & above.required_loops)


def _finding(rule: str, node: SegmentNode | LoopNode, loop: LoopNode, message: str) -> Finding:
    segment = node.opener if isinstance(node, LoopNode) else node
    return load_rules("edi_hit.guides")[rule].finding(message, segment_id=segment.id, loop=loop.id)
