"""What a drop takes from outside: the day, and the numbers of its acknowledgements. A test gives its own."""

from collections.abc import Callable
from datetime import date

import msgspec

from edi_hit.exchange.file_contents import acknowledgment_numbers
from edi_hit.ledger import Connection


def _ledger_numbers(connection: Connection, sha256: str, count: int) -> int:
    return acknowledgment_numbers(connection, count)


class Surroundings(msgspec.Struct, frozen=True):
    """`today` gives the day files are received, by default that of the database's clock, in UTC.

    `control_numbers` gives the first of so many numbers for the file with this SHA-256.
    """

    today: Callable[[], date | None] = lambda: None
    control_numbers: Callable[[Connection, str, int], int] = _ledger_numbers
