"""Fields made of segments that repeat in a loop: REF, PER, DTP, NTE, CAS, HI, AMT and the like."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from edi_hit.guides.node import QUALIFIER_ELEMENT
from edi_hit.mapping.convert import MONEY, NUMBER, Conversion, write_period
from edi_hit.mapping.draft import Draft
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.fields import FieldBase, Spot, Values, WrongValue, convert, period_of
from edi_hit.mapping.parts import Adjustment, Contact, ContactNumber
from edi_hit.rules import ComposeError

_NUMBER_PATH = re.compile(r"numbers(?:\[(\d)\])(?:\.(kind|number))?")

Parts = tuple[tuple[str, int, int | None, Conversion], ...]
"""Of each field of a repeated structure: name, element, component, conversion."""


class Beside(msgspec.Struct, frozen=True):
    """A code that stands at `at` where the part called `part` has a value: PWK05 AC beside PWK06."""

    at: Spot
    code: str
    part: str


class Each(FieldBase, frozen=True):
    """Every segment with one of the labels becomes one structure, made of its `parts`."""

    name: str
    labels: tuple[str, ...]
    type: type
    parts: Parts
    beside: tuple[Beside, ...] = ()
    many: bool = True

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The elements of the parts."""
        return tuple((at, component) for _, at, component, _ in self.parts)

    @property
    def fixed(self) -> dict[Spot, str]:
        """The codes beside them."""
        return {item.at: item.code for item in self.beside}

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the structure of one segment."""
        found = {}
        for name, at, component, conversion in self.parts:
            text = component_of(elements, at, component)
            if text:
                found[name] = convert(conversion, text, at, component)
        for field in msgspec.structs.fields(self.type):
            if field.required and field.name not in found:
                raise WrongValue(None, *self.position(0, field.name))
        values.setdefault(self.name, []).append(self.type(**found))
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Add one segment for each structure."""
        for item in value:
            elements = [self.labels[0].partition("*")[0]]
            for name, at, component, conversion in self.parts:
                part = getattr(item, name)
                if part not in ("", None):
                    set_component(elements, at, component, conversion.write(part))
            for item_beside in self.beside:
                if getattr(item, item_beside.part):
                    set_component(elements, *item_beside.at, item_beside.code)
            draft.add(_label_of(self.labels[0], elements), elements)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The element of the part; without one, of the value after the qualifier."""
        for name, at, component, _ in self.parts:
            if name == part:
                return at, component
        if part:
            raise KeyError(part)
        return self.parts[1][1], self.parts[1][2]


def _label_of(first: str, elements: list[str]) -> str:
    """The label whose qualifier the segment carries, where labels of its kind name one."""
    if "*" not in first:
        return first
    return f"{elements[0]}*{component_of(elements, QUALIFIER_ELEMENT.get(elements[0], 1), 1)}"


class EachDated(FieldBase, frozen=True):
    """Every DTP with one of the labels becomes a structure of qualifier and period."""

    name: str
    labels: tuple[str, ...]
    type: type
    many: bool = True

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Qualifier, format and days."""
        return ((1, None), (2, None), (3, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one date."""
        values.setdefault(self.name, []).append(self.type(elements[1], period_of(elements)))
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Add one DTP for each date."""
        for item in value:
            elements = ["DTP", item.qualifier, *write_period(item.period)]
            draft.add(_label_of(self.labels[0], elements), elements)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """DTP03, or the qualifier."""
        return (1, None) if part == "qualifier" else (3, None)


class Contacts(FieldBase, frozen=True):
    """PER segments: function, name and up to three numbers."""

    name: str
    labels: tuple[str, ...] = ("PER",)
    many: bool = True

    @property
    def spots(self) -> tuple[Spot, ...]:
        """PER01 to PER08."""
        return tuple((at, None) for at in range(1, 9))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one contact."""
        e = [*elements, *[""] * 9]
        numbers = tuple(ContactNumber(e[i], e[i + 1]) for i in (3, 5, 7) if e[i] or e[i + 1])
        values.setdefault(self.name, []).append(Contact(e[1], e[2], numbers))
        return True

    def write(self, value: Sequence[Contact], draft: Draft) -> None:
        """Add one PER for each contact."""
        for contact in value:
            if len(contact.numbers) > 3:
                raise ComposeError("PER has room for three numbers")
            elements = ["PER", contact.function, contact.name]
            for number in contact.numbers:
                elements += [number.kind, number.number]
            draft.add(_label_of(self.labels[0], elements), elements)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """PER02, or the function, or one of the numbers (`numbers[1].kind`)."""
        number = _NUMBER_PATH.fullmatch(part)
        if number is not None:
            return 3 + 2 * int(number.group(1)) + (number.group(2) != "kind"), None
        return (1, None) if part == "function" else (2, None)


class Adjustments(FieldBase, frozen=True):
    """CAS segments: a group and up to six reasons each.

    Written as one CAS a group, a further one only past six reasons (X12-835-06).
    """

    name: str
    labels: tuple[str, ...] = ("CAS",)
    many: bool = True

    @property
    def spots(self) -> tuple[Spot, ...]:
        """CAS01 and six times three elements."""
        return tuple((at, None) for at in range(1, 20))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the reasons of one CAS; one without any reason is not this field's."""
        held = _reasons_at(elements)
        for at in held:
            dollars = convert(MONEY, component_of(elements, at + 1, None), at + 1)
            quantity = component_of(elements, at + 2, None)
            units = convert(NUMBER, quantity, at + 2) if quantity else None
            item = Adjustment(elements[1], elements[at], dollars, units)
            values.setdefault(self.name, []).append(item)
        return bool(held)

    def write(self, value: Sequence[Adjustment], draft: Draft) -> None:
        """Add the CAS segments, groups in the order of their first reason."""
        for group in dict.fromkeys(adjustment.group for adjustment in value):
            reasons = [adjustment for adjustment in value if adjustment.group == group]
            for start in range(0, len(reasons), 6):
                elements = ["CAS", group]
                for reason in reasons[start : start + 6]:
                    units = "" if reason.quantity is None else NUMBER.write(reason.quantity)
                    elements += [reason.carc, MONEY.write(reason.amount), units]
                draft.add("CAS", elements)

    def items(self, elements: list[str]) -> int:
        """The reasons of one CAS."""
        return len(_reasons_at(elements))

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The amount of the reason `index` of a CAS, or another part of it."""
        if part == "group":
            return 1, None
        return 2 + 3 * index + {"carc": 0, "quantity": 2}.get(part, 1), None


def _reasons_at(elements: list[str]) -> list[int]:
    return [at for at in range(2, len(elements), 3) if any(elements[at : at + 3])]


class Codes(FieldBase, frozen=True):
    """The composites of an HI segment, each a qualifier and a code.

    A composite left empty before another one keeps its place, since service lines point at places.
    """

    name: str
    label: str
    type: type
    limit: int = 12
    many: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Qualifier and code of every composite."""
        return tuple((at, component) for at in range(1, self.limit + 1) for component in (1, 2))

    def read(self, elements: list[str], values: Values) -> bool:
        """Read every composite."""
        found = [
            self.type(component_of(elements, at, 1), component_of(elements, at, 2))
            for at in range(1, min(len(elements), self.limit + 1))
        ]
        while found and found[-1] == self.type("", ""):
            found.pop()
        if found:
            values[self.name] = tuple(found)
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Write one segment with a composite for each code."""
        if len(value) > self.limit:
            raise ComposeError(f"{self.label} has room for {self.limit} codes")
        for at, item in enumerate(value, 1):
            draft.put(self.label, at, 1, item.qualifier)
            draft.put(self.label, at, 2, item.code)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The code `index`, or its qualifier."""
        return index + 1, 1 if part == "qualifier" else 2


class EachValue(FieldBase, frozen=True):
    """Element 02 of every segment whose element 01 is `code`, as a tuple: remark codes in LQ*HE."""

    name: str
    label: str
    code: str
    many: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Code and value."""
        return ((1, None), (2, None))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one value; a segment with another code is not this field's."""
        value = component_of(elements, 2, None)
        if component_of(elements, 1, None) != self.code or not value:
            return False
        values.setdefault(self.name, []).append(value)
        return True

    def write(self, value: Sequence[str], draft: Draft) -> None:
        """Add one segment for each value."""
        for item in value:
            draft.add(self.label, [self.label, self.code, item])

    def position(self, index: int = 0, part: str = "") -> Spot:
        """Element 02."""
        return 2, None
