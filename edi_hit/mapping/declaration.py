"""A declaration: one structure, one loop, its fields and its child loops. Pure data, compiled elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from edi_hit.mapping.fields import Constant, Field, field_names, fields_of, required_fields

T = TypeVar("T")


class Child(msgspec.Struct, frozen=True):
    """A child loop: the field it fills, its id, its declaration, and whether it repeats."""

    name: str
    loop_id: str
    mapping: Declaration[Any]
    many: bool = False


class Nested(msgspec.Struct, frozen=True):
    """Fields of the same loop that make a structure of their own (an address, equipment)."""

    name: str
    type: type
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        _require_fields(self.type, [field.name for field in self.fields])

    @property
    def undeclared(self) -> dict[str, Any]:
        """Fields of the structure that have no place here, with their defaults."""
        return _undeclared(self.type, {field.name for field in self.fields})


class Declaration(Generic[T]):
    """Declares how `type` stands in a loop. Field names are those of the structure.

    Required are the fields of `type` without a default. `context` are fields that come from other loops. A
    field of `type` that is neither must have its default where the structure is written: it has no place.
    Raises `TypeError` for a name that is no field of the structure.
    """

    def __init__(
        self,
        type: type[T],
        fields: Sequence[Field] = (),
        children: Sequence[Child] = (),
        nested: Sequence[Nested] = (),
        constants: Sequence[Constant] = (),
        context: Sequence[str] = (),
    ) -> None:
        self.type: Any = type
        self.fields = tuple(fields)
        self.children = tuple(children)
        self.nested = tuple(nested)
        self.constants = tuple(constants)
        self.context = tuple(context)
        parts = (*self.fields, *self.children, *self.nested)
        _require_fields(type, [*(part.name for part in parts), *self.context])

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that must have a value."""
        return required_fields(self.type)

    @cached_property
    def undeclared(self) -> dict[str, Any]:
        """Fields of the structure that have no place in this loop, with their defaults."""
        parts = (*self.fields, *self.children, *self.nested)
        return _undeclared(self.type, {part.name for part in parts} | {*self.context, "unmapped"})

    @property
    def groups(self) -> Iterator[tuple[str, type, tuple[Field, ...]]]:
        """The fields of the structure itself (name empty), then those of each nested one."""
        yield "", self.type, self.fields
        for group in self.nested:
            yield group.name, group.type, group.fields


def unsent(type: type, fields: Sequence[Field]) -> dict[str, str]:
    """Text fields whose default is for new objects: what was read without them has them empty."""
    named = {field.name for field in fields}
    return {
        field.name: ""
        for field in fields_of(type)
        if field.name in named and isinstance(field.default, str) and field.default
    }


def _require_fields(type: type, names: Sequence[str]) -> None:
    """Raise `TypeError` where one of the names declared is no field of a structure."""
    there = field_names(type)
    for name in names:
        if name not in there:
            close = get_close_matches(name, there, 1)
            meant = f": {close[0]!r} is meant?" if close else ""
            raise TypeError(f"{type.__name__} has no field {name!r}, which its declaration names{meant}")


def _undeclared(type: type, declared: set[str]) -> dict[str, Any]:
    return {field.name: field.default for field in fields_of(type) if field.name not in declared}
