"""Which elements of a segment a declaration names, and what is left over in one that was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from edi_hit.guides import SegmentNode
from edi_hit.guides.element import CompositeNode
from edi_hit.mapping.fields import Constant, Field, Spot
from edi_hit.x12 import COMPONENT


def names(field: Field, node: SegmentNode) -> bool:
    """Whether `field` reads segments of `node`."""
    return any(label_of(label, node) for label in field.labels)


def label_of(label: str, node: SegmentNode) -> bool:
    """Whether `label` calls `node`: by its segment id and one of its qualifiers, or without any."""
    segment_id, _, code = label.partition("*")
    return node.id == segment_id and (code in node.codes or (not code and not node.codes))


def qualifier_spot(node: SegmentNode) -> Spot:
    """Where the qualifier of a segment stands: an element, or the first component of a composite."""
    at = node.qualifier_at
    composite = len(node.elements) >= at and isinstance(node.elements[at - 1], CompositeNode)
    return at, 1 if composite else None


Watched = tuple[int, frozenset[str]]
"""An element, and the texts in it that leave nothing over."""
Fixed = tuple[tuple[int, frozenset[str]], ...]
"""The index of each fixed component of a composite, and the texts in it that leave nothing over."""
Composite = tuple[int, int, Fixed]
"""An element, how many of its components are named or fixed, the first ones, and which are fixed."""


class NamedElements(msgspec.Struct, frozen=True):
    """The elements of one node that a declaration names.

    `whole` are the elements named as a whole, `parts` the components named of others, `fixed` the codes that
    the writer sets by itself. `end` is the first element after all that is named. `composites` are those of
    which the first components, and no others, are named or fixed: how many, and the index and codes of the
    fixed ones. `watched` are the other elements before the end that are not named as a whole, each with the
    texts that leave nothing over.
    """

    whole: frozenset[int]
    parts: dict[int, frozenset[int]]
    fixed: dict[Spot, frozenset[str]]
    end: int
    watched: tuple[Watched, ...]
    composites: tuple[Composite, ...]

    @classmethod
    def of(cls, node: SegmentNode, fields: Iterable[Field], constants: Iterable[Constant]) -> NamedElements:
        """Gather what `fields` and `constants` name of `node`."""
        fields = tuple(fields)
        spots = [spot for field in fields for spot in field.spots]
        parts: defaultdict[int, set[int]] = defaultdict(set)
        for at, component in spots:
            if component is not None:
                parts[at].add(component)
        fixed: defaultdict[Spot, set[str]] = defaultdict(set)
        for spot, code in _fixed_codes(node, fields, constants):
            fixed[spot].add(code)
        whole = frozenset(at for at, component in spots if component is None) | {0}
        end = max(*whole, *parts, *(at for at, _ in fixed), 0) + 1
        composites = {at: _counted(at, found, fixed) for at, found in parts.items() if at not in whole}
        unnamed = [at for at in range(1, end) if at not in whole and not composites.get(at)]
        is_told = len(node.codes) == 1 and frozenset(fixed[node.qualifier_at, None]) == node.codes
        sure = node.qualifier_at if is_told else 0
        nothing_over = {at: frozenset({"", *fixed[at, None], *fixed[at, 1]}) for at in unnamed if at != sure}
        return cls(
            whole=whole,
            parts={at: frozenset(found) for at, found in parts.items()},
            fixed={spot: frozenset(codes) for spot, codes in fixed.items()},
            end=end,
            watched=tuple(nothing_over.items()),
            composites=tuple(found for _, found in sorted(composites.items()) if found),
        )

    def rest(self, elements: list[str], without: Iterable[Spot] = ()) -> tuple[str, ...]:
        """The elements not named, in their places after the segment id; empty where there are none.

        What stands at the spots in `without` counts as not named.
        """
        unnamed = set(without)
        found: list[str] = []
        for at, text in enumerate(elements):
            if text and (at not in self.whole or (at, None) in unnamed):
                kept = self._kept(at, text, unnamed)
                if kept:
                    found += [""] * (at - len(found))
                    found.append(kept)
        if found:
            found[0] = elements[0]
        return tuple(found)

    def _kept(self, at: int, text: str, unnamed: set[Spot]) -> str:
        if text in self.fixed.get((at, None), ()):
            return ""
        named = self.parts.get(at, frozenset())
        parts = text.split(COMPONENT)
        for component, part in enumerate(parts, 1):
            is_named = component in named and (at, component) not in unnamed
            if is_named or part in self.fixed.get((at, component), ()):
                parts[component - 1] = ""
        return COMPONENT.join(parts).rstrip(COMPONENT)


def _counted(at: int, named: set[int], fixed: dict[Spot, set[str]]) -> Composite | None:
    """How many components are named or fixed, where those are the first; else None."""
    told = {c: codes for (spot, c), codes in fixed.items() if spot == at and c is not None and c not in named}
    known = {*named, *told}
    if known != set(range(1, len(known) + 1)):
        return None
    return at, len(known), tuple((c - 1, frozenset({"", *told[c]})) for c in sorted(told))


def _fixed_codes(
    node: SegmentNode, fields: tuple[Field, ...], constants: Iterable[Constant]
) -> Iterable[tuple[Spot, str]]:
    for field in fields:
        yield from field.fixed.items()
        for label in field.labels:
            code = label.partition("*")[2]
            if code and label_of(label, node):
                yield qualifier_spot(node), code
    for constant in constants:
        if label_of(constant.label, node):
            yield (constant.at, constant.component), constant.code
