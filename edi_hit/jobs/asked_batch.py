"""What the ledger holds of the people of a batch, and what is decided on their claims, to be recorded."""

from datetime import date

import msgspec

from edi_hit.adjudication import AnswerRecord, BatchHistory, ClaimRecorder, taken_back
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.claims import AnyView, Claim
from edi_hit.ledger import KnownPerson, KnownSupplier, NamedClaim, RecordedClaim, decided_claim, number_of


class Asked(msgspec.Struct, frozen=True):
    """Whom claims are of: what `People` calls them, their suppliers, and the numbers of all their claims.

    `ordinals` is what the history calls the claims, by number; `naming` what those of them name (REF*F8) that
    take the place of others. `misnaming` are those that name a claim of the run of another person.

    `of_run` says that the claims are those of a run: an answer that one of them took back from another is
    given once more, as it was when the run first gave it.
    """

    called: frozenset[str]
    suppliers: frozenset[str]
    claims: tuple[int, ...]
    ordinals: dict[int, int] = {}
    naming: dict[int, str] = {}
    misnaming: frozenset[int] = frozenset()
    of_run: bool = False


class Found(msgspec.Struct):
    """What the ledger holds of those asked about: states of claims, rows of people and of suppliers.

    `named` are the claims that others take the place of, by the number of the other.
    """

    named: dict[int, NamedClaim] = {}
    states: dict[int, str] = {}
    people: dict[str, KnownPerson] = {}
    suppliers: dict[str, KnownSupplier] = {}


class Batch:
    """What the claims of some people are decided with, and what was decided on them, to be recorded."""

    def __init__(
        self,
        asked: Asked,
        found: Found,
        history: BatchHistory,
        given: dict[int, ClaimDecision],
        recorder: ClaimRecorder,
        answers: AnswerRecord,
    ) -> None:
        self.asked = asked
        self.found = found
        self.history = history
        self.given = given
        """Answers given in an earlier run, or to the same file earlier in this one, by the claim's number."""
        self.recorded: dict[int, RecordedClaim] = {}
        """What was decided last on each claim, by number."""
        self.superseded: dict[int, RecordedClaim] = {}
        """What was decided first on claims, by number, whose answer a later one of the batch took back."""
        self.taken_back: list[int] = []
        """Claims, by number, whose answer is taken back by the one recorded."""
        self.replaced: dict[int, int] = {}
        """Claims, by number, whose answer is taken back, and the number of the claim that does."""
        self.reopened_for: dict[int, int] = {}
        """Claims, by number, whose answer is taken back for a claim of a run, and the number of that."""
        self._recorder = recorder
        self._answers = answers
        self._meant = frozenset(map(number_of, asked.naming.values()))
        self._decided: dict[int, NamedClaim | None] = {}

    def record(
        self,
        number: int,
        claim: Claim,
        decision: ClaimDecision,
        sender: tuple[str, str],
        received_on: date | None,
    ) -> None:
        """Note what was decided on a claim; `sender` is who sent it (ISA05, ISA06)."""
        rows = self.recorded[number] = self._recorder.rows(number, claim, decision, sender)
        if number in self._meant and received_on is not None:
            self._decided[number] = decided_claim(rows, received_on)

    def named_by(self, number: int) -> NamedClaim | None:
        """The claim that another one, by number, names: as it was decided here, else as the ledger has it."""
        found = self.found.named.get(number)
        if found is not None and found.is_taken_back:
            return found
        return self._decided.get(number_of(self.asked.naming.get(number, ""))) or found

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

    def take_back_for(self, named: NamedClaim, by: int) -> None:
        """Take back the answer to a claim that another one, by number, takes the place of."""
        claim, former = self.claim_of(named), self.answer_of(named)
        self.taken_back.append(named.number)
        self.replaced[named.number] = by
        if named.number in self.recorded:
            self.superseded[named.number] = self.recorded[named.number]
        decision = taken_back(claim, former)
        self.recorded[named.number] = self._recorder.rows(named.number, claim, decision, named.sender)
