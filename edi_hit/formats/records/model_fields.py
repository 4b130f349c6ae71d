"""What the fields of a structure hold: one value or a list, of texts and numbers or of another structure."""

from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec


class ModelField(NamedTuple):
    """A field: whether it holds a list, and of what: structures, str, int, Decimal or date."""

    many: bool
    holds: type[Any]
    required: bool

    @property
    def structure(self) -> type[msgspec.Struct] | None:
        """The structure it holds, where it holds one."""
        return self.holds if issubclass(self.holds, msgspec.Struct) else None


@cache
def model_fields(model: type[msgspec.Struct]) -> dict[str, ModelField]:
    """Give the fields of `model` by name, in order."""
    hints = get_type_hints(model)
    return {field.name: _field(hints[field.name], field.required) for field in msgspec.structs.fields(model)}


def _field(annotation: object, required: bool) -> ModelField:
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (one for one in get_args(annotation) if one is not NoneType)
    if get_origin(annotation) is tuple:
        return ModelField(True, get_args(annotation)[0], required)
    assert isinstance(annotation, type)
    return ModelField(False, annotation, required)
