"""Opening a ledger: versions, addresses, locks, and databases that fail."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, inspect, select, text, update

from edi_hit.ledger import Ledger, init_ledger, loadable_tables, open_ledger, verify_audit
from edi_hit.ledger.file_tables import COUNTER
from edi_hit.ledger.files import COUNTERS
from edi_hit.ledger.migrations import (
    SCHEMA_VERSION,
    STEPS,
    latest_version,
    require_latest,
    set_up,
    version_of,
)
from edi_hit.rules import ConfigError, LedgerError


def set_version(address: str, version: int) -> None:
    with open_ledger(address) as ledger, ledger.transaction() as connection:
        connection.execute(update(SCHEMA_VERSION).values(version=version))


def test_a_new_ledger_is_of_the_latest_version(ledger_address: str) -> None:
    init_ledger(ledger_address)
    with open_ledger(ledger_address) as ledger, ledger.reading() as connection:
        assert version_of(connection) == latest_version()


def test_a_newer_ledger_is_refused_and_left_alone(ledger_address: str) -> None:
    set_version(ledger_address, 99)
    for opening in (open_ledger, init_ledger):
        with pytest.raises(LedgerError, match="version 99, newer than this release"):
            opening(ledger_address)


def test_an_older_ledger_is_brought_up_step_by_step(ledger_address: str) -> None:
    done: list[str] = []

    def first(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE first_step (a INTEGER)"))
        done.append("first")

    def second(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE first_step ADD COLUMN b INTEGER"))
        done.append("second")

    steps = (*STEPS, first, second)
    with open_ledger(ledger_address) as ledger:
        with ledger.transaction() as connection:
            with pytest.raises(LedgerError, match="edi-hit ledger init brings it up to date"):
                require_latest(connection, steps)
            set_up(connection, steps)
            require_latest(connection, steps)
        with ledger.transaction() as connection:
            set_up(connection, steps)
            assert [column["name"] for column in inspect(connection).get_columns("first_step")] == ["a", "b"]
    assert done == ["first", "second"]


def structure(address: str) -> dict[str, object]:
    """The tables of a ledger: columns with type and nullability, indexes, keys."""
    with open_ledger(address) as ledger, ledger.reading() as connection:
        seen = inspect(connection)
        return {
            name: (
                [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
                sorted((i["name"], tuple(i["column_names"])) for i in seen.get_indexes(name)),
                seen.get_pk_constraint(name)["constrained_columns"],
                sorted(tuple(u["column_names"]) for u in seen.get_unique_constraints(name)),
            )
            for name in seen.get_table_names()
        }


def test_a_ledger_of_version_1_becomes_as_a_new_one(new_ledger: Callable[[], str]) -> None:
    new, old = new_ledger(), new_ledger()
    with open_ledger(old) as ledger, ledger.transaction() as connection:
        for name in (
            "drop_file",
            "drop_interchange",
            "drop_claim",
            "drop_total",
            "drop_person",
            "reserved_interchange",
            "audit_entry",
            "audit_head",
            "former_answer",
            "told_claim",
            "changed_person",
            "received_interchange",
            "open_balance",
            "batch_claim",
            "batch",
            "claim_event",
            "answer_file",
        ):
            connection.execute(text(f"DROP TABLE {name}"))
        connection.execute(text("ALTER TABLE claim_line DROP COLUMN service_through"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION audit_entry_refuse"))
        kept = ("file", "interchange")
        connection.execute(delete(COUNTER).where(COUNTER.c.name.not_in(kept)))
        connection.execute(update(SCHEMA_VERSION).values(version=1))
    init_ledger(old)
    assert structure(old) == structure(new)
    for address in (old, new):
        with open_ledger(address) as ledger, ledger.reading() as connection:
            names = set(connection.execute(select(COUNTER.c.name)).scalars())
            assert names == set(COUNTERS)
            assert verify_audit(connection).head.entries == 0


def test_a_step_that_fails_leaves_the_ledger_as_it_was(ledger_address: str) -> None:
    def fails(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (a INTEGER)"))
        connection.execute(text("SELECT * FROM nowhere"))

    with open_ledger(ledger_address) as ledger:
        with pytest.raises(LedgerError), ledger.transaction() as connection:
            set_up(connection, (*STEPS, fails))
        with ledger.reading() as connection:
            assert not inspect(connection).has_table("half")
            assert version_of(connection) == latest_version()


def test_a_sqlite_ledger_is_for_its_owner_alone(tmp_path: Path) -> None:
    init_ledger(str(tmp_path / "a.db"))
    with open_ledger(str(tmp_path / "a.db")) as ledger, ledger.transaction():
        assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="edi-hit ledger init makes one"):
        open_ledger(f"sqlite:///{tmp_path}/none.db")
    assert list(tmp_path.iterdir()) == []


def test_another_database_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    with pytest.raises(LedgerError, match="is no ledger"):
        open_ledger(str(path))
    path.write_text("no database at all, but a text that is long enough to be looked at" * 20)
    with pytest.raises(LedgerError, match="file is not a database"):
        open_ledger(str(path))


@pytest.mark.parametrize(
    "address", ["mysql://u:SECRET@h/d", "sqlite://", "sqlite:///:memory:", "://SECRET", "nope://x"]
)
def test_other_addresses_are_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(ConfigError) as told:
        open_ledger(address)
    assert "SECRET" not in str(told.value)


def test_postgresql_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as told:
        open_ledger(f"postgresql://me:SECRET@/x?host={tmp_path}")
    assert "SECRET" not in str(told.value)


def test_a_locked_ledger_is_a_ledger_error(sqlite_ledger: str) -> None:
    impatient = f"sqlite:///{sqlite_ledger}?timeout=0.1"
    with open_ledger(sqlite_ledger) as ledger, ledger.transaction():
        with pytest.raises(LedgerError, match="locked"), open_ledger(impatient) as other, other.transaction():
            pass
        with open_ledger(impatient) as other, other.reading() as connection:
            assert version_of(connection) == latest_version()


def test_an_error_rolls_the_whole_transaction_back(ledger_address: str) -> None:
    def fill(ledger: Ledger) -> None:
        with ledger.transaction() as connection:
            connection.execute(update(SCHEMA_VERSION).values(version=7))
            raise KeyError

    with open_ledger(ledger_address) as ledger:
        with pytest.raises(KeyError):
            fill(ledger)
        with ledger.reading() as connection:
            assert version_of(connection) == latest_version()


def test_messages_hold_no_values(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        row = {"person": "SECRET", "kind": "SECRET", "effective_from": date(2025, 1, 1)}
        twice = insert(loadable_tables()["coverage"]), [row, row]
        with pytest.raises(LedgerError) as told, ledger.transaction() as connection:
            connection.execute(*twice)
        assert "SECRET" not in str(told.value)
