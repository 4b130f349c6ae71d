"""A requirement of a trading partner beyond the guide (SNIP type 7), as data."""

from enum import StrEnum
from typing import Annotated

import msgspec

from edi_hit.rules import Severity


class RuleKind(StrEnum):
    """What a rule asks of the place it names."""

    REQUIRED = "required"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"


class PartnerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement: the place it looks at, and what is asked of it.

    `loop` alone is the loop itself, `segment` (`NM1`, or `REF*G2` for one qualifier) a segment of it,
    `element` and `component` what the segment holds. Required: a loop in each occurrence of the loop above
    it, a segment in each occurrence of its loop, an element in each such segment. Forbidden: none of these.
    Allowed: where the element has a value it is one of `values`. `guides` are names of guides (`837P`);
    empty: all. `status` is the category and status of the 277CA, such as A7:562; empty: that of the place.
    """

    id: Annotated[str, msgspec.Meta(pattern="^[A-Z0-9][A-Z0-9-]{0,39}$")]
    kind: RuleKind
    loop: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}[A-Z]{0,2}$")]
    message: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    source: Annotated[str, msgspec.Meta(min_length=1)]
    segment: Annotated[str, msgspec.Meta(pattern=r"^(?:[A-Z][A-Z0-9]{1,2}(?:\*[A-Z0-9]{1,3})?)?$")] = ""
    element: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    component: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    values: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    status: Annotated[str, msgspec.Meta(pattern=r"^(?:A[3678]:[0-9]{1,3})?$")] = ""
    hint: str | None = None
