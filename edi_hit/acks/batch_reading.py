"""Reads what a 277CA says of a whole batch, above its claims; a batch that was refused has none."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from edi_hit.acks.claim_acknowledgment import BatchHead, ClaimBatch, InformationReceiver, InformationSource
from edi_hit.acks.mapping_277ca import BATCH_HEAD, INFORMATION_RECEIVER, INFORMATION_SOURCE
from edi_hit.guides import Guide, Loop, Unit, guide
from edi_hit.guides.loop_builder import LoopBuilder, Output
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.mapping.problems import Problem
from edi_hit.x12 import Event, Segment, SetEnd, SetStart, TransactionSet

CLAIMS_GUIDE, CLAIMS_SET = "277CA", "277"
_RECEIVER_LOOP = "2000B"
_SOURCE_LEVEL = "20"
_BELOW_RECEIVER = ("19", "PT")
"""HL03 of the levels below the receiver."""
_HEAD_SEGMENTS = 100
"""Segments kept of what stands before the first level; a right file has two."""

T = TypeVar("T")
Batch = tuple[ClaimBatch, list[Problem]]


def read_part(mapping: LoopMapping[T], type: type[T], loop: Loop, problems: list[Problem]) -> T:
    """Read a loop whose structure has a default for every field."""
    found = mapping.read(loop, problems)
    return type() if found is None else found


def _batch_guide() -> Guide:
    """The 277CA guide with the receiver level as its unit, so that a batch without claims is one too."""
    return guide(CLAIMS_GUIDE, (_RECEIVER_LOOP,))


class BatchReading:
    """Reads the levels above the claims while the segments go by."""

    def __init__(self) -> None:
        self.current: ClaimBatch | None = None
        self._set: TransactionSet | None = None
        self._head: list[Segment] = []
        self._builder: LoopBuilder | None = None
        self._waiting: list[Batch] = []

    def watch(self, events: Iterable[Event]) -> Iterator[Event]:
        """Pass `events` on; a batch is ready before the first level below it passes."""
        for event in events:
            if isinstance(event, Segment):
                if self._set is not None:
                    self._segment(event, self._set)
            elif isinstance(event, SetStart):
                self._start(event.transaction_set)
            elif isinstance(event, SetEnd):
                self._finish()
            yield event

    def taken(self) -> Iterator[Batch]:
        """Give the batches that have become ready."""
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def _start(self, transaction_set: TransactionSet) -> None:
        entry = _batch_guide().entry if transaction_set.kind == CLAIMS_SET else None
        known = entry is not None and transaction_set.guide in (entry.id, *entry.siblings)
        self._set = transaction_set if known else None
        self.current, self._head = None, []

    def _segment(self, segment: Segment, transaction_set: TransactionSet) -> None:
        level = [*segment.elements, "", "", ""][3] if segment.id == "HL" else ""
        if level == _SOURCE_LEVEL:
            self._finish()
            self._builder = LoopBuilder(_batch_guide(), transaction_set)
            for head in self._head:
                self._take(self._builder.add(head))
        elif level in _BELOW_RECEIVER:
            self._finish()
        if self._builder is not None:
            self._take(self._builder.add(segment))
        elif not level and self.current is None and len(self._head) < _HEAD_SEGMENTS:
            self._head.append(segment)

    def _finish(self) -> None:
        if self._builder is None:
            return
        self._take(self._builder.end())
        self._builder = None

    def _take(self, output: Output | None) -> None:
        """Take the batch among what building the loops gave."""
        for found in output or ():
            if isinstance(found, Unit):
                problems: list[Problem] = []
                self.current = _batch(found.loop, problems)
                self._waiting.append((self.current, problems))


def _batch(receiver: Loop, problems: list[Problem]) -> ClaimBatch:
    root, source = receiver.above("ST_LOOP"), receiver.above("2000A")
    head = read_part(BATCH_HEAD, BatchHead, root, problems) if root else BatchHead()
    return ClaimBatch(
        reference=head.reference,
        created_on=head.created_on,
        created_at=head.created_at,
        source=read_part(INFORMATION_SOURCE, InformationSource, source, problems) if source else None,
        receiver=read_part(INFORMATION_RECEIVER, InformationReceiver, receiver, problems),
    )
