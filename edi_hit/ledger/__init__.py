"""What happened before: the only room that opens a database (SQLite or PostgreSQL)."""

from sqlalchemy import Connection

from edi_hit.ledger.claim_tables import claim_number, file_of, place_of
from edi_hit.ledger.files import KnownFile, finish, sha256_of, take_in
from edi_hit.ledger.known import KnownPerson, KnownSupplier, LedgerRow, known_people, known_suppliers
from edi_hit.ledger.ledger import Ledger, init_ledger, open_ledger
from edi_hit.ledger.load_claims import ClaimsLoaded, load_claims
from edi_hit.ledger.load_csv import LoadedFile, load_csv
from edi_hit.ledger.loadable import loadable
from edi_hit.ledger.locks import lock_people
from edi_hit.ledger.people import People
from edi_hit.ledger.prices import price_rows
from edi_hit.ledger.record import (
    RecordedClaim,
    given_answers,
    record_claims,
    record_rule_lists,
    recorded_states,
    rule_lists,
)
from edi_hit.ledger.sent import SentInterchange, SentSet, control_number_of, forget_interchanges
from edi_hit.ledger.status import LedgerStatus, ledger_status
from edi_hit.ledger.tables import loadable_tables
from edi_hit.ledger.template import template
from edi_hit.ledger.waiting import WaitingClaim, waiting_claims

__all__ = [
    "ClaimsLoaded",
    "Connection",
    "KnownFile",
    "KnownPerson",
    "KnownSupplier",
    "Ledger",
    "LedgerRow",
    "LedgerStatus",
    "LoadedFile",
    "People",
    "RecordedClaim",
    "SentInterchange",
    "SentSet",
    "WaitingClaim",
    "claim_number",
    "control_number_of",
    "file_of",
    "finish",
    "forget_interchanges",
    "given_answers",
    "init_ledger",
    "known_people",
    "known_suppliers",
    "ledger_status",
    "load_claims",
    "load_csv",
    "loadable",
    "loadable_tables",
    "lock_people",
    "open_ledger",
    "place_of",
    "price_rows",
    "record_claims",
    "record_rule_lists",
    "recorded_states",
    "rule_lists",
    "sha256_of",
    "take_in",
    "template",
    "waiting_claims",
]
