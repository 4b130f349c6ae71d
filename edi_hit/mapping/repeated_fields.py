"""Fields made of segments that repeat in a loop: REF, PER, NTE, CAS, AMT and the like."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.convert import MONEY, NUMBER, TEXT
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.fields import (
    Constant,
    Element,
    RepeatedField,
    Spot,
    Values,
    WrongValueError,
    convert,
    required_fields,
)
from edi_hit.mapping.parts import Adjustment, Contact, ContactNumber
from edi_hit.mapping.segment_source import compiled_elements, values_of
from edi_hit.mapping.value_source import Wanted, compiled_values
from edi_hit.rules import ComposeError

_NUMBER_PATH = re.compile(r"numbers(?:\[(\d)\])(?:\.(kind|number))?")


class Part(msgspec.Struct, frozen=True):
    """One value of a repeated structure: its name, element or component, and conversion.

    With `through`, a tuple: the values of the elements `at` to `through`.
    """

    name: str
    at: int
    conversion: Conversion = TEXT
    component: int | None = None
    through: int | None = None

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Its elements, or its component."""
        if self.through is None:
            return ((self.at, self.component),)
        return tuple((at, None) for at in range(self.at, self.through + 1))

    @property
    def wanted(self) -> Wanted:
        """It, as what is compiled takes it."""
        return Wanted(self.name, self.at, self.component, self.conversion)

    @property
    def element(self) -> Element:
        """It, as an element of a segment that is composed."""
        return Element(self.name, "", self.at, self.conversion, self.component)

    def read(self, elements: list[str]) -> Any:  # noqa: ANN401 - what the conversion reads
        """The value in a segment; None where it is empty. Raises `WrongValueError`."""
        if self.through is not None:
            texts = elements[self.at : self.through + 1]
            return tuple(convert(self.conversion, t, self.at + i) for i, t in enumerate(texts) if t) or None
        text = component_of(elements, self.at, self.component)
        return convert(self.conversion, text, self.at, self.component) if text else None

    def write(self, value: Any, elements: list[str]) -> None:  # noqa: ANN401 - what the conversion writes
        """Put the value into a segment, where there is one. Raises `ComposeError`."""
        if value is None or value == "":
            return
        if self.through is None:
            set_component(elements, self.at, self.component, self.conversion.write(value))
            return
        if len(value) > self.through - self.at + 1:
            raise ComposeError(f"{elements[0]} has no room for all its values", self.name)
        for index, item in enumerate(value):
            set_component(elements, self.at + index, None, self.conversion.write(item))


Parts = tuple[Part, ...]


class Beside(msgspec.Struct, frozen=True):
    """A code that stands at `at` where the part called `part` has a value: PWK05 AC beside PWK06."""

    at: Spot
    code: str
    part: str


