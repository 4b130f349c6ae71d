"""A small valid file of one guide, with the node of each of its segments, ready to be broken in one place."""

from collections.abc import Iterator
from typing import NamedTuple

from changes import FILES, recounted
from loop_views import in_loops

from edi_hit.guides import Loop, SegmentNode, read_loops
from edi_hit.guides.element import CompositeNode, ElementNode
from edi_hit.x12 import read_events

VALID_FILES = {
    "837P": "four-claims.837",
    "837I": "inpatient.837",
    "835": "four-payments.835",
    "999": "answers.999",
    "277CA": "answers.277",
    "277": "status.277",
    "834": "members.834",
    "820": "premiums.820",
}
"""By guide."""


class Told(NamedTuple):
    """The one finding that must come of a fault. `segment` is its ordinal in the set, None for wherever."""

    rule: str
    segment_id: str | None
    element: int | None = None
    component: int | None = None
    loop: str | None = None
    segment: int | None = None


class Case(NamedTuple):
    """A file with one thing broken: its text, what must be told, and the spots of the guide it breaks."""

    text: str
    told: Told
    spot: "Spot"


class Spot(NamedTuple):
    """A place of a guide: a segment of a loop, or an element or component of it."""

    loop: str
    segment: str
    element: int | None = None
    component: int | None = None


class Line(NamedTuple):
    """A segment: its place among the lines, its node, the loops around it, its elements with the id first."""

    index: int
    node: SegmentNode
    path: tuple[Loop, ...]
    elements: list[str]

    @property
    def loop(self) -> str:
        """The id of its loop."""
        return self.node.loop.id

    @property
    def is_opener(self) -> bool:
        """Whether it opens its loop."""
        return self.node is self.node.loop.opener


class Value(NamedTuple):
    """A value: its segment, where it stands there, and what the guide says of it."""

    line: Line
    element: int
    component: int | None
    node: ElementNode
    text: str


class ValidFile:
    """A valid file, a segment a line; `lines` are the segments between ST and SE."""

    def __init__(self, name: str) -> None:
        data = (FILES / VALID_FILES[name]).read_bytes()
        self.texts = [line.removesuffix("~") for line in data.decode().splitlines()]
        placed = in_loops(read_loops(read_events(data)))
        self.start = placed[0].segment.index
        self.lines = [
            Line(event.segment.index, event.node, event.loops, self.texts[event.segment.index].split("*"))
            for event in placed
            if event.node is not None and event.segment.id not in ("ST", "SE")
        ]

    def with_elements(
        self, line: Line, elements: list[str], rule: str, told_at: int | None, **more: int
    ) -> Case:
        """The file with other elements in one segment; `told_at` is the element of the finding."""
        text = "*".join(elements)
        told = Told(rule, line.node.id, told_at, more.get("component"), line.loop, self.ordinal(line))
        spot = Spot(line.loop, line.node.label, more.get("broken", told_at), more.get("component"))
        return Case(self.text([*self.texts[: line.index], text, *self.texts[line.index + 1 :]]), told, spot)

    def with_value(self, value: Value, text: str, rule: str, at_component: bool = True) -> Case:
        """The file with another value; `at_component` says whether the finding names the component."""
        elements = [*value.line.elements]
        elements[value.element] = text
        more: dict[str, int] = {}
        if value.component is not None:
            parts = value.line.elements[value.element].split(":")
            parts[value.component - 1] = text
            elements[value.element] = ":".join(parts).rstrip(":")
            more = {"component": value.component}
        case = self.with_elements(value.line, elements, rule, value.element, **more)
        return case if at_component else case._replace(told=case.told._replace(component=None))

    def with_lines(self, texts: list[str], told: Told, line: Line) -> Case:
        """The file with other segments, around `line`."""
        return Case(self.text(texts), told, Spot(line.loop, line.node.label))

    def ordinal(self, line: Line) -> int:
        """The ordinal of a segment in its set."""
        return line.index - self.start + 1

    @staticmethod
    def text(texts: list[str]) -> str:
        """The file of these segments, with a right SE01."""
        return recounted("".join(f"{text}~\n" for text in texts))

    def values(self) -> Iterator[Value]:
        """The values of the file, save those that tell what a segment is."""
        for line in self.lines:
            for position, element in enumerate(line.node.elements[: len(line.elements) - 1], 1):
                for component, node, text in _parts(element, line.elements[position]):
                    if text and not tells(line, position, component):
                        yield Value(line, position, component, node, text)


def _parts(element: ElementNode | CompositeNode, text: str) -> list[tuple[int | None, ElementNode, str]]:
    if isinstance(element, ElementNode):
        return [(None, element, text)]
    pairs = zip(element.components, text.split(":"), strict=False)
    return [(number, node, part) for number, (node, part) in enumerate(pairs, 1)]


def tells(line: Line, position: int, component: int | None) -> bool:
    """Whether a value tells what a segment is, or where an HL stands among the levels."""
    if line.node.id == "HL" and position != 4:
        return True
    return bool(line.node.codes) and position == line.node.qualifier_at and component in (None, 1)
