"""From version 1 to 2: balances left open by payments, the journal of the file drop, and the audit trail."""

from sqlalchemy import Connection, text

from edi_hit.ledger.audit_tables import begin_audit

_STATEMENTS = (
    """CREATE TABLE IF NOT EXISTS open_balance (
        control_number INTEGER NOT NULL, set_number INTEGER NOT NULL, reason VARCHAR NOT NULL,
        reference VARCHAR NOT NULL, payer VARCHAR NOT NULL, payee VARCHAR NOT NULL, amount BIGINT NOT NULL,
        due_on DATE NOT NULL, collected_by INTEGER,
        PRIMARY KEY (control_number, set_number, reason, reference))""",
    "CREATE INDEX IF NOT EXISTS open_balance_of ON open_balance (payer, payee, collected_by)",
    """CREATE TABLE drop_file (
        number INTEGER NOT NULL PRIMARY KEY, folder VARCHAR NOT NULL, name VARCHAR NOT NULL,
        open_name VARCHAR UNIQUE, token VARCHAR NOT NULL UNIQUE, state VARCHAR NOT NULL,
        owner VARCHAR NOT NULL, lease_until BIGINT NOT NULL, takes INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        received_at BIGINT NOT NULL, received_on DATE NOT NULL, size BIGINT, sha256 VARCHAR,
        copy INTEGER, duplicate_of INTEGER, partner VARCHAR, registration INTEGER,
        first_control_number INTEGER, fate VARCHAR, reason VARCHAR, answered BOOLEAN, outputs JSON,
        claims INTEGER, closed_at BIGINT)""",
    "CREATE INDEX ix_drop_file_state ON drop_file (state)",
    "CREATE INDEX ix_drop_file_sha256 ON drop_file (sha256)",
    "CREATE INDEX ix_drop_file_closed_at ON drop_file (closed_at)",
    """CREATE TABLE drop_interchange (
        file INTEGER NOT NULL, place INTEGER NOT NULL, parties VARCHAR NOT NULL,
        control_number VARCHAR NOT NULL, PRIMARY KEY (file, place))""",
    "CREATE INDEX ix_drop_interchange_control_number ON drop_interchange (control_number)",
    """CREATE TABLE drop_claim (
        digest VARCHAR NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (digest, file))""",
    """CREATE TABLE drop_total (
        folder VARCHAR NOT NULL, fate VARCHAR NOT NULL, files BIGINT NOT NULL, bytes BIGINT NOT NULL,
        claims BIGINT NOT NULL, seconds BIGINT NOT NULL, PRIMARY KEY (folder, fate))""",
    """CREATE TABLE audit_entry (
        entry INTEGER NOT NULL PRIMARY KEY, at VARCHAR NOT NULL, actor VARCHAR NOT NULL,
        action VARCHAR NOT NULL, subject VARCHAR NOT NULL, detail VARCHAR NOT NULL,
        previous VARCHAR NOT NULL, hash VARCHAR NOT NULL)""",
    """CREATE TABLE audit_head (
        id INTEGER NOT NULL PRIMARY KEY, entries INTEGER NOT NULL, hash VARCHAR NOT NULL)""",
    "INSERT INTO counter (name, last) VALUES ('drop_file', 0), ('registration', 0), ('acknowledgment', 0)",
)


def step_2(connection: Connection) -> None:
    """Add the tables and their counters."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
    begin_audit(connection)
