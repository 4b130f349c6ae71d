"""What was posted as lines of text for a terminal: each payment, and whether it adds up."""

from collections.abc import Iterator

from edi_hit.cli.finding_text import counted, shown
from edi_hit.jobs.post import PostResult
from edi_hit.reference import amount_text
from edi_hit.report.posting_rows import PaymentRow


def post_lines(result: PostResult) -> Iterator[str]:
    """Yield a line for each payment, the first ones and those that do not reconcile, and the sums."""
    listed = {payment.payment: payment for payment in (*result.first, *result.unreconciled)}
    yield from (_payment(payment) for payment in listed.values())
    totals = result.totals
    more = totals.payments - len(listed)
    if more > 0:
        yield f"... and {more} more payments: see the table of payments"
    reconciled = totals.payments - totals.unreconciled
    yield (
        f"{counted(totals.payments, 'payment')}, {reconciled} reconciled; "
        f"{counted(totals.claims, 'claim')} {amount_text(totals.claims_paid)}, "
        f"provider adjustments {amount_text(totals.provider_adjusted)}, paid {amount_text(totals.amount)}"
    )


def _payment(payment: PaymentRow) -> str:
    again = f" (same trace number as payment {payment.same_trace_as})" if payment.same_trace_as else ""
    paid = "unreadable" if payment.amount is None else amount_text(payment.amount)
    return (
        f"payment {payment.payment}, trace {shown(payment.trace)}{again}, {shown(payment.payer)}: "
        f"{counted(payment.claims, 'claim')} {amount_text(payment.claims_paid)}, "
        f"provider adjustments {amount_text(payment.provider_adjusted)}, paid {paid}: {_verdict(payment)}"
    )


def _verdict(payment: PaymentRow) -> str:
    if payment.difference is None:
        return "does not reconcile"
    if payment.difference:
        return f"does not reconcile, {amount_text(payment.difference)} off"
    return "reconciles"
