"""From version 3 to 4: lines have a last day too."""

from sqlalchemy import Connection, text


def step_4(connection: Connection) -> None:
    """Add the column; of lines recorded before, the last day is not known."""
    connection.execute(text("ALTER TABLE claim_line ADD COLUMN service_through DATE"))
