"""Holds the 835s a payer sent against the expected ones: reads both sides to disk, then claim by claim.

Memory holds some ten bytes an answer, the answers of one part, and of claims that only one side has what
tells them from others.
"""

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from edi_hit.adjudication.reconcile import (
    REVERSED,
    Answer,
    Difference,
    Note,
    PayerBook,
    ReconcileTotals,
    Standing,
    compare,
    missing_claim,
    next_step,
    pair_by_claim_id,
    pair_by_contents,
    slim,
    standing,
    unexpected_claim,
    with_rule,
)
from edi_hit.jobs import exit_codes
from edi_hit.jobs.decision_file import DecisionIndex
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.payment_files import FINDINGS_KEPT, RULES, PaymentFile
from edi_hit.jobs.reconcile_side import PARTS, SetOrigin, Side
from edi_hit.jobs.spool import Spool
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment
from edi_hit.rules import Finding, load_rules


class Progress(msgspec.Struct, frozen=True):
    """What is called while a comparison goes on: after each file read, and after each of `PARTS` parts."""

    file_read: Callable[[PaymentFile], None] = lambda file: None
    part_done: Callable[[], None] = lambda: None


class Reconciliation:
    """What comparing two sides found.

    `findings` are the first things to be said of claims and payers, `more` how many there are besides; what
    is wrong with a file is with the file, on its side.
    """

    def __init__(self, expected: Side, actual: Side, found: Spool[Difference]) -> None:
        self.expected = expected
        self.actual = actual
        self.totals = ReconcileTotals()
        self.findings: list[Finding] = []
        self.more = 0
        self._found = found
        self._order = array("q")
        self._errors = False

    def __iter__(self) -> Iterator[Difference]:
        """The differences, in the order of the expected claims; what nobody expected comes last."""
        order = self._order
        for index in sorted(range(len(order)), key=lambda index: (order[index], index)):
            yield self._found[index]

    @property
    def exit_code(self) -> int:
        """1 where there is a difference or an error, else 0; 3 and 4 as the files were."""
        codes = [file.exit_code for file in (*self.expected.files, *self.actual.files)]
        if self.totals.differences or self._errors:
            codes.append(exit_codes.FINDINGS)
        return max(codes, default=exit_codes.CLEAN)

    def add(self, difference: Difference, order: int) -> None:
        """Take a difference; `order` says where it comes."""
        self.totals.add(difference)
        self._found.append(difference)
        self._order.append(order)

    def tell(self, finding: Finding) -> None:
        """Take a finding."""
        self._errors = self._errors or finding.is_error
        if len(self.findings) < FINDINGS_KEPT:
            self.findings.append(finding)
        else:
            self.more += 1


@contextmanager
def reconcile(
    expected: list[InputFile],
    actual: list[InputFile],
    decisions: Path | None = None,
    *,
    tables: Tables | None = None,
    progress: Progress | None = None,
) -> Iterator[Reconciliation]:
    """Compare the 835s of `actual` with those of `expected`; what was found lasts as long as the block.

    `decisions` is the `decisions.ndjson` of the run that wrote the expected ones: each difference then names
    the rule behind what was expected. Faults of files are findings. Raises `ConfigError` where `decisions`
    cannot be read, and `OSError`.
    """
    progress, folder, book = progress or Progress(), Path(tempfile.gettempdir()), PayerBook()
    with ExitStack() as stack:
        index = stack.enter_context(DecisionIndex(decisions)) if decisions else None
        sides = [stack.enter_context(Side(folder, book, tables)) for _ in range(2)]
        for side, inputs in zip(sides, (expected, actual), strict=True):
            side.read(inputs, progress.file_read)
        result = Reconciliation(sides[0], sides[1], stack.enter_context(Spool(Difference, folder)))
        _tell_of_payers(result)
        _Comparing(result, index).run(progress.part_done)
        yield result


def _tell_of_payers(result: Reconciliation) -> None:
    """Say of each payer the expected side does not name that it does not, once."""
    known, rule = result.expected.payers, load_rules(RULES)["REC-PAYER"]
    if known:
        for origin in result.actual.sets:
            if origin.payer not in known:
                known.add(origin.payer)
                result.tell(rule.finding(None, **_place(origin)))


