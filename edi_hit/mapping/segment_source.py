"""Writes and compiles the Python that makes a segment of the values of its fields: once a declaration.

Of CLM, for `claim_id` in CLM01, `charge` in CLM02 and `place_of_service` in CLM05-1, it is

    def elements(got):
        v0, v1, v2, = got
        e = ['CLM', v0 or '', write_1(v1) if v1 is not None else '', '', '', composite(v2 or '')]
        while not e[-1]: e.pop()
        return e

Nothing in it comes from a claim.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, cast

from edi_hit.mapping.convert import TEXT, Conversion
from edi_hit.mapping.elements import set_component
from edi_hit.mapping.fields import Constant, Element, Run, SegmentField
from edi_hit.rules import ComposeError
from edi_hit.x12 import COMPONENT

Make = Callable[[tuple[Any, ...]], list[str]]
"""Makes the elements of a segment of the values of its fields, in their order. Raises `ComposeError`."""


def compiled_elements(
    fields: Sequence[SegmentField], template: Sequence[str], beside: Sequence[Constant] = ()
) -> Make:
    """Compile what makes a segment of `fields`, without empty elements at its end.

    Where they say nothing, it is as `template`, which is long enough for all. The constants `beside` stand
    where the element they stand beside has a value.
    """
    return _Source(template).compiled(fields, beside)


def values_of(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Give the values of these fields, as a tuple even for one."""
    if not names:
        return lambda source: ()
    get = attrgetter(*names)
    return get if len(names) > 1 else lambda source: (get(source),)


class _Source:
    """The lines of one function, and the names they use."""

    def __init__(self, template: Sequence[str]) -> None:
        self._template = template
        self._names: dict[str, Any] = {"composite": _composite, "padded": _padded}

    def compiled(self, fields: Sequence[SegmentField], beside: Sequence[Constant]) -> Make:
        """The function of all fields."""
        simple: dict[int, str] = {}
        composite: defaultdict[int, dict[int, str]] = defaultdict(dict)
        others: list[str] = []
        for index, field in enumerate(fields):
            value = f"v{index}"
            if isinstance(field, Element) and field.component is None:
                simple[field.at] = self._text(value, field.conversion, self._template[field.at])
            elif isinstance(field, Element) and field.component is not None:
                held = self._held(field.at)
                fixed = held[field.component - 1] if len(held) >= field.component else ""
                composite[field.at][field.component] = self._text(value, field.conversion, fixed)
            elif isinstance(field, Run) and field.of_element is not None and field.follows:
                written = f"*padded({value}, {len(field.places)}, {self._name(field.conversion.write)})"
                places = dict.fromkeys(field.places, "")
                composite[field.of_element] |= {**places, field.places[0]: written}
            else:
                put = self._name(field.write)
                others.append(
                    f"    if {value} is not None and {value} != '' and {value} != (): {put}({value}, e)"
                )
        made = [self._element(at, simple, composite) for at in range(len(self._template))]
        lines = ["def elements(got):", f"    {''.join(f'v{i}, ' for i in range(len(fields)))}= got"]
        lines += [f"    e = [{', '.join(made)}]", *others]
        put = self._name(set_component)
        lines += [f"    if e[{c.beside}]: {put}(e, {c.at}, {c.component}, {c.code!r})" for c in beside]
        lines += ["    while not e[-1]: e.pop()", "    return e"]
        exec(compile("\n".join(lines), "<a segment>", "exec"), self._names)  # noqa: S102 - of declarations alone
        return cast(Make, self._names["elements"])

    def _held(self, at: int) -> list[str]:
        return self._template[at].split(COMPONENT)

    def _element(self, at: int, simple: dict[int, str], composite: dict[int, dict[int, str]]) -> str:
        if at not in composite:
            return simple.get(at, repr(self._template[at]))
        named, held = composite[at], self._held(at)
        count = max(*named, len(held))
        parts = [named.get(c, repr(held[c - 1] if c <= len(held) else "")) for c in range(1, count + 1)]
        return f"composite({', '.join(part for part in parts if part)})"

    def _text(self, value: str, conversion: Conversion, fixed: str) -> str:
        if conversion is TEXT:
            return f"{value} or {fixed!r}"
        return f"{self._name(conversion.write)}({value}) if {value} is not None else {fixed!r}"

    def _name(self, value: object) -> str:
        name = f"held_{len(self._names)}"
        self._names[name] = value
        return name


def _composite(*parts: str) -> str:
    """Components joined, without empty ones at the end."""
    text = COMPONENT.join(parts)
    if text.count(COMPONENT) >= len(parts):
        raise ComposeError("a value holds a separator")
    return text.rstrip(COMPONENT)


def _padded(values: Sequence[Any], room: int, write: Callable[[Any], str]) -> list[str]:
    """The texts of a tuple, and empty ones to fill its places."""
    if len(values) > room:
        raise ComposeError("there is no room for all values")
    return [*map(write, values), *[""] * (room - len(values))]
