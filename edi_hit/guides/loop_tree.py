"""Segments of transaction sets to loops, a unit (claim, claim payment) at a time.

The loops above a unit — submitter, billing provider, subscriber — stay as its ancestors; the unit itself is
dropped as soon as its reader lets it go, so memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.guides.guide import Guide, guide_for
from edi_hit.guides.node import LoopNode, SegmentNode
from edi_hit.guides.walk import move
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import Event, Flaw, Segment, SetEnd, SetStart, TransactionSet, place_of

MAX_HELD = 100_000
"""Segments held at once for a claim and the loops above it; a long one counts once for each 1,024 characters."""

Placed = tuple[SegmentNode, list[str], Segment | None]
"""A segment in its loop: its node, its elements (id first), and the segment as read (None when composed)."""


class Loop:
    """One occurrence of a loop: its segments in order, its child loops, and segments no node took."""

    __slots__ = ("loops", "node", "parent", "segments", "unplaced")

    def __init__(self, node: LoopNode, parent: Loop | None) -> None:
        self.node = node
        self.parent = parent
        self.segments: list[Placed] = []
        self.loops: list[Loop] = []
        self.unplaced: list[Segment] = []

    @property
    def id(self) -> str:
        """The loop id, e.g. `2300`."""
        return self.node.id

    def above(self, loop_id: str) -> Loop | None:
        """The nearest enclosing loop of that id, itself included."""
        loop: Loop | None = self
        while loop is not None and loop.node.id != loop_id:
            loop = loop.parent
        return loop


class Unit(msgspec.Struct, frozen=True):
    """One unit loop (2300, 2100) with its ancestors, and the findings made while it was read."""

    loop: Loop
    guide: Guide
    transaction_set: TransactionSet
    findings: tuple[Finding, ...]


class SetRead(msgspec.Struct, frozen=True):
    """A set was read to its end: its own loop with what is outside the units (header, PLB)."""

    loop: Loop
    guide: Guide
    transaction_set: TransactionSet


def read_loops(events: Iterable[Event]) -> Iterator[Event | Unit | SetRead]:
    """Turn the segments among `events` into units; all other events pass in their place.

    A unit comes when its loop closes; `SetRead` comes before the `SetEnd` of its set. Sets of an unknown
    guide yield a finding and no unit.
    """
    builder: _Builder | None = None
    for event in events:
        if type(event) is Segment:
            if builder is not None:
                yield from builder.add(event)
        elif type(event) is SetStart:
            yield event
            builder = None
            found = guide_for(event.transaction_set.kind, event.transaction_set.guide)
            finding = _guide_finding(event.transaction_set, found)
            if finding is not None:
                yield finding
            if found is not None:
                builder = _Builder(found[0], event.transaction_set)
        elif type(event) is SetEnd:
            if builder is not None:
                yield from builder.end()
            builder = None
            yield event
        else:
            yield event


def _guide_finding(current: TransactionSet, found: tuple[Guide, bool] | None) -> Finding | None:
    if found is not None and found[1]:
        return None
    rule = load_rules("edi_hit.guides")["X12-GUIDE-01" if found is None else "X12-GUIDE-02"]
    element = 3 if len(current.segment.elements) > 3 else 1
    return rule.finding(None, **place_of(current.segment, current, element=element), value=current.guide)


class _Builder:
    """Builds the loops of one transaction set."""

    def __init__(self, guide: Guide, transaction_set: TransactionSet) -> None:
        self._guide = guide
        self._set = transaction_set
        self._root = Loop(guide.root, None)
        self._loop = self._root
        self._at = guide.root.opener
        self._unit: Loop | None = None
        self._findings: list[Finding] = []
        self._held = 0
        self._full = False
        self._started = False

    def add(self, segment: Segment) -> Iterator[Finding | Unit]:
        elements = segment.elements
        if not self._started:
            self._started = True
            self._root.segments.append((self._at, elements, segment))
            return
        if segment.flaws & Flaw.CONTINUED:
            return
        self._held += 1 + len(segment.text) // 1024
        step = move(self._at, elements)
        if step is None:
            yield from self._unplaced(segment)
            return
        for _ in range(step.closes):
            if self._loop is self._unit:
                yield self._finished()
            self._loop = self._loop.parent or self._root
        for node in step.opens:
            self._open(node)
        self._at = step.node
        if self._held <= MAX_HELD:
            self._loop.segments.append((step.node, elements, segment))
        else:
            yield from self._too_many(segment)

    def _open(self, node: LoopNode) -> None:
        loop = Loop(node, self._loop)
        if node.id == self._guide.entry.unit:
            self._unit = loop
            self._hold_anew()
        elif node.holds_unit:
            self._hold_anew()
        elif self._held <= MAX_HELD:
            self._loop.loops.append(loop)
        self._loop = loop

    def _finished(self) -> Unit:
        assert self._unit is not None
        unit = Unit(self._unit, self._guide, self._set, tuple(self._findings))
        self._unit, self._findings = None, []
        self._hold_anew()
        return unit

    def _hold_anew(self) -> None:
        self._held, self._full = 1, False

    def _unplaced(self, segment: Segment) -> Iterator[Finding]:
        if self._held > MAX_HELD:
            yield from self._too_many(segment)
            return
        self._loop.unplaced.append(segment)
        yield from self._found("X12-STR-03", segment)

    def _too_many(self, segment: Segment) -> Iterator[Finding]:
        """Say once for a claim that its segments are no longer held."""
        if not self._full:
            self._full = True
            yield from self._found("X12-GUIDE-03", segment)

    def _found(self, rule: str, segment: Segment) -> Iterator[Finding]:
        place = place_of(segment, self._set)
        finding = load_rules("edi_hit.guides")[rule].finding(
            None, **place, loop=self._loop.id, claim=self._claim_id()
        )
        self._findings.append(finding)
        yield finding

    def _claim_id(self) -> str | None:
        if self._unit is None:
            return None
        elements = self._unit.segments[0][1]
        return elements[1] if len(elements) > 1 else None

    def end(self) -> Iterator[Unit | SetRead]:
        if self._unit is not None:
            yield self._finished()
        yield SetRead(self._root, self._guide, self._set)
