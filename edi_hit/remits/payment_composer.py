"""Composes claim payments one by one, each checked before it is written: in their set, or ahead of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from edi_hit.guides import Loop, Unit, composed_findings, guide
from edi_hit.mapping.composed_segments import COMPOSED_SET, control_findings, numbered_texts, refusal
from edi_hit.mapping.field_types import ToldTypes
from edi_hit.reference import Tables
from edi_hit.remits.checks import RemittanceChecks
from edi_hit.remits.claim_payment import ClaimPayment
from edi_hit.remits.composed_payments import ComposedPayments, ToldPayments
from edi_hit.remits.mapping_835 import CLAIM_PAYMENT
from edi_hit.rules import ComposeError, Finding
from edi_hit.x12 import TERMINATOR

_UNBALANCED: Final = ("X12-835-BAL-06",)
"""Rules whose findings refuse a payment even where a reader is only warned."""
_CENTS_KEPT: Final = 10**18
"""Sums of this many cents or more are not kept ahead of their set."""


def refuse(what: str, found: Iterable[Finding]) -> None:
    """Raise `ComposeError` where a finding is an error, or one of the balance."""
    errors = [finding for finding in found if finding.is_error or finding.rule in _UNBALANCED]
    if errors:
        raise refusal(what, errors)


class PaymentComposer:
    """Composes claim payments. Without `checks`, all that X12 can hold."""

    def __init__(self, checks: RemittanceChecks | None) -> None:
        self._checks = checks
        self._guide = guide("835")
        self._node = self._guide.root.loop("2000").loop("2100")

    def texts(self, claim: ClaimPayment, group: Loop | None, first: int) -> list[str]:
        """Give the segments, in the fixed form, of a claim payment in its group; `first` numbers the first.

        Raises `ComposeError` for what cannot be written, or is found wrong in it or new above it.
        """
        with ToldTypes(claim):
            loop = CLAIM_PAYMENT.write(claim, self._node, group)
            texts = numbered_texts(loop, first)
        if self._checks is not None:
            found = [*control_findings(texts), *composed_findings(loop, COMPOSED_SET, claim.claim_id or None)]
            checked = self._checks.findings(Unit(loop, self._guide, COMPOSED_SET, tuple(found)))
            refuse("a claim payment", (*found, *checked.findings))
        return texts


class ComposerAhead:
    """Composes the claim payments of one claim after the other for sets that are produced on day `on`."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._checks = RemittanceChecks(Tables.packaged())
        self._composer = PaymentComposer(self._checks)

    def composed(self, payments: tuple[ClaimPayment, ...]) -> ToldPayments:
        """Compose the payments of a claim; where their set would refuse one, they are given as they came."""
        if not payments:
            return ()
        self._checks.start_ahead(self._on)
        texts: list[str] = []
        try:
            for payment in payments:
                texts += self._composer.texts(payment, None, 1)
        except ComposeError:
            return payments
        return self._kept(payments, texts) or payments

    def _kept(self, payments: Sequence[ClaimPayment], texts: list[str]) -> ComposedPayments | None:
        """None where it cannot stand ahead of its set: a text holds a terminator, groups or sums are odd."""
        text, group, sums = TERMINATOR.join(texts), payments[0].group, self._checks.sums()
        if sums is None or text.count(TERMINATOR) != len(texts) - 1:
            return None
        paid, charge = sums
        if max(abs(paid), abs(charge)) >= _CENTS_KEPT or any(one.group != group for one in payments):
            return None
        return ComposedPayments(text, len(payments), paid, charge, group)
