"""The codes that tell a payer and a drug, read from `routing.toml`."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.reference import Tables


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Codes, or beginnings of codes, with their source."""

    codes: tuple[str, ...]
    source: str
    confidence: str


class RoutingCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """SBR09 of claims to Medicare, and the HCPCS sections whose codes are drugs."""

    medicare_filing_indicators: CodeList
    drug_code_sections: CodeList


@cache
def routing_codes() -> RoutingCodes:
    """Give the packaged codes; a faulty file is a fault of the package (`msgspec.ValidationError`)."""
    text = (files("edi_hit.benefits") / "routing.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), RoutingCodes)


def is_drug_code(code: str, on: date | None, tables: Tables) -> bool:
    """Whether a HCPCS code is a drug on a day: of a drug section, or in the list of home infusion drugs.

    Without a day (None) the section alone tells.
    """
    if code.startswith(routing_codes().drug_code_sections.codes):
        return True
    return on is not None and bool(tables.hit_drug_rows(code, on))
