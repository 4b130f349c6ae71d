"""The loop form: every byte of any X12, as its loops, segments and elements, in XML or JSON, and back."""

from edi_hit.formats.loops.feed import Fed, LoopWriter, feed_loops
from edi_hit.formats.loops.json_reader import read_json
from edi_hit.formats.loops.json_writer import JsonWriter
from edi_hit.formats.loops.xml_reader import read_xml
from edi_hit.formats.loops.xml_writer import XmlWriter

__all__ = ["Fed", "JsonWriter", "LoopWriter", "XmlWriter", "feed_loops", "read_json", "read_xml"]
