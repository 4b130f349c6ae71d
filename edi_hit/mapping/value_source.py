"""Writes and compiles the Python that takes the values out of one kind of segment: once a declaration.

Of CLM, for `charge` in CLM02 and `place_of_service` in CLM05-1, it is

    def read(e, v):
        n = len(e)
        more = False
        if n > 2:
            if t := e[2]: v['charge'] = read_2(t)
            if n > 5:
                if t := e[5]:
                    p = t.split(COMPONENT)
                    m = len(p)
                    if m > 1: more = True
                    if t := p[0]: v['place_of_service'] = t
        return rest(e) if more or n > 6 else None

which needs a third of the time of a loop over the fields. Nothing in it comes from a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, cast

from edi_hit.mapping.conversion import Conversion
from edi_hit.mapping.convert import TEXT
from edi_hit.mapping.named_elements import Composite, Fixed, NamedElements, Watched
from edi_hit.x12 import COMPONENT

Read = Callable[[list[str], dict[str, Any]], Any]
"""Puts the values of a segment, or of the texts of a composite, into a dict; gives what is left over.

Raises `ValueError` where a text has another form than its value.
"""


Step = tuple[int, list[str]]
"""The index of a text, and the lines that deal with it."""


class Wanted(NamedTuple):
    """A value to take: its name, element and component (from 1), and how it is read.

    With `many`, a tuple of the so many components from there on that are not empty.
    """

    name: str
    at: int
    component: int | None
    conversion: Conversion
    many: int = 0


def compiled_values(wanted: Sequence[Wanted]) -> Read:
    """Compile what takes values out of a segment and asks for nothing else."""
    return _Source(()).compiled(wanted, [])


def compiled_segment(
    wanted: Sequence[Wanted],
    named: NamedElements,
    rest: Callable[[list[str]], Any],
    others: Sequence[Read] = (),
    group: str = "",
) -> Read:
    """Compile what takes values out of segments of which `named` tells what is left over: `rest` gives that.

    `others` read further values of the segment. With a `group`, the values go into the dict of that name.
    """
    source = _Source(named.watched, named.composites)
    head = [f"v = v.setdefault({group!r}, {{}})"] if group else []
    tail = [f"{source.held(other)}(e, v)" for other in others]
    tail.append(f"return {source.held(rest)}(e) if more or n > {named.end} else None")
    return source.compiled(wanted, tail, head)


class _Source:
    """The lines of one function, and the names they use."""

    def __init__(self, watched: Iterable[Watched], composites: Iterable[Composite] = ()) -> None:
        self._names: dict[str, Any] = {"COMPONENT": COMPONENT}
        self._watched = dict(watched)
        self._counted = {at: (most, fixed) for at, most, fixed in composites}

    def held(self, value: object) -> str:
        """The name of a value in the source."""
        name = f"held_{len(self._names)}"
        self._names[name] = value
        return name

    def compiled(self, wanted: Sequence[Wanted], tail: Sequence[str], head: Sequence[str] = ()) -> Read:
        """The function that takes the values `wanted` between `head` and `tail`."""
        body = [*head, "n = len(e)", "more = False", *_nested(self._steps(wanted), "n"), *tail]
        text = "\n".join(["def read(e, v):", *_indented(body)])
        exec(compile(text, "<a segment's values>", "exec"), self._names)  # noqa: S102 - of declarations alone
        return cast(Read, self._names["read"])

    def _steps(self, wanted: Sequence[Wanted]) -> list[Step]:
        """What is done for each element, in their order."""
        simple = {one.at: one for one in wanted if one.component is None}
        composite: defaultdict[int, list[Wanted]] = defaultdict(list)
        for one in wanted:
            if one.component is not None:
                composite[one.at].append(one)
        steps: list[Step] = []
        for at in sorted({*simple, *composite, *self._watched, *self._counted}):
            lines = [self._value(simple[at], f"e[{at}]")] if at in simple else []
            if at in self._watched:
                lines.append(f"if e[{at}] not in {self.held(self._watched[at])}: more = True")
            if at in self._counted or at in composite:
                lines += self._composite(at, composite[at], *self._counted.get(at, (0, ())))
            steps.append((at, lines))
        return steps

    def _composite(self, at: int, wanted: Sequence[Wanted], most: int, fixed: Fixed) -> list[str]:
        """Split an element and take its components; it holds `most` of them at most, where that is told."""
        if not wanted and not fixed:
            return [f"if e[{at}].count(COMPONENT) >= {most}: more = True"]
        steps = [(c - 1, [self._value(one, f"p[{c - 1}]")]) for one in wanted if (c := one.component)]
        steps += [(i, [f"if p[{i}] not in {self.held(codes)}: more = True"]) for i, codes in fixed]
        lines = ["p = t.split(COMPONENT)", "m = len(p)"]
        if most:
            lines.append(f"if m > {most}: more = True")
        return [f"if t := e[{at}]:", *_indented([*lines, *_nested(sorted(steps), "m")])]

    def _value(self, wanted: Wanted, source: str) -> str:
        """Take one text, where it is not empty; or several."""
        if wanted.many and wanted.component:
            texts = f"filter(None, p[{wanted.component - 1}:{wanted.component - 1 + wanted.many}])"
            if wanted.conversion is not TEXT:
                texts = f"map({self.held(wanted.conversion.read)}, {texts})"
            return f"if t := tuple({texts}): v[{wanted.name!r}] = t"
        read = "t" if wanted.conversion is TEXT else f"{self.held(wanted.conversion.read)}(t)"
        return f"if t := {source}: v[{wanted.name!r}] = {read}"


def _nested(steps: Sequence[Step], count: str) -> list[str]:
    """The steps, each only where there are more than so many texts: what is not there costs nothing."""
    lines: list[str] = []
    for at, own in reversed(steps):
        lines = [f"if {count} > {at}:", *_indented([*own, *lines])]
    return lines


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
