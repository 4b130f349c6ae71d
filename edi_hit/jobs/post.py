"""Turns 835s into tables for posting, and holds the sums of each payment against BPR02."""

from collections.abc import Callable
from decimal import Decimal

import msgspec

from edi_hit.jobs import exit_codes
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.payment_files import PaymentFile, PaymentFiles, PaymentSet
from edi_hit.jobs.posting_sinks import PostingSink
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment, payment_total
from edi_hit.remits.balance import ZERO
from edi_hit.report.posting_rows import PaymentRow
from edi_hit.report.posting_tables import PostingTables, of_payment

KEPT = 50
"""Payments a result holds to be shown; the tables hold all."""


class PostTotals(msgspec.Struct):
    """What was posted: `unreconciled` counts payments whose sums are not BPR02. Money in dollars."""

    payments: int = 0
    unreconciled: int = 0
    claims: int = 0
    claims_paid: Decimal = ZERO
    provider_adjusted: Decimal = ZERO
    amount: Decimal = ZERO


class PostResult(msgspec.Struct):
    """What posting gave: the files, the sums, the first payments, and the first that do not reconcile."""

    files: list[PaymentFile]
    totals: PostTotals
    first: list[PaymentRow]
    unreconciled: list[PaymentRow]

    @property
    def exit_code(self) -> int:
        """1 where a payment does not reconcile or a file has errors, else 0; 3 and 4 as the files were."""
        own = exit_codes.FINDINGS if self.totals.unreconciled else exit_codes.CLEAN
        return max(own, *(file.exit_code for file in self.files))


def post(
    inputs: list[InputFile],
    sink: PostingSink,
    tables: Tables | None = None,
    file_read: Callable[[PaymentFile], None] = lambda file: None,
) -> PostResult:
    """Give the rows of every 835 of `inputs` to `sink`, payment by payment; faults of files are findings.

    The row of a payment comes after those of its claims. Nothing is left out: what does not reconcile says
    so.
    """
    posting = _Posting(sink, tables or Tables.packaged())
    for item in inputs:
        file_read(posting.reader.read(item))
    return posting.result


class _Posting:
    """The posting of one run, and the sums of the payment being read."""

    def __init__(self, sink: PostingSink, tables: Tables) -> None:
        self._sink = sink
        self._rows = PostingTables(tables)
        self.reader = PaymentFiles(self._add, self._end, tables)
        self._claims, self._paid = 0, ZERO
        self.result = PostResult(self.reader.files, PostTotals(), [], [])

    def _add(self, current: PaymentSet, payment: ClaimPayment) -> None:
        self._claims += 1
        self._paid += payment.paid
        for table, row in self._rows.claim_rows(current.number + 1, current.head, payment):
            self._sink.add(table, row)

    def _end(self, current: PaymentSet) -> None:
        for table, row in self._rows.provider_adjustment_rows(current.number + 1, current.head):
            self._sink.add(table, row)
        payment = self._payment(current)
        self._sink.add("payments", payment)
        self._count(payment)
        self._claims, self._paid = 0, ZERO

    def _payment(self, current: PaymentSet) -> PaymentRow:
        head, first = current.head, current.same_trace
        due = payment_total([self._paid], head.provider_adjustments)
        difference = None if head.amount is None else head.amount - due
        return PaymentRow(
            *of_payment(current.number + 1, head),
            file=current.file,
            control_number=current.control_number,
            payer_id=next(iter(head.payer.ids), ""),
            payer_tax_id=head.payer_tax_id,
            payee_id_qualifier=head.payee.id_qualifier,
            payee_id=head.payee.id,
            paid_on=head.paid_on,
            production_date=head.production_date,
            method=head.method,
            handling=head.handling,
            credit_debit=head.credit_debit,
            amount=head.amount,
            claims=self._claims,
            claims_paid=self._paid,
            provider_adjusted=self._paid - due,
            difference=difference,
            reconciles="yes" if difference == ZERO else "no",
            same_trace_as=None if first == current.number else first + 1,
        )

    def _count(self, payment: PaymentRow) -> None:
        totals, result = self.result.totals, self.result
        totals.payments += 1
        totals.claims += payment.claims
        totals.claims_paid += payment.claims_paid
        totals.provider_adjusted += payment.provider_adjusted
        totals.amount += payment.amount or ZERO
        if len(result.first) < KEPT:
            result.first.append(payment)
        if payment.difference != ZERO:
            totals.unreconciled += 1
            if len(result.unreconciled) < KEPT:
                result.unreconciled.append(payment)
