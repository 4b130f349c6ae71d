"""Second step of a run: decides every claim, a batch of people at a time, and keeps the decisions on disk."""

from array import array
from collections.abc import Callable

import msgspec

from edi_hit.adjudication import (
    DecisionOrder,
    Receipt,
    RemittanceKey,
    claim_payment,
    crossed_over,
    remittance_key,
    remittance_parties,
)
from edi_hit.adjudication.run_totals import RunTotals
from edi_hit.benefits import answer
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.benefits.facts import supplier_key
from edi_hit.claims import Claim, as_service_claim, person_key
from edi_hit.jobs.decided_claims import DecidedClaims
from edi_hit.jobs.read_run import FileRead, RunClaims, SpooledClaim
from edi_hit.jobs.run_ledger import Batch, RunLedger
from edi_hit.jobs.set_to_write import SetToWrite
from edi_hit.jobs.spool import Spool
from edi_hit.remits import ClaimPayment


class RunDecisions(msgspec.Struct):
    """All decisions of a run.

    `sets` holds what each 835 is made of: by file, then by sender, one transaction set a payer and payee.
    """

    decided: DecidedClaims
    sets: dict[int, dict[int, dict[RemittanceKey, SetToWrite]]]
    totals: RunTotals


class _Usable(msgspec.Struct, frozen=True):
    """A claim to decide: what its person is called, its number in the ledger, and its place in order."""

    index: int
    entry: SpooledClaim
    claim: Claim
    called: str | None
    number: int
    receipt: Receipt
    place: tuple[int, ...]


def decide_run(
    claims: RunClaims,
    files: list[FileRead],
    ledger: RunLedger,
    decided: DecidedClaims,
    on_claim: Callable[[], None] = lambda: None,
) -> RunDecisions:
    """Decide every claim in `claims`; `on_claim` is called after each.

    The claims of one person are decided together: what they bill is noted first; then they are decided by
    receipt, in the order of the files, and within a file as `DecisionOrder` says.
    """
    deciding = _Deciding(claims.spool, files, ledger, decided)
    for batch in claims.batches:
        deciding.decide(batch, on_claim)
    return deciding.result()


class _Deciding:
    def __init__(
        self,
        claims: Spool[SpooledClaim],
        files: list[FileRead],
        ledger: RunLedger,
        decided: DecidedClaims,
    ) -> None:
        self._claims = claims
        self._files = files
        self._ledger = ledger
        self._order = DecisionOrder(ledger.tables)
        self._result = RunDecisions(decided, {}, RunTotals())

    def result(self) -> RunDecisions:
        """The decisions, the sets and the claims of each in the order they came."""
        for senders in self._result.sets.values():
            for sender, sets in senders.items():
                senders[sender] = dict(sorted(sets.items(), key=lambda item: item[1].first))
                for group in sets.values():
                    group.claims = array("q", sorted(group.claims))
        return self._result

    def decide(self, batch: list[int], on_claim: Callable[[], None]) -> None:
        """Decide the claims of a batch, which holds all claims of its people."""
        usable: list[_Usable] = []
        for index in batch:
            entry = self._claims[index]
            rules = _rejecting_rules(entry, self._files)
            if entry.claim is not None and not rules:
                usable.append(self._usable(index, entry, as_service_claim(entry.claim)))
            else:
                self._keep(index, _rejected(entry, rules))
                on_claim()
        if not usable:
            return
        usable.sort(key=lambda one: one.place)
        called = {one.called for one in usable if one.called is not None}
        suppliers = {supplier_key(one.claim.billing_provider.party) for one in usable}
        with self._ledger.batch(called, suppliers, [one.number for one in usable]) as held:
            for one in usable:
                held.history.add_billed(one.called, one.index, one.claim, one.receipt)
            for one in usable:
                self._decide(one, held)
                on_claim()

    def _usable(self, index: int, entry: SpooledClaim, claim: Claim) -> _Usable:
        file = self._files[entry.file]
        person = person_key(claim)
        return _Usable(
            index=index,
            entry=entry,
            claim=claim,
            called=None if person is None else self._ledger.people.called(person),
            number=file.taken.claim(index - file.first),
            receipt=Receipt(entry.file, file.taken.received_on),
            place=(entry.file, *self._order.place(claim), index),
        )

    def _decide(self, one: _Usable, batch: Batch) -> None:
        decision = batch.given.get(one.number)
        if decision is None:
            facts = batch.history.facts(one.called, one.index, one.claim, one.receipt)
            settings = self._ledger.settings
            decision = answer(one.claim, facts, self._ledger.tables, settings)
            decision = crossed_over(one.claim, decision, settings)
            sender = self._files[one.entry.file].senders[one.entry.sender]
            batch.record(one.number, one.claim, decision, sender)
        batch.history.add_decided(one.called, one.index, decision)
        payments: tuple[ClaimPayment, ...] = ()
        if decision.state in ANSWERED:
            payments = (self._payment(one, decision),)
            ledger = self._ledger
            self._group(one).add(one.index, payments, ledger.as_of, ledger.settings.remittance)
        self._keep(one.index, decision, payments)

    def _payment(self, one: _Usable, decision: ClaimDecision) -> ClaimPayment:
        file = self._files[one.entry.file]
        number = file.taken.payer_claim_number(one.index, file.first)
        on, settings = self._ledger.as_of, self._ledger.settings
        return claim_payment(one.claim, decision, number, one.receipt.on, on=on, settings=settings)

    def _keep(self, index: int, decision: ClaimDecision, payments: tuple[ClaimPayment, ...] = ()) -> None:
        self._result.decided.keep(index, decision, payments)
        self._result.totals.add(decision)

    def _group(self, one: _Usable) -> SetToWrite:
        sets = self._result.sets.setdefault(one.entry.file, {}).setdefault(one.entry.sender, {})
        key = remittance_key(one.claim)
        group = sets.get(key)
        if group is None or one.index < group.first:
            parties = remittance_parties(one.claim, self._ledger.settings)
            if group is None:
                group = sets[key] = SetToWrite(key, parties, one.index)
            group.parties, group.first = parties, one.index
        return group


def _rejecting_rules(entry: SpooledClaim, files: list[FileRead]) -> tuple[str, ...]:
    """What rejects the claim or its set, each once."""
    of_set = files[entry.file].rejected_sets.get(entry.transaction_set, ())
    return tuple(dict.fromkeys(entry.error_rules + of_set))


def _rejected(entry: SpooledClaim, rules: tuple[str, ...]) -> ClaimDecision:
    """The decision on a claim that is rejected by `rules`."""
    return ClaimDecision(
        claim=entry.claim_id,
        benefit=None,
        payer=entry.claim.payer.id if entry.claim else "",
        state=State.REJECTED,
        charge=entry.claim.charge if entry.claim else None,
        reason=f"rejected before adjudication by {', '.join(rules)}",
    )
