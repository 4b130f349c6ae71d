"""Writes remittances as an 835, streaming; what does not balance, or breaks the guide, is refused."""

from collections.abc import Iterable

from edi_hit.guides import Loop, SetRead, Unit, composed_findings, guide
from edi_hit.guides.loop import Placed
from edi_hit.mapping.composed_segments import COMPOSED_SET, control_findings, numbered_texts, refusal
from edi_hit.mapping.field_types import ToldTypes
from edi_hit.reference import Tables
from edi_hit.remits.checks import RemittanceChecks
from edi_hit.remits.claim_group import ClaimGroup
from edi_hit.remits.claim_payment import ClaimPayment
from edi_hit.remits.mapping_835 import CLAIM_GROUP, CLAIM_PAYMENT, REMITTANCE
from edi_hit.remits.remittance import Remittance
from edi_hit.rules import Finding
from edi_hit.x12 import SegmentSink

_UNBALANCED = ("X12-835-BAL-06",)
"""Rules whose findings refuse a payment even where a reader is only warned."""


def write_remittances(
    writer: SegmentSink,
    remittances: Iterable[tuple[Remittance, Iterable[ClaimPayment]]],
    *,
    tables: Tables | None = None,
    strict: bool = True,
) -> int:
    """Write each remittance with its claims as one transaction set; give the number of claims written.

    `writer` is a `ComposeWriter` whose interchange has been started. A new Loop 2000 is opened where the
    group of a claim differs from that of the claim before. Raises `ComposeError`, with the findings a reader
    would have, where a line, a claim or a payment does not balance, and for what the guide or a code list
    forbids. `tables` are those of external codes, the packaged ones where None. Not `strict`, only what X12
    cannot hold is refused. Only one claim is held at a time.
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
        self._payment_node = self._group_node.loop("2100")
        self._segments = 1

    def write(self, remittance: Remittance, claims: Iterable[ClaimPayment]) -> int:
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
            self._payment(claim, group)
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

    def _payment(self, claim: ClaimPayment, group: Loop) -> None:
        """Write a claim payment."""
        with ToldTypes(claim):
            loop = CLAIM_PAYMENT.write(claim, self._payment_node, group)
            texts = numbered_texts(loop, self._segments)
        if self._checks is not None:
            found = [*control_findings(texts), *composed_findings(loop, COMPOSED_SET, claim.claim_id or None)]
            checked = self._checks.findings(Unit(loop, self._guide, COMPOSED_SET, tuple(found)))
            self._refuse("a claim payment", (*found, *checked.findings))
        self._write(texts)

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
        """Raise where a finding is an error, or one of the balance."""
        if self._checks is None:
            return
        errors = [finding for finding in found if finding.is_error or finding.rule in _UNBALANCED]
        if errors:
            raise refusal(what, errors)
