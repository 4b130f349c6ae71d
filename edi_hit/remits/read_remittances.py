"""Reads an 835 claim payment by claim payment: each with the payment it belongs to."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.guides import GuideEvent, Loop, SetRead, Unit, read_loops
from edi_hit.mapping.problems import Problem, problem_finding
from edi_hit.remits.claim_group import ClaimGroup
from edi_hit.remits.claim_payment import ClaimPayment, ServicePayment
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE, SERVICE_PAYMENT
from edi_hit.remits.payment_head import PAYMENT_HEAD, PaymentHead
from edi_hit.remits.remittance import Remittance
from edi_hit.rules import Finding
from edi_hit.x12 import Event, SetStart, Source, TransactionSet, read_events

GUIDE = "835"
LINE = "2110"


class PaymentRecord(msgspec.Struct, frozen=True):
    """A claim payment as it was read, and the head of its payment without the PLB, which follows the claims.

    `findings` are those of the claim payment and of the loops above it. `payment` is None where the claim id,
    the status, the charge or the amount paid has no value that can be read; a line whose charge or payment
    cannot is not among its lines. The code of a line is SVC01 as sent where no code can be told in it.
    Findings say so. `claim_id` is CLP01 as far as it could be read.
    """

    claim_id: str
    payment: ClaimPayment | None
    head: PaymentHead
    transaction_set: TransactionSet
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the claim payment and the loops above it were read without an error."""
        return self.payment is not None and not any(finding.is_error for finding in self.findings)


class RemittanceRecord(msgspec.Struct, frozen=True):
    """The end of a transaction set: the head of its payment, whole. Its claim payments have all come.

    `remittance` is the same as it is written; None where a required part of it has no value. `findings` are
    those told outside of the claim payments.
    """

    head: PaymentHead
    transaction_set: TransactionSet
    remittance: Remittance | None = None
    findings: tuple[Finding, ...] = ()


def read_remittances(source: Source) -> Iterator[Event | PaymentRecord | RemittanceRecord | GuideEvent]:
    """Yield the claim payments of `source` among its envelopes and findings, in order.

    Faults are findings and never stop the reading. Units of other guides pass as they are. Raises
    `NotX12Error` and `OSError` as `read_segments` does.
    """
    return remittances_of(read_loops(read_events(source)))


def remittances_of(
    events: Iterable[Event | GuideEvent],
) -> Iterator[Event | PaymentRecord | RemittanceRecord | GuideEvent]:
    """Turn the 835 units and sets among `events` into records; all other events pass in their place."""
    reading = _Reading()
    for event in events:
        if isinstance(event, Unit) and event.guide.name == GUIDE:
            record = reading.payment(event)
            yield from reading.take_findings()
            yield record
        elif isinstance(event, SetRead) and event.guide.name == GUIDE:
            record_of_set = reading.remittance(event)
            yield from reading.take_findings()
            yield event
            yield record_of_set
        else:
            if isinstance(event, SetStart):
                reading.start_set(event.transaction_set)
            elif isinstance(event, Finding):
                reading.take(event)
            yield event


class _Reading:
    """The transaction set being read: its head, and what was found outside of its claim payments."""

    def __init__(self) -> None:
        self.told_of_set: list[Finding] = []
        self._findings: list[Finding] = []
        self._top: Loop | None = None
        self._head = PaymentHead()
        self._group_loop: Loop | None = None
        self._group = ClaimGroup()
        self._in_835 = False

    def start_set(self, transaction_set: TransactionSet) -> None:
        """A set begins: what was told before it is not of it."""
        self.told_of_set = []
        self._in_835 = transaction_set.kind == GUIDE

    def take(self, finding: Finding) -> None:
        """Note a finding of the 835 that is open, outside of its claim payments."""
        if self._in_835 and finding.claim is None:
            self.told_of_set.append(finding)

    def payment(self, unit: Unit) -> PaymentRecord:
        """Read a claim payment."""
        top = unit.loop.above("ST_LOOP")
        if top is not None and top is not self._top:
            so_far = PAYMENT_HEAD.read(top, []) or PaymentHead()
            self._top, self._head = top, msgspec.structs.replace(so_far, provider_adjustments=())
        problems: list[Problem] = []
        group = self._group_of(unit.loop, problems)
        payment = _with_every_line(CLAIM_PAYMENT.read(unit.loop, problems, group=group), unit.loop)
        claim_id = unit.loop.opener_element(1)
        told = self._tell(problems, unit.transaction_set, claim_id or None, unit.findings)
        return PaymentRecord(claim_id, payment, self._head, unit.transaction_set, unit.findings + told)

    def _group_of(self, loop: Loop, problems: list[Problem]) -> ClaimGroup:
        """Read the Loop 2000 above a claim payment, once for all its claims."""
        if loop.parent is not None and loop.parent is not self._group_loop:
            self._group_loop = loop.parent
            self._group = CLAIM_GROUP.read(loop.parent, problems) or ClaimGroup()
        return self._group

    def remittance(self, set_read: SetRead) -> RemittanceRecord:
        """Read what stands outside of the claim payments, and forget the set."""
        problems: list[Problem] = []
        head = PAYMENT_HEAD.read(set_read.loop, problems) or PaymentHead()
        told = self._tell(problems, set_read.transaction_set, None, self.told_of_set)
        remittance = REMITTANCE.read(set_read.loop, [])
        findings = (*self.told_of_set, *told)
        self._top = self._group_loop = None
        self.told_of_set = []
        self._in_835 = False
        return RemittanceRecord(head, set_read.transaction_set, remittance, findings)

    def take_findings(self) -> list[Finding]:
        """Give what could not be read since the last call."""
        found, self._findings = self._findings, []
        return found

    def _tell(
        self,
        problems: list[Problem],
        transaction_set: TransactionSet,
        claim: str | None,
        told: Iterable[Finding],
    ) -> tuple[Finding, ...]:
        """Make findings of the problems that were not told already: one cause, one finding."""
        if not problems:
            return ()
        places = {(finding.segment, finding.element) for finding in told if finding.is_error}
        found = [problem_finding(problem, transaction_set, claim) for problem in problems]
        new = tuple(finding for finding in found if (finding.segment, finding.element) not in places)
        self._findings += new
        return new


def _with_every_line(payment: ClaimPayment | None, loop: Loop) -> ClaimPayment | None:
    """Add the lines that were left out for want of a procedure code."""
    services = [child for child in loop.loops if child.id == LINE]
    if payment is None or len(services) == len(payment.lines):
        return payment
    lines = tuple(line for line in map(_line, services) if line is not None)
    if len(lines) < len(services):
        return msgspec.structs.replace(payment, lines=lines)
    left = tuple(item for item in payment.unmapped if item.loops[:1] != (LINE,))
    return msgspec.structs.replace(payment, lines=lines, unmapped=left)


def _line(loop: Loop) -> ServicePayment | None:
    line = SERVICE_PAYMENT.read(loop, [])
    if line is None and loop.segments:
        segment = loop.segments[0][2]
        sent = loop.opener_element(1)
        code = segment.delimiters.shown(sent) if segment is not None else sent
        line = SERVICE_PAYMENT.read(loop, [], procedure_code=code)
    return line
