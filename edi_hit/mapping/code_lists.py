"""Fields made of the composites of HI segments: diagnoses, value codes, occurrence codes and the like."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from edi_hit.mapping.elements import component_of, set_component
from edi_hit.mapping.fields import RepeatedField, Spot, Values, WrongValueError, required_fields
from edi_hit.mapping.repeated_fields import Parts
from edi_hit.mapping.segment_source import compiled_composites
from edi_hit.mapping.value_source import Wanted, compiled_values
from edi_hit.mapping.verdicts import Verdicts
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

FORM_AT = 3
"""The component of a composite that says in which form its date is."""


class CodeList(RepeatedField, frozen=True):
    """Every composite of the HI segments with these labels becomes one structure, or one text.

    `parts` are its components: the `at` of a part is the number of its component. Where none is component 1,
    that is the code of the first label. `form` (D8, RD8) stands beside a date. A segment has `room`
    composites; more codes go to a further segment. With `gaps`, a composite left empty before another keeps
    its place as a structure of empty texts, since service lines point at places.
    """

    labels: tuple[str, ...]
    type: type
    parts: Parts
    room: int = 12
    form: str = ""
    gaps: bool = False

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The parts of every composite."""
        return tuple((at, part.at) for at in range(1, self.room + 1) for part in self.parts)

    @property
    def fixed(self) -> dict[Spot, str]:
        """The qualifier, where it is no part, and the form of the date."""
        found: dict[Spot, str] = {}
        for at in range(1, self.room + 1):
            if self.form:
                found[at, FORM_AT] = self.form
            if self._code:
                found[at, 1] = self._code
        return found

    @property
    def _code(self) -> str:
        """The qualifier of every composite; empty where it is a part."""
        return "" if self.parts[0].at == 1 else self.labels[0].partition("*")[2]

    def read(self, elements: list[str], values: Values) -> bool:
        """Add the codes of one segment."""
        held = elements[1 : self.room + 1]
        found = []
        for at, text in enumerate(held, 1):
            if text:
                found.append(self._read_one(text, at))
            elif self.gaps and any(held[at:]):
                found.append(self.type("", ""))
        if found:
            values.setdefault(self.name, []).extend(found)
        return bool(found)

    def reader(self) -> Callable[[list[str], Values], bool]:
        """Composites are read without a look at their places, and those read before not again."""
        if self.type is str:
            return self.read
        take = compiled_values([Wanted(part.name, part.at - 1, None, part.conversion) for part in self.parts])
        type, name, end = self.type, self.name, self.room + 1
        needed = required_fields(self.type)

        def read_one(text: str) -> object:
            value: Values = {}
            take(text.split(COMPONENT), value)
            for part in needed:
                if part not in value:
                    raise ValueError(part)
            return type(**value)

        known = Verdicts(read_one)

        def read(elements: list[str], values: Values) -> bool:
            texts = elements[1:end]
            if "" in texts:
                return self.read(elements, values)
            found = [known[text] for text in texts]
            values.setdefault(name, []).extend(found)
            return bool(found)

        return self.read if self.form else read

    def _read_one(self, text: str, at: int) -> object:
        """Read one composite. Raises `WrongValueError`."""
        composite = ["", *text.split(COMPONENT)]
        if self.form and component_of(composite, FORM_AT, None) not in ("", self.form):
            raise WrongValueError(self.parts[-1].conversion, at, self.parts[-1].at)
        found = {}
        for part in self.parts:
            try:
                value = part.read(composite)
            except WrongValueError as wrong:
                raise WrongValueError(wrong.conversion, at, wrong.position) from None
            if value is not None:
                found[part.name] = value
        if self.type is str:
            return found.get(self.parts[0].name, "")
        for part in self.parts:
            if part.name not in found and part.name in required_fields(self.type):
                raise WrongValueError(None, at, part.at)
        return self.type(**found)

    def segments(self, value: Sequence[Any]) -> Iterator[list[str]]:
        """Give segments with a composite for each code."""
        if self.gaps and len(value) > self.room:
            raise ComposeError(f"{self.labels[0]} has room for {self.room} codes")
        for start in range(0, len(value), self.room):
            yield ["HI", *(self._write_one(item) for item in value[start : start + self.room])]

    def writer(self) -> Callable[[Sequence[Any]], Iterator[list[str]]]:
        """Composites are made by what is compiled for them."""
        if self.type is str:
            return self.segments
        last = max(FORM_AT if self.form else 1, *(part.at for part in self.parts))
        template = [self._code, *[""] * (last - 1)]
        if self.form:
            template[FORM_AT - 1] = self.form
        texts_of = compiled_composites([part.element for part in self.parts], template)

        def segments(value: Sequence[Any]) -> Iterator[list[str]]:
            if self.gaps and len(value) > self.room:
                yield from self.segments(value)
            texts = texts_of(value)
            for start in range(0, len(texts), self.room):
                yield ["HI", *texts[start : start + self.room]]

        return segments

    def _write_one(self, item: object) -> str:
        composite = ["", self._code]
        for part in self.parts:
            part.write(item if self.type is str else getattr(item, part.name), composite)
        if self.form:
            set_component(composite, FORM_AT, None, self.form)
        if any(COMPONENT in text for text in composite):
            raise ComposeError("a value holds a separator")
        return COMPONENT.join(composite[1:]).rstrip(COMPONENT)

    def items(self, elements: list[str]) -> int:
        """The codes of one segment."""
        held = elements[1 : self.room + 1]
        return len(held) if self.gaps else sum(1 for text in held if text)

    def position(self, index: int = 0, part: str = "") -> Spot:
        """The code `index`, or another part of it."""
        for own in self.parts:
            if own.name == part:
                return index + 1, own.at
        return index + 1, 2
