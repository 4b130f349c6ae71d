"""When a claim came in."""

from datetime import date

import msgspec


class Receipt(msgspec.Struct, frozen=True):
    """When a claim came in. `rank` orders receipts; `on` is the day, None where it is not known.

    `waited` says that the claim has waited for its drug since.
    """

    rank: int
    on: date | None = None
    waited: bool = False
