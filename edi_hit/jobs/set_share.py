"""Shares the transaction sets of a file among processes: each follows all of it, and reads its own sets."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.rules import EdiHitError
from edi_hit.x12 import Event, SegmentRun, SetEnd, SetStart, TransactionSet


class SetElsewhere(msgspec.Struct, frozen=True):
    """A transaction set that falls to another process; nothing of it comes here, not even its start."""

    process: int
    transaction_set: TransactionSet


class SetShare(msgspec.Struct, frozen=True):
    """The transaction sets that fall to process `mine` of so many, numbered from 0; none where it is None."""

    mine: int | None
    processes: int

    def of(
        self, events: Iterable[SegmentRun | Event], file: int
    ) -> Iterator[SegmentRun | Event | SetElsewhere]:
        """Pass on what stands outside the sets of input `file` of a run, and the sets of this share, whole.

        A set falls to the process whose sets have the fewest segments so far, the first one to that of the
        file's number: all processes see the same sets go by, and so agree. A set that cannot be read to its
        end is told of before the error is raised.
        """
        read = [0] * self.processes
        process = 0
        elsewhere: SetElsewhere | None = None
        try:
            for event in events:
                if type(event) is SetStart:
                    process = self._next(read, file)
                    if process != self.mine:
                        elsewhere = SetElsewhere(process, event.transaction_set)
                if elsewhere is None:
                    yield event
                if type(event) is SetEnd:
                    read[process] += event.segments
                    if elsewhere is not None:
                        yield elsewhere
                        elsewhere = None
        except (EdiHitError, OSError):
            if elsewhere is not None:
                yield elsewhere
            raise

    def _next(self, read: list[int], file: int) -> int:
        return min(range(self.processes), key=lambda one: (read[one], (one - file) % self.processes))
