"""SNIP types 3, 4 and 5 of 835 remittances, on their loops: balance, situations, external codes."""

from datetime import date

from edi_hit.guides import Loop, SetRead, Unit
from edi_hit.mapping.checks import CLEAN, MOST_KNOWN, Checked, Checklist
from edi_hit.mapping.composed_segments import COMPOSED_SET
from edi_hit.reference import Tables
from edi_hit.remits.checks import adjustments_835, balance_835, lines_835, payment_835
from edi_hit.remits.checks.remittance_pass import RemittancePass
from edi_hit.remits.composed_payments import ComposedPayments
from edi_hit.rules import Finding
from edi_hit.x12 import TransactionSet

GUIDES = ("835",)
"""Names of the guides whose units are checked here."""

_TOPICS = (balance_835, adjustments_835, lines_835, payment_835)
_CLOSED = (balance_835.closed, adjustments_835.closed, lines_835.closed)


class RemittanceChecks:
    """Checks the claim payments of one file, in its order, and each payment at the end of its set.

    One object a file: it remembers verdicts on values, what it told of the payment and the group above a
    claim payment, and the sums of the set. Never raises for what stands in the file.
    """

    def __init__(self, tables: Tables) -> None:
        self._remit = RemittancePass(tables)
        self._checks = Checklist(
            (check for topic in _TOPICS for check in topic.CHECKS), {"2110": adjustments_835.line_opened}
        )
        self._set: Loop | None = None
        self._set_segments = 0
        self._told_of_set: tuple[Finding, ...] = ()
        self._group: Loop | None = None
        self._told_of_group: tuple[Finding, ...] = ()
        self._has_claims = False

    def findings(self, unit: Unit) -> Checked:
        """Check a claim payment (Loop 2100) and what is new above it; other units have no findings."""
        if unit.guide.name not in GUIDES:
            return CLEAN
        remit, loop = self._remit, unit.loop
        known, told = self._above(loop.parent, unit.transaction_set, unit.findings)
        remit.begin(unit.transaction_set, loop.opener_element(1) or None, unit.findings)
        self._has_claims = True
        remit.start_claim()
        self._checks.run(remit, loop)
        for closed in _CLOSED:
            closed(remit)
        own = remit.take()
        return Checked(told + own, known) if own or told or known else CLEAN

    def end(self, set_read: SetRead) -> Checked:
        """Check what is known at the end of a transaction set: its totals, and a header without claims.

        The totals of a set that is cut off say nothing.
        """
        if set_read.guide.name not in GUIDES:
            return CLEAN
        remit, top = self._remit, set_read.loop
        remit.begin(set_read.transaction_set, None, ())
        told = self._start_set(top) if top is not self._set else ()
        for at in top.segments[self._set_segments :]:
            self._checks.look(remit, at)
        if any(at[0].id == "SE" for at in top.segments):
            payment_835.group_closed(remit)
            payment_835.set_closed(remit, self._has_claims)
        self._set = self._group = None
        return Checked(told + remit.take())

    def start_ahead(self, on: date) -> None:
        """Turn to claim payments that come before their set, which is produced on this day."""
        self._remit.start_set()
        self._remit.start_group()
        self._remit.set_production(on)

    def sums(self) -> tuple[int, int] | None:
        """Give the cents paid in the set so far and charged in its group; None where they cannot be known."""
        remit = self._remit
        if not remit.totals_readable or remit.short_total:
            return None
        return remit.paid_total, remit.group_charges

    def add(self, payments: ComposedPayments, group: Loop) -> tuple[Finding, ...]:
        """Add claim payments that were found right ahead of their set; give what is found above them."""
        known, told = self._above(group, COMPOSED_SET, ())
        remit = self._remit
        self._has_claims = True
        remit.paid_total += payments.paid
        remit.group_claims += payments.payments
        remit.group_charges += payments.charge
        return known + told

    def _above(
        self, group: Loop | None, transaction_set: TransactionSet, found: tuple[Finding, ...]
    ) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Give what was told before of the payment and the group above a claim payment, and what is now.

        `found` is what the guide found.
        """
        top = None if group is None else group.parent
        if group is self._group or group is None or top is None:
            return self._told_of_set + self._told_of_group, ()
        remit = self._remit
        remit.begin(transaction_set, None, found)
        known: tuple[Finding, ...] = ()
        told: tuple[Finding, ...] = ()
        if top is self._set:
            known = self._told_of_set
            payment_835.group_closed(remit)
        else:
            told = self._start_set(top)
        told += remit.take()
        self._group = group
        remit.start_group()
        self._checks.run(remit, group)
        found = remit.take()
        self._told_of_group = found[:MOST_KNOWN]
        return known, told + found

    def _start_set(self, top: Loop) -> tuple[Finding, ...]:
        """Check the header of a transaction set, as far as it has come."""
        self._set, self._group, self._has_claims = top, None, False
        self._set_segments = len(top.segments)
        self._remit.start_set()
        self._remit.start_group()
        self._checks.run(self._remit, top)
        found = self._remit.take()
        self._told_of_set = found[:MOST_KNOWN]
        return found
