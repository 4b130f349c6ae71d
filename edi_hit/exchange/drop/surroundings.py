"""What a drop takes from outside: the day, and the numbers of its acknowledgements. A test gives its own."""

from collections.abc import Callable
from datetime import date

import msgspec

from edi_hit.ledger import ACKNOWLEDGMENTS, Connection, take_numbers

_LAST = 999_999_999


def ledger_numbers(connection: Connection, sha256: str, count: int) -> int:
    """Take so many control numbers from the ledger's counter; give the first. After the last comes 1."""
    return (take_numbers(connection, ACKNOWLEDGMENTS, count) - 1) % _LAST + 1


class Surroundings(msgspec.Struct, frozen=True):
    """`today` gives the day files are received, by default that of the database's clock, in UTC.

    `control_numbers` gives the first of so many numbers for the file with this SHA-256.
    """

    today: Callable[[], date | None] = lambda: None
    control_numbers: Callable[[Connection, str, int], int] = ledger_numbers
