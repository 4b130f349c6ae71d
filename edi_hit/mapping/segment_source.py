"""Writes Python that makes segments of the values of their fields, to be compiled once a declaration.

For CLM, with `claim_id` in CLM01, `charge` in CLM02 and `place_of_service` in CLM05-1, the lines are

    c5 = joined([v2 or '', 'B'])
    if c5.count(COMPONENT) != 1: refuse()
    e = ['CLM', v0 or '', write_1(v1) if v1 is not None else '', '', '', c5.rstrip(COMPONENT)]
    while not e[-1]: e.pop()

Nothing in them comes from a claim.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, NoReturn, cast

import msgspec

from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.convert import TEXT
from edi_hit.mapping.elements import set_component
from edi_hit.mapping.fields import Constant, Element, Run, SegmentField
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

Make = Callable[[tuple[Any, ...]], list[str]]
"""Makes the elements of a segment of the values of its fields, in their order. Raises `ComposeError`."""


class Given(NamedTuple):
    """A field, the variable that has its value, and what that is where nothing is sent: empty or None."""

    field: SegmentField
    variable: str
    absent: object = None

    @property
    def is_sent(self) -> str:
        """The expression that says whether there is a value."""
        return sent(self.variable, self.absent)


def sent(variable: str, absent: object) -> str:
    """The expression that says whether a variable has another value than the absent one: empty or None."""
    return variable if absent in ("", ()) else f"{variable} is not None"


def compiled_elements(
    fields: Sequence[Element], template: Sequence[str], beside: Sequence[Constant] = ()
) -> Make:
    """Compile what makes a segment of `fields`, without empty elements at its end.

    Where they say nothing, it is as `template`, which is long enough for all. The constants `beside` stand
    where the element they stand beside has a value.
    """
    source = Source()
    given = [Given(field, f"v{index}", _absent(field)) for index, field in enumerate(fields)]
    lines = [
        f"{unpacked(one.variable for one in given)} = got",
        *source.elements(given, template, beside),
        "return e",
    ]
    return source.compiled("got", lines)


def compiled_composites(
    parts: Sequence[Element], template: Sequence[str]
) -> Callable[[Sequence[Any]], list[str]]:
    """Compile what makes a composite of each of several structures: `at` of a part is its component.

    Where they say nothing, it is as `template`, which is long enough for all.
    """
    source = Source()
    given = [
        Given(msgspec.structs.replace(part, at=0, component=part.at), f"v{index}", _absent(part))
        for index, part in enumerate(parts)
    ]
    get = source.name(values_of([part.name for part in parts]))
    lines = [
        f"{unpacked(one.variable for one in given)} = {get}(item)",
        *source.composite("c", given, COMPONENT.join(template)),
        "out.append(c.rstrip(COMPONENT))",
    ]
    return source.compiled("items", ["out = []", "for item in items:", *indented(lines), "return out"])


def values_of(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Give the values of these fields, as a tuple even for one."""
    if not names:
        return lambda source: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda source: (get(source),)


class Source:
    """The lines of one function, and the names they use."""

    def __init__(self) -> None:
        self._names: dict[str, Any] = {
            "COMPONENT": COMPONENT,
            "joined": COMPONENT.join,
            "astuple": msgspec.structs.astuple,
            "refuse": _refuse,
        }

    def compiled(self, parameters: str, lines: Sequence[str]) -> Callable[..., Any]:
        """The function of these lines."""
        text = "\n".join([f"def composed({parameters}):", *indented(lines)])
        exec(compile(text, "<segments>", "exec"), self._names)  # noqa: S102 - of declarations alone
        return cast(Callable[..., Any], self._names["composed"])

    def name(self, value: object) -> str:
        """The name of a value in the lines."""
        name = f"held_{len(self._names)}"
        self._names[name] = value
        return name

    def elements(
        self, given: Sequence[Given], template: Sequence[str], beside: Sequence[Constant]
    ) -> list[str]:
        """Lines that make a list `e` of the elements: as `template` where nothing is sent."""
        made = {at: repr(text) for at, text in enumerate(template)}
        composite: defaultdict[int, list[Given]] = defaultdict(list)
        others: list[str] = []
        for one in given:
            field = one.field
            if isinstance(field, Element) and field.component is None:
                made[field.at] = self._text(one, field.conversion, template[field.at])
            elif isinstance(field, Element):
                composite[field.at].append(one)
            elif isinstance(field, Run) and field.of_element is not None and field.follows:
                composite[field.of_element].append(one)
            elif field.written:
                for at, write in field.written.items():
                    made[at] = self._written(one, write, template[at])
            else:
                others.append(f"if {one.is_sent}: {self.name(field.write)}({one.variable}, e)")
        lines: list[str] = []
        for at, parts in composite.items():
            lines += self.composite(f"c{at}", parts, template[at])
            made[at] = f"c{at}.rstrip(COMPONENT)"
        lines += [f"e = [{', '.join(made.values())}]", *others]
        put = self.name(set_component)
        lines += [f"if e[{c.beside}]: {put}(e, {c.at}, {c.component}, {c.code!r})" for c in beside]
        return [*lines, "while not e[-1]: e.pop()"]

    def composite(self, name: str, given: Sequence[Given], template: str) -> list[str]:
        """Lines that join the components of one element, where one is sent or fixed."""
        parts = {at: repr(text) for at, text in enumerate(template.split(COMPONENT), 1)}
        for one in given:
            field = one.field
            if isinstance(field, Run):
                room = self.name(("",) * len(field.places))
                values = one.variable
                if field.conversion is not TEXT:
                    values = f"map({self.name(field.conversion.write)}, {values})"
                parts |= dict.fromkeys(field.places, "")
                parts[field.places[0]] = f"*{values}, *{room}[len({one.variable}):]"
            elif isinstance(field, Element) and field.component is not None:
                fixed = template.split(COMPONENT)[field.component - 1 : field.component]
                parts[field.component] = self._text(one, field.conversion, "".join(fixed))
        count = max(parts)
        listed = [parts.get(at, "''") for at in range(1, count + 1)]
        lines = [
            f"{name} = joined([{', '.join(part for part in listed if part)}])",
            f"if {name}.count(COMPONENT) != {count - 1}: refuse()",
        ]
        if template:
            return lines
        is_sent = " or ".join(one.is_sent for one in given)
        return [f"{name} = ''", f"if {is_sent}:", *indented(lines)]

    def _text(self, one: Given, conversion: Conversion, fixed: str) -> str:
        if conversion is TEXT:
            return f"{one.variable} or {fixed!r}"
        return self._written(one, conversion.write, fixed)

    def _written(self, one: Given, write: Callable[[Any], str], fixed: str) -> str:
        return f"{self.name(write)}({one.variable}) if {one.variable} is not None else {fixed!r}"


def _absent(field: Element) -> str | None:
    return "" if field.conversion is TEXT else None


def unpacked(variables: Iterable[str]) -> str:
    """The variables, to be set from a tuple of so many values."""
    return "".join(f"{variable}, " for variable in variables)


def indented(lines: Sequence[str]) -> list[str]:
    """Lines of a block."""
    return [f"    {line}" for line in lines]


def _refuse() -> NoReturn:
    raise ComposeError("a value holds a separator, or there are more values than room")
