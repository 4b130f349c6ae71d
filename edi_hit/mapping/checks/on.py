"""Declares a check and the segments it is for."""

from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from edi_hit.guides import Loop, SegmentNode
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks.unit_pass import UnitPass

P = TypeVar("P", bound=UnitPass)

Check = Callable[[P, Placed], None]
"""Looks at one segment in its loop."""
LoopCheck = Callable[[P, Loop], None]
"""Is told that a loop opens, before its segments come."""


class On(msgspec.Struct, Generic[P], frozen=True):
    """A check and the segments it is for: those of the loops whose id begins with `loop`.

    `needs` is the last element it cannot do without: shorter segments are not looked at. `reads` are the
    amounts and procedures it looks at itself, so that the shared checks need not.
    """

    loop: str
    segment: str
    check: Check[P]
    needs: int = 0
    reads: tuple[int, ...] = ()

    def fits(self, node: SegmentNode) -> bool:
        """Whether the check is for segments of `node`."""
        segment_id, _, code = self.segment.partition("*")
        return (
            node.loop.id.startswith(self.loop) and node.id == segment_id and (not code or code in node.codes)
        )
