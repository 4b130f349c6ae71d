"""Which drugs are known to be those of Medicare Part B at home."""

from datetime import date

from edi_hit.reference import Tables


def is_part_b_drug(code: str, on: date, tables: Tables) -> bool:
    """Whether a drug is on the list of pump drugs on a day, or an immune globulin given intravenously."""
    listed = any(row.benefit != "neither" for row in tables.hit_drug_rows(code, on))
    return listed or tables.ivig_drug(code) is not None
