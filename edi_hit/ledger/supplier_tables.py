"""Suppliers: enrolments, accreditations and licences, each with its days."""

from sqlalchemy import String, Table

from edi_hit.ledger.columns import choice, column, flag, span, supplier, text
from edi_hit.ledger.loadable import Loadable
from edi_hit.ledger.metadata import METADATA
from edi_hit.reference.cells import Cells
from edi_hit.reference.layout import packaged_rows

ENROLMENTS = ("D6", "pump_pharmacy")
ACCREDITORS = tuple(row["organization"] for row in packaged_rows("accreditors"))


def _state(cells: Cells, name: str) -> str:
    value = cells.code(name)
    if len(value) != 2 or not value.isalpha():
        raise ValueError(f"{name} is not a state of two letters")
    return value


SUPPLIER = Table(
    "supplier",
    METADATA,
    supplier(),
    text("name", "the supplier's name", "RIVERBEND HOME INFUSION"),
    flag("attests_24_7", "whether it ensures service at all hours; blank: not on file", "Y"),
    info=Loadable("Suppliers that bill.").as_info(),
)

ENROLMENT = Table(
    "enrolment",
    METADATA,
    supplier(),
    choice(
        "kind",
        ENROLMENTS,
        "enrolled in Medicare as (D6 home infusion supplier, or pharmacy that furnishes pumps)",
        "D6",
        key=True,
    ),
    *span("the enrolment"),
    info=Loadable("Enrolments of suppliers in Medicare.", has_span=True).as_info(),
)

ACCREDITATION = Table(
    "accreditation",
    METADATA,
    supplier(),
    choice("organization", ACCREDITORS, "the accreditor", "ACHC", key=True),
    *span("the accreditation"),
    info=Loadable("Accreditations of suppliers for home infusion therapy.", has_span=True).as_info(),
)

LICENCE = Table(
    "licence",
    METADATA,
    supplier(),
    column("state", String, _state, "the state, two letters", "AL", key=True),
    *span("the licence"),
    info=Loadable("Licences of suppliers, by state.", has_span=True).as_info(),
)
