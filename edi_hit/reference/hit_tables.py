"""The home infusion therapy tables: billing codes, national amounts, drugs."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout

HIT_BENEFITS = ("transitional", "permanent")
VISIT_TYPES = ("initial", "subsequent", "any")


class HitCode(msgspec.Struct, frozen=True):
    """A G-code as it stands on a day: payment category 1-3, kind of visit, benefit.

    `certain` is false past the date the table is known to be right for. One unit is 15 minutes of visit
    time, for information only: payment is one amount a day.
    """

    hcpcs: str
    category: int | None
    visit_type: str
    benefit: str
    effective_from: date
    effective_through: date | None
    short_descriptor: str
    description: str
    confidence: str
    source: str
    certain: bool = True


class HitRate(msgspec.Struct, frozen=True):
    """A national amount in dollars a day, and whether it is `published`, `computed` or `loaded`."""

    hcpcs: str
    year: int
    amount: Decimal
    status: str
    confidence: str
    source: str
    arithmetic: str = ""
    geographic_adjustment: str = ""


class HitDrug(msgspec.Struct, frozen=True):
    """A drug's standing under the benefit on a day.

    `category` is None where it cannot be derived from the code (unlisted drugs); `modifier_required` is
    `JB` where the drug qualifies only when given subcutaneously, else empty. `benefit` is
    `transitional`, `permanent` or `neither`. `certain` is true only for a verified or loaded row within
    the dates the list is known to be right for.
    """

    hcpcs: str
    category: int | None
    description: str
    modifier_required: str
    benefit: str
    effective_from: date
    effective_through: date | None
    confidence: str
    source: str
    note: str = ""
    certain: bool = False


def _hit_code(cells: Cells) -> HitCode:
    period = cells.period()
    return HitCode(
        hcpcs=cells.hcpcs(),
        category=cells.category(),
        visit_type=cells.choice("visit_type", VISIT_TYPES),
        benefit=cells.choice("benefit", (*HIT_BENEFITS, "ivig_demo", "ivig_permanent")),
        effective_from=period.effective_from,
        effective_through=period.effective_through,
        short_descriptor=cells.text("cms_short_descriptor", ""),
        description=cells.text("description", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _hit_rate(cells: Cells) -> HitRate:
    amount = cells.amount("national_amount")
    if amount <= 0:
        raise ValueError("national_amount is not above zero")
    return HitRate(
        hcpcs=cells.hcpcs(),
        year=cells.year(),
        amount=amount,
        status=cells.status(),
        confidence=cells.text("confidence", cells.status()),
        source=cells.source(),
        arithmetic=cells.text("arithmetic", ""),
        geographic_adjustment=cells.text("geographic_adjustment", ""),
    )


def _hit_drug(cells: Cells) -> HitDrug:
    period = cells.period()
    confidence = cells.confidence()
    return HitDrug(
        hcpcs=cells.hcpcs(),
        category=cells.category(),
        description=cells.text("description", ""),
        modifier_required=cells.modifier("modifier_required"),
        benefit=cells.choice("benefit", (*HIT_BENEFITS, "neither")),
        effective_from=period.effective_from,
        effective_through=period.effective_through,
        confidence=confidence,
        source=cells.source(),
        note=cells.text("note", ""),
        certain=confidence == "loaded" or confidence.startswith("verified"),
    )


HIT_CODES = Layout("hit_gcodes", ("hcpcs", "visit_type", "benefit"), _hit_code, lambda row: (row.hcpcs,))
HIT_RATES = Layout(
    "hit_rates", ("calendar_year", "hcpcs", "national_amount"), _hit_rate, lambda row: (row.hcpcs,)
)
HIT_DRUGS = Layout(
    "hit_drugs",
    ("hcpcs", "modifier_required", "category", "benefit", "effective_from", "effective_through"),
    _hit_drug,
    lambda row: (row.hcpcs, row.modifier_required),
)
