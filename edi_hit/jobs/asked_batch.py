"""What the ledger holds of the people of a batch, and what is decided on their claims, to be recorded."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from edi_hit.adjudication import AnswerRecord, BatchHistory, ClaimRecorder, taken_back
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.claims import AnyView, Claim
from edi_hit.jobs.to_decide import ToDecide
from edi_hit.ledger import (
    KnownPerson,
    KnownSupplier,
    NamedClaim,
    RecordedClaim,
    StoredClaim,
    decided_claim,
    number_of,
)


class Asked(msgspec.Struct, frozen=True):
    """Whom claims are of: what `People` calls them, their suppliers, and the numbers of all their claims.

    `ordinals` is what the history calls the claims, by number; `naming` what those of them name (REF*F8) that
    take the place of others, and `depending` their people: what is asked may rest on what they take back.
    `misnaming` are those that name a claim of the run of another person.

    `of_run` says that the claims are those of a run: an answer that one of them took back from another is
    told, as it was when the run first gave it. Of others it was never told, and is not kept.
    """

    called: frozenset[str]
    suppliers: frozenset[str]
    claims: tuple[int, ...]
    ordinals: dict[int, int] = {}
    naming: dict[int, str] = {}
    depending: frozenset[str] = frozenset()
    misnaming: frozenset[int] = frozenset()
    of_run: bool = False


class Found(msgspec.Struct):
    """What the ledger holds of those asked about: states of claims, rows of people and of suppliers.

    `named` are the claims that others take the place of, by the number of the other; `standing` those that
    stand of people whose answers may rest on one that is taken back, `reopening` those of them, by number,
    that `ledger reopen` has answered and is about to tell of.
    """

    named: dict[int, NamedClaim] = {}
    standing: list[StoredClaim] = []
    reopening: frozenset[int] = frozenset()
    states: dict[int, str] = {}
    people: dict[str, KnownPerson] = {}
    suppliers: dict[str, KnownSupplier] = {}


class TakenBackHere(msgspec.Struct, frozen=True):
    """An answer that is taken back, by the number of its claim; as recorded, where it was given in the batch.

    It is taken back by the claim that replaces or voids its own, for one that took back another, or neither.
    """

    number: int
    given_here: RecordedClaim | None
    replaced_by: int | None
    reopened_for: int | None


class Batch:
    """What the claims of some people are decided with, and what was decided on them, to be recorded."""

    def __init__(
        self,
        asked: Asked,
        found: Found,
        history: BatchHistory,
        recorder: ClaimRecorder,
        answers: AnswerRecord,
    ) -> None:
        self.asked = asked
        self.found = found
        self.history = history
        self.naming = dict(asked.naming)
        """What claims, by number, name as the one they take the place of: those asked about and `earlier`."""
        self.given: dict[int, ClaimDecision] = {}
        """Answers to tell again: of an earlier run, or of the same file earlier in this one, by number."""
        self.stands: dict[int, ClaimDecision] = {}
        """The answer that stands by now of each claim, by number."""
        self.earlier: dict[int, ToDecide] = {}
        """Claims, by ordinal, that were decided before: their answers may rest on one that is taken back."""
        self.not_told: dict[int, str | None] = {}
        """The person of those of them, by number, of which it could not be told whether they do."""
        self.recorded: dict[int, RecordedClaim] = {}
        """What was decided last on each claim, by number."""
        self.rounds: list[list[TakenBackHere]] = []
        """Answers taken back, those of one claim each in a round of its own."""
        self.replaced: dict[int, int] = {}
        """Claims, by number, whose answer is taken back, and the number of the claim that does."""
        self.unsettled: set[int] = set()
        """Claims, by number, whose answer is taken back and may have others rest on it that stand."""
        self._recorder = recorder
        self._answers = answers
        self._decided: dict[int, NamedClaim | None] = {}
        self._times: Counter[int] = Counter()
        self._meant = frozenset(map(number_of, asked.naming.values()))

    def record(
        self,
        number: int,
        claim: Claim,
        decision: ClaimDecision,
        sender: tuple[str, str],
        received_on: date | None,
    ) -> None:
        """Note what was decided on a claim; `sender` is who sent it (ISA05, ISA06)."""
        self.stands[number] = decision
        rows = self.recorded[number] = self._recorder.rows(number, claim, decision, sender)
        if self.asked.of_run and number in self._meant and received_on is not None:
            self._decided[number] = decided_claim(rows, received_on)

    def note_earlier(self, claims: Iterable[ToDecide], naming: Mapping[int, str]) -> None:
        """Note claims of the ledger whose answers stand, and what those of them name that replace others.

        Those that are not asked about are put into what is known.
        """
        self.naming |= naming
        self._meant |= frozenset(map(number_of, naming.values()))
        asked = frozenset(self.asked.claims)
        for one in claims:
            self.earlier[one.ordinal] = one
            if one.number not in asked:
                self.history.add_billed(one.called, one.ordinal, one.claim, one.receipt)
                self.history.add_decided(one.called, one.ordinal, self.stands[one.number])

    def is_copy(self, number: int, ordinal: int) -> bool:
        """Whether a claim of a run is one that came before in it, in the same file given twice."""
        return self.asked.ordinals.get(number, ordinal) != ordinal

    def named_by(self, number: int) -> NamedClaim | None:
        """The claim that another one, by number, names: as it was decided here, else as the ledger has it."""
        found = self.found.named.get(number)
        if found is not None and found.is_taken_back:
            return found
        return self._decided.get(number_of(self.naming.get(number, ""))) or found

    def has_taken_back(self, number: int, named: NamedClaim) -> bool:
        """Whether a claim, by number, took back the answer to the one it names."""
        return named.is_taken_back or self.replaced.get(named.number) == number

    def ordinal_of(self, number: int) -> int:
        """What the history calls a claim of the ledger."""
        return self.asked.ordinals.get(number, -number)

    def claim_of(self, named: NamedClaim) -> AnyView:
        """The claim that another one names."""
        claim: AnyView = msgspec.msgpack.decode(named.body, type=AnyView)
        return claim

    def answer_of(self, named: NamedClaim) -> ClaimDecision:
        """The answer to it that is, or was, taken back."""
        return self._answers.read(named.answer)

    def take_back(
        self, number: int, *, replaced_by: int | None = None, reopened_for: int | None = None
    ) -> None:
        """Take back the answer to a claim, by number, which another one is about to be recorded for."""
        if self._times[number] == len(self.rounds):
            self.rounds.append([])
        gone = TakenBackHere(number, self.recorded.get(number), replaced_by, reopened_for)
        self.rounds[self._times[number]].append(gone)
        self._times[number] += 1

    def take_back_for(self, named: NamedClaim, by: int) -> None:
        """Take back the answer to a claim that another one, by number, takes the place of."""
        claim, former = self.claim_of(named), self.answer_of(named)
        if not self.asked.of_run:
            self.recorded.pop(named.number, None)
        self.take_back(named.number, replaced_by=by)
        self.replaced[named.number] = by
        decision = self.stands[named.number] = taken_back(claim, former)
        self.recorded[named.number] = self._recorder.rows(named.number, claim, decision, named.sender)
