"""The five answers a benefit rule can give, and the record of one."""

from datetime import date
from enum import StrEnum

import msgspec


class Answer(StrEnum):
    """What a rule says of a claim line. *Unknown is not no.*"""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    NOT_REACHED = "not reached"


class EarlierLine(msgspec.Struct, frozen=True, gc=False):
    """A line billed before, on which an answer rests: its claim (CLM01), line, code and day of service."""

    claim: str
    line: int
    code: str
    date: date


class RuleAnswer(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A rule's answer for one line: which rule, what it said, why, and its source.

    `assumed` is true where an unknown was taken as met by the user's setting. `earlier` is the line the
    answer rests on. `codes` says where the codes come from that the rule put on the line (`suggested`,
    `definition`, `cms`, `configured`); empty where it put none.
    """

    id: str
    answer: Answer
    detail: str = ""
    source: str = ""
    assumed: bool = False
    earlier: EarlierLine | None = None
    codes: str = ""
