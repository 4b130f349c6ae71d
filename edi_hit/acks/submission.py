"""Who sent an 837, and to whom."""

import msgspec

from edi_hit.mapping.parts import Party


class Submission(msgspec.Struct, frozen=True):
    """What the head of an 837 says: BHT03, submitter (1000A), receiver (1000B)."""

    reference: str
    submitter: Party
    receiver: Party
