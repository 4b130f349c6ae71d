"""Per diem and nursing codes of home infusion, and the billing units of infusion drugs."""

from decimal import Decimal

import msgspec

from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import Layout

_INFERRED = "(inferred)"


class TherapyCode(msgspec.Struct, frozen=True):
    """A code of table `s_codes`: what therapy it is for, what tells it from its sisters, and what a unit is.

    `excludes` are codes, or groups of codes such as `ANY_HIT_PER_DIEM`, that may not go with it by its own
    text; those that are only inferred are left out. `parent` is the code of the therapy in general.
    """

    hcpcs: str
    therapy: str
    description: str
    differentiator: str
    value: str
    billing_kind: str
    excludes: tuple[str, ...]
    parent: str
    confidence: str
    source: str


class DrugUnit(msgspec.Struct, frozen=True):
    """What one unit of a drug code is, such as 250 mg, and which per diem code is suggested for it.

    `quantity` is None where the code's descriptor gives none.
    """

    hcpcs: str
    drug: str
    drug_class: str
    quantity: Decimal | None
    measure: str
    suggested_per_diem: str
    confidence: str
    source: str


def _therapy_code(cells: Cells) -> TherapyCode:
    excluded = cells.text("mutually_exclusive_with", "")
    return TherapyCode(
        hcpcs=cells.hcpcs(),
        therapy=cells.text("therapy_class"),
        description=cells.text("gist"),
        differentiator=cells.text("differentiator", ""),
        value=cells.text("differentiator_value", ""),
        billing_kind=cells.text("billing_kind"),
        excludes=() if _INFERRED in excluded or not excluded else tuple(excluded.split("|")),
        parent=cells.text("generic_parent", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


def _drug_unit(cells: Cells) -> DrugUnit:
    return DrugUnit(
        hcpcs=cells.hcpcs(),
        drug=cells.text("drug"),
        drug_class=cells.text("drug_class"),
        quantity=cells.amount("unit_qty") if cells.text("unit_qty", "") else None,
        measure=cells.text("unit_measure"),
        suggested_per_diem=cells.text("suggested_s_code", ""),
        confidence=cells.confidence(),
        source=cells.source(),
    )


THERAPY_CODES = Layout(
    "s_codes", ("hcpcs", "therapy_class", "gist", "billing_kind"), _therapy_code, lambda row: (row.hcpcs,)
)
DRUG_UNITS = Layout(
    "infusion_drugs_units",
    ("hcpcs", "drug", "drug_class", "unit_measure"),
    _drug_unit,
    lambda row: (row.hcpcs,),
)
