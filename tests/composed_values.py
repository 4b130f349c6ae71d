"""The values of a claim or claim payment: loops, segment, element, value, in the form composing gives them.

What composing may change (docs/mapping.md) is taken out on both sides: forms of numbers, periods of one day,
how reasons are spread over CAS and PLB, and codes over HI; service dates of the 835.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from edi_hit.guides import Loop
from edi_hit.guides.element import CompositeNode
from edi_hit.guides.loop import Placed
from edi_hit.mapping.convert import write_number
from edi_hit.x12 import COMPONENT

Value = tuple[str, str, str, str]
MADE_ANEW = ("ST", "SE", "HL", "LX")


def values_of(loop: Loop, above: bool = True) -> Counter[Value]:
    """All values of a unit, and of the loops above it."""
    found: Counter[Value] = Counter()
    at: Loop | None = loop
    while at is not None:
        found.update(_values(at, at.id))
        at = at.parent if above else None
    return found


def _values(loop: Loop, path: str) -> Iterator[Value]:
    for placed in loop.segments:
        if placed[1][0] not in MADE_ANEW:
            for element, value in _of_segment(placed):
                yield path, placed[0].label, element, value
    for segment in loop.unplaced:
        for at, text in enumerate(segment.elements[1:], 1):
            if text:
                yield path, segment.id, str(at), text
    for child in loop.loops:
        yield from _values(child, f"{path}/{child.id}")


def _of_segment(placed: Placed) -> Iterator[tuple[str, str]]:
    node, elements, _ = placed
    if node.id == "CAS":
        for at in range(2, len(elements), 3):
            for name, text in zip(("reason", "amount", "quantity"), elements[at : at + 3], strict=False):
                if text:
                    yield f"{elements[1]} {name}", _plain(text) if name != "reason" else text
    elif node.id == "PLB":
        for at in range(3, len(elements), 2):
            for name, text in zip(("reason", "amount"), elements[at : at + 2], strict=False):
                if text:
                    yield f"{elements[1]} {elements[2]} {name}", _plain(text) if name == "amount" else text
    elif node.id == "DTM" and "472" in node.codes:
        yield ("day", elements[2])
    else:
        yield from _of_elements(placed)


def _of_elements(placed: Placed) -> Iterator[tuple[str, str]]:
    node, elements, _ = placed
    is_list = node.id == "HI" and "ABK" not in node.codes
    for at, text in enumerate(elements[1:], 1):
        described = node.elements[at - 1] if at <= len(node.elements) else None
        parts = text.split(COMPONENT) if isinstance(described, CompositeNode) else [text]
        kinds = [part.type for part in described.components] if isinstance(described, CompositeNode) else []
        if described is not None and not isinstance(described, CompositeNode):
            kinds = [described.type]
        for component, part in enumerate(parts, 1):
            kind = kinds[component - 1] if component <= len(kinds) else "AN"
            if part:
                place = f"x-{component}" if is_list else f"{at}-{component}"
                yield place, _plain(part) if kind[:1] in "RN" else _day(node.id, at, part)


def _day(segment_id: str, at: int, text: str) -> str:
    """A period of one day as that day, whatever its format is called."""
    start, _, end = text.partition("-")
    if segment_id == "DTP" and at == 3 and start == end:
        return start
    return "D8" if segment_id == "DTP" and at == 2 and text == "RD8" else text


def _plain(text: str) -> str:
    try:
        return write_number(Decimal(text))
    except ArithmeticError:
        return text


def lost(before: Loop, after: Loop) -> Counter[Value]:
    """The values of a unit that are not in the one composed of it. A day of service may be told once less."""
    held = values_of(after)
    missing = values_of(before) - held
    return Counter({value: n for value, n in missing.items() if value[2] != "day" or value not in held})
