"""Writes remittances as an 835, streaming; what does not balance, or breaks the guide, is refused."""

from collections.abc import Iterable

from edi_hit.guides import Loop, SetRead, composed_findings, guide
from edi_hit.guides.loop import Placed
from edi_hit.mapping.composed_segments import COMPOSED_SET, control_findings, numbered_texts
from edi_hit.mapping.field_types import ToldTypes
from edi_hit.reference import Tables
from edi_hit.remits.checks import RemittanceChecks
from edi_hit.remits.claim_group import ClaimGroup
from edi_hit.remits.composed_payments import ComposedPayments, PaymentInSet
from edi_hit.remits.mapping_835 import CLAIM_GROUP, REMITTANCE
from edi_hit.remits.payment_composer import PaymentComposer, refuse
from edi_hit.remits.remittance import Remittance
from edi_hit.rules import Finding
from edi_hit.x12 import TERMINATOR, SegmentSink


def write_remittances(
    writer: SegmentSink,
    remittances: Iterable[tuple[Remittance, Iterable[PaymentInSet]]],
    *,
    tables: Tables | None = None,
    strict: bool = True,
) -> int:
    """Write each remittance with its claims as one transaction set; give the number of claims written.

    `writer` is a `ComposeWriter` whose interchange has been started. A new Loop 2000 is opened where the
    group of a claim differs from that of the claim before. What a `ComposerAhead` composed for the day a
    remittance is produced on was checked then, and is only added up. Raises `ComposeError`, with the findings
    a reader would have, where a line, a claim or a payment does not balance, and for what the guide or a code
    list forbids. `tables` are those of external codes, the packaged ones where None. Not `strict`, only what
    X12 cannot hold is refused. Only one claim is held at a time.
    """
    checks = RemittanceChecks(tables or Tables.packaged()) if strict else None
    composer = _Composer(writer, checks)
    return sum(composer.write(remittance, claims) for remittance, claims in remittances)


class _Composer:
    """Composes transaction sets one by one, claim by claim, each checked before it is written."""

    def __init__(self, writer: SegmentSink, checks: RemittanceChecks | None) -> None:
        self._writer = writer
        self._checks = checks
        self._guide = guide("835")
        self._group_node = self._guide.root.loop("2000")
        self._payments = PaymentComposer(checks)
        self._segments = 1

    def write(self, remittance: Remittance, claims: Iterable[PaymentInSet]) -> int:
        """Write one transaction set."""
        self._segments = 1
        with ToldTypes(remittance):
            head = REMITTANCE.write(remittance, self._guide.root)
        tail = [placed for placed in head.segments if placed[0].id == "PLB"]
        self._refuse("a remittance", composed_findings(head, COMPOSED_SET))
        head.segments = [placed for placed in head.segments if placed[0].id != "PLB"]
        self._writer.start_set("835")
        self._put(head)
        count, group, last = 0, head, None
        for claim in claims:
            if claim.group != last:
                group, last = self._open(claim.group, head), claim.group
            if isinstance(claim, ComposedPayments):
                self._composed(claim, group)
                count += claim.payments
            else:
                self._write(self._payments.texts(claim, group, self._segments))
                count += 1
        self._close(head, tail)
        return count

    def _open(self, group: ClaimGroup, head: Loop) -> Loop:
        """Write the head of a group of claims."""
        with ToldTypes(group):
            loop = CLAIM_GROUP.write(group, self._group_node, head)
        self._refuse("a group of claims", composed_findings(loop, COMPOSED_SET))
        self._put(loop)
        return loop

    def _composed(self, payments: ComposedPayments, group: Loop) -> None:
        """Write claim payments that were composed ahead."""
        if self._checks is not None:
            refuse("a claim payment", self._checks.add(payments, group))
        self._write(payments.text.split(TERMINATOR))

    def _close(self, head: Loop, tail: list[Placed]) -> None:
        """Write the provider adjustments, once the payment is seen to balance, and end the set."""
        end = self._guide.root.segment("SE")
        rest = Loop(head.node)
        rest.segments = [*tail, (end, ["SE", "1", "0001"], None)]
        texts = numbered_texts(rest, self._segments)
        head.segments += rest.segments
        if self._checks is not None:
            set_read = SetRead(head, self._guide, COMPOSED_SET)
            self._refuse("a remittance", (*control_findings(texts), *self._checks.end(set_read).findings))
        self._write(texts[:-1])
        self._writer.end_set()

    def _put(self, loop: Loop) -> None:
        texts = numbered_texts(loop, self._segments)
        self._refuse("a remittance", control_findings(texts))
        self._write(texts)

    def _write(self, texts: list[str]) -> None:
        self._segments += len(texts)
        self._writer.segments(texts)

    def _refuse(self, what: str, found: Iterable[Finding]) -> None:
        """Raise for what is found, unless all is written that X12 can hold."""
        if self._checks is not None:
            refuse(what, found)
