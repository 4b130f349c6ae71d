"""Files seen, control numbers taken in and given out, and what each remittance sent held."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table

from edi_hit.ledger.metadata import METADATA, Cents

COUNTER = Table(
    "counter",
    METADATA,
    Column("name", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
    comment="The last number given: of files, of interchanges sent (ISA13), of the drop.",
)

INPUT_FILE = Table(
    "input_file",
    METADATA,
    Column("file", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String, nullable=False, unique=True),
    Column("received_on", Date, nullable=False),
    Column("finished", Boolean, nullable=False),
    comment="Every file taken in, known by what it holds; finished once all its results were written.",
)

RECEIVED_INTERCHANGE = Table(
    "received_interchange",
    METADATA,
    Column("sender_qualifier", String, primary_key=True),
    Column("sender", String, primary_key=True),
    Column("control_number", String, primary_key=True),
    Column("file", Integer, primary_key=True, autoincrement=False),
    comment="The interchanges of claims taken in: who sent them under which number (ISA05, ISA06, ISA13).",
)

SENT_INTERCHANGE = Table(
    "sent_interchange",
    METADATA,
    Column("control_number", Integer, primary_key=True, autoincrement=False),
    Column("file", Integer, nullable=False, index=True),
    Column("content", String, nullable=False),
    Column("receiver_qualifier", String, nullable=False),
    Column("receiver", String, nullable=False),
    Column("produced_on", Date, nullable=False),
    comment="The 835 interchanges written (ISA13), and to whom.",
)

RESERVED_INTERCHANGE = Table(
    "reserved_interchange",
    METADATA,
    Column("control_number", Integer, primary_key=True, autoincrement=False),
    Column("file", Integer, nullable=False, index=True),
    comment="Control numbers (ISA13) kept for the 835 of a file, until it is made.",
)

SENT_SET = Table(
    "sent_set",
    METADATA,
    Column("control_number", Integer, primary_key=True),
    Column("set_number", Integer, primary_key=True),
    Column("payer", String, nullable=False),
    Column("payee", String, nullable=False),
    Column("total", Cents, nullable=False),
    Column("claims", Integer, nullable=False),
    comment="The transaction sets of those interchanges in order, and what they paid.",
)

SENT_CLAIM = Table(
    "sent_claim",
    METADATA,
    Column("control_number", Integer, primary_key=True),
    Column("set_number", Integer, primary_key=True),
    Column("claim", BigInteger, primary_key=True),
    comment="Which claims each transaction set answered.",
)

OPEN_BALANCE = Table(
    "open_balance",
    METADATA,
    Column("control_number", Integer, primary_key=True),
    Column("set_number", Integer, primary_key=True),
    Column("reason", String, primary_key=True),
    Column("reference", String, primary_key=True),
    Column("payer", String, nullable=False),
    Column("payee", String, nullable=False),
    Column("amount", Cents, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("collected_by", Integer),
    comment="What a payee still owed after a transaction set (PLB FB, WO), and the interchange that took it.",
)
Index("open_balance_of", OPEN_BALANCE.c.payer, OPEN_BALANCE.c.payee, OPEN_BALANCE.c.collected_by)
