"""Bodies of the HTTP service in the journal: what came before is told, what was broken off may come again."""

from sqlalchemy import text

from edi_hit.ledger import (
    Contents,
    Ledger,
    Registered,
    close_body,
    give_up_body,
    open_ledger,
    register_body,
)

LEASE = 600


def contents(sha256: str = "a", control_number: str = "1", partner: str = "river") -> Contents:
    parties = ("parties", control_number)
    return Contents(sha256, 10, partner, (parties,), frozenset({"digest"}), 30, 30, 30)


def register(ledger: Ledger, job: str, of: Contents) -> Registered:
    with ledger.transaction() as connection:
        return register_body(connection, job, LEASE, of, lambda: 7)


def close(ledger: Ledger, registered: Registered, *, answered: bool = True) -> None:
    with ledger.transaction() as connection:
        close_body(connection, registered.file.number, answered=answered)


def test_of_an_answered_body_all_three_kinds_are_told(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        first = register(ledger, "job 1", contents())
        assert (first.interchanges, first.claims) == (frozenset(), frozenset())
        close(ledger, first)
        assert register(ledger, "job 2", contents()).file.duplicate_of == first.file.number
        same_number = register(ledger, "job 3", contents("b"))
        assert same_number.interchanges == {("parties", "1")}
        assert register(ledger, "job 4", contents("c", "2")).claims == {"digest"}
        assert register(ledger, "job 5", contents(partner="other")).file.duplicate_of is None


def test_of_two_at_once_the_second_waits_until_the_first_is_given_up(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        assert not register(ledger, "job 1", contents()).waits
        assert register(ledger, "job 2", contents()).waits
        with ledger.transaction() as connection:
            give_up_body(connection, "job 1")
        third = register(ledger, "job 3", contents())
        assert (third.waits, third.file.duplicate_of, third.claims) == (False, None, frozenset())


def test_a_body_nobody_works_on_any_more_counts_no_more(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        register(ledger, "job 1", contents())
        with ledger.transaction() as connection:
            connection.execute(text("UPDATE drop_file SET lease_until = 1"))
        second = register(ledger, "job 2", contents())
        assert (second.waits, second.interchanges) == (False, frozenset())


def test_what_ended_in_a_problem_may_come_again(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        close(ledger, register(ledger, "job 1", contents()), answered=False)
        second = register(ledger, "job 2", contents())
        assert (second.file.duplicate_of, second.interchanges, second.claims) == (
            None,
            frozenset(),
            frozenset(),
        )


def test_a_job_done_again_is_told_the_same_at_any_step(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        close(ledger, register(ledger, "job 0", contents("z", "9")))
        told = [register(ledger, "job 1", contents()) for _ in range(2)]
        close(ledger, told[0])
        told.append(register(ledger, "job 1", contents()))
        assert {(one.file.number, one.file.registration, one.waits, one.claims) for one in told} == {
            (told[0].file.number, told[0].file.registration, False, frozenset({"digest"}))
        }
        assert told[2].file.first_control_number == 7


def test_a_trial_changes_nothing(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        with ledger.on_trial() as trial:
            close(trial, register(trial, "job 1", contents()))
            assert register(trial, "job 2", contents()).file.duplicate_of is not None
        assert register(ledger, "job 3", contents()).file.duplicate_of is None
