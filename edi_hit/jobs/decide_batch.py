"""Decides the claims of a batch of people, and tells what became of each."""

from collections.abc import Iterator

from edi_hit.adjudication import DecisionOrder, Receipt, claim_payment, remittance_key
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.benefits.facts import supplier_key
from edi_hit.claims import Claim, as_service_claim, person_key
from edi_hit.jobs.asked_batch import Asked, Batch
from edi_hit.jobs.batch_decided import Answered, BatchDecided
from edi_hit.jobs.decided_claims import DecidedPart
from edi_hit.jobs.dependents import answer_dependents
from edi_hit.jobs.read_run import FileRead
from edi_hit.jobs.replacing import decide, taking_back
from edi_hit.jobs.run_ledger import RunLedger
from edi_hit.jobs.set_to_write import share_of
from edi_hit.jobs.spool import Spool
from edi_hit.jobs.spooled_claim import SpooledClaim
from edi_hit.jobs.to_decide import Place, ToDecide, behind_named, naming
from edi_hit.ledger import file_of, number_of, place_of
from edi_hit.remits import ClaimPayment, ComposerAhead


class _Usable(ToDecide):
    """A claim to decide, as it is in the spool, and its place in order."""

    def __init__(
        self,
        number: int,
        ordinal: int,
        called: str | None,
        claim: Claim,
        receipt: Receipt,
        sender: tuple[str, str],
        entry: SpooledClaim,
        place: Place,
    ) -> None:
        super().__init__(number, ordinal, called, claim, receipt, sender)
        self.entry = entry
        self.place = place


