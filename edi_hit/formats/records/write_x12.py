"""Records to X12, through the strict writers: each envelope becomes an interchange with one group."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeVar

from edi_hit.claims import Claim, InstitutionalClaim, write_claims
from edi_hit.formats.records.kinds import Envelope, Record
from edi_hit.remits import ClaimPayment, Remittance, write_remittances
from edi_hit.rules import ComposeError
from edi_hit.x12 import ComposeWriter, Delimiters

_T = TypeVar("_T")
_DELIMITERS = 4
_MAY_DELIMIT = re.compile("[^A-Za-z0-9 \x7f-\U0010ffff]*")


def write_x12(records: Iterable[Record], stream: BinaryIO) -> None:
    """Write `records` as X12.

    Raises `ComposeError` with the number of the record, counted from 1, where no X12 can hold it or the guide
    forbids it, and where records do not follow each other as they must.
    """
    queue = _Queue(iter(records))
    try:
        if queue.next is None:
            raise ComposeError("there are no records")
        while queue.next is not None:
            _write_interchange(queue, stream)
    except ComposeError as error:
        raise type(error)(f"record {queue.number}: {error}", findings=error.findings) from None


class _Queue:
    """Records to come, the next one known; `number` is that of the last one taken, counted from 1."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self.number = 0
        self.next = next(records, None)

    def take(self, kind: type[_T]) -> Iterator[_T]:
        """Take the records that come next, as long as they are of that kind."""
        while isinstance(self.next, kind):
            taken, self.next = self.next, next(self._records, None)
            self.number += 1
            yield taken


def _write_interchange(queue: _Queue, stream: BinaryIO) -> None:
    envelope = next(queue.take(Envelope), None)
    if envelope is None:
        queue.number += 1
        raise ComposeError("an interchange begins with its envelope, and holds claims or remittances")
    delimiters = _delimiters(envelope.delimiters)
    if isinstance(queue.next, Remittance):
        writer = ComposeWriter(stream, envelope.header, delimiters, envelope.line_break)
        writer.start()
        remittances = ((remittance, queue.take(ClaimPayment)) for remittance in queue.take(Remittance))
        write_remittances(writer, remittances)
        writer.end()
    else:
        kind = InstitutionalClaim if isinstance(queue.next, InstitutionalClaim) else Claim
        write_claims(queue.take(kind), stream, envelope.header, delimiters, envelope.line_break)


def _delimiters(text: str) -> Delimiters:
    if len(text) != _DELIMITERS or len(set(text)) != len(text) or not _MAY_DELIMIT.fullmatch(text):
        raise ComposeError("delimiters are four different characters, no letters, digits or blanks")
    return Delimiters(element=text[0], repetition=text[1], component=text[2], terminator=text[3])
