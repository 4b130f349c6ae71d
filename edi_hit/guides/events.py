"""What reading loops yields, and what a reader of the events may rely on.

`place_segments` is for whoever must see everything. Each segment of a set, ST and SE included, comes as one
`PlacedSegment`, in the order of the file, with the loops it stands in. All other events of `edi_hit.x12` pass
in their places: with the segments in `InterchangeStart`, `GroupStart`, `GroupEnd`, `InterchangeEnd` and
`Outside` they are the whole input. What the guide finds is told before the segment it is told at. `path`
names occurrences: a loop is one object from its first segment to its last. A segment out of order may stand
in a loop around the innermost, which stays open: the next one may stand in the inner loop again.

`read_loops` is for whoever wants claims. A `Unit` comes when its loop closes, with the loops above it; a
`LoopRead` for a loop above units where none came, or more after the last one, with the loops above it; a
`SetRead` before the `SetEnd` of its set, with what stands outside of these. Together they hold every segment
of a set whose guide is known, each in one loop, save those past a limit of the reader (`X12-GUIDE-03`,
`X12-ENV-21`).
"""

from __future__ import annotations

import msgspec

from edi_hit.guides.guide import Guide
from edi_hit.guides.loop import Loop
from edi_hit.guides.node import SegmentNode
from edi_hit.rules import Finding
from edi_hit.x12 import Segment, TransactionSet


class PlacedSegment(msgspec.Struct, frozen=True):
    """A segment of a transaction set in its place.

    `path` are the loops it stands in, outermost first, the loop of the set included; empty where no guide of
    the set is known. `node` is None where the guide has no place for it there.
    """

    segment: Segment
    path: tuple[Loop, ...]
    node: SegmentNode | None


class Unit(msgspec.Struct, frozen=True):
    """One unit loop (2300, 2100) with its ancestors, and the findings made while they were read."""

    loop: Loop
    guide: Guide
    transaction_set: TransactionSet
    findings: tuple[Finding, ...]


class LoopRead(msgspec.Struct, frozen=True):
    """A loop above units was read to its end, and held none (a subscriber without claims) or more after them.

    The loops above it are its ancestors, as those of a unit are.
    """

    loop: Loop
    guide: Guide
    transaction_set: TransactionSet


class SetRead(msgspec.Struct, frozen=True):
    """A set was read to its end: its own loop with what is outside the units (header, PLB)."""

    loop: Loop
    guide: Guide
    transaction_set: TransactionSet


GuideEvent = Unit | LoopRead | SetRead
"""What `read_loops` makes of segments."""
