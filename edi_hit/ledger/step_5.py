"""From version 4 to 5: claims sent to partners, and the answers to them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
)


def step_5(connection: Connection) -> None:
    """Add the tables."""
    tables = MetaData()
    _batches(tables)
    _events(tables)
    tables.create_all(connection)


def _batches(tables: MetaData) -> None:
    batch = Table(
        "batch",
        tables,
        Column("control_number", Integer, primary_key=True, autoincrement=False),
        Column("partner", String, nullable=False),
        Column("receiver_qualifier", String, nullable=False),
        Column("receiver", String, nullable=False),
        Column("guide", String, nullable=False),
        Column("content", String, nullable=False),
        Column("file", String, nullable=False),
        Column("sent_on", Date, nullable=False),
        Column("written", Boolean, nullable=False),
    )
    Index("batch_by_content", batch.c.partner, batch.c.content, unique=True)
    claim = Table(
        "batch_claim",
        tables,
        Column("control_number", ForeignKey(batch.c.control_number), primary_key=True),
        Column("place", Integer, primary_key=True, autoincrement=False),
        Column("set_control", String, nullable=False),
        Column("claim_id", String, nullable=False),
        Column("supplier", String, nullable=False),
        Column("payer", String, nullable=False),
        Column("charge", BigInteger, nullable=False),
        Column("content", String, nullable=False),
        Column("state", String, nullable=False),
        Column("state_on", Date, nullable=False),
    )
    Index("batch_claim_by_id", claim.c.claim_id)
    Index("batch_claim_by_content", claim.c.content)
    Index("batch_claim_by_state", claim.c.state, claim.c.state_on)


def _events(tables: MetaData) -> None:
    event = Table(
        "claim_event",
        tables,
        Column("event", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("control_number", Integer, nullable=False),
        Column("place", Integer, nullable=False),
        Column("happened_on", Date, nullable=False),
        Column("answer", String, nullable=False),
        Column("state", String, nullable=False),
        Column("codes", String, nullable=False),
        Column("payer_claim_number", String, nullable=False),
        Column("paid", BigInteger),
    )
    Index("claim_event_of", event.c.control_number, event.c.place)
    Table(
        "answer_file",
        tables,
        Column("sha256", String, primary_key=True),
        Column("received_on", Date, nullable=False),
    )
