"""Keeps the lease of the file at hand while a worker is busy with it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from edi_hit.ledger import Holder, Ledger, renew_lease
from edi_hit.rules import LedgerError


class Heartbeat:
    """Renews one lease three times in its length, in a thread of its own.

    A lease that cannot be renewed is no error here: the next step of the file finds out.
    """

    def __init__(self, ledger: Ledger, holder: Holder) -> None:
        self._ledger = ledger
        self._holder = holder
        self._done = threading.Event()
        self._number: int | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    @contextmanager
    def of(self, number: int) -> Iterator[None]:
        """Keep the lease of this file until the block ends."""
        self._number = number
        try:
            yield
        finally:
            self._number = None

    def _run(self) -> None:
        while not self._done.wait(self._holder.lease_seconds / 3):
            number = self._number
            if number is not None:
                with suppress(LedgerError), self._ledger.transaction() as connection:
                    renew_lease(connection, self._holder, number)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()
