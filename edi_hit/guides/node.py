"""The nodes of a compiled guide: loops and the segments in them, with position and qualifier."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from edi_hit.guides.element import AnyElement, ElementNode, Relation
from edi_hit.guides.fast_check import Check, checks_of, has_blank_before_separator
from edi_hit.guides.segment_check import segment_faults
from edi_hit.guides.segment_pattern import segment_pattern

_PASSED_KEPT: Final = 2_000
"""Texts a node remembers as right: addresses, dates, provider names and the like come again and again."""
_REPEATS_WANTED: Final = 500
"""How often these must have come again to be worth the remembering."""
_PAUSE: Final = 100_000
"""Texts a node does not try to remember after those of which few came again: claim ids, amounts."""

QUALIFIER_ELEMENT = {"HL": 3, "ENT": 2, "PWK": 2}
"""Segments told apart by another element than their first: HL by the level, ENT by the entity, PWK by the way
it is sent, since only that tells a certificate of medical necessity (PWK*CT*AB) from other papers."""


class Form:
    """What a segment with a certain number of elements must pass."""

    __slots__ = ("checks", "fullmatch")

    def __init__(self, fullmatch: Callable[[str], re.Match[str] | None], checks: tuple[Check, ...]) -> None:
        self.fullmatch = fullmatch
        self.checks = checks


class SegmentNode:
    """One use of a segment in a loop, e.g. REF*G1 in Loop 2300.

    `rank` orders the nodes of a loop: nodes of one rank may come in any order. `codes` are the values the
    qualifier may take; empty where the segment needs none to be told from its neighbours. `ordinal`
    numbers the segment nodes of a loop from 0 and is the same in every copy of the loop. `elements` and
    `relations` are what the guide says of its elements. `moves` holds the steps found from here, by segment
    id, and by qualifier where the id alone does not tell.
    """

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
        elements: tuple[AnyElement, ...] = (),
        relations: tuple[Relation, ...] = (),
    ) -> None:
        self.id = segment_id
        self.loop = loop
        self.rank = rank
        self.name = name
        self.usage = usage
        self.max_use = max_use
        self.qualifier_at = qualifier_at
        self.codes = codes
        self.elements = elements
        self.relations = relations
        self.ordinal = -1
        self.bit = 0
        self.forms: dict[int, Form] = {}
        self.moves: dict[str, Move | dict[str, Move]] = {}
        self._passed: set[str] = set()
        self._repeats = 0
        self._pause = 0

    def place_in_loop(self, ordinal: int) -> None:
        """Give the node its number among the segments of its loop."""
        self.ordinal = ordinal
        self.bit = 1 << ordinal

    def passes(self, elements: list[str], text: str) -> bool:
        """Whether a segment of this node is right; `segment_check` says why not.

        The pattern must match and each check must hold; where a value ends in a blank, which may be needed
        to reach its least length, the elements are looked at one by one.
        """
        if not self._pause and text in self._passed:
            self._repeats += 1
            return True
        form = self.forms.get(len(elements)) or self._form(len(elements))
        if form.fullmatch(text) is None:
            return False
        if " " in text and has_blank_before_separator(text):
            return not segment_faults(elements, self.elements, self.relations)
        for check in form.checks:
            if not check(elements):
                return False
        self._remember(text)
        return True

    def _remember(self, text: str) -> None:
        """Remember a right text; none for a while where few of the last came again."""
        if self._pause:
            self._pause -= 1
            return
        if len(self._passed) >= _PASSED_KEPT:
            self._pause = 0 if self._repeats >= _REPEATS_WANTED else _PAUSE
            self._repeats = 0
            self._passed.clear()
        self._passed.add(text)

    def _form(self, count: int) -> Form:
        """Compile what a segment of `count` elements must look like."""
        pattern = segment_pattern(self.id, self.elements, count - 1)
        form = Form(pattern.fullmatch, checks_of(self.elements, self.relations, count))
        self.forms[count] = form
        return form

    @property
    def label(self) -> str:
        """How findings and mappings call the node: `CLM`, `REF*G1`, `DTP*314|360|361`."""
        return f"{self.id}*{'|'.join(sorted(self.codes))}" if self.codes else self.id

    @property
    def missing(self) -> str:
        """What a finding says where the segment is missing."""
        return f"segment {self.label} ({self.name}) is required in Loop {self.loop.id} and missing"

    @property
    def too_often(self) -> str:
        """What a finding says where the segment comes more often than it may."""
        return f"segment {self.label} comes more than {_times(self.max_use)} in its loop"

    def takes(self, segment_id: str, qualifier: str) -> bool:
        """Whether a segment with this id and qualifier is this node."""
        return self.id == segment_id and (not self.codes or qualifier in self.codes)

    def takes_kind(self, elements: list[str]) -> bool:
        """Whether a segment is this node by its element 01, where the node lists what that may be."""
        first = self.elements[0] if self.elements else None
        listed = first.codes if isinstance(first, ElementNode) else frozenset()
        return self.id == elements[0] and len(elements) > 1 and elements[1] in listed


def _times(number: int | None) -> str:
    return "once" if number == 1 else f"{number} times"


class LoopNode:
    """One use of a loop. `holds_unit` is true for the loops above the unit loop (2000A above 2300).

    `is_inner` is true for all loops but these and the unit itself.

    `required` has the bits of the segments, `required_loops` those of the child loops that must come;
    `ways_to_unit` those of the child loops that are units or hold them.
    """

    __slots__ = (
        "_required_before",
        "bit",
        "children",
        "holds_unit",
        "id",
        "is_inner",
        "is_unit",
        "max_use",
        "name",
        "parent",
        "rank",
        "required",
        "required_loops",
        "segments",
        "usage",
        "ways_to_unit",
    )

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
        self.is_unit = False
        self.is_inner = True
        self.ways_to_unit = 0
        self.bit = 0
        self._required_before: tuple[int, int] | None = None
        self.required = 0
        self.required_loops = 0

    @property
    def required_before(self) -> tuple[int, int]:
        """Bits of the segments and loops of the loop above that must have come before this loop."""
        if self._required_before is None:
            segments = loops = 0
            for child in self.parent.children if self.parent else ():
                if child.rank < self.rank and isinstance(child, LoopNode):
                    loops |= child.bit
                elif child.rank < self.rank:
                    segments |= child.bit
            above = self.parent or self
            self._required_before = (segments & above.required, loops & above.required_loops)
        return self._required_before

    def mark_units(self, units: tuple[str, ...]) -> None:
        """Note, here and below, which loops are the units with these ids, and which hold them."""
        for child in self.loops:
            child.is_unit = child.id in units
            child.mark_units(() if child.is_unit else units)
            if child.is_unit or child.holds_unit:
                self.ways_to_unit |= child.bit
        self.holds_unit = self.ways_to_unit != 0
        self.is_inner = not (self.is_unit or self.holds_unit)

    @property
    def missing(self) -> str:
        """What a finding says where the loop is missing in the loop above."""
        above = f" in Loop {self.parent.id}" if self.parent else ""
        return f"Loop {self.id} ({self.name}) is required{above} and missing"

    @property
    def too_often(self) -> str:
        """What a finding says where the loop comes more often than it may."""
        return f"Loop {self.id} comes more than {_times(self.max_use)}"

    @property
    def loops(self) -> list[LoopNode]:
        """The child loops, in guide order."""
        return [child for child in self.children if isinstance(child, LoopNode)]

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

    __slots__ = ("closes", "crosses", "node", "opens")

    def __init__(self, node: SegmentNode, closes: int, opens: tuple[LoopNode, ...]) -> None:
        self.node = node
        self.closes = closes
        self.opens = opens
        self.crosses = bool(closes or opens)
