"""Takes in what partners answer: TA1, 999, 277CA and 835 are matched to the claims that were sent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from edi_hit.acks import (
    Acknowledgment,
    ClaimAcknowledgment,
    ClaimBatch,
    ImplementationAcknowledgment,
    Ta1,
    read_acknowledgments,
)
from edi_hit.guides import read_loops
from edi_hit.jobs import exit_codes
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.stored_inputs import StoredInput, stored_inputs
from edi_hit.ledger import (
    Answer,
    ClaimState,
    Connection,
    Ledger,
    answer_batch,
    answer_claim,
    answer_is_known,
    answer_payment,
    answer_set,
    batch_went_to,
)
from edi_hit.remits import PaymentRecord, remittances_of
from edi_hit.rules import Finding, NotX12Error, load_rules
from edi_hit.x12 import InterchangeStart, place_of, read_events

RULES = "edi_hit.jobs"
KEPT = 200
"""Findings of one file that are kept to show."""

_DENIED, _REVERSED = "4", "22"
"""CLP02: denied; reversal of a previous payment."""


class FileReceived(msgspec.Struct):
    """What a file held: answers by kind, how many claims they moved, what they do not fit, its faults.

    `known` says that a file with these bytes was received before: then nothing was done.
    """

    file: str
    known: bool = False
    answers: Counter[str] = msgspec.field(default_factory=Counter)
    claims: int = 0
    unmatched: int = 0
    findings: list[Finding] = msgspec.field(default_factory=list)
    errors: int = 0
    exit_code: int = exit_codes.CLEAN

    def add(self, finding: Finding) -> None:
        """Note a finding; the first ones are kept."""
        self.errors += finding.is_error
        if finding.is_error:
            self.exit_code = max(self.exit_code, exit_codes.FINDINGS)
        if len(self.findings) < KEPT:
            self.findings.append(msgspec.structs.replace(finding, file=self.file, value=None))


def receive(inputs: Sequence[InputFile], ledger: Ledger, on: date) -> Iterator[FileReceived]:
    """Take in each input, whole or not at all, and yield what it held. `on` is the day it is received.

    A file that cannot be read is told of, and does not stop the next one. Raises `LedgerError`.
    """
    with stored_inputs(inputs) as stored:
        for item in stored:
            yield _received(item, ledger, on)


def _received(item: StoredInput, ledger: Ledger, on: date) -> FileReceived:
    told = FileReceived(item.label)
    try:
        with ledger.transaction() as connection:
            told.known = answer_is_known(connection, item.sha256, on)
            if not told.known:
                _Receiving(connection, told, on).read(item.source)
                detail = f"{told.answers.total()} answers, {told.claims} claims, {told.unmatched} unmatched"
                ledger.record(connection, "received", f"file sha256 {item.sha256}", detail)
    except (NotX12Error, OSError) as error:
        rule = "X12-ENV-15" if isinstance(error, NotX12Error) else "FILE-READ"
        told = FileReceived(item.label)
        told.add(load_rules(RULES)[rule].finding())
        told.exit_code = exit_codes.NOT_X12 if isinstance(error, NotX12Error) else exit_codes.FAILED
    return told


class _Receiving:
    """The reading of one file."""

    def __init__(self, connection: Connection, told: FileReceived, on: date) -> None:
        self._connection = connection
        self._told = told
        self._on = on
        self._senders: frozenset[tuple[str, str]] = frozenset()

    def read(self, source: str) -> None:
        """Match all answers of the file."""
        events = (event for event in read_events(source) if isinstance(event, InterchangeStart))
        found = (event.interchange for event in events)
        self._senders = frozenset((one.sender_qualifier, one.sender) for one in found)
        for item in read_acknowledgments(source):
            if isinstance(item, Finding):
                self._told.add(item)
            else:
                self._acknowledged(item)
        for event in remittances_of(read_loops(read_events(source))):
            if isinstance(event, PaymentRecord):
                self._paid(event)
        if not self._told.answers:
            self._told.add(load_rules(RULES)["ANSWER-NONE"].finding())

    def _acknowledged(self, item: Acknowledgment) -> None:
        match item:
            case Ta1():
                self._interchange(item)
            case ImplementationAcknowledgment():
                self._group(item)
            case ClaimBatch():
                self._batch(item)
            case ClaimAcknowledgment():
                self._claim(item)

    def _interchange(self, ta1: Ta1) -> None:
        number = self._number(ta1.control_number)
        if ta1.accepted:
            self._matched("TA1", int(number is not None), moved=0)
            return
        answer = Answer("TA1", ClaimState.REJECTED, self._on, f"{ta1.code} {ta1.note}")
        self._matched("TA1", 0 if number is None else answer_batch(self._connection, number, answer))

    def _group(self, group: ImplementationAcknowledgment) -> None:
        number = self._number(group.control_number)
        if number is None:
            self._matched("999", 0)
            return
        if not group.sets:
            state = ClaimState.ACKNOWLEDGED if group.code in ("A", "E") else ClaimState.REJECTED
            answer = Answer("999", state, self._on, " ".join(("AK9", group.code, *group.errors)))
            self._matched("999", answer_batch(self._connection, number, answer))
        for one in group.sets:
            state = ClaimState.ACKNOWLEDGED if one.accepted else ClaimState.REJECTED
            answer = Answer("999", state, self._on, " ".join(("IK5", one.code, *one.errors)))
            self._matched("999", answer_set(self._connection, number, one.control_number, answer))

    def _batch(self, batch: ClaimBatch) -> None:
        """What a 277CA says of all claims at once: only where it refuses them."""
        trace = batch.receiver.trace if batch.receiver else None
        codes = [code for report in trace.statuses for code in report.codes] if trace else []
        number = self._number(trace.batch) if trace else None
        if number is None or trace is None or trace.accepted or not any(code.rejects for code in codes):
            return
        told = " ".join(f"{code.category}:{code.status}" for code in codes)
        answer = Answer("277CA", ClaimState.REJECTED, batch.created_on or self._on, told)
        self._matched("277CA", answer_batch(self._connection, number, answer))

    def _claim(self, told: ClaimAcknowledgment) -> None:
        claim, receiver = told.claim, told.batch.receiver if told.batch else None
        number = self._number(receiver.trace.batch) if receiver and receiver.trace else None
        codes = [code for report in claim.statuses for code in report.codes]
        text = " ".join(":".join(filter(None, (c.category, c.status, c.entity))) for c in codes)
        state = ClaimState.ACCEPTED if claim.accepted else ClaimState.REJECTED
        day = (told.batch.created_on if told.batch else None) or self._on
        answer = Answer("277CA", state, day, text, claim.payer_claim_number)
        found = 0 if number is None else answer_claim(self._connection, number, claim.claim_id, answer)
        self._matched("277CA", found)

    def _paid(self, record: PaymentRecord) -> None:
        payment, head = record.payment, record.head
        if payment is None:
            self._matched("835", 0)
            return
        state = _STATES.get(payment.status, ClaimState.PAID)
        answer = Answer(
            "835",
            state,
            head.paid_on or self._on,
            f"CLP02 {payment.status}",
            payment.payer_claim_number,
            payment.paid,
        )
        found = answer_payment(self._connection, payment.claim_id, head.payee.ids, payment.charge, answer)
        if not found:
            place = place_of(record.transaction_set.segment, record.transaction_set)
            rule = load_rules(RULES)["ANSWER-UNKNOWN"]
            self._told.add(rule.finding(None, **{**place, "claim": record.claim_id}))
        self._matched("835", found, tell=False)

    def _number(self, text: str) -> int | None:
        """The control number of a batch that went to whoever sent the file; None where there is none."""
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
        known = number is not None and batch_went_to(self._connection, number, self._senders)
        return number if known else None

    def _matched(self, kind: str, found: int, moved: int | None = None, *, tell: bool = True) -> None:
        """Count an answer that was about `found` claims or interchanges; say where there is none."""
        self._told.answers[kind] += 1
        self._told.claims += found if moved is None else moved
        if not found:
            self._told.unmatched += 1
            if tell:
                self._told.add(load_rules(RULES)["ANSWER-UNKNOWN"].finding())


_STATES = {_DENIED: ClaimState.DENIED, _REVERSED: ClaimState.REVERSED}
"""What CLP02 tells of a claim; every other status is a payment, of nothing perhaps."""


def exit_code_of(files: Iterable[FileReceived]) -> int:
    """The highest of the files' exit codes."""
    return max((file.exit_code for file in files), default=exit_codes.CLEAN)
