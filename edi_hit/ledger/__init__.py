"""What happened before: the only room that opens a database (SQLite or PostgreSQL)."""

from sqlalchemy import Connection

from edi_hit.ledger.ledger import Ledger, init_ledger, open_ledger
from edi_hit.ledger.load_csv import LoadedFile, load_csv
from edi_hit.ledger.loadable import loadable, loadable_tables
from edi_hit.ledger.status import LedgerStatus, ledger_status
from edi_hit.ledger.template import template

__all__ = [
    "Connection",
    "Ledger",
    "LedgerStatus",
    "LoadedFile",
    "init_ledger",
    "ledger_status",
    "load_csv",
    "loadable",
    "loadable_tables",
    "open_ledger",
    "template",
]
