"""The invented world the samples are drawn from: read from the files in `data`, codes dated by the tables."""

import csv
import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from edi_hit.reference import Tables

T = TypeVar("T")

_DATA = files("edi_hit.sample") / "data"


class HomeArea(msgspec.Struct, frozen=True):
    """An invented city in a real state, with the Medicare contractors that serve the state."""

    state: str
    city: str
    zip_prefix: str
    part_b_mac: str
    dme_mac: str


class HealthPlan(msgspec.Struct, frozen=True):
    """An invented commercial payer; `filing_indicator` is its SBR09, `paid_as` its CLP06."""

    name: str
    id: str
    filing_indicator: str
    paid_as: str


class EarlierPayer(msgspec.Struct, frozen=True):
    """How the payer before a secondary claim decides: percentages, group and reason codes, remark code."""

    allowed_percent: tuple[int, int]
    paid_percent: int
    reduction: tuple[str, str]
    patient_share: tuple[str, str]
    remark: str


class InstitutionalTerms(msgspec.Struct, frozen=True):
    """What an 837I says beside the services. `revenue_codes` by first letter of the procedure, or drug."""

    facility_type: str
    admission_type: str
    admission_source: str
    patient_status: str
    revenue_codes: dict[str, str]


class RemittanceTerms(msgspec.Struct, frozen=True):
    """Who signs a sample 835, and how it answers: percentages, group and reason codes, dollars."""

    payer_tax_id: str
    line1: str
    city: str
    state: str
    postal_code: str
    contact_name: str
    contact_url: str
    denied_percent: int
    denial: tuple[str, str]
    prior_payer: tuple[str, str]
    interest_percent: int
    interest_reason: str
    interest: tuple[Decimal, Decimal]


class Names(msgspec.Struct, frozen=True):
    """What invented names are put together from."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    last_beginnings: tuple[str, ...]
    last_endings: tuple[str, ...]
    streets: tuple[str, ...]
    street_kinds: tuple[str, ...]
    pharmacy_kinds: tuple[str, ...]
    company_forms: tuple[str, ...]


class MedicareNames(msgspec.Struct, frozen=True):
    """The names of the Medicare contractors in NM103."""

    part_b: str
    dme: str


class Setting(msgspec.Struct, frozen=True):
    """What all sample files have in common. `charges` are dollars a unit, lowest and highest."""

    first_day: date
    last_day: date
    created_on: date
    created_at: str
    sender: str
    receiver: str
    submitter: str
    receiver_name: str
    multi_locality_percent: int
    taxonomies: tuple[str, ...]
    further_diagnoses: tuple[str, ...]
    charges: dict[str, tuple[Decimal, Decimal]]
    earlier_payer: EarlierPayer
    institutional: InstitutionalTerms
    remittance: RemittanceTerms
    medicare: MedicareNames
    health_plans: tuple[HealthPlan, ...]
    names: Names


class Therapy(msgspec.Struct, frozen=True):
    """A drug as it is billed: by `payer` medicare (with pump and supply) or commercial (with a per diem).

    Units are HCPCS units of one dispensing, charges dollars a unit; `ndc` has nine digits, the package
    follows. `first_day` and `last_day` are the days of service the tables allow; `category` is that of the
    home infusion drug list, None where it has none.
    """

    hcpcs: str
    modifier: str
    description: str
    payer: str
    diagnoses: tuple[str, ...]
    ndc: str
    ndc_unit: str
    units_low: int
    units_high: int
    charge_low: Decimal
    charge_high: Decimal
    pump: str
    supply: str
    per_diem: str
    first_day: date
    last_day: date
    category: int | None


@cache
def setting() -> Setting:
    """Give what all sample files have in common."""
    text = (_DATA / "setting.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Setting)


@cache
def areas() -> dict[str, tuple[HomeArea, ...]]:
    """Give the places patients live in, by state."""
    by_state: dict[str, list[HomeArea]] = {}
    for row in _rows("homes.csv"):
        by_state.setdefault(row["state"], []).append(msgspec.convert(row, HomeArea))
    return {state: tuple(found) for state, found in by_state.items()}


@cache
def states(multi_locality: bool) -> tuple[str, ...]:
    """Give the states with several Medicare localities, or those with one."""
    on = setting().last_day
    tables = Tables.packaged()
    return tuple(s for s in areas() if (len(tables.localities_of_state(s, on)) > 1) == multi_locality)


@cache
def therapies(payer: str) -> tuple[Therapy, ...]:
    """Give the therapies billed to `payer`, medicare or commercial."""
    return tuple(_therapy(row) for row in _rows("therapies.csv") if row["payer"] == payer)


@cache
def visit_codes() -> dict[tuple[int | None, str], str]:
    """Give the G-code of each payment category and visit type (initial, subsequent)."""
    tables, on = Tables.packaged(), setting().last_day
    known = (tables.hit_code(code, on) for code in tables.hit_codes())
    return {(row.category, row.visit_type): row.hcpcs for row in known if row}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines()))


def _therapy(row: dict[str, str]) -> Therapy:
    first, last = _days_of(row["hcpcs"])
    drug = Tables.packaged().hit_drug(row["hcpcs"], (row["modifier"],), last)
    more = {
        "diagnoses": tuple(row["diagnoses"].split()),
        "first_day": first,
        "last_day": last,
        "category": drug.category if drug else None,
    }
    return msgspec.convert({**row, **more}, Therapy, strict=False)


def _days_of(hcpcs: str) -> tuple[date, date]:
    """Give the part of the sample's years in which the tables have the code; all of it where undated."""
    first, last = setting().first_day, setting().last_day
    texts = Tables.packaged().describe(hcpcs)
    dated = [text for text in texts if text.effective_from or text.effective_through]
    if not dated:
        return first, last
    return (
        max(first, min(text.effective_from or first for text in dated)),
        min(last, max(text.effective_through or last for text in dated)),
    )
