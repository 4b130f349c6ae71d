"""How the segments of one node of a guide are read: its fields, and which of its elements they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from edi_hit.guides import SegmentNode
from edi_hit.mapping.fields import Constant, Field, Spot
from edi_hit.x12 import COMPONENT


def names(field: Field, node: SegmentNode) -> bool:
    """Whether `field` reads segments of `node`."""
    return any(label_of(label, node) for label in field.labels)


def label_of(label: str, node: SegmentNode) -> bool:
    """Whether `label` calls `node`: by its segment id and one of its qualifiers, or without any."""
    segment_id, _, code = label.partition("*")
    return node.id == segment_id and (code in node.codes or (not code and not node.codes))


class NodeReading(msgspec.Struct, frozen=True):
    """The fields that read the segments of one node, with the group each belongs to (empty: none).

    `whole` are the elements named as a whole, `parts` the components named of others, and `fixed` the
    codes that the writer sets by itself.
    """

    readers: tuple[tuple[Field, str], ...]
    whole: frozenset[int]
    parts: dict[int, frozenset[int]]
    fixed: dict[Spot, frozenset[str]]

    @classmethod
    def of(
        cls, node: SegmentNode, readers: Iterable[tuple[Field, str]], constants: Iterable[Constant]
    ) -> NodeReading:
        """Compile the reading of `node` by `readers`."""
        readers = tuple(readers)
        spots = [spot for field, _ in readers for spot in field.spots]
        parts: defaultdict[int, set[int]] = defaultdict(set)
        for at, component in spots:
            if component is not None:
                parts[at].add(component)
        fixed: defaultdict[Spot, set[str]] = defaultdict(set)
        for spot, code in _fixed_codes(node, readers, constants):
            fixed[spot].add(code)
        return cls(
            readers=readers,
            whole=frozenset(at for at, component in spots if component is None) | {0},
            parts={at: frozenset(found) for at, found in parts.items()},
            fixed={spot: frozenset(codes) for spot, codes in fixed.items()},
        )

    @property
    def many(self) -> bool:
        """Whether the segment may come more than once in its loop."""
        return self.readers[0][0].many

    @property
    def repeats(self) -> bool:
        """Whether each segment becomes an item of its own, not told from its neighbours by a label."""
        field = self.readers[0][0]
        return field.many and not field.only

    def rest(self, elements: list[str]) -> tuple[str, ...]:
        """The elements no field names, in their places after the segment id; empty where there are none."""
        found: list[str] = []
        for at, text in enumerate(elements):
            if text and at not in self.whole:
                kept = self._kept(at, text)
                if kept:
                    found += [""] * (at - len(found))
                    found.append(kept)
        if found:
            found[0] = elements[0]
        return tuple(found)

    def _kept(self, at: int, text: str) -> str:
        if text in self.fixed.get((at, None), ()):
            return ""
        named = self.parts.get(at)
        if named is None:
            return text
        parts = text.split(COMPONENT)
        for component, part in enumerate(parts, 1):
            if component in named or part in self.fixed.get((at, component), ()):
                parts[component - 1] = ""
        return COMPONENT.join(parts).rstrip(COMPONENT)


def _fixed_codes(
    node: SegmentNode, readers: tuple[tuple[Field, str], ...], constants: Iterable[Constant]
) -> Iterable[tuple[Spot, str]]:
    for field, _ in readers:
        yield from field.fixed.items()
        for label in field.labels:
            code = label.partition("*")[2]
            if code and label_of(label, node):
                yield (node.qualifier_at, None), code
    for constant in constants:
        if label_of(constant.label, node):
            yield (constant.at, None), constant.code
