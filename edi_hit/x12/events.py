"""What reading an interchange yields: envelopes opening and closing, segments, and findings, in order."""

import msgspec

from edi_hit.rules import Finding
from edi_hit.x12.segment import Segment


class Interchange(msgspec.Struct, frozen=True):
    """An interchange as its ISA tells of it. Ids are trimmed; `version` is ISA12, e.g. `00501`."""

    segment: Segment
    sender_qualifier: str
    sender: str
    receiver_qualifier: str
    receiver: str
    date: str
    time: str
    version: str
    control_number: str
    acknowledgment_requested: str
    usage: str


class Group(msgspec.Struct, frozen=True):
    """A functional group as its GS tells of it; `version` is GS08, the guide id."""

    segment: Segment
    interchange: Interchange
    functional_id: str
    sender: str
    receiver: str
    control_number: str
    version: str


class TransactionSet(msgspec.Struct, frozen=True):
    """A transaction set as its ST tells of it. `guide` is ST03, or GS08 where ST03 is absent.

    `ordinal` counts the sets of the input from 0.
    """

    segment: Segment
    group: Group
    ordinal: int
    kind: str
    control_number: str
    guide: str


class InterchangeStart(msgspec.Struct, frozen=True):
    """An ISA was read."""

    interchange: Interchange


class GroupStart(msgspec.Struct, frozen=True):
    """A GS was read."""

    group: Group


class SetStart(msgspec.Struct, frozen=True):
    """An ST was read; its segments follow as `Segment` events, ST and SE included."""

    transaction_set: TransactionSet


class SetEnd(msgspec.Struct, frozen=True):
    """A set ended. `segments` counts ST to SE; `errors` counts envelope errors; `complete` says SE came."""

    transaction_set: TransactionSet
    segments: int
    errors: int
    complete: bool


class GroupEnd(msgspec.Struct, frozen=True):
    """A group ended, with GE or without (`segment` is then None)."""

    group: Group
    segment: Segment | None
    sets: int


class InterchangeEnd(msgspec.Struct, frozen=True):
    """An interchange ended, with IEA or without (`segment` is then None)."""

    interchange: Interchange
    segment: Segment | None
    groups: int


class Outside(msgspec.Struct, frozen=True):
    """A token outside any transaction set that opens or closes nothing: TA1, a stray segment, blanks."""

    segment: Segment


Event = (
    Segment
    | Finding
    | InterchangeStart
    | GroupStart
    | SetStart
    | SetEnd
    | GroupEnd
    | InterchangeEnd
    | Outside
)
