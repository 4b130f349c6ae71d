"""The segments of one loop while they are composed: elements are put in place, segments come out in order."""

from collections.abc import Iterable

from edi_hit.guides import Loop, LoopNode, SegmentNode
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.parts import Unmapped
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT


class Draft:
    """Segments of one loop being composed. Elements of a segment used once are gathered by its label."""

    def __init__(self, node: LoopNode) -> None:
        self.node = node
        self._once: dict[str, list[str]] = {}
        self._added: list[tuple[SegmentNode, list[str]]] = []

    def put(self, label: str, position: int, component: int | None, text: str) -> None:
        """Set an element (or one of its components) of the segment called `label`."""
        elements = self._once.get(label)
        if elements is None:
            elements = self._once[label] = [label.partition("*")[0]]
        set_component(elements, position, component, text)

    def put_default(self, label: str, position: int, text: str, beside: int | None = None) -> None:
        """Set an element of `label` where the segment exists and the element is empty.

        With `beside`, only where that element has a value.
        """
        elements = self._once.get(label)
        if elements is None or component_of(elements, position, None):
            return
        if beside is None or component_of(elements, beside, None):
            set_component(elements, position, None, text)

    def add(self, label: str, elements: list[str]) -> None:
        """Add a further segment called `label`. Raises `ComposeError` where the loop has none such."""
        self._added.append((self._segment_node(label), elements))

    def keep(self, unmapped: tuple[Unmapped, ...]) -> None:
        """Add segments kept from a reading, each where the guide places it, else last in the loop."""
        for segment in unmapped:
            if segment.label:
                self._complete(segment)
            elif not segment.loops:
                elements = list(segment.elements)
                self._added.append((_node_of(self.node, elements), elements))

    def _complete(self, rest: Unmapped) -> None:
        """Put the elements no field names into their segment; what a field has written stays."""
        elements = self._once.setdefault(rest.label, [rest.label.partition("*")[0]])
        for position, text in enumerate(rest.elements[1:], 1):
            for component, part in enumerate(text.split(COMPONENT), 1):
                if part and not component_of(elements, position, component):
                    set_component(elements, position, component, part)

    def segments(self) -> list[tuple[SegmentNode, list[str]]]:
        """The segments in guide order, those of one node as they were added."""
        found = [(self._segment_node(label), self._qualified(label, e)) for label, e in self._once.items()]
        found += self._added
        return sorted(found, key=lambda item: item[0].ordinal)

    def _segment_node(self, label: str) -> SegmentNode:
        try:
            return self.node.segment(label)
        except KeyError:
            segment_id = label.partition("*")[0]
            raise ComposeError(f"Loop {self.node.id} has no {segment_id} with this qualifier") from None

    def _qualified(self, label: str, elements: list[str]) -> list[str]:
        code = label.partition("*")[2]
        if code:
            position = self._segment_node(label).qualifier_at
            if not component_of(elements, position, None):
                set_component(elements, position, None, code)
        return elements


def _loop_node(node: LoopNode, loop_id: str) -> LoopNode:
    try:
        return node.loop(loop_id)
    except KeyError:
        raise ComposeError(f"Loop {node.id} has no such loop as one kept from a reading") from None


def _node_of(node: LoopNode, elements: list[str]) -> SegmentNode:
    for candidate in node.segments:
        if candidate.takes(elements[0], component_of(elements, candidate.qualifier_at, 1)):
            return candidate
    return node.segments[-1]


def unmapped_loops(unmapped: Iterable[Unmapped], parent: Loop) -> list[Loop]:
    """Rebuild the loops without a declaration from the segments kept of them."""
    holder = Loop(parent.node, None)
    for segment in unmapped:
        loop, elements = holder, list(segment.elements)
        for depth, loop_id in enumerate(segment.loops, 1):
            node = _loop_node(loop.node, loop_id)
            is_opener = depth == len(segment.loops) and _node_of(node, elements) is node.opener
            if is_opener or not loop.loops or loop.loops[-1].id != loop_id:
                loop.loops.append(Loop(node, parent if loop is holder else loop))
            loop = loop.loops[-1]
        if loop is not holder:
            loop.segments.append((_node_of(loop.node, elements), elements, None))
    return holder.loops
