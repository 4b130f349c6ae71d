"""What the page shows of a body: its claims, what is wrong in place, prices with their reasons, the 835."""

import base64
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.claims import ClaimRecord
from edi_hit.exchange.http.job_record import Answer
from edi_hit.exchange.http.operations.adjudicate import AdjudicateQuery, opened_ledger, run
from edi_hit.exchange.http.operations.submission import Submission
from edi_hit.exchange.http.operations.work import X12_BODIES, Operation, Work, outcome, require_x12
from edi_hit.exchange.http.page_templates import page
from edi_hit.jobs.adjudicate import RunResult
from edi_hit.jobs.check_options import CheckOptions
from edi_hit.jobs.page_findings import page_finding
from edi_hit.jobs.validate import FileCheck, FileSummary
from edi_hit.profiles import History
from edi_hit.profiles.http_service import Scope
from edi_hit.remits import PaymentRecord, RemittanceRecord
from edi_hit.report.cards import Card, Cards
from edi_hit.report.findings_page import PageFinding

_CLAIMS_SHOWN = 200
_FINDINGS_SHOWN = 20
"""Findings of one rule that a page shows."""

_FILES = {
    ".835": "Remittance (835)",
    ".999": "Acknowledgement (999)",
    ".277ca": "Claim acknowledgement (277CA)",
    ".ta1": "Interchange acknowledgement (TA1)",
}


class LookQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form of the page asks beside the file."""

    history: History | None = None
    received: date | None = None


class ClaimView(msgspec.Struct, frozen=True):
    """A claim or payment on the page: its card, what is wrong with it, and what was decided on it."""

    card: Card
    findings: tuple[PageFinding, ...]
    is_payment: bool
    decision: ClaimDecision | None = None


class FileView(msgspec.Struct, frozen=True):
    """A file that was written, to read and to save."""

    title: str
    name: str
    text: str
    data: str


class _Reading:
    """Reads a body for the page."""

    def __init__(self, work: Work) -> None:
        tables = work.tables()
        options = CheckOptions(tables=tables, mark=True, partner=work.settings.partner)
        self._check = FileCheck(work.body, options)
        self._cards = Cards(tables)
        self._pending: list[PageFinding] = []
        self._shown: Counter[str] = Counter()
        self._claims_of_set, self._paid = 0, Decimal(0)
        self.payments: list[Card] = []
        self.views: list[ClaimView] = []
        self.outside: list[PageFinding] = []
        self.claims = self.left_out = 0

    def read(self) -> FileSummary:
        for finding in self._check.findings(self._claim, self._payment):
            self._shown[finding.rule] += 1
            if self._shown[finding.rule] > _FINDINGS_SHOWN:
                self.left_out += 1
                continue
            told = page_finding(self._check, finding)
            (self.outside if finding.claim is None else self._pending).append(told)
        self.outside.extend(self._pending)
        return self._check.summary()

    def _claim(self, record: ClaimRecord) -> str:
        self.claims += 1
        self._show(self._cards.claim(record, ()), record.claim_id, is_payment=False)
        return ""

    def _payment(self, record: PaymentRecord | RemittanceRecord) -> None:
        if isinstance(record, RemittanceRecord):
            if len(self.payments) < _CLAIMS_SHOWN:
                self.payments.append(self._cards.payment(record, self._claims_of_set, self._paid))
            self._claims_of_set, self._paid = 0, Decimal(0)
            return
        self._claims_of_set += 1
        self._paid += record.payment.paid if record.payment else 0
        self._show(self._cards.claim_payment(record, ()), record.claim_id, is_payment=True)

    def _show(self, card: Card, claim: str, *, is_payment: bool) -> None:
        found, self._pending = self._pending, []
        self.outside.extend(one for one in found if one.finding.claim != claim)
        if len(self.views) < _CLAIMS_SHOWN:
            own = tuple(one for one in found if one.finding.claim == claim)
            self.views.append(ClaimView(card, own, is_payment))


def _look(work: Work) -> Answer:
    reading = _Reading(work)
    summary = reading.read()
    require_x12(summary)
    result, views = None, reading.views
    if reading.claims:
        query: LookQuery = work.query
        asked = AdjudicateQuery(history=query.history, received=query.received, max_decisions=_CLAIMS_SHOWN)
        result = _tried(work, asked)
        decisions = iter(result.decisions)
        views = [view if view.is_payment else _decided(view, next(decisions)) for view in views]
    name = "page.html"
    with (work.outputs / name).open("w", encoding="utf-8") as stream:
        stream.writelines(
            page(
                "answer.html.j2",
                summary=summary,
                outside=reading.outside,
                left_out=reading.left_out,
                payments=reading.payments,
                views=views,
                more=summary.claims - len(views),
                totals=result.totals if result else None,
                files=list(_files(result)) if result else [],
            )
        )
    return Answer(name, "text/html; charset=utf-8", outcome(summary))


def _tried(work: Work, query: AdjudicateQuery) -> RunResult:
    """Adjudicate with what the ledger knows; nothing of it is recorded: a look is no submission."""
    with opened_ledger(work) as ledger, ledger.on_trial() if ledger else nullcontext() as trial:
        return run(work, query, trial, Submission())


def _decided(view: ClaimView, decision: ClaimDecision) -> ClaimView:
    return msgspec.structs.replace(view, decision=decision)


def _files(result: RunResult) -> Iterator[FileView]:
    for path in result.outputs:
        title = _FILES.get(path.suffix)
        if title is not None:
            yield _file(path, title)


def _file(path: Path, title: str) -> FileView:
    data = path.read_bytes()
    return FileView(title, path.name, data.decode("latin-1"), base64.b64encode(data).decode())


LOOK = Operation(
    name="look",
    summary="Show X12 as a page",
    description="What the page of the service answers with.",
    scope=Scope.ADJUDICATE,
    query=LookQuery,
    bodies=X12_BODIES,
    answers={"text/html": None},
    work=_look,
)
