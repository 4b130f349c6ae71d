"""Reads files for a page: the claims and payments of each as cards, its findings with them."""

from collections import deque
from collections.abc import Iterator
from decimal import Decimal

from edi_hit.claims import ClaimRecord
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.validate import FileCheck
from edi_hit.reference import Tables
from edi_hit.remits import PaymentRecord, RemittanceRecord
from edi_hit.report.cards import Card, Cards
from edi_hit.report.file_page import CardFile
from edi_hit.rules import Finding

LISTED = 1_000
"""Claims and claim payments of a file that have a card; the rest is counted."""


class FileReport:
    """The report of one input, for `file_page`; its `exit_code` is known once the page is through."""

    def __init__(self, file: InputFile, tables: Tables | None = None) -> None:
        self._check = FileCheck(file, CheckOptions(tables=tables))
        self._cards = Cards(tables or Tables.packaged())
        self._ready: deque[Card | Finding] = deque()
        self._of_claims: list[Finding] = []
        self._listed = self._more = self._claims = 0
        self._paid = Decimal(0)
        self._verdict: list[str] = []
        self.page = CardFile(file.label, self._entries(), self._verdict)

    @property
    def exit_code(self) -> int:
        """The exit code of the check of the file."""
        return self._check.summary().exit_code

    def _entries(self) -> Iterator[Card | Finding]:
        for finding in self._check.findings(self._claim, self._payment):
            (self._ready if finding.claim is None else self._of_claims).append(finding)
            yield from self._taken()
        self._ready.extend(self._of_claims)
        yield from self._taken()
        summary = self._check.summary()
        if self._more:
            self._verdict.append(f"{self._more} more claims are not listed; validate gives all findings")
        self._verdict.append(
            f"{'accepted' if summary.accepted else 'rejected'}; claims {summary.claims}, "
            f"errors {summary.errors}, warnings {summary.warnings}"
        )

    def _taken(self) -> Iterator[Card | Finding]:
        while self._ready:
            yield self._ready.popleft()

    def _claim(self, record: ClaimRecord) -> str:
        findings = self._findings_of(record.claim_id)
        if self._is_listed():
            self._ready.append(self._cards.claim(record, findings))
        return ""

    def _payment(self, record: PaymentRecord | RemittanceRecord) -> None:
        if isinstance(record, RemittanceRecord):
            self._ready.append(self._cards.payment(record, self._claims, self._paid))
            self._claims, self._paid = 0, Decimal(0)
            return
        self._claims += 1
        self._paid += record.payment.paid if record.payment else 0
        findings = self._findings_of(record.claim_id)
        if self._is_listed():
            self._ready.append(self._cards.claim_payment(record, findings))

    def _findings_of(self, claim: str) -> tuple[Finding, ...]:
        """Take the findings told since the last claim; those not of `claim` go to the page as they are."""
        told, self._of_claims = self._of_claims, []
        self._ready.extend(finding for finding in told if finding.claim != claim)
        return tuple(finding for finding in told if finding.claim == claim)

    def _is_listed(self) -> bool:
        listed = self._listed < LISTED
        self._listed += listed
        self._more += not listed
        return listed
