"""What the ledger holds of the people of a batch, and what is decided on their claims, to be recorded."""

import msgspec

from edi_hit.adjudication import AnswerRecord, BatchHistory, ClaimRecorder, taken_back
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.claims import AnyView, Claim
from edi_hit.ledger import KnownPerson, KnownSupplier, NamedClaim, RecordedClaim


class Asked(msgspec.Struct, frozen=True):
    """Whom claims are of: what `People` calls them, their suppliers, and the numbers of all their claims.

    `ordinals` is what the history calls the claims, by number; `naming` what those of them name (REF*F8) that
    take the place of others.
    """

    called: frozenset[str]
    suppliers: frozenset[str]
    claims: tuple[int, ...]
    ordinals: dict[int, int] = {}
    naming: dict[int, str] = {}


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
        """Answers given in an earlier run, by the claim's number."""
        self.recorded: list[RecordedClaim] = []
        self.taken_back: list[int] = []
        """Claims, by number, whose answer is taken back by the one recorded."""
        self.replaced: dict[int, int] = {}
        """Claims, by number, whose answer is taken back, and the number of the claim that does."""
        self._recorder = recorder
        self._answers = answers

    def record(self, number: int, claim: Claim, decision: ClaimDecision, sender: tuple[str, str]) -> None:
        """Note what was decided on a claim; `sender` is who sent it (ISA05, ISA06)."""
        self.recorded.append(self._recorder.rows(number, claim, decision, sender))

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
        self.record(named.number, claim, taken_back(claim, former), named.sender)
