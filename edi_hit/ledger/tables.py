"""Every table of the ledger, by topic. Importing this module fills `METADATA`."""

from sqlalchemy import Table

from edi_hit.ledger import (
    audit_tables,
    batch_tables,
    care_tables,
    claim_tables,
    exchange_tables,
    file_tables,
    price_tables,
    reopening_tables,
    supplier_tables,
)
from edi_hit.ledger.loadable import LOADABLE
from edi_hit.ledger.metadata import METADATA

TOPICS = (
    care_tables,
    claim_tables,
    reopening_tables,
    supplier_tables,
    price_tables,
    file_tables,
    exchange_tables,
    audit_tables,
    batch_tables,
)

__all__ = ["METADATA", "TOPICS", "loadable_tables"]


def loadable_tables() -> dict[str, Table]:
    """Give the tables that a CSV can fill, by name."""
    every = (table for topic in TOPICS for table in vars(topic).values() if isinstance(table, Table))
    return {table.name: table for table in every if LOADABLE in table.info}
