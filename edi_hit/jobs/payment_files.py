"""Reads 835s for a job, file after file: their claim payments, and what is wrong with the files."""

from collections.abc import Callable

import msgspec

from edi_hit.jobs import exit_codes
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment, PaymentHead, PaymentRecord, RemittanceRecord
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import TransactionSet, place_of

FINDINGS_KEPT = 200
"""Findings of one file that are kept to show; `validate` shows them all."""

RULES = "edi_hit.adjudication.reconcile"
"""The package that declares what is said of remittances beyond their X12."""


class PaymentSet(msgspec.Struct, frozen=True):
    """A transaction set of a job: its number over all files, its file, and what identifies its payment.

    `same_trace` is the number of the first set with its trace number: its own where there is no earlier one.
    """

    number: int
    file: str
    control_number: str
    same_trace: int
    head: PaymentHead


class PaymentFile(msgspec.Struct):
    """What reading one file gave: its counts, its first findings, and how many more there were."""

    file: InputFile
    summary: FileSummary
    findings: list[Finding]
    more: int
    exit_code: int


OnPayment = Callable[[PaymentSet, ClaimPayment], None]
OnSet = Callable[[PaymentSet], None]


class PaymentFiles:
    """Reads 835s one after another. Faults are findings; a faulty file does not stop the next one.

    `on_payment` is called with each claim payment that could be read, `on_set` at the end of each
    transaction set, whose head is then as whole as it came.
    """

    def __init__(self, on_payment: OnPayment, on_set: OnSet, tables: Tables | None = None) -> None:
        self.files: list[PaymentFile] = []
        self._on_payment = on_payment
        self._on_set = on_set
        self._options = CheckOptions(tables=tables)
        self._traces: dict[tuple[str, str], int] = {}
        self._sets = 0
        self._ordinal: int | None = None
        self._current: PaymentSet | None = None
        self._told: list[Finding] = []
        self._label = ""

    def read(self, item: InputFile) -> PaymentFile:
        """Read one file to its end, as far as it can be read."""
        check, first, self._label = FileCheck(item, self._options), self._sets, item.label
        kept: list[Finding] = []
        more = 0
        for finding in check.findings(on_payment=self._take):
            if len(kept) < FINDINGS_KEPT:
                kept.append(finding)
            else:
                more += 1
        if self._ordinal is not None and self._current is not None:
            self._end(self._current)
        summary = check.summary()
        own, self._told = self._told, []
        more += max(len(own) - FINDINGS_KEPT, 0)
        if self._sets == first and summary.exit_code <= exit_codes.FINDINGS:
            own.append(load_rules(RULES)["REC-NO-835"].finding())
        kept += [msgspec.structs.replace(finding, file=item.label) for finding in own[:FINDINGS_KEPT]]
        code = max(summary.exit_code, exit_codes.FINDINGS if own else exit_codes.CLEAN)
        done = PaymentFile(item, summary, kept, more, code)
        self.files.append(done)
        return done

    def _take(self, record: PaymentRecord | RemittanceRecord) -> None:
        current = self._set_of(record)
        if isinstance(record, RemittanceRecord):
            self._end(msgspec.structs.replace(current, head=record.head))
        elif record.payment is not None:
            self._on_payment(current, record.payment)

    def _end(self, current: PaymentSet) -> None:
        """End a transaction set; one that a file breaks off in ends with the file."""
        self._ordinal = None
        self._on_set(current)

    def _set_of(self, record: PaymentRecord | RemittanceRecord) -> PaymentSet:
        ordinal = record.transaction_set.ordinal
        if self._current is None or self._ordinal != ordinal:
            self._ordinal = ordinal
            self._current = self._next_set(record.head, record.transaction_set)
        return self._current

    def _next_set(self, head: PaymentHead, transaction_set: TransactionSet) -> PaymentSet:
        number = self._sets
        self._sets += 1
        trace = (head.trace_number, head.payer_tax_id)
        first = self._traces.setdefault(trace, number) if head.trace_number else number
        if first != number:
            place = place_of(transaction_set.segment, transaction_set)
            self._told.append(load_rules(RULES)["REC-TRACE"].finding(None, **place))
        return PaymentSet(number, self._label, transaction_set.control_number, first, head)
