"""The codes that tell a payer and a drug, read from `routing.toml`, and what they lead to."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class Route(msgspec.Struct, frozen=True):
    """The benefit of a claim, or None; and why, in words that hold no data of the file."""

    benefit: str | None
    reason: str


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Codes, or beginnings of codes, with their source."""

    codes: tuple[str, ...]
    source: str
    confidence: str


class FilingIndicators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The benefit that SBR09 leads to, by code (`medicare`: one of Medicare's), with the source."""

    codes: dict[str, str]
    source: str
    confidence: str


class RoutingCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """SBR09, home health facility types (CLM05-1), and the HCPCS sections whose codes are drugs."""

    filing_indicators: FilingIndicators
    home_health_facilities: CodeList
    drug_code_sections: CodeList


@cache
def routing_codes() -> RoutingCodes:
    """Give the packaged codes; a faulty file is a fault of the package (`msgspec.ValidationError`)."""
    text = (files("edi_hit.benefits") / "routing.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), RoutingCodes)
