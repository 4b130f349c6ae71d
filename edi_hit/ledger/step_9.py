"""From version 8 to 9: which answers taken back by a claim are to be looked at, each by itself."""

from sqlalchemy import Connection, text


def step_9(connection: Connection) -> None:
    """Add the column; the people to be looked at so far stay in `changed_person`."""
    connection.execute(text("ALTER TABLE former_answer ADD COLUMN unsettled INTEGER"))
