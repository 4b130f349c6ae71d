"""The audit trail is append-only, and tells what was changed in it or removed from it."""

from contextlib import suppress

import pytest
from sqlalchemy import text

from edi_hit.ledger import AuditAct, AuditHead, audit_head, open_ledger, record_act, verify_audit
from edi_hit.rules import LedgerError

UNLOCKED = {
    "sqlite": ("DROP TRIGGER audit_entry_update", "DROP TRIGGER audit_entry_delete"),
    "postgresql": ("DROP TRIGGER audit_entry_kept ON audit_entry",),
}


def filled(address: str, acts: int = 5) -> AuditHead:
    with open_ledger(address) as ledger:
        for number in range(acts):
            with ledger.transaction() as connection:
                record_act(connection, AuditAct("a worker", "closed", f"file {number}", "archive"))
        with ledger.reading() as connection:
            assert verify_audit(connection).faults == ()
            return audit_head(connection)


def faults_after(address: str, known: AuditHead | None, *statements: str) -> tuple[str, ...]:
    """What is found once someone who may do anything in the database has done this."""
    with open_ledger(address) as ledger, ledger.transaction() as connection:
        for statement in (*UNLOCKED[connection.dialect.name], *statements):
            connection.execute(text(statement))
        return verify_audit(connection, known).faults


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entry SET detail = 'error' WHERE entry = 3", "entry 3 changed"),
        ("UPDATE audit_entry SET at = '2020-01-01T00:00:00Z' WHERE entry = 1", "entry 1 changed"),
        ("DELETE FROM audit_entry WHERE entry = 2", "entry 2 removed"),
        ("DELETE FROM audit_entry WHERE entry IN (1, 2)", "entry 1 to 2 removed"),
        ("DELETE FROM audit_entry WHERE entry >= 4", "entry 4 to 5 removed"),
        ("DELETE FROM audit_entry", "entry 1 to 5 removed"),
        ("UPDATE audit_head SET entries = 4", "the head is not that of the last entry"),
    ],
)
def test_what_was_done_to_it_is_found(ledger_address: str, statement: str, fault: str) -> None:
    filled(ledger_address)
    assert fault in faults_after(ledger_address, None, statement)


def test_a_row_changed_with_its_own_hash_breaks_the_chain(ledger_address: str) -> None:
    filled(ledger_address)
    swapped = (
        "UPDATE audit_entry SET entry = 90 WHERE entry = 2",
        "UPDATE audit_entry SET entry = 2 WHERE entry = 3",
        "UPDATE audit_entry SET entry = 3 WHERE entry = 90",
    )
    assert "entry 2 does not follow the one before" in faults_after(ledger_address, None, *swapped)


def test_a_tail_cut_off_with_its_head_is_found_by_a_head_noted_before(ledger_address: str) -> None:
    head = filled(ledger_address)
    cut = (
        "DELETE FROM audit_entry WHERE entry = 5",
        "UPDATE audit_head SET entries = 4, hash = (SELECT hash FROM audit_entry WHERE entry = 4)",
    )
    with open_ledger(ledger_address) as ledger, ledger.reading() as connection:
        assert verify_audit(connection, head).faults == ()
    assert faults_after(ledger_address, head, *cut) == ("the trail does not pass through the head given",)


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_it(ledger_address: str, verb: str) -> None:
    filled(ledger_address)
    with (
        open_ledger(ledger_address) as ledger,
        pytest.raises(LedgerError),
        ledger.transaction() as connection,
    ):
        connection.execute(text(verb))
    with open_ledger(ledger_address) as ledger, ledger.reading() as connection:
        assert verify_audit(connection).faults == ()
        assert audit_head(connection).entries == 5


def test_what_is_rolled_back_leaves_no_entry(ledger_address: str) -> None:
    filled(ledger_address, 1)
    with open_ledger(ledger_address) as ledger:
        with suppress(KeyError), ledger.transaction() as connection:
            record_act(connection, AuditAct("a worker", "closed", "file 1"))
            raise KeyError
        with ledger.reading() as connection:
            assert (audit_head(connection).entries, verify_audit(connection).faults) == (1, ())
