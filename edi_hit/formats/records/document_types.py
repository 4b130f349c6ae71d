"""What a document may hold for a structure, derived from it: the same fields, as strictly as can be said.

Numbers are texts of digits, no key is unknown, and nothing is null. Documents are read by these types, and
their schemas made from them: a field added to a structure is in all of them.
"""

from __future__ import annotations

import types
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

NUMBER = r"-?[0-9]{1,18}(\.[0-9]{1,9})?"
"""A number as a document has it: no exponent, no plus, digits before and after the point."""

NumberText = Annotated[str, msgspec.Meta(pattern=f"^{NUMBER}$")]


@cache
def document_type(model: type[msgspec.Struct], kind: str = "") -> type[msgspec.Struct]:
    """Give the type of `model` in a document; with `kind`, as a record told from others by its key `kind`."""
    hints = get_type_hints(model)
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for field in msgspec.structs.fields(model):
        mapped = _mapped(hints[field.name])
        if field.required:
            fields.append((field.name, mapped))
        else:
            fields.append((field.name, mapped | msgspec.UnsetType, msgspec.UNSET))
    return msgspec.defstruct(
        model.__name__,
        fields,
        module=__name__,
        tag_field="kind" if kind else None,
        tag=kind or None,
        forbid_unknown_fields=True,
        kw_only=True,
        frozen=True,
    )


def _mapped(annotation: Any) -> Any:  # noqa: ANN401 - any type annotation
    """The annotation of a field, for a document."""
    if annotation is Decimal:
        return NumberText
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return document_type(annotation)
    origin = get_origin(annotation)
    if origin is tuple:
        return tuple[_mapped(get_args(annotation)[0]), ...]  # type: ignore[misc]  # a type made at run time
    if origin in (Union, types.UnionType):
        kept = [_mapped(one) for one in get_args(annotation) if one is not types.NoneType]
        return Union[tuple(kept)]  # noqa: UP007 - as many as there are
    return annotation
