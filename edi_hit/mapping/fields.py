"""The kinds of field a declaration is made of: each reads its elements, writes them, says where they are."""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from edi_hit.mapping.convert import PERIOD, TEXT, Conversion, read_period, write_period
from edi_hit.mapping.draft import Draft
from edi_hit.mapping.elements import component_of
from edi_hit.mapping.parts import Period
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

Values = dict[str, Any]

Spot = tuple[int, int | None]
"""An element and, in a composite, its component; the whole element where that is None."""


class WrongValue(Exception):  # noqa: N818 - never leaves this room: it becomes a finding
    """An element does not hold what its field needs; `conversion` is None where it holds nothing at all."""

    def __init__(self, conversion: Conversion | None, position: int, component: int | None) -> None:
        super().__init__(conversion.name if conversion else "nothing")
        self.conversion = conversion
        self.position = position
        self.component = component


class Field(Protocol):
    """A field of a declaration."""

    @property
    def name(self) -> str:
        """The name of the structure's field."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The segments it reads."""

    @property
    def many(self) -> bool:
        """Whether its segments may occur more than once in the loop."""

    @property
    def only(self) -> bool:
        """Whether it takes just the segments with the very qualifier of its label."""

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The elements it reads and writes."""

    @property
    def fixed(self) -> dict[Spot, str]:
        """The codes it writes beside its values, and reads nothing from."""

    def read(self, elements: list[str], values: Values) -> bool:
        """Put what one segment says into `values`; give whether the segment is this field's at all.

        Raises `WrongValue`.
        """

    def write(self, value: Any, draft: Draft) -> None:  # noqa: ANN401 - the type depends on the field
        """Put `value` (never None or empty) into the segments of `draft`. Raises `ComposeError`."""

    def items(self, elements: list[str]) -> int:
        """How many of the field's items one segment holds."""

    def position(self, index: int = 0, part: str = "") -> Spot:
        """Element and component of the item `index` of a segment, or of a `part` of it.

        Raises `KeyError` where its items have no such part.
        """


class FieldBase(msgspec.Struct, frozen=True):
    """What most fields have in common."""

    @property
    def only(self) -> bool:
        """Most fields take every segment of their place in the guide."""
        return False

    @property
    def fixed(self) -> dict[Spot, str]:
        """Most fields write nothing beside their values."""
        return {}

    def items(self, elements: list[str]) -> int:
        """Most segments hold one item."""
        return 1


def convert(conversion: Conversion, text: str, position: int, component: int | None = None) -> Any:  # noqa: ANN401 - the type is what the conversion reads
    """Read `text`; raise `WrongValue` with its place where it has another form."""
    try:
        return conversion.read(text)
    except ValueError:
        raise WrongValue(conversion, position, component) from None


def has_code(label: str, elements: list[str]) -> bool:
    """Whether the segment carries the qualifier its label names."""
    return component_of(elements, 1, 1) == label.partition("*")[2]


class Element(msgspec.Struct, frozen=True):
    """One element or component of a segment used once: `Element("charge", "CLM", 2, MONEY)`.

    `only` takes just the segments with the very qualifier of the label, where the guide has several
    qualifiers in one place.
    """

    name: str
    label: str
    at: int
    conversion: Conversion = TEXT
    component: int | None = None
    only: bool = False

    @property
    def many(self) -> bool:
        """Where qualifiers share a place, the segment may come once for each."""
        return self.only

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its own element and component."""
        return ((self.at, self.component),)

    @property
    def fixed(self) -> dict[Spot, str]:
        """Nothing beside."""
        return {}

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the element, where it is not empty."""
        if self.only and (self.name in values or not has_code(self.label, elements)):
            return False
        text = component_of(elements, self.at, self.component)
        if text:
            values[self.name] = convert(self.conversion, text, self.at, self.component)
        return True

    def write(self, value: object, draft: Draft) -> None:
        """Write the element."""
        draft.put(self.label, self.at, self.component, self.conversion.write(value))

    def items(self, elements: list[str]) -> int:
        """One."""
        return 1

    def position(self, index: int = 0, part: str = "") -> Spot:
        """Its own element and component."""
        return self.at, self.component


class Constant(msgspec.Struct, frozen=True):
    """An element that always holds one code where its segment is written: `Constant("PRV*BI", 2, "PXC")`.

    With `beside`, only where that element of the segment has a value.
    """

    label: str
    at: int
    code: str
    beside: int | None = None


class Run(FieldBase, frozen=True):
    """Neighbouring elements, or components of one element, as a tuple: modifiers, pointers, remark codes."""

    name: str
    label: str
    first: int
    last: int
    conversion: Conversion = TEXT
    of_element: int | None = None
    many: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Every place of the run."""
        return tuple(self.position(index) for index in range(self.last - self.first + 1))

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the values that are not empty."""
        if self.of_element is None:
            texts = elements[self.first : self.last + 1]
        else:
            texts = component_of(elements, self.of_element, None).split(COMPONENT)[self.first - 1 : self.last]
        found = tuple(convert(self.conversion, t, *self.position(i)) for i, t in enumerate(texts) if t)
        if found:
            values[self.name] = found
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Write the values from the first place on."""
        if len(value) > self.last - self.first + 1:
            raise ComposeError(f"{self.label} has no room for all values of {self.name}")
        for index, item in enumerate(value):
            draft.put(self.label, *self.position(index), self.conversion.write(item))

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The place of the value `index`."""
        at = self.first + index
        return (at, None) if self.of_element is None else (self.of_element, at)


class Day(msgspec.Struct, frozen=True):
    """A DTP or DTM that holds one day: `form_at` holds D8 where the segment has a format element."""

    name: str
    label: str
    conversion: Conversion
    at: int = 3
    form_at: int | None = 2
    only: bool = False

    @property
    def many(self) -> bool:
        """Where qualifiers share a place, the segment may come once for each."""
        return self.only

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The element of the day."""
        return ((self.at, None),)

    @property
    def fixed(self) -> dict[Spot, str]:
        """The format."""
        return {} if self.form_at is None else {(self.form_at, None): "D8"}

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the day."""
        if self.only and (self.name in values or not has_code(self.label, elements)):
            return False
        text = component_of(elements, self.at, None)
        if not text:
            return True
        if self.form_at is not None and component_of(elements, self.form_at, None) != "D8":
            raise WrongValue(self.conversion, self.at, None)
        values[self.name] = convert(self.conversion, text, self.at)
        return True

    def write(self, value: object, draft: Draft) -> None:
        """Write the day with its format."""
        if self.form_at is not None:
            draft.put(self.label, self.form_at, None, "D8")
        draft.put(self.label, self.at, None, self.conversion.write(value))

    def items(self, elements: list[str]) -> int:
        """One."""
        return 1

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The element of the day."""
        return self.at, None


class Days(FieldBase, frozen=True):
    """A DTP that holds a day or a period: `Days("service_dates", "DTP*472")`."""

    name: str
    label: str
    many: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Format and days."""
        return ((2, None), (3, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Read the period by its format."""
        values[self.name] = period_of(elements)
        return True

    def write(self, value: Period, draft: Draft) -> None:
        """Write format and period."""
        form, text = write_period(value)
        draft.put(self.label, 2, None, form)
        draft.put(self.label, 3, None, text)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """DTP03."""
        return 3, None


def period_of(elements: list[str]) -> Period:
    """Read DTP02 and DTP03. Raises `WrongValue` at DTP03."""
    try:
        return read_period(component_of(elements, 2, None), component_of(elements, 3, None))
    except ValueError:
        raise WrongValue(PERIOD, 3, None) from None
