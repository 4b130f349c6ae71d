"""What is wrong with a hierarchical level (HL)."""

import msgspec

from edi_hit.x12 import Segment


class LevelFault(msgspec.Struct, frozen=True):
    """What is wrong with an HL segment and the loop it opens: rule, message, element and its value."""

    rule: str
    message: str
    segment: Segment
    loop: str
    element: int
    value: str
