"""From version 7 to 8: which claim of a run made an answer be taken back."""

from sqlalchemy import Connection, text


def step_8(connection: Connection) -> None:
    """Add the column; answers taken back before were taken back for no claim of a run."""
    connection.execute(text("ALTER TABLE former_answer ADD COLUMN reopened_for BIGINT"))
    connection.execute(text("CREATE INDEX former_answer_by_cause ON former_answer (reopened_for)"))
