"""Bytes to segments and back: delimiters, streaming reader with positions, writers, envelope."""

from edi_hit.x12.block_split import MAX_SEGMENT
from edi_hit.x12.compose_writer import ComposeWriter, EnvelopeHeader, SegmentSink
from edi_hit.x12.copy_writer import CopyWriter, copy
from edi_hit.x12.delimiter_choice import CharacterCollector, free_delimiters
from edi_hit.x12.delimiters import COMPONENT, ELEMENT, HIPAA_USUAL, REPETITION, TERMINATOR, Delimiters
from edi_hit.x12.envelope import Events, read_events
from edi_hit.x12.events import (
    Event,
    Group,
    GroupEnd,
    GroupStart,
    Interchange,
    InterchangeEnd,
    InterchangeStart,
    Outside,
    SetEnd,
    SetStart,
    TransactionSet,
)
from edi_hit.x12.header_checks import party_qualifiers
from edi_hit.x12.header_of import header_of
from edi_hit.x12.isa import read_isa
from edi_hit.x12.place import place_of
from edi_hit.x12.reader import clean_text, read_segments
from edi_hit.x12.segment import Flaw, Segment
from edi_hit.x12.segment_run import SegmentRun
from edi_hit.x12.segment_text import fixed_form, without_empty_ends
from edi_hit.x12.source import Source, read_blocks

__all__ = [
    "COMPONENT",
    "ELEMENT",
    "HIPAA_USUAL",
    "MAX_SEGMENT",
    "REPETITION",
    "TERMINATOR",
    "CharacterCollector",
    "ComposeWriter",
    "CopyWriter",
    "Delimiters",
    "EnvelopeHeader",
    "Event",
    "Events",
    "Flaw",
    "Group",
    "GroupEnd",
    "GroupStart",
    "Interchange",
    "InterchangeEnd",
    "InterchangeStart",
    "Outside",
    "Segment",
    "SegmentRun",
    "SegmentSink",
    "SetEnd",
    "SetStart",
    "Source",
    "TransactionSet",
    "clean_text",
    "copy",
    "fixed_form",
    "free_delimiters",
    "header_of",
    "party_qualifiers",
    "place_of",
    "read_blocks",
    "read_events",
    "read_isa",
    "read_segments",
    "without_empty_ends",
]
