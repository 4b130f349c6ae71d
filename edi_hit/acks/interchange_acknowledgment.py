"""The TA1: what is said of an interchange as a whole."""

import msgspec

from edi_hit.profiles.acknowledgment import InterchangeVerdict


class Ta1(msgspec.Struct, frozen=True):
    """One TA1. The first three repeat ISA13, ISA09 and ISA10 of the interchange answered, as sent.

    `code` is TA104 (A, E, R), `note` TA105 (000 where there is nothing to say).
    """

    control_number: str
    date: str
    time: str
    code: str
    note: str

    @property
    def accepted(self) -> bool:
        """Whether the interchange was accepted, with errors noted or without."""
        return self.code in (InterchangeVerdict.ACCEPTED, InterchangeVerdict.NOTED)

    @property
    def elements(self) -> list[str]:
        """The segment, id first."""
        return ["TA1", self.control_number, self.date, self.time, self.code, self.note]


def ta1_of(elements: list[str]) -> Ta1:
    """Read a TA1 segment; elements that were not sent are empty."""
    return Ta1(*([*elements[1:6], "", "", "", "", ""][:5]))
