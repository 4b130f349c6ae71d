"""What reading loops yields, and what a reader of the events may rely on.

A `Unit` comes when its loop closes, with the loops above it; a `LoopRead` for a loop above units where none
came, or more after the last one, with the loops above it; a `SetRead` before the `SetEnd` of its set, with
what stands outside of these. What the guide finds is told before. Together they hold every segment of a set
whose guide is known, each in one loop, save those past a limit of the reader (`X12-GUIDE-03`,
`X12-ENV-21`).

Whoever must see each segment in its turn, with the loops that open and close before it, follows the set
with a `LoopPath` instead.
"""

from __future__ import annotations

import msgspec

from edi_hit.guides.guide import Guide
from edi_hit.guides.loop import Loop
from edi_hit.rules import Finding
from edi_hit.x12 import TransactionSet


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
