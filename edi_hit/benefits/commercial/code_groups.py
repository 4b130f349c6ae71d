"""Groups of codes that the rules of commercial per diems speak of together: read from `code_groups.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class CodeGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Codes with their source."""

    codes: frozenset[str]
    source: str
    confidence: str


class CodeGroups(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The groups by name."""

    supplies_in_the_per_diem: CodeGroup
    with_no_other_per_diem: CodeGroup
    unlisted: CodeGroup
    therapies_not_otherwise_classified: CodeGroup
    drugs_by_ndc_alone: CodeGroup
    classes_beside_infusion: CodeGroup


@cache
def code_groups() -> CodeGroups:
    """Give the packaged groups; a faulty file is a fault of the package (`msgspec.ValidationError`)."""
    text = (files("edi_hit.benefits.commercial") / "code_groups.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), CodeGroups)
