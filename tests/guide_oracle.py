"""pyx12's walker as oracle: in which loop does the reference implementation put each segment of a set?"""

import logging
from functools import cache
from typing import Any

import pyx12.map_if
import pyx12.map_walker
import pyx12.params
import pyx12.segment

from edi_hit.guides import guide
from edi_hit.x12 import Segment

_CONTROL = ("ISA_LOOP", "GS_LOOP", "HEADER", "DETAIL", "FOOTER")
_ST = "/ISA_LOOP/GS_LOOP/ST_LOOP/ST"

_IN_USUAL_DELIMITERS = str.maketrans("\x1d\x1e\x1f*^:~", "*^:....")
"""To the delimiters pyx12 is given; where they stand in the data, a point in their place."""

Placement = tuple[str, ...]
"""The loops a segment stands in, outermost first."""


@cache
def _map(name: str) -> Any:
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    return pyx12.map_if.load_map_file(guide(name).entry.map, pyx12.params.params())


def placements(name: str, segments: list[Segment]) -> list[Placement | None]:
    """Where the segments of one set stand by the map of guide `name`; None for one it does not find."""
    node = _map(name).getnodebypath(_ST)
    walker = pyx12.map_walker.walk_tree()
    found: list[Placement | None] = []
    for number, segment in enumerate(segments, 1):
        if segment.id == "ST":
            found.append(("ST_LOOP",))
            continue
        text = segment.text.translate(_IN_USUAL_DELIMITERS)
        data = pyx12.segment.Segment(text, "~", "*", ":", "^")
        reached, _, _, _ = walker.walk_errors(node, data, number, number, None)
        if reached is None:
            found.append(None)
            continue
        node = reached
        found.append(tuple(loop for loop in node.x12path.loop_list if loop not in _CONTROL))
    return found
