"""The claims of a run in batches that hold all of a person's claims."""

from array import array
from collections.abc import Iterator
from zlib import crc32

_CLAIMS = 1_000
"""Claims of a batch, more or less: they are in memory, and in one transaction of the ledger, together."""


_NOBODY = -1


def mark_of(called: str | None) -> int:
    """Give what `ClaimBatches` knows a person by; None is where nobody is named."""
    return crc32(called.encode()) if called else _NOBODY


class ClaimBatches:
    """Puts claims into batches by person: eight bytes of memory a claim, whatever the order they come in."""

    def __init__(self) -> None:
        self._people = array("I")

    def add(self, mark: int) -> None:
        """Add the next claim of the run, whose person has this mark."""
        self._people.append(crc32(b"%d" % len(self._people)) if mark == _NOBODY else mark)

    def __iter__(self) -> Iterator[list[int]]:
        """Yield the claims of each batch by index, in ascending order."""
        batches = len(self._people) // _CLAIMS + 1
        ends = array("Q", bytes(8 * (batches + 1)))
        for person in self._people:
            ends[person % batches + 1] += 1
        for batch in range(batches):
            ends[batch + 1] += ends[batch]
        claims, free = array("I", bytes(4 * len(self._people))), ends[:batches]
        for index, person in enumerate(self._people):
            claims[free[person % batches]] = index
            free[person % batches] += 1
        for batch in range(batches):
            found = list(claims[ends[batch] : ends[batch + 1]])
            if found:
                yield found
