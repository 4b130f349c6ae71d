"""Claim payments as the main job has them: composed where their claim is decided, ahead of their set."""

from collections.abc import Iterable

from edi_hit.remits import ClaimPayment, ComposedPayments, ComposerAhead, PaymentInSet, Remittance


def composed_ahead(remittance: Remittance, claims: Iterable[ClaimPayment]) -> list[PaymentInSet]:
    """Compose the payments of a remittance one by one, those that can be, for the day it is produced on."""
    payment = remittance.payment
    composer = ComposerAhead(payment.production_date or payment.paid_on)
    told: list[PaymentInSet] = []
    for claim in claims:
        one = composer.composed((claim,))
        told += [one] if isinstance(one, ComposedPayments) else one
    return told
