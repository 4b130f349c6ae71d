"""What a document may hold for a structure, derived from it: the same fields, as strictly as can be said.

Numbers are texts of digits, no key is unknown, and nothing is null. Documents are read by these types, and
their schemas made from them: a field added to a structure is in all of them.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Any

import msgspec

from edi_hit.formats.records.model_fields import ModelField, model_fields

NUMBER = r"-?[0-9]{1,18}(\.[0-9]{1,9})?"
"""A number as a document has it: no exponent, no plus, digits before and after the point."""

NumberText = Annotated[str, msgspec.Meta(pattern=f"^{NUMBER}$")]


@cache
def document_type(model: type[msgspec.Struct], kind: str = "") -> type[msgspec.Struct]:
    """Give the type of `model` in a document; with `kind`, as a record told from others by its key `kind`."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for name, field in model_fields(model).items():
        held = _held(field)
        if field.required:
            fields.append((name, held))
        else:
            fields.append((name, held | msgspec.UnsetType, msgspec.UNSET))
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


def _held(field: ModelField) -> object:
    """The annotation of a field, for a document."""
    if field.structure is not None:
        held: Any = document_type(field.structure)
    else:
        held = NumberText if field.holds is Decimal else field.holds
    return tuple[held, ...] if field.many else held
