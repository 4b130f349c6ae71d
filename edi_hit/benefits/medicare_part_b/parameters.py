"""The figures of the benefits by date: read from `parameters.toml`."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.benefits.engine.dated_figure import Dated


class Recycling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A visit whose drug is missing is looked at again `looks` times, evenly within `business_days`."""

    looks: int
    business_days: int


class PermanentBenefit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first date of service of the permanent benefit; before it the transitional benefit applied."""

    first_day: date
    source: str
    confidence: str


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All figures: windows in days, coinsurance in percent of the allowed amount after the deductible."""

    permanent_benefit: PermanentBenefit
    unit_minutes: tuple[Dated[int], ...]
    drug_window_days: tuple[Dated[int], ...]
    recycling: tuple[Dated[Recycling], ...]
    initial_visit_gap_days: tuple[Dated[int], ...]
    coinsurance_percent: tuple[Dated[Decimal], ...]
    filing_years: tuple[Dated[int], ...]
    open_drug_categories: tuple[Dated[frozenset[int]], ...]
    unrelated_to_hospice_modifiers: tuple[Dated[frozenset[str]], ...]


@cache
def parameters() -> Parameters:
    """Give the packaged figures; a faulty file is a fault of the package (`msgspec.ValidationError`)."""
    text = (files("edi_hit.benefits.medicare_part_b") / "parameters.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text, parse_float=Decimal), Parameters)
