"""What a payee owes is collected once, by the next interchange, and by the same one when it is made again."""

from datetime import date
from decimal import Decimal

from edi_hit.ledger import SetPlace, collect_balances, forget_interchanges, keep_balances, open_ledger
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
