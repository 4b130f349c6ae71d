"""The 835 of claims answered again: an interchange for each file and sender of claims."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication import AnswerRecord, RemittanceKey, claim_payment, remittance_key
from edi_hit.benefits.decision import ANSWERED, ClaimDecision
from edi_hit.claims import AnyView, Claim
from edi_hit.jobs.remittance_file import Interchanges, envelope, write_835
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.set_to_write import SetToWrite, share_of, with_heads
from edi_hit.jobs.spool import Spool
from edi_hit.ledger import SentInterchange, SentSet, TakenBack, file_of, payer_number
from edi_hit.remits import ClaimPayment, reversal
from edi_hit.rules import ComposeError

_Sender = tuple[int, tuple[str, str]]
"""A file's number, and who sent its claims."""


class AnsweredAgain(msgspec.Struct, frozen=True):
    """A claim answered again: its number, who sent it, the claim, what was decided, and its claim payments.

    These are one, or a reversal and its correction where an answer is taken back. `revision` numbers the
    answer that is taken back; 0 where none is.
    """

    number: int
    sender: tuple[str, str]
    claim: AnyView
    decision: ClaimDecision
    payments: tuple[ClaimPayment, ...] = ()
    revision: int = 0


def payments_of(
    run: RunLedger, number: int, claim: Claim, decision: ClaimDecision, received_on: date | None, on: date
) -> tuple[ClaimPayment, ...]:
    """Give the claim payment of an answer given on day `on`, where it is one, to a claim by its number."""
    if decision.state not in ANSWERED:
        return ()
    called = payer_number(number)
    return (claim_payment(claim, decision, called, received_on, on=on, settings=run.settings),)


def answered_again(run: RunLedger, one: TakenBack, record: AnswerRecord) -> AnsweredAgain:
    """Give a claim whose answer was taken back, with its reversal and the answer that took its place."""
    claim: AnyView = msgspec.msgpack.decode(one.body, type=AnyView)
    former, now = record.read(one.former), record.read(one.answer)
    earlier = payments_of(run, one.number, claim, former, one.received_on, one.answered_on)
    later = payments_of(run, one.number, claim, now, one.received_on, run.as_of)
    payments = (*map(reversal, earlier), *later)
    return AnsweredAgain(one.number, one.sender, claim, now, payments, one.revision)


class StoredRemittance:
    """The 835 of claims answered again, into `path`; `written` holds it once there was one to write."""

    def __init__(self, run: RunLedger, answers: Spool[AnsweredAgain], path: Path) -> None:
        self.written: tuple[Path, ...] = ()
        self._run = run
        self._answers = answers
        self._path = path
        self._senders: dict[_Sender, dict[RemittanceKey, SetToWrite]] = {}
        self._revisions: dict[_Sender, list[tuple[int, int]]] = {}
        for at, one in enumerate(answers):
            if one.payments:
                self._add(at, one)

    def write(self, force: bool) -> dict[int, list[tuple[int, int]]]:
        """Write it; give the answers taken back, by claim and revision, that each interchange tells of.

        Raises `ComposeError` where it cannot be composed; nothing is written where nothing was answered.
        """
        if not self._senders:
            return {}
        sent = [self._sent(key, list(sets.values())) for key, sets in self._senders.items()]
        numbers = self._run.control_numbers(sent)
        interchanges: Interchanges = []
        for ((_, sender), sets), number in zip(self._senders.items(), numbers, strict=True):
            header = envelope(sender, number, self._run.as_of, self._run.settings.remittance)
            interchanges.append((header, with_heads(header, number, sets.values(), self._run, self._claim)))
        try:
            write_835(self._path, interchanges, self._payments, force)
        except ComposeError:
            self._run.forget(numbers)
            raise
        self.written = (self._path,)
        return dict(zip(numbers, (self._revisions[key] for key in self._senders), strict=True))

    def _add(self, at: int, one: AnsweredAgain) -> None:
        sender = (file_of(one.number), one.sender)
        sets, key = self._senders.setdefault(sender, {}), remittance_key(one.claim)
        share = share_of(one.payments, self._run.as_of, self._run.settings.remittance)
        if key not in sets:
            sets[key] = SetToWrite(key)
        sets[key].add(at, share)
        revisions = self._revisions.setdefault(sender, [])
        if one.revision:
            revisions.append((one.number, one.revision))

    def _claim(self, at: int) -> Claim:
        return self._answers[at].claim

    def _payments(self, group: SetToWrite) -> Iterator[ClaimPayment]:
        for at in group.claims:
            yield from self._answers[at].payments

    def _sent(self, key: _Sender, sets: list[SetToWrite]) -> SentInterchange:
        file, (qualifier, name) = key
        of = [dict.fromkeys(self._answers[at].number for at in one.claims) for one in sets]
        return SentInterchange(
            file,
            qualifier,
            name,
            tuple(SentSet(*one.key, one.total, tuple(claims)) for one, claims in zip(sets, of, strict=True)),
            tuple(self._revisions[key]),
        )
