"""The five answers a benefit rule can give, and the record of one."""

from enum import StrEnum

import msgspec


class Answer(StrEnum):
    """What a rule says of a claim line. *Unknown is not no.*"""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
    NOT_REACHED = "not reached"


class RuleAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule's answer for one line: which rule, what it said, why, and its source.

    `assumed` is true where an unknown was taken as met by the user's setting.
    """

    id: str
    answer: Answer
    detail: str = ""
    source: str = ""
    assumed: bool = False
