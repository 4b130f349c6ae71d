"""The entries of a declaration — each element a field may stand in — and those that loops hold."""

from collections.abc import Iterator
from typing import Any

from guide_texts import is_used

from edi_hit.guides import Loop, LoopNode
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.fields import Spot
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.named_elements import qualifier_spot
from edi_hit.mapping.repeated_fields import EachValue

Entry = tuple[str, str, Spot]
"""The loops from the top of the declaration, the segment with its qualifier, element and component."""


def entries(mapping: LoopMapping[Any], node: LoopNode, above: str = "") -> Iterator[Entry]:
    """The entries of a declaration for the loop `node`, and of the loops in it, that the guide has a use for.

    Every field has one, save names: those of an organization are declared with those of a person.
    """
    path = f"{above}/{node.id}"
    for _, _, fields in mapping.groups:
        for field in fields:
            code = f"*{field.code}" if isinstance(field, EachValue) and field.code else ""
            used = [
                (path, label + code, spot)
                for label in field.labels
                for spot in field.spots
                if is_used(node.segment(label), spot)
            ]
            assert used or field.labels[0].startswith("NM1"), (path, field.name)
            yield from used
    for child in mapping.children:
        yield from entries(child.mapping, node.loop(child.loop_id), path)


def held(loop: Loop, above: str = "") -> Iterator[Entry]:
    """The entries a loop has values in, and the loops in it."""
    path = f"{above}/{loop.id}"
    for node, elements, _ in loop.segments:
        labels = (node.id, f"{node.id}*{component_of(elements, *qualifier_spot(node))}")
        for at, text in enumerate(elements[1:], 1):
            spots = [(at, None), *((at, c) for c in range(1, text.count("\x1f") + 2))] if text else []
            for spot in spots:
                if component_of(elements, *spot):
                    yield from ((path, label, spot) for label in labels)
    for child in loop.loops:
        yield from held(child, path)
