"""The figures of the benefit by date: read from `parameters.toml` and `places_of_service.csv`."""

import csv
import tomllib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

import msgspec

from edi_hit.rules import ReferenceDataMissing

T = TypeVar("T")

_HERE = files("edi_hit.benefits.medicare_hit")


class Dated(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """A figure and the days it holds for; `effective_through` None means no end is known."""

    value: T
    effective_from: date
    source: str
    confidence: str
    effective_through: date | None = None


class PermanentBenefit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first date of service of the benefit; before it the transitional benefit applied."""

    first_day: date
    source: str
    confidence: str


class AdjustmentCodes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group code, a CARC and remark codes."""

    group: str
    carc: str
    rarc: tuple[str, ...]


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All figures: windows in days, coinsurance in percent of the allowed amount after the deductible."""

    permanent_benefit: PermanentBenefit
    unit_minutes: tuple[Dated[int], ...]
    drug_window_days: tuple[Dated[int], ...]
    initial_visit_gap_days: tuple[Dated[int], ...]
    coinsurance_percent: tuple[Dated[Decimal], ...]
    open_drug_categories: tuple[Dated[frozenset[int]], ...]
    returned_claim: tuple[Dated[AdjustmentCodes], ...]


@cache
def parameters() -> Parameters:
    """Give the packaged figures; a faulty file is a fault of the package (`msgspec.ValidationError`)."""
    text = (_HERE / "parameters.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text, parse_float=Decimal), Parameters)


class Place(msgspec.Struct, frozen=True):
    """A place-of-service code: the setting it stands for, and whether the benefit takes it for a home."""

    code: str
    setting: str
    is_home: bool


@cache
def places_of_service() -> tuple[Dated[Place], ...]:
    """Give the place-of-service codes that a source says of whether they are a home."""
    rows = csv.DictReader((_HERE / "places_of_service.csv").read_text(encoding="utf-8").splitlines())
    return tuple(_place(row) for row in rows)


def _place(row: dict[str, str]) -> Dated[Place]:
    through = row["effective_through"]
    return Dated(
        value=Place(row["place_of_service"], row["setting"], row["is_home"] == "Y"),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_through=date.fromisoformat(through) if through else None,
        source=row["source"],
        confidence=row["confidence"],
    )


def place_on(code: str, on: date) -> Dated[Place] | None:
    """Give what is known of a place of service on a day; None where no source says whether it is a home."""
    return next((row for row in places_of_service() if row.value.code == code and _holds(row, on)), None)


def in_force(rows: Iterable[Dated[T]], on: date) -> T:
    """Give the figure that holds on a day; raises `ReferenceDataMissing` where none does."""
    for row in rows:
        if _holds(row, on):
            return row.value
    raise ReferenceDataMissing(
        "medicare_hit parameters",
        f"the benefit has no figure in force on {on.isoformat()}",
        "The benefit's parameters.toml states from when each figure holds.",
    )


def _holds(row: Dated[T], on: date) -> bool:
    return row.effective_from <= on and (row.effective_through is None or on <= row.effective_through)
