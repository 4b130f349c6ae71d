"""Implementation guides compiled from pyx12's maps: segments to loop tree."""

from edi_hit.guides.composed import composed_findings
from edi_hit.guides.events import GuideEvent, LoopRead, SetRead, Unit
from edi_hit.guides.guide import Guide, GuideEntry, catalogue, guide, guide_for
from edi_hit.guides.loop import Loop
from edi_hit.guides.loop_path import LoopPath
from edi_hit.guides.loop_tree import read_loops
from edi_hit.guides.node import LoopNode, SegmentNode

__all__ = [
    "Guide",
    "GuideEntry",
    "GuideEvent",
    "Loop",
    "LoopNode",
    "LoopPath",
    "LoopRead",
    "SegmentNode",
    "SetRead",
    "Unit",
    "catalogue",
    "composed_findings",
    "guide",
    "guide_for",
    "read_loops",
]
