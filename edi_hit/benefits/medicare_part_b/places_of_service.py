"""Which places of service are a home: read from `places_of_service.csv`."""

import csv
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from edi_hit.benefits.engine.dated_figure import Dated


class Place(msgspec.Struct, frozen=True):
    """A place-of-service code: the setting it stands for, and whether the benefits take it for a home."""

    code: str
    setting: str
    is_home: bool


@cache
def places_of_service() -> tuple[Dated[Place], ...]:
    """Give the place-of-service codes that a source says of whether they are a home."""
    text = (files("edi_hit.benefits.medicare_part_b") / "places_of_service.csv").read_text(encoding="utf-8")
    return tuple(_place(row) for row in csv.DictReader(text.splitlines()))


def _place(row: dict[str, str]) -> Dated[Place]:
    through = row["effective_through"]
    return Dated(
        value=Place(row["place_of_service"], row["setting"], row["is_home"] == "Y"),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_through=date.fromisoformat(through) if through else None,
        source=row["source"],
        confidence=row["confidence"],
    )


@lru_cache(maxsize=4096)
def place_on(code: str, on: date) -> Dated[Place] | None:
    """Give what is known of a place of service on a day; None where no source says whether it is a home."""
    return next((row for row in places_of_service() if row.value.code == code and row.holds(on)), None)
