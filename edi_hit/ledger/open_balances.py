"""What payees still owe after their payments: carried to the next one, or collected later (PLB FB, WO)."""

from collections.abc import Iterable
from datetime import date

import msgspec
from sqlalchemy import Connection, delete, select, update

from edi_hit.ledger.file_tables import OPEN_BALANCE, SENT_INTERCHANGE
from edi_hit.ledger.statements import insert_new
from edi_hit.remits import OpenBalance


class SetPlace(msgspec.Struct, frozen=True):
    """A transaction set of an interchange sent: its number in it, and its payer and payee."""

    control_number: int
    set_number: int
    payer: str
    payee: str


def owing(connection: Connection) -> set[tuple[str, str]]:
    """Give the payers and payees between whom anything was ever left open."""
    rows = connection.execute(select(OPEN_BALANCE.c.payer, OPEN_BALANCE.c.payee).distinct())
    return {(payer, payee) for payer, payee in rows}


def collect_balances(connection: Connection, place: SetPlace, on: date) -> list[OpenBalance]:
    """Give what a set made on day `on` collects, and note that it does.

    That is what earlier interchanges left open between its payer and payee and is due. Asked again, the
    same set collects the same.
    """
    table, number = OPEN_BALANCE.c, place.control_number
    its = table.payer == place.payer, table.payee == place.payee
    free = table.collected_by.is_(None), table.control_number < number, table.due_on <= on
    connection.execute(update(OPEN_BALANCE).where(*its, *free).values(collected_by=number))
    taken = select(table.reason, table.reference, table.amount, table.due_on).where(
        *its, table.collected_by == number
    )
    rows = connection.execute(taken.order_by(table.control_number, table.reason, table.reference))
    return [OpenBalance(*row) for row in rows]


def keep_balances(connection: Connection, place: SetPlace, opened: Iterable[OpenBalance]) -> None:
    """Record what a set leaves open, in place of what it left when it was made before and nobody took."""
    its = (
        OPEN_BALANCE.c.control_number == place.control_number,
        OPEN_BALANCE.c.set_number == place.set_number,
    )
    connection.execute(delete(OPEN_BALANCE).where(*its, OPEN_BALANCE.c.collected_by.is_(None)))
    rows = [{**msgspec.to_builtins(place), **msgspec.structs.asdict(one)} for one in opened]
    if rows:
        insert_new(connection, OPEN_BALANCE, rows)


def release_balances(connection: Connection, files: list[int]) -> None:
    """Give free what the interchanges of files took, and forget what they left: they were never finished."""
    numbers = select(SENT_INTERCHANGE.c.control_number).where(SENT_INTERCHANGE.c.file.in_(files))
    forget_balances(connection, list(connection.scalars(numbers)))


def forget_balances(connection: Connection, numbers: list[int]) -> None:
    """Forget what interchanges left open and took."""
    connection.execute(delete(OPEN_BALANCE).where(OPEN_BALANCE.c.control_number.in_(numbers)))
    collected = OPEN_BALANCE.c.collected_by.in_(numbers)
    connection.execute(update(OPEN_BALANCE).where(collected).values(collected_by=None))
