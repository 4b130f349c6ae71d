"""Every table of the ledger, by topic. Importing this module fills `METADATA`."""

from edi_hit.ledger import care_tables, claim_tables, file_tables, price_tables, supplier_tables
from edi_hit.ledger.metadata import METADATA

TOPICS = (care_tables, supplier_tables, claim_tables, file_tables, price_tables)

__all__ = ["METADATA", "TOPICS"]
