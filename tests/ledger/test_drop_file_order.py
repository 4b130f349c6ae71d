"""In which order files of a drop are adjudicated, and the control numbers kept for them."""

from datetime import date

from sqlalchemy import Connection

from edi_hit.ledger import (
    Contents,
    DropFile,
    DropState,
    Fate,
    Holder,
    Registered,
    SentInterchange,
    Verdict,
    claim_name,
    control_number_of,
    decide_file,
    is_next,
    let_go,
    must_wait,
    note_file,
    open_ledger,
    register_file,
    reserve_interchanges,
)

A, B = Holder("a", 60), Holder("b", 60)
DAY = date(2025, 8, 1)
FOLDERS = ["claims"]


def claimed(connection: Connection, name: str, holder: Holder) -> DropFile:
    file = claim_name(connection, holder, "claims", name, f"token-{name}", DAY)
    assert file is not None
    return file


def registered(connection: Connection, file: DropFile, holder: Holder, *people: str) -> Registered:
    note_file(connection, file.number, state=DropState.TAKEN, open_name=None)
    found = Contents(f"bytes of {file.name}", 10, "p", (), frozenset(), 30, 30, 30, frozenset(people))
    return register_file(connection, holder, file.number, found, lambda: 1)


def test_the_next_file_is_claimed_once_it_is_known_what_the_one_before_holds(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        assert is_next(connection, FOLDERS)
        first = claimed(connection, "first", A)
        assert not is_next(connection, FOLDERS)
        assert is_next(connection, ["another"])
        registered(connection, first, A)
        assert is_next(connection, FOLDERS)


def test_a_file_left_alone_for_a_while_is_not_waited_for(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        first = claimed(connection, "first", A)
        let_go(connection, A, first.number, 0)
        assert not is_next(connection, FOLDERS), "somebody takes it up now"
        let_go(connection, Holder("", 60), first.number, 60, failed=True)
        assert is_next(connection, FOLDERS)


def test_a_file_waits_for_an_earlier_one_about_the_same_person(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger:
        with ledger.transaction() as connection:
            files = [claimed(connection, name, B) for name in ("first", "second", "third")]
            first, second, third = (
                registered(connection, file, B, *people)
                for file, people in zip(files, (("1EG4", "2FH5"), ("2FH5", "3KM7"), ("4LP8",)), strict=True)
            )
            assert (first.waits, second.waits, third.waits) == (False, True, False)
        with ledger.transaction() as connection:
            assert must_wait(connection, second.file)
            decide_file(connection, B, first.file.number, Verdict(Fate.ARCHIVE, "accepted"))
            assert not must_wait(connection, second.file)
            assert not registered(connection, files[1], B, "2FH5", "3KM7").waits


def test_the_835_of_a_file_has_the_numbers_kept_for_it(ledger_address: str) -> None:
    """Whoever is done first: the number depends on which file came first."""

    def number(connection: Connection, file: int, receiver: str = "R") -> int:
        return control_number_of(connection, SentInterchange(file, "ZZ", receiver, ()), DAY, 5)

    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        reserve_interchanges(connection, 1, 2, 5)
        reserve_interchanges(connection, 2, 1, 5)
        assert number(connection, 3) == 8
        assert number(connection, 2) == 7
        assert [number(connection, 1, "R"), number(connection, 1, "S")] == [5, 6]
        assert number(connection, 2) == 7, "made again"
        assert number(connection, 2, "S") == 9, "more than were kept"
