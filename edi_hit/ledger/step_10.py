"""From version 9 to 10: answers taken back that are to be looked at are found without the others."""

from sqlalchemy import Connection, text


def step_10(connection: Connection) -> None:
    """Add the index."""
    of = "ON former_answer (claim) WHERE unsettled IS NOT NULL"
    connection.execute(text(f"CREATE INDEX former_answer_unsettled {of}"))
