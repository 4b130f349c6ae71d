"""Claims sent to partners: batches, their sets and claims, and every answer that came for a claim."""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from edi_hit.ledger.metadata import METADATA, Cents

BATCH = Table(
    "batch",
    METADATA,
    Column("control_number", Integer, primary_key=True, autoincrement=False),
    Column("partner", String, nullable=False),
    Column("receiver_qualifier", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("guide", String, nullable=False),
    Column("content", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("written", Boolean, nullable=False),
    comment="The 837 interchanges made for partners (ISA13), known by the claims they hold.",
)
Index("batch_by_content", BATCH.c.partner, BATCH.c.content, unique=True)

BATCH_CLAIM = Table(
    "batch_claim",
    METADATA,
    Column("control_number", ForeignKey(BATCH.c.control_number), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("set_control", String, nullable=False),
    Column("claim_id", String, nullable=False),
    Column("supplier", String, nullable=False),
    Column("payer", String, nullable=False),
    Column("charge", Cents, nullable=False),
    Column("content", String, nullable=False),
    Column("state", String, nullable=False),
    Column("state_on", Date, nullable=False),
    comment="The claims of a batch in order, the set (ST02) each is in, and how far it has come.",
)
Index("batch_claim_by_id", BATCH_CLAIM.c.claim_id)
Index("batch_claim_by_content", BATCH_CLAIM.c.content)
Index("batch_claim_by_state", BATCH_CLAIM.c.state, BATCH_CLAIM.c.state_on)

CLAIM_EVENT = Table(
    "claim_event",
    METADATA,
    Column("event", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("control_number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("answer", String, nullable=False),
    Column("state", String, nullable=False),
    Column("codes", String, nullable=False),
    Column("payer_claim_number", String, nullable=False),
    Column("paid", Cents),
    comment="Each answer to a claim: what it was (TA1, 999, 277CA, 835), the state it told, its codes.",
)
Index("claim_event_of", CLAIM_EVENT.c.control_number, CLAIM_EVENT.c.place)

ANSWER_FILE = Table(
    "answer_file",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("received_on", Date, nullable=False),
    comment="Files of answers that were received, known by what they hold.",
)