class BatchDeciding:
    """Decides batches of the claims in a spool, and keeps the decisions in `part`."""

    def __init__(
        self, claims: Spool[SpooledClaim], files: list[FileRead], ledger: RunLedger, part: DecidedPart
    ) -> None:
        self._claims = claims
        self._files = files
        self._numbered = {file.taken.number: file for file in files if file.taken.number}
        self._ledger = ledger
        self._part = part
        self._order = DecisionOrder(ledger.tables)
        self._composer = ComposerAhead(ledger.as_of)

    def decide(self, batch: list[int]) -> BatchDecided:
        """Decide the claims of a batch, which holds all claims of its people, and record them."""
        usable: list[_Usable] = []
        rejected: list[tuple[int, ClaimDecision]] = []
        for index in batch:
            entry = self._claims[index]
            rules = _rejecting_rules(entry, self._files)
            if entry.claim is not None and not rules:
                usable.append(self._usable(index, entry, as_service_claim(entry.claim)))
            else:
                rejected.append((index, _rejected(entry, rules)))
        decided = self._recorded(usable) if usable else BatchDecided()
        for index, decision in rejected:
            self._keep(decided, index, decision)
        self._part.flush()
        return decided

    def _usable(self, index: int, entry: SpooledClaim, claim: Claim) -> _Usable:
        file = self._files[entry.file]
        person = person_key(claim)
        return _Usable(
            number=file.taken.claim(index - file.first),
            ordinal=index,
            called=None if person is None else self._ledger.people.called(person),
            claim=claim,
            receipt=Receipt(entry.file, file.taken.received_on),
            sender=file.senders[file.sender_of(entry.transaction_set)],
            entry=entry,
            place=(entry.file, *self._order.place(claim), index),
        )

    def _recorded(self, usable: list[_Usable]) -> BatchDecided:
        """Decide claims and record them: again, while nobody else can write, where what is known changed.

        What was kept of them first is then not told of.
        """
        named = naming((one for one in usable if file_of(one.number)), self._ledger.tables)
        behind = behind_named({one.number: one.place for one in usable}, named) if named else {}
        usable.sort(key=lambda one: behind.get(one.number, one.place))
        asked = Asked(
            frozenset(one.called for one in usable if one.called is not None),
            frozenset(supplier_key(one.claim.billing_provider.party) for one in usable),
            tuple(one.number for one in usable),
            {one.number: one.ordinal for one in reversed(usable)},
            named,
            frozenset(one.called for one in usable if one.number in named and one.called is not None),
            frozenset(self._misnaming(usable, named)),
            of_run=True,
        )
        batch = self._ledger.look(asked)
        decided = self._decisions(usable, batch)
        if not self._ledger.record(asked, batch):
            with self._ledger.holding(asked) as held:
                decided = self._decisions(usable, held)
        return decided

    def _misnaming(self, usable: list[_Usable], named: dict[int, str]) -> Iterator[int]:
        """Yield claims, by number, that name one of this run of another person."""
        called = {one.number: one.called for one in usable} if named else {}
        for number, name in named.items():
            its = number_of(name)
            if called[number] is not None and called[number] != called.get(its) and self._is_usable(its):
                yield number

    def _is_usable(self, number: int) -> bool:
        """Whether a claim, by number, is one that this run decides."""
        file = self._numbered.get(file_of(number))
        if file is None or file.first + place_of(number) >= file.end:
            return False
        entry = self._claims[file.first + place_of(number)]
        return entry.claim is not None and not _rejecting_rules(entry, self._files)

    def _decisions(self, usable: list[_Usable], batch: Batch) -> BatchDecided:
        """What stands, and all else that the claims bill, is noted first; then they are decided in order.

        What is decided on a claim is kept before the next one is looked at.
        """
        self._note(usable, batch)
        decided = BatchDecided()
        for one in usable:
            decision = batch.given.get(one.number)
            if decision is None:
                decision = self._decision(one, batch)
            reversals = tuple(taking_back(self._ledger, batch, one.number))
            is_answered = decision.state in ANSWERED
            payments = (*reversals, self._payment(one, decision)) if is_answered else reversals
            if payments:
                decided.answered.append(self._answered(one, payments))
            self._keep(decided, one.ordinal, decision, payments)
        return decided

    def _note(self, usable: list[_Usable], batch: Batch) -> None:
        billed = [one for one in usable if not batch.is_copy(one.number, one.ordinal)]
        for one in billed:
            batch.history.add_billed(one.called, one.ordinal, one.claim, one.receipt)
        for one in billed if batch.stands else ():
            stands = batch.stands.get(one.number)
            if stands is not None:
                batch.history.add_decided(one.called, one.ordinal, stands)

    def _decision(self, one: _Usable, batch: Batch) -> ClaimDecision:
        decision = decide(self._ledger, batch, one)
        batch.record(one.number, one.claim, decision, one.sender, one.receipt.on)
        batch.history.add_decided(one.called, one.ordinal, decision)
        if file_of(one.number):
            batch.given[one.number] = decision
        if one.called in batch.asked.depending:
            answer_dependents(self._ledger, batch, one)
            batch.earlier[one.ordinal] = one
        return decision

    def _answered(self, one: _Usable, payments: tuple[ClaimPayment, ...]) -> Answered:
        share = share_of(payments, self._ledger.as_of, self._ledger.settings.remittance)
        sender = self._files[one.entry.file].sender_of(one.entry.transaction_set)
        return Answered(one.ordinal, one.entry.file, sender, remittance_key(one.claim), share)

    def _payment(self, one: _Usable, decision: ClaimDecision) -> ClaimPayment:
        file = self._files[one.entry.file]
        number = file.taken.payer_claim_number(one.ordinal, file.first)
        on, settings = self._ledger.as_of, self._ledger.settings
        return claim_payment(one.claim, decision, number, one.receipt.on, on=on, settings=settings)

    def _keep(
        self,
        decided: BatchDecided,
        index: int,
        decision: ClaimDecision,
        payments: tuple[ClaimPayment, ...] = (),
    ) -> None:
        """Keep what was decided on a claim, by its index, and note it in `decided`."""
        decided.totals.add(decision)
        decided.kept.append(self._part.keep(index, decision, self._composer.composed(payments)))


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
