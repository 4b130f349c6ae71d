"""The fields a declaration is made of: each reads its elements, writes them, says where they are.

Most fields are parts of a segment that comes once (`SegmentField`); the others are made of whole segments
(`RepeatedField`).
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import msgspec

from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.convert import TEXT
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

Values = dict[str, Any]

Spot = tuple[int, int | None]
"""An element and, in a composite, its component; the whole element where that is None."""


class WrongValueError(Exception):
    """An element does not hold what its field needs; `conversion` is None where it holds nothing at all.

    It never leaves this room: it becomes a finding.
    """

    def __init__(self, conversion: Conversion | None, position: int, component: int | None) -> None:
        super().__init__(conversion.name if conversion else "nothing")
        self.conversion = conversion
        self.position = position
        self.component = component


class FieldBase(msgspec.Struct, frozen=True):
    """What fields have in common: the name of the structure's field they fill."""

    name: str

    @property
    @abstractmethod
    def labels(self) -> tuple[str, ...]:
        """The segments read: `CLM`, `REF*G1`."""

    @property
    @abstractmethod
    def spots(self) -> tuple[Spot, ...]:
        """The elements read and written."""

    @property
    def fixed(self) -> dict[Spot, str]:
        """The codes written beside the values, from which nothing is read."""
        return {}

    @abstractmethod
    def read(self, elements: list[str], values: Values) -> bool:
        """Put what one segment says into `values`; give whether the segment is this field's at all.

        Raises `WrongValueError`.
        """

    def reader(self) -> Callable[[list[str], Values], bool]:
        """What reads many segments: `read`, or what does the same faster and may raise `ValueError`."""
        return self.read

    @abstractmethod
    def position(self, index: int = 0, part: str = "") -> Spot:
        """Element and component of the item `index` of a segment, or of a `part` of it.

        Raises `KeyError` where its items have no such part.
        """


class SegmentField(FieldBase, frozen=True):
    """A field of a segment that comes once in its loop.

    `only` takes just the segments with the very qualifier of the label, where the guide has several
    qualifiers in one place.
    """

    label: str

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def only(self) -> bool:
        """Most fields take every segment of their place in the guide."""
        return False

    @abstractmethod
    def write(self, value: Any, elements: list[str]) -> None:  # noqa: ANN401 - the type depends on the field
        """Put `value` (never None or empty) into its segment, which is long enough. Raises `ComposeError`."""

    @property
    def written(self) -> dict[int, Callable[[Any], str]]:
        """What makes each of its elements of a value; empty where `write` alone does."""
        return {}


class RepeatedField(FieldBase, frozen=True):
    """A field made of segments that may come several times; its value is a tuple, or made of several."""

    @abstractmethod
    def segments(self, value: Any) -> Iterable[list[str]]:  # noqa: ANN401 - the type depends on the field
        """Give the segments of `value` (never None or empty). Raises `ComposeError`."""

    def writer(self) -> Callable[[Any], Iterable[list[str]]]:
        """What writes many values: `segments`, or what does the same faster."""
        return self.segments

    def finished(self, gathered: Any) -> Any:  # noqa: ANN401 - the types depend on the field
        """The value of the field, from what reading its segments has put into `values`: a list, mostly."""
        return tuple(gathered)

    def items(self, elements: list[str]) -> int:
        """How many of the field's items one segment holds; most hold one."""
        return 1


Field = SegmentField | RepeatedField


def convert(conversion: Conversion, text: str, position: int, component: int | None = None) -> Any:  # noqa: ANN401 - the type is what the conversion reads
    """Read `text`; raise `WrongValueError` with its place where it has another form."""
    try:
        return conversion.read(text)
    except ValueError:
        raise WrongValueError(conversion, position, component) from None


@cache
def fields_of(type: type) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The fields of a structure, in their order: their annotations are looked at once."""
    return msgspec.structs.fields(type)


def field_names(type: type) -> tuple[str, ...]:
    """Names of the fields of a structure, in their order."""
    return tuple(field.name for field in fields_of(type))


@cache
def required_fields(type: type) -> tuple[str, ...]:
    """Names of the fields of a structure that must have a value."""
    return tuple(field.name for field in fields_of(type) if field.required)


def has_code(label: str, elements: list[str]) -> bool:
    """Whether the segment carries the qualifier its label names."""
    return component_of(elements, 1, 1) == label.partition("*")[2]


class Element(SegmentField, frozen=True):
    """One element or component: `Element("charge", "CLM", 2, MONEY)`."""

    at: int
    conversion: Conversion = TEXT
    component: int | None = None
    only: bool = False

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its own element and component."""
        return ((self.at, self.component),)

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the element, where it is not empty."""
        if self.only and (self.name in values or not has_code(self.label, elements)):
            return False
        text = component_of(elements, self.at, self.component)
        if text:
            values[self.name] = convert(self.conversion, text, self.at, self.component)
        return True

    def write(self, value: object, elements: list[str]) -> None:
        """Write the element."""
        set_component(elements, self.at, self.component, self.conversion.write(value))

    def position(self, index: int = 0, part: str = "") -> Spot:
        """Its own element and component."""
        return self.at, self.component


class Constant(msgspec.Struct, frozen=True):
    """An element or component that always holds one code where its segment is written: `("PRV", 2, "PXC")`.

    With `beside`, only where that element of the segment has a value.
    """

    label: str
    at: int
    code: str
    beside: int | None = None
    component: int | None = None


class Run(SegmentField, frozen=True):
    """Several elements, or components of one element, as a tuple: modifiers, pointers, remark codes.

    `places` are their positions, or their numbers in the composite `of_element`.
    """

    places: Sequence[int]
    conversion: Conversion = TEXT
    of_element: int | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Every place of the run."""
        return tuple(self.position(index) for index in range(len(self.places)))

    @property
    def follows(self) -> bool:
        """Whether its places are components that follow each other."""
        first = self.places[0]
        return self.of_element is not None and list(self.places) == [*range(first, first + len(self.places))]

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the values that are not empty."""
        if self.of_element is None:
            texts = elements
        else:
            texts = ["", *component_of(elements, self.of_element, None).split(COMPONENT)]
        count = len(texts)
        held = [(index, texts[at]) for index, at in enumerate(self.places) if at < count and texts[at]]
        if held:
            values[self.name] = tuple(
                convert(self.conversion, text, *self.position(index)) for index, text in held
            )
        return True

    def write(self, value: Sequence[Any], elements: list[str]) -> None:
        """Write the values from the first place on."""
        if len(value) > len(self.places):
            raise ComposeError(f"{self.label} has no room for all values of {self.name}")
        for index, item in enumerate(value):
            set_component(elements, *self.position(index), self.conversion.write(item))

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The place of the value `index`."""
        at = self.places[min(index, len(self.places) - 1)]
        return (at, None) if self.of_element is None else (self.of_element, at)
