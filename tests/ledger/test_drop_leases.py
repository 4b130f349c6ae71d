"""Who holds a file of the drop: leases in the database's clock; who lost one may not do anything."""

from datetime import date

import pytest
from sqlalchemy import Connection, text

from edi_hit.ledger import (
    Contents,
    DropFile,
    DropState,
    Fate,
    Holder,
    LeaseLostError,
    Verdict,
    claim_name,
    close_file,
    decide_file,
    hold_file,
    let_go,
    note_file,
    open_ledger,
    register_file,
    renew_lease,
    take_over,
)

A, B = Holder("a", 60), Holder("b", 60)
DAY = date(2025, 8, 1)


def claimed(connection: Connection, name: str, holder: Holder = A) -> DropFile:
    file = claim_name(connection, holder, "claims", name, f"token-{name}", DAY)
    assert file is not None
    return file


def shift_leases(connection: Connection, seconds: int) -> None:
    """Let so much time have passed since leases were given; less than nothing: the clock was set back."""
    connection.execute(text("UPDATE drop_file SET lease_until = lease_until - :by"), {"by": seconds})


def contents(data: str, *, claims: frozenset[str] = frozenset(), days: int = 30) -> Contents:
    return Contents(data, 10, "p", (("parties", f"ISA13 {data[-1]}"),), claims, days, days, days)


def registered(connection: Connection, name: str, found: Contents, holder: Holder = A) -> DropFile:
    file = claimed(connection, name, holder)
    note_file(connection, file.number, state=DropState.TAKEN, open_name=None)
    return register_file(connection, holder, file.number, found, lambda: 1).file


def test_a_name_is_claimed_once(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        with ledger.transaction() as connection:
            file = claimed(connection, "x")
            assert claim_name(connection, B, "claims", "x", "another", DAY) is None
            assert claim_name(connection, B, "other", "x", "third", DAY) is not None
        with ledger.transaction() as connection:
            note_file(connection, file.number, state=DropState.TAKEN, open_name=None)
            assert claim_name(connection, B, "claims", "x", "a fourth", DAY) is not None, "delivered again"


def test_a_lease_is_taken_over_when_its_time_is_up_and_not_before(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        file = claimed(connection, "x")
        assert take_over(connection, B, ["claims"]) is None
        shift_leases(connection, 50)
        renew_lease(connection, A, file.number)
        shift_leases(connection, 50)
        assert take_over(connection, B, ["claims"]) is None
        shift_leases(connection, 20)
        assert take_over(connection, B, ["other"]) is None
        found = take_over(connection, B, ["claims"])
        assert found is not None
        assert (found.number, found.takes, found.failures) == (file.number, 2, 1)


def test_a_clock_set_back_voids_leases_of_the_future(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        claimed(connection, "x")
        shift_leases(connection, -50)
        assert take_over(connection, B, ["claims"]) is None, "it may still be held"
        shift_leases(connection, -20)
        assert take_over(connection, B, ["claims"]) is not None


def test_a_file_given_back_is_no_breakdown_and_waits(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        file = claimed(connection, "x")
        let_go(connection, A, file.number, 30)
        assert take_over(connection, B, ["claims"]) is None
        shift_leases(connection, 31)
        found = take_over(connection, B, ["claims"])
        assert found is not None
        assert found.failures == 0
        let_go(connection, A, file.number, 0)
        assert hold_file(connection, B, file.number).number == file.number, "another's is not given back"
        let_go(connection, B, file.number, 0, failed=True)
        again = take_over(connection, A, ["claims"])
        assert again is not None
        assert again.failures == 1


def test_who_lost_a_file_can_write_nothing_down(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        with ledger.transaction() as connection:
            file = registered(connection, "x", contents("bytes 1"))
            shift_leases(connection, 61)
            taken = take_over(connection, B, ["claims"])
        assert taken is not None
        verdict = Verdict(Fate.ARCHIVE, "accepted")
        for act in (
            lambda connection: decide_file(connection, A, file.number, verdict),
            lambda connection: close_file(connection, A, file),
            lambda connection: register_file(connection, A, file.number, contents("bytes 1"), lambda: 1),
        ):
            with pytest.raises(LeaseLostError), ledger.transaction() as connection:
                act(connection)
        with ledger.transaction() as connection:
            renew_lease(connection, A, file.number)
            done = decide_file(connection, B, file.number, verdict)
            close_file(connection, B, done)
            assert take_over(connection, A, ["claims"]) is None


def test_the_same_bytes_wait_for_the_first_answer(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        first = registered(connection, "x", contents("bytes 1"))
        second = claimed(connection, "y", B)
        note_file(connection, second.number, state=DropState.TAKEN, open_name=None)
        assert register_file(connection, B, second.number, contents("bytes 1"), lambda: 2).waits
        close_file(connection, A, decide_file(connection, A, first.number, Verdict(Fate.ARCHIVE, "accepted")))
        found = register_file(connection, B, second.number, contents("bytes 1"), lambda: 2)
        assert (found.waits, found.file.duplicate_of, found.file.copy) == (False, first.number, 2)


def test_what_came_before_is_told_in_the_order_of_registration(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        one = contents("1 x", claims=frozenset({"c1", "c2"}))
        two = contents("2 x", claims=frozenset({"c2", "c3"}))
        first = registered(connection, "x", one)
        second = registered(connection, "y", two, B)
        for _ in range(2):
            told = register_file(connection, A, first.number, one, lambda: 9)
            assert (told.interchanges, told.claims) == (frozenset(), frozenset())
            told = register_file(connection, B, second.number, two, lambda: 9)
            assert told.interchanges == frozenset(two.interchanges)
            assert told.claims == frozenset({"c2"})
        unanswered = Verdict(Fate.QUARANTINE, "failed too often", answered=False)
        close_file(connection, A, decide_file(connection, A, first.number, unanswered))
        told = register_file(connection, B, second.number, two, lambda: 9)
        assert (told.interchanges, told.claims) == (frozenset(), frozenset()), "nothing of it was answered"