def _place(origin: SetOrigin) -> dict[str, object]:
    """The place of a finding that is of a whole transaction set."""
    return {"file": origin.file, "transaction": origin.control_number, "segment_id": "ST", "segment": 1}


class _Comparing:
    """The comparing of two sides that have been read."""

    def __init__(self, result: Reconciliation, decisions: DecisionIndex | None) -> None:
        self._result = result
        self._decisions = decisions
        self._expected, self._actual = result.expected, result.actual
        self._unpaired: tuple[list[Answer], list[Answer]] = ([], [])
        self._reversed: set[tuple[str, ...]] = set()

    def run(self, part_done: Callable[[], None]) -> None:
        """Compare part by part, then what no part could pair."""
        for part in range(PARTS):
            self._compare_part(part)
            part_done()
        ours, theirs = (sorted(side, key=lambda answer: answer.position) for side in self._unpaired)
        paired = pair_by_contents(ours, theirs)
        for left, right in paired.pairs:
            self._tell(Note("REC-CLAIM-ID", right), self._actual)
            (one,) = self._expected.answers([left.position])
            (other,) = self._actual.answers([right.position])
            self._compare(one, other)
        for answer in paired.left:
            is_reversed = answer.claim_key in self._reversed
            self._add(missing_claim(answer), answer, None, REVERSED if is_reversed else "")
        for answer in paired.right:
            self._add(unexpected_claim(answer), answer, answer)

    def _compare_part(self, part: int) -> None:
        sides = (self._expected, self._actual)
        stands = [standing(list(side.answers(side.parts[part]))) for side in sides]
        for side, stand in zip(sides, stands, strict=True):
            for note in stand.notes:
                self._tell(note, side)
        self._reversed |= {answer.claim_key for answer in stands[1].reversed}
        paired = pair_by_claim_id(stands[0].answers, stands[1].answers)
        for one, other in paired.pairs:
            self._compare(one, other)
        ours, theirs = zip(*paired.pairs, strict=True) if paired.pairs else ((), ())
        self._unpaired[0].extend(_counted(paired.left, ours, stands[0]))
        self._unpaired[1].extend(_counted(paired.right, theirs, stands[1]))

    def _compare(self, expected: Answer, actual: Answer) -> None:
        self._result.totals.matched += 1
        comparison = compare(expected, actual)
        if comparison.charges_differ:
            self._tell(Note("REC-CHARGE", actual), self._actual)
        for difference in comparison.differences:
            self._add(difference, expected, actual)

    def _add(self, difference: Difference, answer: Answer, actual: Answer | None, reason: str = "") -> None:
        """Complete a difference: what to do, where the payer's answer stands, which rule expected it.

        `answer` is the expected one, or the one nobody expected; `reason` stands in for the difference's.
        """
        difference = msgspec.structs.replace(difference, next_step=next_step(difference, reason))
        if actual is not None:
            origin = self._actual.sets[actual.remittance]
            difference = msgspec.structs.replace(difference, file=origin.file, trace=origin.trace)
        payment = answer.payment
        decision = self._decisions.find(payment.claim_id, payment.charge) if self._decisions else None
        if decision is not None:
            difference = with_rule(difference, decision, _control(difference, payment))
        after = self._expected.totals.claims if answer is actual else 0
        self._result.add(difference, after + answer.position)

    def _tell(self, note: Note, side: Side) -> None:
        origin, rule = side.sets[note.answer.remittance], load_rules(RULES)[note.rule]
        claim = note.answer.payment.claim_id
        self._result.tell(rule.finding(note.message, claim=claim, **_place(origin)))


def _counted(left: Iterable[Answer], compared: Iterable[Answer], stand: Standing) -> Iterator[Answer]:
    """The answers without their like that are a difference: none that pays nothing beside one compared."""
    superseded = stand.repeated & {answer.service for answer in compared}
    return (slim(one) for one in left if one.payment.paid or one.service not in superseded)


def _control(difference: Difference, payment: ClaimPayment) -> str:
    """REF*6R of the line a difference is of."""
    number = difference.line or 0
    return payment.lines[number - 1].control_number if 0 < number <= len(payment.lines) else ""
