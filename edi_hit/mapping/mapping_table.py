"""Tells of a declaration where each field stands: path, loop, segment and element."""

from collections.abc import Iterator
from typing import Any

import msgspec

from edi_hit.guides import LoopNode
from edi_hit.mapping.code_lists import CodeList
from edi_hit.mapping.declaration import Declaration
from edi_hit.mapping.fields import Field, RepeatedField, Spot
from edi_hit.mapping.repeated_fields import Adjustments, Contacts, Each
from edi_hit.mapping.segment_plan import node_called


class Row(msgspec.Struct, frozen=True):
    """A field, where it stands, and what the guide calls the segment."""

    path: str
    loop: str
    segment: str
    elements: str
    name: str


def rows(declaration: Declaration[Any], node: LoopNode, path: str = "") -> Iterator[Row]:
    """Yield a row for each field of a declaration for the loop `node`, and of the loops in it."""
    for group, _, fields in declaration.groups:
        prefix = f"{path}{group}." if group else path
        for field in fields:
            yield from _field_rows(field, node, prefix)
    for child in declaration.children:
        many = "[]" if child.many else ""
        yield from rows(child.mapping, node.loop(child.loop_id), f"{path}{child.name}{many}.")


def _field_rows(field: Field, node: LoopNode, prefix: str) -> Iterator[Row]:
    nodes = list(dict.fromkeys(node_called(node, label) for label in field.labels))
    labels = " ".join(segment.label.replace("|", " ") for segment in nodes)
    names = "; ".join(segment.name for segment in nodes)
    for name, spots in _parts(field):
        elements = " ".join(_reference(nodes[0].id, spot) for spot in spots)
        yield Row(prefix + name, node.id, labels, elements, names)


def _parts(field: Field) -> Iterator[tuple[str, tuple[Spot, ...]]]:
    """The values of a field, each with the places it may stand in."""
    if isinstance(field, CodeList):
        for part in field.parts:
            name = field.name + "[]" + ("" if field.type is str else f".{part.name}")
            yield name, tuple((at, part.at) for at in range(1, field.room + 1))
    elif isinstance(field, Each):
        for part in field.parts:
            yield f"{field.name}[].{part.name}", part.spots
    elif isinstance(field, Adjustments):
        yield f"{field.name}[].group", ((1, None),)
        for at, name in enumerate(("carc", "amount", "quantity"), 2):
            yield f"{field.name}[].{name}", tuple((at + 3 * index, None) for index in range(6))
    elif isinstance(field, Contacts):
        yield f"{field.name}[].function", ((1, None),)
        yield f"{field.name}[].name", ((2, None),)
        yield f"{field.name}[].numbers[].kind", ((3, None), (5, None), (7, None))
        yield f"{field.name}[].numbers[].number", ((4, None), (6, None), (8, None))
    else:
        many = "[]" if isinstance(field, RepeatedField) else ""
        yield field.name + many, field.spots


def _reference(segment_id: str, spot: Spot) -> str:
    at, component = spot
    return f"{segment_id}{at:02d}" + (f"-{component}" if component else "")
