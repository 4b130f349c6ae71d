"""When a claim came in."""

from datetime import date

import msgspec


class Receipt(msgspec.Struct, frozen=True):
    """When a claim came in. `rank` orders receipts; `on` is the day, None where it is not known."""

    rank: int
    on: date | None = None
