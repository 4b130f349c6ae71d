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


class NamedElements(msgspec.Struct, frozen=True):
    """The elements of one node that a declaration names.

    `whole` are the elements named as a whole, `parts` the components named of others, `fixed` the codes that
    the writer sets by itself. `end` is the first element after all that is named; `watched` are those before
    it that are not named as a whole, each with the texts that leave nothing over.
    """

    whole: frozenset[int]
    parts: dict[int, frozenset[int]]
    fixed: dict[Spot, frozenset[str]]
    end: int
    watched: tuple[tuple[int, frozenset[str]], ...]

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
        unnamed = [at for at in range(1, end) if at not in whole and not _is_prefix(parts.get(at, set()))]
        is_told = len(node.codes) == 1 and frozenset(fixed[node.qualifier_at, None]) == node.codes
        sure = node.qualifier_at if is_told else 0
        nothing_over = {at: frozenset({"", *fixed[at, None], *fixed[at, 1]}) for at in unnamed if at != sure}
        return cls(
            whole=whole,
            parts={at: frozenset(found) for at, found in parts.items()},
            fixed={spot: frozenset(codes) for spot, codes in fixed.items()},
            end=end,
            watched=tuple(nothing_over.items()),
        )

    def has_more(self, elements: list[str]) -> bool:
        """Whether, composites aside, something may be left over of a segment; quick, never wrongly false."""
        count = len(elements)
        for at, texts in self.watched:
            if at < count and elements[at] not in texts:
                return True
        return count > self.end

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


def _is_prefix(components: set[int]) -> bool:
    """Whether components are named from the first on: then more of them are seen by counting alone."""
    return bool(components) and components == set(range(1, len(components) + 1))


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
