"""From version 5 to 6: whom files of a drop are about, and control numbers kept for files."""

from sqlalchemy import Column, Connection, Index, Integer, MetaData, String, Table


def step_6(connection: Connection) -> None:
    """Add the tables."""
    tables = MetaData()
    person = Table(
        "drop_person",
        tables,
        Column("file", Integer, primary_key=True),
        Column("person", String, primary_key=True),
    )
    Index("drop_person_files", person.c.person)
    Table(
        "reserved_interchange",
        tables,
        Column("control_number", Integer, primary_key=True, autoincrement=False),
        Column("file", Integer, nullable=False, index=True),
    )
    tables.create_all(connection)
