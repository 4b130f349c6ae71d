"""Which per diem code a therapy takes: by dosing interval, volume a day, duration, or how it is given."""

import re
from decimal import Decimal
from typing import Literal, get_args

import msgspec

from edi_hit.reference import Tables, TherapyCode

_BAND = re.compile(r"(?:([0-9]+)<)?v(?:<=([0-9]+)|>([0-9]+))")
_DAY = 24
_PER_DIEM = "per_diem"
_NO_CLASS_FITS = "other"
_GENERAL = ("generic", "NOC")
_NO_CLASS = {"infusion": "S9379", "injection": "S9542"}
"""Codes where no therapy class fits."""

Administration = Literal[
    "injection",
    "infusion",
    "implanted_pump",
    "gravity",
    "pump",
    "bolus",
    "lumens=1",
    "lumens>1",
    "implanted_port;not_in_use",
]
"""How a therapy may be given, where neither interval, volume nor duration tells it."""

GIVEN: tuple[str, ...] = get_args(Administration)


class Dosing(msgspec.Struct, frozen=True):
    """How a therapy is given. What is None or empty is not known.

    `interval_hours` from dose to dose, `liters` a day, `hours` the infusion runs a day, `given` one of
    `GIVEN`.
    """

    interval_hours: int | None = None
    liters: Decimal | None = None
    hours: Decimal | None = None
    given: str = ""


class CodeChoice(msgspec.Struct, frozen=True):
    """A per diem code, what it is, what decided for it, and where the code's text was read."""

    code: str
    description: str
    why: str
    source: str


def per_diem_therapies(tables: Tables) -> tuple[str, ...]:
    """Give what a therapy may be called: the classes that have a per diem, and `other`."""
    classes = {row.therapy for row in tables.therapy_codes() if row.billing_kind == _PER_DIEM}
    return (*sorted(classes), _NO_CLASS_FITS)


def per_diem_code(therapy: str, dosing: Dosing, tables: Tables) -> CodeChoice:
    """Give the per diem of a therapy, a class of table `s_codes` such as `anti_infective`.

    Where nothing told fits a specific code it is the class's general one; where there is no such class, that
    of an infusion or injection not otherwise classified.
    """
    sisters = [row for row in tables.therapy_codes(therapy) if row.billing_kind == _PER_DIEM]
    for row in sisters:
        if row.value not in _GENERAL and _fits(row, dosing):
            return _choice(row, f"{row.differentiator} {row.value}")
    for row in sisters:
        if not row.differentiator or row.value in _GENERAL:
            return _choice(row, "the code of the therapy in general: nothing told fits a specific one")
    if len(sisters) == 1:
        return _choice(sisters[0], "the only code of the therapy")
    row_of_none = tables.therapy_code(_NO_CLASS.get(dosing.given, _NO_CLASS["infusion"]))
    if row_of_none is None:
        raise ValueError("table s_codes lacks the codes not otherwise classified")
    return _choice(row_of_none, "no code of a therapy class fits")


def _fits(row: TherapyCode, dosing: Dosing) -> bool:
    """Whether what is told of the dosing is what tells this code from its sisters."""
    if row.differentiator == "interval_hours":
        return dosing.interval_hours == int(row.value)
    if row.differentiator == "liters_per_day":
        return dosing.liters is not None and _in_band(dosing.liters, row.value)
    if row.differentiator == "duration" and dosing.given != "implanted_pump":
        return dosing.hours is not None and (dosing.hours < _DAY) is row.value.startswith("<")
    return bool(row.value) and dosing.given == row.value


def _in_band(liters: Decimal, band: str) -> bool:
    found = _BAND.fullmatch(band)
    if found is None:
        raise ValueError(f"no band of liters: {band}")
    over, at_most, above = found.groups()
    if above is not None:
        return liters > int(above)
    return int(over or 0) < liters <= int(at_most)


def _choice(row: TherapyCode, why: str) -> CodeChoice:
    return CodeChoice(row.hcpcs, row.description, why, row.source)
