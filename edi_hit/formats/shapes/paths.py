"""Paths into a claim and into a document of another shape: what stands at one, and putting it there.

A path steps from field to field. Behind a field of a list, `[]` goes through all its items, `[0]` to the
first, and `[qualifier=G2]` to the first whose `qualifier` is G2; behind another field, `[entity=1]` goes on
only where its `entity` is 1. Putting makes what is missing on the way.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from edi_hit.formats.records.model_fields import model_fields

_STEP = re.compile(r"(?P<field>[A-Za-z0-9_]+)|\[(?:(?P<key>\w+)=(?P<value>\w+)|(?P<index>\d*))\]|\.")

FIELD, EACH, AT, PICK, MATCH = "field", "each", "at", "pick", "match"


class Step(NamedTuple):
    """One step: `field` to a field, `each` and `at` into a list, `pick` to one by a key, `match` a check."""

    kind: str
    name: str = ""
    value: str = ""


Path = tuple[Step, ...]
Indices = tuple[int, ...]


def parsed(text: str, model: type[msgspec.Struct] | None = None) -> Path:
    """Parse a path; into a `model`, where `[key=value]` depends on what the field before it holds."""
    steps: list[Step] = []
    many = False
    for match in _STEP.finditer(text):
        if match["field"]:
            steps.append(Step(FIELD, match["field"]))
            if model is not None:
                field = model_fields(model)[match["field"]]
                many, model = field.many, field.structure
        elif match["key"]:
            steps.append(Step(PICK if many else MATCH, match["key"], match["value"]))
            many = False
        elif match["index"] is not None:
            steps.append(Step(AT, match["index"]) if match["index"] else Step(EACH))
            many = False
    return tuple(steps)


def found(value: object, path: Path, indices: Indices = ()) -> Iterator[tuple[Indices, Any]]:
    """Yield what stands at `path` of a structure or a document, with the indices in lists gone through."""
    if value is None:
        return
    if not path:
        yield indices, value
        return
    step, rest = path[0], path[1:]
    if step.kind == FIELD:
        yield from found(_field(value, step.name), rest, indices)
    elif step.kind == EACH:
        for index, one in enumerate(value if isinstance(value, list | tuple) else ()):
            yield from found(one, rest, (*indices, index))
    elif step.kind == AT:
        at = int(step.name)
        if isinstance(value, list | tuple) and len(value) > at:
            yield from found(value[at], rest, indices)
    elif step.kind == PICK:
        held = value if isinstance(value, list | tuple) else ()
        one = next((one for one in held if _field(one, step.name) == step.value), None)
        yield from found(one, rest, indices)
    elif _field(value, step.name) == step.value:
        yield from found(value, rest, indices)


def put(document: dict[str, Any], path: Path, indices: Indices, value: object) -> None:
    """Put `value` at `path` of a document of objects and lists; `indices` tell the items of its lists."""
    at: Any = document
    left = list(indices)
    for step, following in zip(path, (*path[1:], None), strict=True):
        made: Any = value if following is None else [] if following.kind in (EACH, AT, PICK) else {}
        if step.kind == FIELD:
            at = at.setdefault(step.name, made)
        elif step.kind == MATCH:
            at[step.name] = step.value
        elif step.kind == PICK:
            at = _picked(at, step)
        else:
            index = left.pop(0) if step.kind == EACH else int(step.name)
            while len(at) <= index:
                at.append({})
            at = at[index]


def _picked(items: list[dict[str, Any]], step: Step) -> dict[str, Any]:
    """The item of a list with that key, made where there is none."""
    for item in items:
        if item.get(step.name) == step.value:
            return item
    items.append({step.name: step.value})
    return items[-1]


def _field(value: object, name: str) -> object:
    if isinstance(value, Mapping):
        return value.get(name)
    return getattr(value, name, None)
