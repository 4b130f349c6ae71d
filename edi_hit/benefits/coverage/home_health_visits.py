"""Which claim a nurse's visit goes on: Pub. 100-02 ch.15 s.320.4.1 (table `hhpps_decision`)."""

from datetime import date
from functools import cache
from typing import Literal, get_args

import msgspec

from edi_hit.reference.layout import packaged_rows

_FIRST_DAY = date(2021, 1, 1)
"""The home infusion therapy benefit exists from this day on; before it, see path HH-16."""

_BEFORE = "HIT_DRUG (dates before 2021-01-01)"
_HIT_DRUG = "HIT_DRUG"
_ANY = "*"

YesNo = Literal["Y", "N"]
VisitContent = Literal[
    "HH_ONLY", "HIT_ONLY", "BOTH", "INFUSION", "HIT_ONLY_NO_INFUSION_THAT_DAY", "REMOTE_MONITORING_ONLY"
]
Visitor = Literal["HHA", "HIT_SUPPLIER", "HHA_AND_HIT_SUPPLIER"]
DrugClass = Literal["HIT_DRUG", "NON_HIT_DRUG"]

VISIT_CONTENTS: tuple[str, ...] = get_args(VisitContent)
VISITORS: tuple[str, ...] = get_args(Visitor)
DRUG_CLASSES: tuple[str, ...] = get_args(DrugClass)


class VisitPath(msgspec.Struct, frozen=True, omit_defaults=False):
    """A row of the decision table. `hh_claim` and `hit_claim` are Y, N or COND; `*` stands for any answer."""

    path_id: str
    under_hh_plan_of_care: str
    visit_content: str
    hha_is_qualified_hit_supplier: str
    visit_made_by: str
    drug_class: str
    hh_claim: str
    hit_claim: str
    hh_biller: str
    hit_biller: str
    hh_format: str
    hit_format: str
    time_rule: str
    notes: str
    verification: str
    source: str


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as the table asks about it; `on` is its day: before 2021 other rules held."""

    under_hh_plan_of_care: YesNo
    visit_content: VisitContent
    hha_is_qualified_hit_supplier: YesNo
    visit_made_by: Visitor
    drug_class: DrugClass = "HIT_DRUG"
    on: date | None = None


@cache
def visit_paths() -> tuple[VisitPath, ...]:
    """Give every row, in the table's order."""
    return tuple(msgspec.convert(row, VisitPath) for row in packaged_rows("hhpps_decision"))


def claims_for(visit: Visit) -> VisitPath | None:
    """Give the row a visit falls under; None where the table says nothing of it, which is *unknown*."""
    drug: str = visit.drug_class
    if drug == _HIT_DRUG and visit.on is not None and visit.on < _FIRST_DAY:
        drug = _BEFORE
    for path in visit_paths():
        wanted = (
            (path.under_hh_plan_of_care, visit.under_hh_plan_of_care),
            (path.visit_content, visit.visit_content),
            (path.hha_is_qualified_hit_supplier, visit.hha_is_qualified_hit_supplier),
            (path.visit_made_by, visit.visit_made_by),
            (path.drug_class, drug),
        )
        if all(asked in (_ANY, given) for asked, given in wanted):
            return path
    return None
