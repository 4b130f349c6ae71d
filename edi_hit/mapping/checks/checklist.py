"""The checks of a kind of unit, and the one walk over a unit that asks them."""

from collections.abc import Iterable
from typing import Generic

from edi_hit.guides import Loop, SegmentNode
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks.on import Check, LoopCheck, On, P
from edi_hit.mapping.checks.shared_checks import shared_checks


class Checklist(Generic[P]):
    """The checks of a kind of unit, looked up by the guide's nodes.

    `opened` has, by loop id, what is done when such a loop opens. By node and number of elements (the id
    counted) stands one call that does all the checks such a segment is long enough for.
    """

    def __init__(self, checks: Iterable[On[P]], opened: dict[str, LoopCheck[P]] | None = None) -> None:
        self._checks = tuple(checks)
        self._opened = opened or {}
        self._by_node: dict[SegmentNode, tuple[Check[P] | None, ...]] = {}

    def run(self, work: P, loop: Loop) -> None:
        """Look at a loop, its segments and the loops in it, in the order they came."""
        by_node = self._by_node
        for at in loop.segments:
            found = by_node.get(at[0])
            if found is None:
                found = self._find(at[0])
            if found:
                count = len(at[1])
                check = found[count] if count < len(found) else found[-1]
                if check is not None:
                    check(work, at)
        opened = self._opened
        for child in loop.loops:
            if child.node.id in opened:
                opened[child.node.id](work, child)
            self.run(work, child)

    def look(self, work: P, at: Placed) -> None:
        """Look at one segment."""
        found = self._by_node.get(at[0]) or self._find(at[0])
        check = found[min(len(at[1]), len(found) - 1)] if found else None
        if check is not None:
            check(work, at)

    def _find(self, node: SegmentNode) -> tuple[Check[P] | None, ...]:
        """Learn the checks of a node; nothing where it has none."""
        own = [entry for entry in self._checks if entry.fits(node)]
        read = {position for entry in own for position in entry.reads}
        checks: list[tuple[int, Check[P]]] = [*shared_checks(node, read)]
        checks += [(entry.needs, entry.check) for entry in own]
        found: list[Check[P] | None] = []
        for count in range(max((needs for needs, _ in checks), default=-1) + 2):
            found.append(_together([check for needs, check in checks if needs < count]))
        self._by_node[node] = tuple(found)
        return self._by_node[node]


def _together(checks: list[Check[P]]) -> Check[P] | None:
    """One check that does all of `checks`; None where there are none."""
    if not checks:
        return None
    first, rest = checks[0], _together(checks[1:])
    if rest is None:
        return first

    def both(work: P, at: Placed, rest: Check[P] = rest) -> None:
        first(work, at)
        rest(work, at)

    return both
