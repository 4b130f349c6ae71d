"""Builds the loops of one transaction set, segment by segment, and says what the guide finds wrong.

`add` is the inner loop of every reading: what is right costs a look-up, a pattern and a few bits; all else
is in methods of its own.
"""

from itertools import chain
from typing import Final

from edi_hit.guides.element_findings import element_findings
from edi_hit.guides.events import GuideEvent, LoopRead, SetRead, Unit
from edi_hit.guides.guide import Guide
from edi_hit.guides.hierarchy import Hierarchy
from edi_hit.guides.level_fault import LevelFault
from edi_hit.guides.loop import Loop
from edi_hit.guides.node import LoopNode, Move, SegmentNode
from edi_hit.guides.recovery import recovered
from edi_hit.guides.walk import move
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import ELEMENT, Flaw, Segment, TransactionSet, place_of

MAX_HELD = 100_000
"""Segments held at once for a claim and the loops above it; a long one counts once a 1,024 characters."""

MOST_FINDINGS_ABOVE: Final = 1_000
"""Findings of a loop above units that each unit below it carries; further ones are told as well."""

Output = list[Finding | GuideEvent]


class LoopBuilder:
    """The loops open in one transaction set, and the unit being read.

    `add` takes the segments in order, ST first; `end` closes what is open.
    """

    def __init__(self, guide: Guide, transaction_set: TransactionSet) -> None:
        self._rules = load_rules("edi_hit.guides")
        self._guide = guide
        self._set = transaction_set
        self._root = Loop(guide.root)
        self._open = [self._root]
        self._loop = self._root
        self._at = guide.root.opener
        self._unit: Loop | None = None
        self._findings: list[list[Finding]] = [[]]
        self._held = 0
        self._most_held = MAX_HELD
        self._full = False
        self._started = False
        self._hierarchy = Hierarchy()
        self._claim_at = int(guide.entry.claim_id[-2:] or 0)

    def add(self, segment: Segment) -> Output | None:
        """Take the next segment; give the findings and units it leads to, None where there are none."""
        if segment.flaws:
            elements = segment.elements
            return self._unusual(segment, elements, move(self._at, elements))
        return self.add_flawless(segment, segment.text)

    def add_flawless(self, segment: Segment, text: str) -> Output | None:
        """Take the next segment, which has no flaw, with its text; give what `add` gives."""
        elements = text.split(ELEMENT)
        known = self._at.moves.get(elements[0])
        if isinstance(known, dict):
            known = known.get(elements[1]) if len(elements) > 1 else None
        step = known or move(self._at, elements)
        if step is None or not self._started:
            return self._unusual(segment, elements, step)
        out = self._cross(step, segment) if step.crosses else None
        node, loop = step.node, self._loop
        self._at = node
        self._held += 1 + (len(text) >> 10)
        if loop.seen & node.bit and node.max_use is not None:
            out = self._repeated(node, loop, segment, out)
        loop.seen |= node.bit
        if node.id == "HL":
            out = self._level(elements, segment, out)
        if self._held > self._most_held:
            return self._too_many(segment, out)
        loop.segments.append((node, elements, segment))
        if not node.passes(elements, text):
            out = self._elements(node, elements, segment, out)
        return out

    def end(self) -> Output:
        """Close all loops; give the last unit, what is missing, and the set."""
        out: Output = []
        last = self._last_segment()
        while self._open:
            self._close(last, out)
        out.extend(self._fault_of_level(fault) for fault in self._hierarchy.end())
        out.append(SetRead(self._root, self._guide, self._set))
        return out

    def _last_segment(self) -> Segment:
        held = [placed[2] for loop in self._open for placed in loop.segments[-1:] if placed[2] is not None]
        return max(held, key=lambda segment: segment.index, default=self._set.segment)

    def _cross(self, step: Move, segment: Segment) -> Output | None:
        """Close and open loops for a step. Inner loops that lack nothing and come once take the short way."""
        out: Output = []
        open_loops = self._open
        for _ in range(step.closes):
            loop = open_loops[-1]
            node = loop.node
            lacks = node.required & ~loop.seen or node.required_loops & ~loop.seen_loops
            if node.is_inner and not lacks:
                open_loops.pop()
            else:
                self._close(segment, out)
        for node in step.opens:
            above = open_loops[-1]
            if node.is_inner and not above.seen_loops & node.bit and self._held <= self._most_held:
                above.seen_loops |= node.bit
                loop = Loop(node)
                above.loops.append(loop)
                open_loops.append(loop)
            else:
                self._enter(node, segment, out)
            if node is not step.node.loop:
                open_loops[-1].seen |= node.opener.bit
        self._loop = open_loops[-1]
        return out or None

    def _close(self, segment: Segment, out: Output) -> None:
        """Close the innermost loop; `segment` is the one that closed it, where what is missing is told."""
        loop = self._loop = self._open[-1]
        node = loop.node
        missing, loops = node.required & ~loop.seen, node.required_loops & ~loop.seen_loops
        if missing or loops:
            self._missing(loop, missing, loops, segment, out)
        if node.id in self._guide.entry.paths and not loop.seen_loops & node.ways_to_unit:
            out.append(self._found("X12-837-CLAIM", segment))
        if loop is self._unit:
            out.append(self._finished(loop))
        elif self._is_untold(loop):
            out.append(LoopRead(loop, self._guide, self._set))
            self._hold_anew()
        if not node.is_inner:
            self._findings.pop()
        self._open.pop()
        self._loop = self._open[-1] if self._open else self._root

    def _is_untold(self, loop: Loop) -> bool:
        """Whether a loop above units holds what came with none: it had none, or more came after the last."""
        above_units = loop.node.holds_unit and loop.parent is not None
        return above_units and (self._held > 1 or not loop.seen_loops & loop.node.ways_to_unit)

    def _finished(self, unit: Loop) -> Unit:
        self._unit = None
        self._hold_anew()
        found = tuple(chain.from_iterable(self._findings)) if any(self._findings) else ()
        return Unit(unit, self._guide, self._set, found)

    def _enter(self, node: LoopNode, segment: Segment, out: Output) -> None:
        above = self._open[-1]
        self._loop = above
        if above.seen_loops & node.bit and node.max_use is not None:
            few = node.is_inner and len(above.loops) < node.max_use and self._held <= self._most_held
            if not few and above.count(node) == node.max_use + 1:
                out.append(self._found("X12-SEG-04", segment, node.too_often))
        above.seen_loops |= node.bit
        if node.is_unit or node.holds_unit:
            self._due(above, node, segment, out)
            loop = Loop(node, above)
            self._hold_anew()
            self._unit = loop if node.is_unit else None
            self._findings.append([])
        else:
            loop = Loop(node)
            if self._held <= self._most_held:
                above.loops.append(loop)
        self._open.append(loop)
        self._loop = loop

    def _due(self, above: Loop, node: LoopNode, segment: Segment, out: Output) -> None:
        """Tell what is missing in a loop above a unit before the unit comes, so that the unit has it too."""
        segments, loops = node.required_before
        missing, missing_loops = segments & ~above.seen, loops & ~above.seen_loops
        if missing or missing_loops:
            self._missing(above, missing, missing_loops, segment, out)
            above.seen |= missing
            above.seen_loops |= missing_loops

    def _hold_anew(self) -> None:
        self._held, self._full = 1, False

    def _repeated(self, node: SegmentNode, loop: Loop, segment: Segment, out: Output | None) -> Output | None:
        if node.max_use is None or (len(loop.segments) < node.max_use and self._held <= self._most_held):
            return out
        if loop.count(node) != node.max_use + 1:
            return out
        return [*(out or ()), self._found("X12-SEG-05", segment, node.too_often)]

    def _missing(self, loop: Loop, segments: int, loops: int, at: Segment, out: Output) -> None:
        for node in loop.node.segments:
            if node.bit & segments:
                out.append(self._found("X12-SEG-03", at, node.missing, segment_id=node.id))
        for child in loop.node.loops:
            if child.bit & loops:
                opener = child.opener.id
                out.append(self._found("X12-SEG-03", at, child.missing, segment_id=opener, loop=child.id))

    def _elements(
        self, node: SegmentNode, elements: list[str], segment: Segment, out: Output | None
    ) -> Output | None:
        found = list(element_findings(node, elements, segment, self._set, self._claim_id()))
        for finding in found:
            self._hold(finding)
        return [*(out or ()), *found] or None

    def _unusual(self, segment: Segment, elements: list[str], step: Move | None) -> Output | None:
        """The first segment, one with a flaw of its bytes, or one the walk has no place for."""
        if segment.flaws & Flaw.CONTINUED:
            return None
        while len(elements) > 1 and not elements[-1]:
            elements.pop()
        if not self._started:
            self._started = True
            step = Move(self._at, 0, ())
        out: Output = []
        if step is None:
            step = self._recovered(segment, elements, out)
            if step is None:
                return out
        out.extend(self._cross(step, segment) or ())
        node, loop = step.node, self._loop
        if step.opens:
            loop.seen |= loop.node.opener.bit & ~node.bit
        self._at = node
        self._held += 1 + (len(segment.text) >> 10)
        if loop.seen & node.bit:
            out = self._repeated(node, loop, segment, out) or []
        loop.seen |= node.bit
        if self._held > self._most_held:
            return self._too_many(segment, out)
        loop.segments.append((node, elements, segment))
        if node.id == "HL":
            out = self._level(elements, segment, out) or []
        if not segment.flaws and node.passes(elements, segment.text):
            return out or None
        return self._elements(node, elements, segment, out)

    def _level(self, elements: list[str], segment: Segment, out: Output | None) -> Output | None:
        """Check a hierarchical level against those before it."""
        found = []
        for fault in self._hierarchy.add(elements, segment, self._loop.id):
            finding = self._fault_of_level(fault)
            found.append(finding)
            if fault.segment is segment:
                self._hold(finding)
        return [*(out or ()), *found] or None

    def _fault_of_level(self, fault: LevelFault) -> Finding:
        """The finding of a level, which may be one whose claims have gone by: it is held for no claim."""
        return self._finding(
            fault.rule,
            fault.segment,
            fault.message,
            element=fault.element,
            value=fault.segment.delimiters.shown(fault.value),
            loop=fault.loop,
            claim=None,
        )

    def _recovered(self, segment: Segment, elements: list[str], out: Output) -> Move | None:
        """Find a place for a segment out of order, or in a loop whose opener is missing; say which."""
        found = recovered(self._at, elements, self._open)
        if found is None:
            self._unplaced(segment, out)
            return None
        step, lacks_opener, around = found
        if lacks_opener:
            loop, opener = step.opens[0].id, step.opens[0].opener
            message = f"segment {opener.label} ({opener.name}), which opens Loop {loop}, is missing"
            out.append(self._found("X12-SEG-03", segment, message, segment_id=opener.id, loop=loop))
            return step
        out.append(self._found("X12-SEG-07", segment, loop=step.node.loop.id))
        if around is None:
            return step
        self._take_into(around, step.node, elements, segment, out)
        return None

    def _unplaced(self, segment: Segment, out: Output) -> None:
        self._held += 1 + (len(segment.text) >> 10)
        if self._held > self._most_held:
            out.extend(self._too_many(segment, None) or ())
        else:
            self._loop.unplaced.append(segment)
            out.append(self._found("X12-STR-03", segment))

    def _take_into(
        self, loop: Loop, node: SegmentNode, elements: list[str], segment: Segment, out: Output
    ) -> None:
        """Put a segment out of order into an open loop around the innermost, which stays open."""
        self._held += 1 + (len(segment.text) >> 10)
        if loop.seen & node.bit:
            out[:] = self._repeated(node, loop, segment, out) or []
        loop.seen |= node.bit
        if self._held <= self._most_held:
            loop.segments.append((node, elements, segment))
        out[:] = self._elements(node, elements, segment, out) or []

    def _too_many(self, segment: Segment, out: Output | None) -> Output | None:
        """Say once for a claim that its segments are no longer held."""
        if self._full:
            return out
        self._full = True
        return [*(out or ()), self._found("X12-GUIDE-03", segment)]

    def _found(
        self,
        rule: str,
        segment: Segment,
        message: str | None = None,
        *,
        element: int | None = None,
        **more: object,
    ) -> Finding:
        """Make a finding and hold it for the unit, or the loop above units, that is open."""
        finding = self._finding(rule, segment, message, element=element, **more)
        self._hold(finding)
        return finding

    def _finding(
        self, rule: str, segment: Segment, message: str | None, element: int | None, **more: object
    ) -> Finding:
        place = place_of(segment, self._set, element=element)
        place |= {"loop": self._loop.id, "claim": self._claim_id()} | more
        return self._rules[rule].finding(message, **place)

    def _hold(self, finding: Finding) -> None:
        """Keep a finding for the unit that is open, or for all units below the loop above them."""
        held = self._findings[-1]
        if self._unit is not None or len(held) < MOST_FINDINGS_ABOVE:
            held.append(finding)

    def _claim_id(self) -> str | None:
        if self._unit is None or not self._claim_at:
            return None
        return self._unit.opener_element(self._claim_at) or None
