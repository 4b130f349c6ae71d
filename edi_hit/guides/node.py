"""The nodes of a compiled guide: loops and the segments in them, with position and qualifier."""

from __future__ import annotations


class SegmentNode:
    """One use of a segment in a loop, e.g. REF*G1 in Loop 2300.

    `rank` orders the nodes of a loop: nodes of one rank may come in any order. `codes` are the values the
    qualifier may take; empty where the segment needs none to be told from its neighbours. `ordinal`
    numbers the segment nodes of a loop from 0 and is the same in every copy of the loop.
    """

    __slots__ = (
        "codes",
        "id",
        "loop",
        "max_use",
        "moves",
        "name",
        "ordinal",
        "qualifier_at",
        "rank",
        "usage",
    )

    def __init__(
        self,
        segment_id: str,
        loop: LoopNode,
        rank: int,
        *,
        name: str,
        usage: str,
        max_use: int | None,
        qualifier_at: int,
        codes: frozenset[str],
    ) -> None:
        self.id = segment_id
        self.loop = loop
        self.rank = rank
        self.name = name
        self.usage = usage
        self.max_use = max_use
        self.qualifier_at = qualifier_at
        self.codes = codes
        self.ordinal = -1
        self.moves: dict[str, Move] = {}

    @property
    def label(self) -> str:
        """How findings and mappings call the node: `CLM`, `REF*G1`, `DTP*314|360|361`."""
        return f"{self.id}*{'|'.join(sorted(self.codes))}" if self.codes else self.id

    def takes(self, segment_id: str, qualifier: str) -> bool:
        """Whether a segment with this id and qualifier is this node."""
        return self.id == segment_id and (not self.codes or qualifier in self.codes)


class LoopNode:
    """One use of a loop. `holds_unit` is true for the loops above the unit loop (2000A above 2300)."""

    __slots__ = ("children", "holds_unit", "id", "max_use", "name", "parent", "rank", "segments", "usage")

    def __init__(
        self, loop_id: str, parent: LoopNode | None, rank: int, *, name: str, usage: str, max_use: int | None
    ) -> None:
        self.id = loop_id
        self.parent = parent
        self.rank = rank
        self.name = name
        self.usage = usage
        self.max_use = max_use
        self.children: list[SegmentNode | LoopNode] = []
        self.segments: list[SegmentNode] = []
        self.holds_unit = False

    @property
    def opener(self) -> SegmentNode:
        """The segment that opens the loop: its first."""
        return self.segments[0]

    def segment(self, label: str) -> SegmentNode:
        """Find a segment node by id and, where needed, qualifier: `CLM`, `REF*G1`.

        Raises `KeyError` where the loop has no such node: a fault of a mapping declaration.
        """
        segment_id, _, code = label.partition("*")
        for node in self.segments:
            if node.id == segment_id and (code in node.codes or (not code and not node.codes)):
                return node
        raise KeyError(f"Loop {self.id} has no {label}")

    def loop(self, loop_id: str) -> LoopNode:
        """Find a child loop by id. Raises `KeyError` where there is none."""
        for node in self.children:
            if isinstance(node, LoopNode) and node.id == loop_id:
                return node
        raise KeyError(f"Loop {self.id} has no Loop {loop_id}")


class Move:
    """A step of the walk: the node reached, how many loops close, and which open, outermost first."""

    __slots__ = ("closes", "node", "opens")

    def __init__(self, node: SegmentNode, closes: int, opens: tuple[LoopNode, ...]) -> None:
        self.node = node
        self.closes = closes
        self.opens = opens
