"""The ledger of a run: what it knows of the people of a batch, and what is recorded of their claims."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date

import msgspec

from edi_hit.adjudication import (
    AnswerRecord,
    BatchHistory,
    ClaimRecorder,
    LineFacts,
    Receipt,
    past_of,
    supplier_facts,
)
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.benefits.facts import supplier_key
from edi_hit.claims import AnyView, person_key
from edi_hit.jobs.asked_batch import Asked, Batch, Found
from edi_hit.jobs.to_decide import ToDecide, naming
from edi_hit.jobs.worker_processes import Turns
from edi_hit.ledger import (
    Connection,
    InterchangeId,
    Ledger,
    People,
    SentInterchange,
    SetPlace,
    StoredClaim,
    answers_before,
    claim_number,
    collect_balances,
    control_number_of,
    file_of,
    finish,
    forget_interchanges,
    given_answers,
    keep_balances,
    known_people,
    known_suppliers,
    lock_people,
    named_claims,
    not_told_of,
    note_interchanges,
    note_reopened,
    note_replaced,
    owing,
    payer_number,
    price_rows,
    record_claims,
    record_rule_lists,
    recorded_states,
    release_balances,
    rule_lists,
    standing_claims,
    take_back,
    take_in,
)
from edi_hit.profiles import RunSettings
from edi_hit.reference import Tables
from edi_hit.remits import NetPayment, OpenBalance

Net = Callable[[Sequence[OpenBalance]], NetPayment]
"""Gives what a set comes to, with the balances it collects."""

Netting = Callable[[SetPlace, Net], NetPayment]
"""Gives what a set at a place comes to."""


class TakenFile(msgspec.Struct, frozen=True):
    """A file of the run: its number in the ledger (0 without one), and the day it was received, if known."""

    number: int
    received_on: date | None

    def claim(self, place: int) -> int:
        """The number, in the ledger, of the claim at a place (from 0) of the file."""
        return claim_number(self.number, place)

    def payer_claim_number(self, index: int, first: int) -> str:
        """The number of claim `index` of the run in the 277CA (REF*1K) and in the 835 (CLP07).

        `first` is the index of the file's first claim. With a ledger the number is never given twice.
        """
        return payer_number(self.claim(index - first)) if self.number else f"SIM{index + 1:09d}"


class RunLedger:
    """The ledger of a run made on day `as_of`; without a ledger nothing is known, and nothing recorded."""

    def __init__(
        self,
        ledger: Ledger | None,
        tables: Tables,
        settings: RunSettings,
        as_of: date,
        *,
        reanswers: bool = False,
    ) -> None:
        """Take what the run is made with; `reanswers`: it gives answers again that rested on others."""
        self._ledger = ledger
        self.settings = settings
        self.as_of = as_of
        self.reanswers = reanswers
        self._unfinished: frozenset[int] = frozenset()
        self._answers = AnswerRecord()
        self._recorder = ClaimRecorder(settings, as_of, self._answers)
        self._numbers_given = 0
        self._turns = Turns() if ledger is not None and ledger.has_one_writer else nullcontext()
        self.people = People()
        self.tables = tables
        if ledger is not None:
            with ledger.reading() as connection:
                self.people = People(connection)
                self.tables = tables.with_rows_below(price_rows(connection))

    def take_in(self, hashes: Iterable[str], received_on: date | None) -> list[TakenFile]:
        """Take in files by the SHA-256 of what they hold; of one known already the first receipt counts.

        A file without a hash, which could not be read, is not taken in. What a run that was broken off
        collected for a file is free again.
        """
        if self._ledger is None:
            return [TakenFile(0, received_on) for _ in hashes]
        day = received_on or self.as_of
        with self._ledger.transaction() as connection:
            known = [take_in(connection, sha256, day) if sha256 else None for sha256 in hashes]
            broken_off = [file.number for file in known if file and not (file.is_new or file.finished)]
            release_balances(connection, broken_off)
        self._unfinished = frozenset(broken_off)
        return [TakenFile(file.number, file.received_on) if file else TakenFile(0, day) for file in known]

    def to_decide(self, stored: StoredClaim, ordinals: Mapping[int, int] | None = None) -> ToDecide:
        """Give a claim that the ledger holds; `ordinals` is what the history calls claims of a run."""
        claim: AnyView = msgspec.msgpack.decode(stored.body, type=AnyView)
        person = person_key(claim)
        return ToDecide(
            stored.number,
            (ordinals or {}).get(stored.number, -stored.number),
            None if person is None else self.people.called(person),
            claim,
            Receipt(-file_of(stored.number), stored.received_on, stored.next_look_on is not None),
            stored.sender,
        )

    def repeated(self, file: TakenFile, interchanges: Iterable[InterchangeId]) -> list[InterchangeId]:
        """Note the interchanges of a file; give those that came before in another one, by their numbers."""
        if self._ledger is None or not file.number:
            return []
        with self._ledger.transaction() as connection:
            return note_interchanges(connection, file.number, interchanges)

    def look(self, asked: Asked) -> Batch:
        """Give what is known of some people by now. Nobody is kept from changing it."""
        if self._ledger is None:
            nothing = BatchHistory(self.tables, self.settings)
            unasked = Asked(asked.called, asked.suppliers, asked.claims)
            return Batch(unasked, Found(), nothing, self._recorder, self._answers)
        with self._ledger.reading() as connection:
            return self._batch(connection, asked, self._find(connection, asked))

    def record(self, asked: Asked, batch: Batch) -> bool:
        """Record what was decided; where what is known has changed since, nothing, and give False."""
        if self._ledger is None:
            return True
        with self._turns, self._ledger.transaction() as connection:
            lock_people(connection, asked.called)
            holds = self._find(connection, asked) == batch.found
            if holds:
                self._store(connection, batch)
        return holds

    @contextmanager
    def holding(self, asked: Asked) -> Iterator[Batch]:
        """Hold some people while their claims are decided; all of it is recorded at the end, or nothing."""
        if self._ledger is None:
            yield self.look(asked)
            return
        with self.locking(asked.called) as connection, self.answering(connection, asked) as batch:
            yield batch

    @contextmanager
    def locking(self, called: Iterable[str]) -> Iterator[Connection]:
        """Hold some people, whose claims nobody else answers; all is stored at the end, or nothing."""
        if self._ledger is None:
            raise ValueError("without a ledger nobody can be held")
        with self._ledger.transaction() as connection:
            lock_people(connection, called)
            yield connection

    @contextmanager
    def answering(self, connection: Connection, asked: Asked) -> Iterator[Batch]:
        """Give what is known of people who are held; what is decided is recorded at the end."""
        batch = self._batch(connection, asked, self._find(connection, asked))
        yield batch
        self._store(connection, batch)

    def let_go(self) -> None:
        """Keep no connection to the ledger: before processes are forked, which must not share one."""
        if self._ledger is not None:
            self._ledger.close()

    def control_numbers(self, sent: list[SentInterchange]) -> list[int]:
        """Give the control numbers (ISA13) of interchanges that are about to be written."""
        at_least = self.settings.remittance.first_control_number
        if self._ledger is None:
            first, self._numbers_given = at_least + self._numbers_given, self._numbers_given + len(sent)
            return list(range(first, first + len(sent)))
        with self._ledger.transaction() as connection:
            return [control_number_of(connection, one, self.as_of, at_least) for one in sent]

    @contextmanager
    def net_payments(self) -> Iterator[Netting]:
        """Give what sets come to with what they collect, and keep what they leave open, all or nothing.

        Without a ledger nothing is known to be open, and nothing is carried to a later payment.
        """
        if self._ledger is None:
            yield lambda place, net: net(())
            return
        with self._ledger.transaction() as connection:
            known = owing(connection)

            def netting(place: SetPlace, net: Net) -> NetPayment:
                owes = (place.payer, place.payee) in known
                payment = net(collect_balances(connection, place, self.as_of) if owes else ())
                if owes or payment.opened:
                    keep_balances(connection, place, payment.opened)
                return payment

            yield netting

    def forget(self, control_numbers: list[int]) -> None:
        """Forget interchanges that could not be written."""
        if self._ledger is not None:
            with self._ledger.transaction() as connection:
                forget_interchanges(connection, control_numbers)

    def finish(self, files: list[TakenFile]) -> None:
        """Note that all results of the files were written."""
        if self._ledger is not None:
            with self._ledger.transaction() as connection:
                numbers = [file.number for file in files if file.number]
                finish(connection, numbers)
                for number in numbers:
                    self._ledger.record(connection, "adjudicated", f"file {number}")

    def _given(self, connection: Connection, claims: list[int]) -> dict[int, ClaimDecision]:
        if not claims:
            return {}
        self._answers.learn(rule_lists(connection))
        return {
            claim: self._answers.read(answer) for claim, answer in given_answers(connection, claims).items()
        }

    def _find(self, connection: Connection, asked: Asked) -> Found:
        standing: list[StoredClaim] = []
        names, suppliers = asked.naming, asked.suppliers
        if asked.depending:
            ids = (person for called in sorted(asked.depending) for person in self.people.ids(called))
            standing = list(standing_claims(connection, ids))
            earlier = list(map(self.to_decide, standing))
            names = names | naming(earlier, self.tables)
            suppliers = suppliers.union(supplier_key(one.claim.billing_provider.party) for one in earlier)
        named = named_claims(connection, names) if names else {}
        of_others = {one.number for one in named.values()} | {one.number for one in standing}
        claims = (*asked.claims, *of_others.difference(asked.claims))
        return Found(
            named,
            standing,
            not_told_of(connection, (one.number for one in standing)),
            recorded_states(connection, claims),
            known_people(connection, sorted(asked.called), self.people),
            known_suppliers(connection, sorted(suppliers)),
        )

    def _batch(self, connection: Connection, asked: Asked, found: Found) -> Batch:
        earlier = [self.to_decide(one, asked.ordinals) for one in found.standing]
        facts, claims = LineFacts(self.tables), frozenset((*asked.claims, *(one.number for one in earlier)))
        apart = frozenset(one.number for one in found.named.values())
        history = BatchHistory(
            self.tables,
            self.settings,
            {name: past_of(person, claims, apart, facts) for name, person in found.people.items()},
            {key: supplier_facts(supplier) for key, supplier in found.suppliers.items()},
            self.as_of,
            asked.depending,
        )
        batch = Batch(asked, found, history, self._recorder, self._answers)
        batch.stands = self._given(connection, list(found.states))
        batch.given = batch.stands | self._first_given(connection, asked, found)
        batch.note_earlier(earlier, naming(earlier, self.tables))
        return batch

    def _first_given(self, connection: Connection, asked: Asked, found: Found) -> dict[int, ClaimDecision]:
        """What the run told, or was about to tell when it was broken off, of claims answered again since."""
        if not asked.of_run:
            return {}
        known = [claim for claim in asked.claims if claim in found.states]
        broken_off = frozenset(claim for claim in known if file_of(claim) in self._unfinished)
        answers = answers_before(connection, known, broken_off)
        return {claim: self._answers.read(answer) for claim, answer in answers.items()}

    def _store(self, connection: Connection, batch: Batch) -> None:
        record_rule_lists(connection, self._answers.new_lists())
        known = set(batch.found.states)
        for gone in batch.rounds:
            given_here = {one.number: one.given_here for one in gone if one.given_here is not None}
            record_claims(connection, list(given_here.values()), known & given_here.keys())
            known |= given_here.keys()
            take_back(connection, [one.number for one in gone])
            replaced = {one.number: one.replaced_by for one in gone if one.replaced_by is not None}
            note_replaced(connection, replaced, batch.unsettled)
            reopened = {one.number: one.reopened_for for one in gone if one.reopened_for is not None}
            note_reopened(connection, reopened)
        record_claims(connection, list(batch.recorded.values()), known & batch.recorded.keys())
