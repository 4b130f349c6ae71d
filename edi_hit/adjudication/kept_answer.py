"""The shape in which a ledger keeps a decision."""

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.rules import EarlierLine


class Said(msgspec.Struct, frozen=True, array_like=True):
    """What an answer says beside its letter; `place` is that of its rule."""

    place: int
    detail: str
    assumed: bool
    earlier: EarlierLine | None
    codes: str


class KeptLine(msgspec.Struct, frozen=True, array_like=True):
    """The answers on a line: the digest of the list of their rules, a letter each, and what they say."""

    rules: str
    letters: str
    said: tuple[Said, ...]


class KeptDecision(msgspec.Struct, frozen=True, array_like=True):
    """A decision whose lines are without answers, and the answers on each."""

    decision: ClaimDecision
    lines: tuple[KeptLine, ...]
