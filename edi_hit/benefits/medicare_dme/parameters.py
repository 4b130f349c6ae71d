"""From when the rules of pump claims hold, and the codes they speak of: read from `parameters.toml`."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec


class DatedCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Codes, the first day of service a rule about them holds for, and the source of both."""

    first_day: date
    codes: tuple[str, ...]
    source: str
    confidence: str


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The codes by rule."""

    modifiers_required: DatedCodes
    no_certificates: DatedCodes
    supply_of_insulin: DatedCodes
    waste: DatedCodes
    narrative: DatedCodes
    not_pump_supplies: DatedCodes
    prostacyclins: DatedCodes
    bought: DatedCodes
    facilities: DatedCodes


@cache
def parameters() -> Parameters:
    """Give the packaged codes; a faulty file is a fault of the package (`msgspec.ValidationError`)."""
    text = (files("edi_hit.benefits.medicare_dme") / "parameters.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Parameters)
