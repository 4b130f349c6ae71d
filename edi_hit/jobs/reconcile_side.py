"""One side of a comparison of remittances, the expected or the actual: read to disk, in parts by claim id."""

import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import msgspec

from edi_hit.adjudication.reconcile import Answer, PayerBook
from edi_hit.adjudication.reconcile.answer import ZERO
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.payment_files import PaymentFile, PaymentFiles, PaymentSet
from edi_hit.jobs.spool import Spool
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment

PARTS = 256
"""Parts the answers are compared in: memory holds one part of both sides at a time."""


class SetOrigin(msgspec.Struct, frozen=True):
    """Where a transaction set came from: file, control number (ST02), trace number (TRN02), and payer."""

    file: str
    control_number: str
    trace: str
    payer: int


class SideTotals(msgspec.Struct):
    """What a side pays, in dollars: the sum of its claim payments (CLP04), and what PLB takes off."""

    claims: int = 0
    paid: Decimal = ZERO
    provider_adjusted: Decimal = ZERO


class Side:
    """The answers of one side, by position; `parts` holds their positions by claim id.

    A context manager: the answers are gone when it ends.
    """

    def __init__(self, folder: Path, book: PayerBook, tables: Tables | None = None) -> None:
        self.files: list[PaymentFile] = []
        self.sets: list[SetOrigin] = []
        self.parts = [array("q") for _ in range(PARTS)]
        self.totals = SideTotals()
        self._book = book
        self._answers = Spool(Answer, folder)
        self._reader = PaymentFiles(self._add, self._end_set, tables)

    def read(self, inputs: Iterable[InputFile], file_read: Callable[[PaymentFile], None]) -> None:
        """Read files, one after another; `file_read` is called after each."""
        for item in inputs:
            self.files.append(self._reader.read(item))
            file_read(self.files[-1])

    def answers(self, positions: Iterable[int]) -> Iterator[Answer]:
        """Give the answers at these positions."""
        return (self._answers[position] for position in positions)

    @property
    def payers(self) -> set[int]:
        """The numbers of the payers it names."""
        return {origin.payer for origin in self.sets}

    def _add(self, current: PaymentSet, payment: ClaimPayment) -> None:
        origin, position = self._origin(current), len(self._answers)
        paid_on = current.head.paid_on
        self._answers.append(
            Answer(position, current.number, current.same_trace, origin.payer, paid_on, payment)
        )
        self.parts[zlib.crc32(payment.claim_id.strip().encode()) % PARTS].append(position)
        self.totals.claims += 1
        self.totals.paid += payment.paid

    def _end_set(self, current: PaymentSet) -> None:
        self._origin(current)
        taken = (item.amount for item in current.head.provider_adjustments)
        self.totals.provider_adjusted += sum(taken, ZERO)

    def _origin(self, current: PaymentSet) -> SetOrigin:
        if current.number == len(self.sets):
            head = current.head
            payer = self._book.number(head)
            self.sets.append(SetOrigin(current.file, current.control_number, head.trace_number, payer))
        return self.sets[current.number]

    def __enter__(self) -> "Side":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._answers.__exit__(kind, error, trace)
