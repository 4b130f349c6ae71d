"""From version 6 to 7: which claim an answer was taken back by."""

from sqlalchemy import Connection, text


def step_7(connection: Connection) -> None:
    """Add the column; answers taken back before were taken back by no claim."""
    connection.execute(text("ALTER TABLE former_answer ADD COLUMN replaced_by BIGINT"))
    connection.execute(text("CREATE INDEX former_answer_by_claim ON former_answer (replaced_by)"))
