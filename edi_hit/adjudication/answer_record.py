"""Decisions as a ledger keeps them: short, and the same when they are read again.

Of a line, the rules' answers are one letter each, in the order of a list of rules that is kept once; what an
answer says beside it stands with its place in that list.
"""

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec.structs import astuple, replace

from edi_hit.adjudication.kept_answer import KeptDecision, KeptLine, Said
from edi_hit.benefits.decision import ClaimDecision
from edi_hit.rules import Answer, EarlierLine, RuleAnswer

_LETTERS = {
    Answer.MET: "m",
    Answer.NOT_MET: "n",
    Answer.UNKNOWN: "u",
    Answer.NOT_APPLICABLE: "a",
    Answer.NOT_REACHED: "r",
}
_ANSWERS = {letter: answer for answer, letter in _LETTERS.items()}

_Said = tuple[int, str, bool, EarlierLine | None, str]
_Line = tuple[str, str, list[_Said]]
"""What is written of a line, as a `KeptLine` reads it."""

_Rules = tuple[tuple[str, str], ...]
"""Id and source of each rule asked of a line, in order."""


class AnswerRecord:
    """Turns decisions into bytes and back, with the lists of rules they name by digest."""

    def __init__(self) -> None:
        self._lists: dict[str, _Rules] = {}
        self._digests: dict[_Rules, str] = {}
        self._digest_of: dict[tuple[str, ...], str] = {}
        self._new: dict[str, bytes] = {}
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(KeptDecision)

    def learn(self, kept_lists: Mapping[str, bytes]) -> None:
        """Take the lists that are kept already: before `read`, all that its decisions name."""
        for digest, content in kept_lists.items():
            if digest not in self._lists:
                rules = msgspec.msgpack.decode(content, type=_Rules)
                self._lists[digest] = rules
                self._digests[rules] = digest

    def new_lists(self) -> dict[str, bytes]:
        """Give the lists met since this was last asked, by digest: to be kept with the decisions."""
        new, self._new = self._new, {}
        return new

    def write(self, decision: ClaimDecision) -> bytes:
        """Give a decision as it is kept."""
        lines = [self._kept(line.rules) for line in decision.lines]
        bare = tuple([replace(line, rules=()) for line in decision.lines])
        return self._encoder.encode((replace(decision, lines=bare), lines))

    def read(self, content: bytes) -> ClaimDecision:
        """Give a decision from how it is kept."""
        kept = self._decoder.decode(content)
        lines = (
            replace(line, rules=self._answers(beside))
            for line, beside in zip(kept.decision.lines, kept.lines, strict=True)
        )
        return replace(kept.decision, lines=tuple(lines))

    def _kept(self, answers: tuple[RuleAnswer, ...]) -> _Line:
        values_of, letter_of = astuple, _LETTERS
        ids: list[str] = []
        letters: list[str] = []
        said: list[_Said] = []
        for place, answer in enumerate(answers):
            rule, given, detail, _, assumed, earlier, codes = values_of(answer)
            ids.append(rule)
            letters.append(letter_of[given])
            if detail or assumed or earlier or codes:
                said.append((place, detail, assumed, earlier, codes))
        return self._digest(tuple(ids), answers), "".join(letters), said

    def _answers(self, line: KeptLine) -> tuple[RuleAnswer, ...]:
        rules = self._lists[line.rules]
        said = {one.place: one for one in line.said}
        return tuple(
            _answer(*rule, _ANSWERS[letter], said.get(place))
            for place, (rule, letter) in enumerate(zip(rules, line.letters, strict=True))
        )

    def _digest(self, ids: tuple[str, ...], answers: tuple[RuleAnswer, ...]) -> str:
        """Give the digest of the list of rules that answers are of, by their ids; a rule has one source."""
        digest = self._digest_of.get(ids)
        if digest is None:
            rules = tuple((answer.id, answer.source) for answer in answers)
            digest = self._digest_of[ids] = self._digests.get(rules) or self._kept_list(rules)
        return digest

    def _kept_list(self, rules: _Rules) -> str:
        content = self._encoder.encode(rules)
        digest = self._digests[rules] = hashlib.sha256(content).hexdigest()
        self._lists[digest] = rules
        self._new[digest] = content
        return digest


def _answer(rule: str, source: str, answer: Answer, said: Said | None) -> RuleAnswer:
    if said is None:
        return RuleAnswer(rule, answer, source=source)
    return RuleAnswer(
        rule,
        answer,
        detail=said.detail,
        source=source,
        assumed=said.assumed,
        earlier=said.earlier,
        codes=said.codes,
    )
