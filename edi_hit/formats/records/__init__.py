"""The claim form: claims and remittances as records, in JSON, NDJSON and XML, and back."""

from edi_hit.formats.records.json_reader import read_json_records, read_ndjson_records
from edi_hit.formats.records.json_writer import JsonRecordWriter, NdjsonRecordWriter
from edi_hit.formats.records.kinds import Envelope, Record, RecordWriter
from edi_hit.formats.records.read_x12 import records_of_x12
from edi_hit.formats.records.write_x12 import write_x12
from edi_hit.formats.records.xml_reader import read_xml_records
from edi_hit.formats.records.xml_writer import XmlRecordWriter

__all__ = [
    "Envelope",
    "JsonRecordWriter",
    "NdjsonRecordWriter",
    "Record",
    "RecordWriter",
    "XmlRecordWriter",
    "read_json_records",
    "read_ndjson_records",
    "read_xml_records",
    "records_of_x12",
    "write_x12",
]
