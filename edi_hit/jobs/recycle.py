"""Asks again about claims that wait: those whose drug came in, or whose time ran out, are answered."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication import (
    DecisionOrder,
    Receipt,
    RemittanceKey,
    claim_payment,
    crossed_over,
    remittance_key,
    remittance_parties,
    require_usable,
)
from edi_hit.benefits import answer
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.claims import AnyView, Claim, person_key
from edi_hit.claims.identity import supplier_key
from edi_hit.jobs.claim_batches import ClaimBatches
from edi_hit.jobs.decide_run import Decided
from edi_hit.jobs.output_files import make_folder, refuse_existing, written_whole
from edi_hit.jobs.remittance_file import Interchanges, envelope, refuse_foreign, write_835
from edi_hit.jobs.run_ledger import RunLedger, TakenFile
from edi_hit.jobs.set_to_write import SetToWrite, with_heads
from edi_hit.ledger import Ledger, SentInterchange, SentSet, WaitingClaim, file_of, place_of, waiting_claims
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment

REMITTANCES = "recycled.835"
DECISIONS = "recycled.ndjson"

_Sender = tuple[int, tuple[str, str]]
"""A file's number, and who sent its claims."""


class Recycled(msgspec.Struct, frozen=True):
    """How many claims waited, how many of them still do, and the decisions on the others."""

    waited: int
    waiting: int
    decisions: tuple[ClaimDecision, ...]
    outputs: tuple[Path, ...]


def recycle(
    ledger: Ledger,
    out: Path,
    *,
    as_of: date,
    settings: RunSettings | None = None,
    tables: Tables | None = None,
    force: bool = False,
) -> Recycled:
    """Ask again, on day `as_of`, about every claim that waits, and write what is answered into `out`.

    Writes recycled.835, an interchange for each file and sender, and recycled.ndjson; the 835 only where a
    claim is answered. Raises `ConfigError` where an output exists or `settings` give codes an
    835 cannot carry, `LedgerError` and `OSError`.
    """
    settings, tables = settings or RunSettings(), tables or Tables.packaged()
    require_usable(settings, tables, as_of)
    refuse_existing([out / REMITTANCES, out / DECISIONS], force)
    refuse_foreign([out / REMITTANCES], settings.remittance)
    make_folder(out)
    run = RunLedger(ledger, tables, settings, as_of)
    with ledger.reading() as connection:
        waiting = list(waiting_claims(connection))
    decided = _Recycling(run, waiting).decide()
    done = [place for place, one in enumerate(decided) if one.decision.state is not State.PENDED]
    outputs = [out / DECISIONS]
    with written_whole(out / DECISIONS, force) as stream:
        for place in done:
            stream.write(msgspec.json.encode(decided[place].decision) + b"\n")
    if any(decided[place].payments for place in done):
        _write(run, waiting, decided, out / REMITTANCES, force)
        outputs.append(out / REMITTANCES)
    answers = tuple(decided[place].decision for place in done)
    return Recycled(len(waiting), len(waiting) - len(done), answers, tuple(outputs))


class _Recycling:
    """Decides the waiting claims, a batch of people at a time."""

    def __init__(self, run: RunLedger, waiting: list[WaitingClaim]) -> None:
        self._run = run
        self._waiting = waiting
        self._claims = [msgspec.msgpack.decode(one.body, type=AnyView) for one in waiting]
        self._order = DecisionOrder(run.tables)
        self._decided: dict[int, Decided] = {}

    def decide(self) -> list[Decided]:
        """Give what is decided on each claim."""
        batches = ClaimBatches()
        for claim in self._claims:
            batches.add(self._called(claim))
        for batch in batches:
            self._decide_batch(sorted(batch, key=self._place))
        return [self._decided[place] for place in range(len(self._claims))]

    def _called(self, claim: Claim) -> str | None:
        person = person_key(claim)
        return None if person is None else self._run.people.called(person)

    def _place(self, at: int) -> tuple[int, ...]:
        return (file_of(self._waiting[at].number), *self._order.place(self._claims[at]), at)

    def _decide_batch(self, batch: list[int]) -> None:
        named = {name for at in batch if (name := self._called(self._claims[at])) is not None}
        suppliers = {supplier_key(self._claims[at].billing_provider.party) for at in batch}
        with self._run.batch(named, suppliers, [self._waiting[at].number for at in batch]) as held:
            for at in batch:
                claim = self._claims[at]
                held.history.add_billed(self._called(claim), at, claim, self._receipt(at))
            for at in batch:
                waiting, claim, called = self._waiting[at], self._claims[at], self._called(self._claims[at])
                facts = held.history.facts(called, at, claim, self._receipt(at))
                decision = answer(claim, facts, self._run.tables, self._run.settings)
                decision = crossed_over(claim, decision, self._run.settings)
                held.history.add_decided(called, at, decision)
                held.record(waiting.number, claim, decision, waiting.sender)
                self._decided[at] = Decided(decision, _payments(self._run, waiting, claim, decision))

    def _receipt(self, at: int) -> Receipt:
        waiting = self._waiting[at]
        return Receipt(file_of(waiting.number), waiting.received_on)


def _payments(
    run: RunLedger, waiting: WaitingClaim, claim: Claim, decision: ClaimDecision
) -> tuple[ClaimPayment, ...]:
    if decision.state not in ANSWERED:
        return ()
    taken = TakenFile(file_of(waiting.number), waiting.received_on)
    number = taken.payer_claim_number(place_of(waiting.number), 0)
    received_on = waiting.received_on
    return (claim_payment(claim, decision, number, received_on, on=run.as_of, settings=run.settings),)


def _write(
    run: RunLedger, waiting: list[WaitingClaim], decided: list[Decided], path: Path, force: bool
) -> None:
    """Write the 835 of the answered claims; raises `ComposeError` where it cannot be composed."""
    senders = _sets(run, waiting, decided)
    sent = [_sent(key, list(sets.values()), waiting) for key, sets in senders.items()]
    numbers = run.control_numbers(sent)
    interchanges: Interchanges = []
    for ((_, sender), sets), number in zip(senders.items(), numbers, strict=True):
        header = envelope(sender, number, run.as_of, run.settings.remittance)
        interchanges.append((header, with_heads(header, number, sets.values(), run)))

    def payments(group: SetToWrite) -> Iterator[ClaimPayment]:
        for at in group.claims:
            yield from decided[at].payments

    write_835(path, interchanges, payments, force)


def _sets(
    run: RunLedger, waiting: list[WaitingClaim], decided: list[Decided]
) -> dict[_Sender, dict[RemittanceKey, SetToWrite]]:
    senders: dict[_Sender, dict[RemittanceKey, SetToWrite]] = {}
    for at, (one, answered) in enumerate(zip(waiting, decided, strict=True)):
        if not answered.payments:
            continue
        claim = msgspec.msgpack.decode(one.body, type=AnyView)
        sets, key = senders.setdefault((file_of(one.number), one.sender), {}), remittance_key(claim)
        if key not in sets:
            parties = remittance_parties(claim, run.settings)
            sets[key] = SetToWrite(key, parties, at)
        sets[key].add(at, answered.payments, run.as_of, run.settings.remittance)
    return senders


def _sent(key: _Sender, sets: list[SetToWrite], waiting: list[WaitingClaim]) -> SentInterchange:
    file, (qualifier, name) = key
    return SentInterchange(
        file,
        qualifier,
        name,
        tuple(SentSet(*one.key, one.total, tuple(waiting[at].number for at in one.claims)) for one in sets),
    )
