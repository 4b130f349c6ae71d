"""Implementation guides compiled from pyx12's maps: segments to loop tree."""

from edi_hit.guides.guide import Guide, GuideEntry, catalogue, guide, guide_for
from edi_hit.guides.loop import Loop, SetRead, Unit
from edi_hit.guides.loop_tree import read_loops
from edi_hit.guides.node import LoopNode, SegmentNode

__all__ = [
    "Guide",
    "GuideEntry",
    "Loop",
    "LoopNode",
    "SegmentNode",
    "SetRead",
    "Unit",
    "catalogue",
    "guide",
    "guide_for",
    "read_loops",
]