class Each(RepeatedField, frozen=True):
    """Every segment with one of the labels becomes one structure, made of its `parts`.

    Where a label has a qualifier, a part may hold it; else it is that of the first label.
    """

    labels: tuple[str, ...]
    type: type
    parts: Parts
    beside: tuple[Beside, ...] = ()

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The elements of the parts."""
        return tuple(spot for part in self.parts for spot in part.spots)

    @property
    def fixed(self) -> dict[Spot, str]:
        """The codes beside them."""
        return {item.at: item.code for item in self.beside}

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the structure of one segment."""
        found = {}
        for part in self.parts:
            value = part.read(elements)
            if value is not None:
                found[part.name] = value
        for name in required_fields(self.type):
            if name not in found:
                raise WrongValueError(None, *self.position(0, name))
        values.setdefault(self.name, []).append(self.type(**found))
        return True

    def reader(self) -> Callable[[list[str], Values], bool]:
        """The parts are taken by what is compiled for them."""
        take = compiled_values([part.wanted for part in self.parts if part.through is None])
        several = [(part.name, part.read) for part in self.parts if part.through is not None]
        type, name, needed = self.type, self.name, required_fields(self.type)

        def read(elements: list[str], values: Values) -> bool:
            found: Values = {}
            take(elements, found)
            for part, read_part in several:
                value = read_part(elements)
                if value is not None:
                    found[part] = value
            for part in needed:
                if part not in found:
                    raise ValueError(part)
            values.setdefault(name, []).append(type(**found))
            return True

        return read

    def segments(self, value: Sequence[Any]) -> Iterator[list[str]]:
        """Give one segment for each structure."""
        segment_id, _, code = self.labels[0].partition("*")
        for item in value:
            elements = [segment_id, code] if code and self.parts[0].at != 1 else [segment_id]
            for part in self.parts:
                part.write(getattr(item, part.name), elements)
            for item_beside in self.beside:
                if getattr(item, item_beside.part):
                    set_component(elements, *item_beside.at, item_beside.code)
            yield elements

    def writer(self) -> Callable[[Sequence[Any]], Iterator[list[str]]]:
        """Segments are made by what is compiled for them."""
        if any(part.through is not None for part in self.parts):
            return self.segments
        segment_id, _, code = self.labels[0].partition("*")
        last = max(at for part in self.parts for at, _ in part.spots)
        template = [segment_id, *[""] * max(last, *(at for at, _ in self.fixed), 1)]
        if code and self.parts[0].at != 1:
            template[1] = code
        at = {part.name: part.at for part in self.parts}
        beside = [Constant("", b.at[0], b.code, at[b.part], b.at[1]) for b in self.beside]
        make = compiled_elements([part.element for part in self.parts], template, beside)
        get = values_of([part.name for part in self.parts])
        return lambda value: (make(get(item)) for item in value)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The element of the part; without one, of the value after the qualifier."""
        name, _, _ = part.partition("[")
        for own in self.parts:
            if own.name == name:
                return own.at, own.component
        if part:
            raise KeyError(part)
        return self.parts[1].at, self.parts[1].component


class EachValue(RepeatedField, frozen=True):
    """One element of every segment with a label, as a tuple: the texts of K3, remark codes in LQ*HE.

    With `code`, of those segments alone whose element 01 is that code.
    """

    label: str
    at: int
    code: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The value."""
        return ((self.at, None),)

    @property
    def fixed(self) -> dict[Spot, str]:
        """The code."""
        return {(1, None): self.code} if self.code else {}

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one value; a segment with another code is not this field's."""
        value = component_of(elements, self.at, None)
        if not value or (self.code and component_of(elements, 1, None) != self.code):
            return False
        values.setdefault(self.name, []).append(value)
        return True

    def segments(self, value: Sequence[str]) -> Iterator[list[str]]:
        """Give one segment for each value."""
        segment_id, _, code = self.label.partition("*")
        head = [segment_id, code or self.code] if code or self.code else [segment_id]
        for item in value:
            yield [*head, *[""] * (self.at - len(head)), item]

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The element of the value."""
        return self.at, None


class Contacts(RepeatedField, frozen=True):
    """PER segments: function, name and up to three numbers."""

    labels: tuple[str, ...] = ("PER",)

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

    def segments(self, value: Sequence[Contact]) -> Iterator[list[str]]:
        """Give one PER for each contact."""
        for contact in value:
            if len(contact.numbers) > 3:
                raise ComposeError("PER has room for three numbers")
            elements = ["PER", contact.function, contact.name]
            for number in contact.numbers:
                elements += [number.kind, number.number]
            yield elements

    def position(self, index: int = 0, part: str = "") -> Spot:
        """PER02, or the function, or one of the numbers (`numbers[1].kind`)."""
        number = _NUMBER_PATH.fullmatch(part)
        if number is not None:
            return 3 + 2 * int(number.group(1)) + (number.group(2) != "kind"), None
        return (1, None) if part == "function" else (2, None)


class Adjustments(RepeatedField, frozen=True):
    """CAS segments: a group and up to six reasons each.

    Composed as one CAS a group, a further one only past six reasons (X12-835-06).
    """

    @property
    def labels(self) -> tuple[str, ...]:
        """CAS."""
        return ("CAS",)

    @property
    def spots(self) -> tuple[Spot, ...]:
        """CAS01 and six times three elements."""
        return tuple((at, None) for at in range(1, 20))

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the reasons of one CAS; one without any reason is not this field's."""
        found = [self._read_one(elements, at) for at in _reasons_at(elements)]
        if found:
            values.setdefault(self.name, []).extend(found)
        return bool(found)

    def reader(self) -> Callable[[list[str], Values], bool]:
        """A CAS with one reason, as most are, is read at once."""
        name, dollars, number = self.name, MONEY.read, NUMBER.read

        def read(elements: list[str], values: Values) -> bool:
            count = len(elements)
            if not 4 <= count <= 5 or not elements[2]:
                return self.read(elements, values)
            units = number(elements[4]) if count == 5 and elements[4] else None
            found = Adjustment(elements[1], elements[2], dollars(elements[3]), units)
            values.setdefault(name, []).append(found)
            return True

        return read

    def _read_one(self, elements: list[str], at: int) -> Adjustment:
        dollars = convert(MONEY, component_of(elements, at + 1, None), at + 1)
        quantity = component_of(elements, at + 2, None)
        units = convert(NUMBER, quantity, at + 2) if quantity else None
        return Adjustment(elements[1], elements[at], dollars, units)

    def segments(self, value: Sequence[Adjustment]) -> Iterator[list[str]]:
        """Give the CAS segments, groups in the order of their first reason."""
        groups: dict[str, list[Adjustment]] = {}
        for adjustment in value:
            groups.setdefault(adjustment.group, []).append(adjustment)
        for group, reasons in groups.items():
            for start in range(0, len(reasons), 6):
                elements = ["CAS", group]
                for reason in reasons[start : start + 6]:
                    units = "" if reason.quantity is None else NUMBER.write(reason.quantity)
                    elements += [reason.carc, MONEY.write(reason.amount), units]
                yield elements if elements[-1] else elements[:-1]

    def writer(self) -> Callable[[Sequence[Adjustment]], Iterable[list[str]]]:
        """Reasons of groups of their own, as most are, are written one by one."""
        dollars, number = MONEY.write, NUMBER.write

        def segments(value: Sequence[Adjustment]) -> Iterable[list[str]]:
            if len(value) > 1 and len({one.group for one in value}) < len(value):
                return self.segments(value)
            return [
                ["CAS", one.group, one.carc, dollars(one.amount)]
                + ([] if one.quantity is None else [number(one.quantity)])
                for one in value
            ]

        return segments

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
