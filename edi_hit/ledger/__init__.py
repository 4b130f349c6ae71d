"""What happened before: the only room that opens a database (SQLite or PostgreSQL)."""

from sqlalchemy import Connection

from edi_hit.ledger.audit import AuditAct, AuditHead, AuditVerdict, audit_head, record_act, verify_audit
from edi_hit.ledger.batch_answers import (
    Answer,
    answer_batch,
    answer_claim,
    answer_is_known,
    answer_payment,
    answer_set,
    batch_went_to,
)
from edi_hit.ledger.batches import (
    Batch,
    BatchClaim,
    ClaimState,
    claims_sent_before,
    known_batch,
    next_control_number,
    note_written,
    record_batch,
)
from edi_hit.ledger.body_journal import close_body, give_up_body, register_body
from edi_hit.ledger.claim_tables import claim_number, file_of, place_of
from edi_hit.ledger.clock import database_now, utc
from edi_hit.ledger.drop_end import Verdict, close_file, decide_file, forget_closed, subject_of
from edi_hit.ledger.drop_journal import (
    DropFile,
    DropState,
    Fate,
    Holder,
    LeaseLostError,
    claim_name,
    file_numbered,
    hold_file,
    let_go,
    note_file,
    open_names,
    renew_lease,
    states_of,
    take_over,
)
from edi_hit.ledger.drop_order import is_next, must_wait
from edi_hit.ledger.drop_register import Contents, InterchangeKey, Registered, note_bytes, register_file
from edi_hit.ledger.drop_status import JournalStatus, OpenFiles, Total, journal_status
from edi_hit.ledger.files import (
    ACKNOWLEDGMENTS,
    InterchangeId,
    KnownFile,
    finish,
    note_interchanges,
    sha256_of,
    take_in,
    take_numbers,
)
from edi_hit.ledger.known import KnownPerson, KnownSupplier, LedgerRow, known_people, known_suppliers
from edi_hit.ledger.ledger import Ledger, init_ledger, open_ledger
from edi_hit.ledger.load_claims import ClaimsLoaded, load_claims
from edi_hit.ledger.load_csv import LoadedFile, load_csv
from edi_hit.ledger.loadable import loadable
from edi_hit.ledger.locks import lock_people
from edi_hit.ledger.open_balances import SetPlace, collect_balances, keep_balances, owing, release_balances
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
from edi_hit.ledger.reopening import TakenBack, changed_people, forget_changed, not_told, take_back, told
from edi_hit.ledger.replaced_claims import NamedClaim, named_claims, note_replaced
from edi_hit.ledger.sent import (
    SentInterchange,
    SentSet,
    control_number_of,
    forget_interchanges,
    reserve_interchanges,
)
from edi_hit.ledger.sent_claims import (
    ClaimEvent,
    SentClaim,
    StateCount,
    claims_called,
    claims_without_answer,
    state_counts,
)
from edi_hit.ledger.status import LedgerStatus, ledger_status
from edi_hit.ledger.stored_claims import (
    StoredClaim,
    find_answered,
    payer_number,
    standing_claims,
    waiting_claims,
)
from edi_hit.ledger.tables import loadable_tables
from edi_hit.ledger.template import template

__all__ = [
    "ACKNOWLEDGMENTS",
    "Answer",
    "AuditAct",
    "AuditHead",
    "AuditVerdict",
    "Batch",
    "BatchClaim",
    "ClaimEvent",
    "ClaimState",
    "ClaimsLoaded",
    "Connection",
    "Contents",
    "DropFile",
    "DropState",
    "Fate",
    "Holder",
    "InterchangeId",
    "InterchangeKey",
    "JournalStatus",
    "KnownFile",
    "KnownPerson",
    "KnownSupplier",
    "LeaseLostError",
    "Ledger",
    "LedgerRow",
    "LedgerStatus",
    "LoadedFile",
    "NamedClaim",
    "OpenFiles",
    "People",
    "RecordedClaim",
    "Registered",
    "SentClaim",
    "SentInterchange",
    "SentSet",
    "SetPlace",
    "StateCount",
    "StoredClaim",
    "TakenBack",
    "Total",
    "Verdict",
    "answer_batch",
    "answer_claim",
    "answer_is_known",
    "answer_payment",
    "answer_set",
    "audit_head",
    "batch_went_to",
    "changed_people",
    "claim_name",
    "claim_number",
    "claims_called",
    "claims_sent_before",
    "claims_without_answer",
    "close_body",
    "close_file",
    "collect_balances",
    "control_number_of",
    "database_now",
    "decide_file",
    "file_numbered",
    "file_of",
    "find_answered",
    "finish",
    "forget_changed",
    "forget_closed",
    "forget_interchanges",
    "give_up_body",
    "given_answers",
    "hold_file",
    "init_ledger",
    "is_next",
    "journal_status",
    "keep_balances",
    "known_batch",
    "known_people",
    "known_suppliers",
    "ledger_status",
    "let_go",
    "load_claims",
    "load_csv",
    "loadable",
    "loadable_tables",
    "lock_people",
    "must_wait",
    "named_claims",
    "next_control_number",
    "not_told",
    "note_bytes",
    "note_file",
    "note_interchanges",
    "note_replaced",
    "note_written",
    "open_ledger",
    "open_names",
    "owing",
    "payer_number",
    "place_of",
    "price_rows",
    "record_act",
    "record_batch",
    "record_claims",
    "record_rule_lists",
    "recorded_states",
    "register_body",
    "register_file",
    "release_balances",
    "renew_lease",
    "reserve_interchanges",
    "rule_lists",
    "sha256_of",
    "standing_claims",
    "state_counts",
    "states_of",
    "subject_of",
    "take_back",
    "take_in",
    "take_numbers",
    "take_over",
    "template",
    "told",
    "utc",
    "verify_audit",
    "waiting_claims",
]
