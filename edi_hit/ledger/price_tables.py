"""Fee schedules and locality factors: rows laid over the reference tables `hit_rates` and `hit_gaf`."""

from sqlalchemy import String, Table

from edi_hit.ledger.columns import amount, column, hcpcs, text, year
from edi_hit.ledger.loadable import Loadable
from edi_hit.ledger.metadata import METADATA
from edi_hit.reference.cells import Cells
from edi_hit.reference.geography_tables import HIT_GAF, factor_in
from edi_hit.reference.hit_tables import HIT_RATES

REFERENCE_TABLE = "reference_table"
"""Under which key of `Table.info` the name of the reference table stands that the rows are laid over."""


def _factor(cells: Cells, name: str) -> str:
    return str(factor_in(cells, name))


FEE_SCHEDULE = Table(
    "fee_schedule",
    METADATA,
    year(),
    hcpcs("hcpcs", "the visit code", "G0068", key=True),
    amount("national_amount", "the national amount a day", "192.97", required=True),
    text("source", "where it comes from; blank: the file's name", "CMS HIT rate file CY 2025"),
    info=Loadable("National amounts of home infusion visits.", check=HIT_RATES.parse).as_info()
    | {REFERENCE_TABLE: HIT_RATES.name},
)

LOCALITY_FACTOR = Table(
    "locality_factor",
    METADATA,
    year(),
    column(
        "mac",
        String,
        lambda cells, name: cells.digits(name, 5),
        "the contractor, 5 digits",
        "10112",
        key=True,
    ),
    column(
        "locality_number",
        String,
        lambda cells, name: cells.digits(name, 2),
        "the locality, 2 digits",
        "00",
        key=True,
    ),
    column(
        "state", String, lambda cells, name: cells.code(name), "the state, two letters", "AL", required=True
    ),
    column("gaf", String, _factor, "the geographic adjustment factor", "0.923", required=True),
    text("source", "where it comes from; blank: the file's name", "CMS Addendum D CY 2025"),
    info=Loadable("Geographic adjustment factors by locality.", check=HIT_GAF.parse).as_info()
    | {REFERENCE_TABLE: HIT_GAF.name},
)
