"""From version 2 to 3: answers taken back, outcomes told from outside, balances, interchanges taken in."""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)


def step_3(connection: Connection) -> None:
    """Add the tables."""
    tables = MetaData()
    Table(
        "former_answer",
        tables,
        Column("claim", BigInteger, primary_key=True, autoincrement=False),
        Column("revision", Integer, primary_key=True, autoincrement=False),
        Column("answer", LargeBinary, nullable=False),
        Column("answered_on", Date),
        Column("control_number", Integer),
    )
    Table("told_claim", tables, Column("claim", BigInteger, primary_key=True, autoincrement=False))
    Table("changed_person", tables, Column("person", String, primary_key=True))
    Table(
        "received_interchange",
        tables,
        Column("sender_qualifier", String, primary_key=True),
        Column("sender", String, primary_key=True),
        Column("control_number", String, primary_key=True),
        Column("file", Integer, primary_key=True, autoincrement=False),
    )
    balances = Table(
        "open_balance",
        tables,
        Column("control_number", Integer, primary_key=True),
        Column("set_number", Integer, primary_key=True),
        Column("reason", String, primary_key=True),
        Column("reference", String, primary_key=True),
        Column("payer", String, nullable=False),
        Column("payee", String, nullable=False),
        Column("amount", BigInteger, nullable=False),
        Column("due_on", Date, nullable=False),
        Column("collected_by", Integer),
    )
    Index("open_balance_of", balances.c.payer, balances.c.payee, balances.c.collected_by)
    tables.create_all(connection)
