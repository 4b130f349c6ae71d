"""Fields made of segments that repeat in a loop: REF, PER, DTP, NTE, CAS, HI, AMT and the like."""

from collections.abc import Sequence
from typing import Any

import msgspec

from edi_hit.mapping.convert import MONEY, NUMBER, TEXT, Conversion, write_period
from edi_hit.mapping.draft import Draft
from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.fields import Values, WrongValue, convert, period_of
from edi_hit.mapping.parts import Adjustment, Contact, ContactNumber
from edi_hit.x12 import COMPONENT

Parts = tuple[tuple[str, int, int | None, Conversion], ...]
"""Of each field of a repeated structure: name, element, component, conversion."""


class Each(msgspec.Struct, frozen=True):
    """Every segment with one of the labels becomes one structure, made of its `parts`."""

    name: str
    labels: tuple[str, ...]
    type: type
    parts: Parts
    many: bool = True

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the structure of one segment."""
        found = {}
        for name, at, component, conversion in self.parts:
            text = component_of(elements, at, component)
            if text:
                found[name] = convert(conversion, text, at, component)
        try:
            item = self.type(**found)
        except TypeError:
            raise WrongValue(TEXT, self.parts[-1][1], None) from None
        values.setdefault(self.name, []).append(item)
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Add one segment for each structure."""
        for item in value:
            elements = [self.labels[0].partition("*")[0]]
            for name, at, component, conversion in self.parts:
                part = getattr(item, name)
                if part not in ("", None):
                    set_component(elements, at, component, conversion.write(part))
            draft.add(self._label(elements), elements)

    def _label(self, elements: list[str]) -> str:
        """The label whose qualifier the segment carries; the first where none does."""
        if "*" not in self.labels[0]:
            return self.labels[0]
        return f"{elements[0]}*{component_of(elements, 1, None).partition(COMPONENT)[0]}"

    def position(self) -> tuple[int, int | None]:
        """The element of the last part: the value rather than its qualifier."""
        return self.parts[-1][1], self.parts[-1][2]


class EachDated(msgspec.Struct, frozen=True):
    """Every DTP with one of the labels becomes a structure of qualifier and period."""

    name: str
    labels: tuple[str, ...]
    type: type
    many: bool = True

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one date."""
        values.setdefault(self.name, []).append(self.type(elements[1], period_of(elements)))
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Add one DTP for each date."""
        for item in value:
            draft.add(f"DTP*{item.qualifier}", ["DTP", item.qualifier, *write_period(item.period)])

    def position(self) -> tuple[int, int | None]:
        """DTP03."""
        return 3, None


class Contacts(msgspec.Struct, frozen=True):
    """PER segments: function, name and up to three numbers."""

    name: str
    labels: tuple[str, ...] = ("PER",)
    many: bool = True

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one contact."""
        e = [*elements, *[""] * 9]
        numbers = tuple(ContactNumber(e[i], e[i + 1]) for i in (3, 5, 7) if e[i] or e[i + 1])
        values.setdefault(self.name, []).append(Contact(e[1], e[2], numbers))
        return True

    def write(self, value: Sequence[Contact], draft: Draft) -> None:
        """Add one PER for each contact."""
        for contact in value:
            elements = ["PER", contact.function, contact.name]
            for number in contact.numbers:
                elements += [number.kind, number.number]
            label = f"PER*{contact.function}" if "*" in self.labels[0] else "PER"
            draft.add(label, elements)

    def position(self) -> tuple[int, int | None]:
        """PER02."""
        return 2, None


class Adjustments(msgspec.Struct, frozen=True):
    """CAS segments: a group and up to six reasons each.

    Written as one CAS a group, a further one only past six reasons (X12-835-06).
    """

    name: str
    labels: tuple[str, ...] = ("CAS",)
    many: bool = True

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the reasons of one CAS."""
        found = values.setdefault(self.name, [])
        for at in range(2, len(elements), 3):
            carc = elements[at]
            amount = component_of(elements, at + 1, None)
            quantity = component_of(elements, at + 2, None)
            if carc or amount:
                dollars = convert(MONEY, amount, at + 1)
                units = convert(NUMBER, quantity, at + 2) if quantity else None
                found.append(Adjustment(component_of(elements, 1, None), carc, dollars, units))
        return True

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

    def position(self) -> tuple[int, int | None]:
        """CAS03."""
        return 3, None


class Codes(msgspec.Struct, frozen=True):
    """The composites of an HI segment, each a qualifier and a code."""

    name: str
    label: str
    type: type
    limit: int = 12
    many: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    def read(self, elements: list[str], values: Values) -> bool:
        """Read every composite that is not empty."""
        found = []
        for element in elements[1:]:
            qualifier, _, rest = element.partition(COMPONENT)
            if qualifier or rest:
                found.append(self.type(qualifier, rest.partition(COMPONENT)[0]))
        values[self.name] = tuple(found)
        return True

    def write(self, value: Sequence[Any], draft: Draft) -> None:
        """Add one segment with a composite for each code."""
        segment_id = self.label.partition("*")[0]
        draft.add(self.label, [segment_id, *(f"{item.qualifier}{COMPONENT}{item.code}" for item in value)])

    def position(self) -> tuple[int, int | None]:
        """The first code."""
        return 1, 2


class EachValue(msgspec.Struct, frozen=True):
    """Element 02 of every segment whose element 01 is `code`, as a tuple: remark codes in LQ*HE."""

    name: str
    label: str
    code: str
    many: bool = True

    @property
    def labels(self) -> tuple[str, ...]:
        """The one segment read."""
        return (self.label,)

    def read(self, elements: list[str], values: Values) -> bool:
        """Add one value; a segment with another code is not this field's."""
        if component_of(elements, 1, None) != self.code:
            return False
        values.setdefault(self.name, []).append(component_of(elements, 2, None))
        return True

    def write(self, value: Sequence[str], draft: Draft) -> None:
        """Add one segment for each value."""
        for item in value:
            draft.add(self.label, [self.label, self.code, item])

    def position(self) -> tuple[int, int | None]:
        """Element 02."""
        return 2, None
