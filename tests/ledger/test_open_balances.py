"""What a payee owes is collected once, by the next interchange, and by the same one when it is made again."""

from datetime import date
from decimal import Decimal

from edi_hit.ledger import (
    SentInterchange,
    SentSet,
    SetPlace,
    collect_balances,
    control_number_of,
    forget_interchanges,
    keep_balances,
    open_ledger,
    release_balances,
)
from edi_hit.remits import OpenBalance

ON = date(2025, 8, 1)
OWED = OpenBalance("FB", "T1", Decimal("39.64"), ON)
LATER = OpenBalance("WO", "ICN1", Decimal("10.00"), date(2025, 9, 11))


def place(number: int, payer: str = "P1", payee: str = "1") -> SetPlace:
    return SetPlace(number, 1, payer, payee)


def test_a_balance_is_collected_once_when_it_is_due(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        keep_balances(connection, place(1), [OWED, LATER])
        assert collect_balances(connection, place(1), ON) == []
        assert collect_balances(connection, place(2, payer="P2"), ON) == []
        assert collect_balances(connection, place(2, payee="2"), ON) == []
        assert collect_balances(connection, place(2), ON) == [OWED]
        assert collect_balances(connection, place(3), ON) == []
        assert collect_balances(connection, place(4), date(2025, 9, 11)) == [LATER]
        assert collect_balances(connection, place(2), ON) == [OWED]


def test_a_set_made_again_leaves_open_what_it_leaves_now(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        keep_balances(connection, place(1), [OWED])
        keep_balances(connection, place(1), [LATER])
        assert collect_balances(connection, place(2), date(2026, 1, 1)) == [LATER]
        keep_balances(connection, place(1), [LATER])
        assert collect_balances(connection, place(3), date(2026, 1, 1)) == []


def test_an_interchange_that_could_not_be_written_gives_back_what_it_took(ledger_address: str) -> None:
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        keep_balances(connection, place(1), [OWED])
        collect_balances(connection, place(2), ON)
        keep_balances(connection, place(2), [LATER])
        forget_interchanges(connection, [2])
        assert collect_balances(connection, place(3), date(2026, 1, 1)) == [OWED]


def test_what_a_run_collected_that_was_broken_off_is_free_again(ledger_address: str) -> None:
    sent = SentInterchange(7, "ZZ", "ME", (SentSet("P1", "1", Decimal(0), (1,)),))
    with open_ledger(ledger_address) as ledger, ledger.transaction() as connection:
        keep_balances(connection, place(1), [OWED])
        number = control_number_of(connection, sent, ON, 2)
        assert collect_balances(connection, place(number), ON) == [OWED]
        keep_balances(connection, place(number), [LATER])
        release_balances(connection, [8])
        assert collect_balances(connection, place(9), date(2026, 1, 1)) == [LATER]
        release_balances(connection, [7])
        assert collect_balances(connection, place(10), date(2026, 1, 1)) == [OWED]
