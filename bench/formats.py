"""Claims and forms: what pyx12, x12sdk and this package make of X12, on the same file, in turns.

Each does the whole of its job: reading with the checks of the guide, and making objects or text.
"""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

import files
import jobs
import peers
from timing import Task, heading, row, take_turns

from edi_hit.claims import AnyClaim, ClaimRecord, read_claims, write_claims
from edi_hit.formats.loops import JsonWriter, XmlWriter, feed_loops, read_json, read_xml
from edi_hit.formats.records import NdjsonRecordWriter, records_of_x12
from edi_hit.rules import Finding
from edi_hit.x12 import EnvelopeHeader

OBJECTS, COMPOSED = "claim objects (SNIP 1-2)", "composed from objects (SNIP 1-5)"
CHECKED, UNCHECKED = "claim objects (SNIP 1-5)", "composed from objects (unchecked)"
NDJSON, XML = "claim NDJSON", "loop XML"

_HEADER = EnvelopeHeader(
    sender="SENDER",
    receiver="RECEIVER",
    created_on=date(2026, 1, 5),
    created_at="1200",
    control_number=1,
    functional_id="HC",
    version="005010X222A1",
)


def measure_forms(folder: Path, claims: int, rounds: int) -> None:
    """Measure the forms of an 837P of so many claims."""
    heading(f"Claims and forms, 837P of {claims} claims; thousands of claims a second")
    path = files.sample(folder, "837P", claims)
    copy = peers.for_x12sdk(path, path.with_name("x12sdk-forms.837"))
    theirs = [
        Task("pyx12 X12ContextReader", peers.pyx12_contexts, path, claims),
        Task("pyx12 XML", peers.pyx12_xml, path, claims),
        Task("x12sdk objects", peers.x12sdk_parse, copy, claims),
        Task("x12sdk JSON", peers.x12sdk_json, copy, claims),
    ]
    xml, json = (path.with_suffix(suffix) for suffix in (".xml", ".json"))
    write_forms(path, xml, json)
    held = [event.claim for event in read_claims(path) if isinstance(event, ClaimRecord) and event.claim]
    ours = [
        Task(OBJECTS, jobs.claims, path, claims),
        Task(CHECKED, jobs.checked_claims, path, claims),
        Task(COMPOSED, composing(held, strict=True), path, claims),
        Task(UNCHECKED, composing(held, strict=False), path, claims),
        Task(NDJSON, ndjson, path, claims),
        Task(XML, loop_xml, path, claims),
        Task("loop JSON", loop_json, path, claims),
        Task("loop XML to X12", lambda source: x12_of(source, read_xml), xml, claims),
        Task("loop JSON to X12", lambda source: x12_of(source, read_json), json, claims),
    ]
    timed = take_turns([*theirs, *ours], rounds)
    against = {OBJECTS: [0, 2], NDJSON: [3], XML: [1]}
    for task in theirs:
        row(task.name, timed[task.name])
    for task in ours:
        named = [(theirs[at].name, timed[theirs[at].name]) for at in against.get(task.name, ())]
        row(task.name, timed[task.name], named)
    for composed, read in ((COMPOSED, CHECKED), (UNCHECKED, OBJECTS)):
        print(f"  {composed}: {timed[composed].cpu / timed[read].cpu:.2f} x the CPU time of {read}")


def write_forms(path: Path, xml: Path, json: Path) -> None:
    """The loop documents of a file."""
    with xml.open("wb") as stream:
        feed_loops(path, XmlWriter(stream))
    with json.open("wb") as stream:
        feed_loops(path, JsonWriter(stream))


def composing(claims: list[AnyClaim], strict: bool) -> Callable[[Path], int]:
    """The job of writing `claims` as an 837P, where `strict` each checked as a reader would."""
    return lambda _: write_claims(iter(claims), io.BytesIO(), _HEADER, strict=strict)


def ndjson(path: Path) -> int:
    """Claims as lines of JSON; gives the bytes."""
    stream = io.BytesIO()
    writer = NdjsonRecordWriter(stream)
    for record in records_of_x12(path):
        if not isinstance(record, Finding):
            writer.record(record)
    return stream.tell()


def loop_xml(path: Path) -> int:
    """Every segment in its loop, as XML; gives the bytes."""
    stream = io.BytesIO()
    feed_loops(path, XmlWriter(stream))
    return stream.tell()


def loop_json(path: Path) -> int:
    """Every segment in its loop, as JSON; gives the bytes."""
    stream = io.BytesIO()
    feed_loops(path, JsonWriter(stream))
    return stream.tell()


def x12_of(path: Path, read: Callable[[BinaryIO], Iterator[bytes]]) -> int:
    """The X12 of a loop document; gives the pieces."""
    with path.open("rb") as stream:
        return sum(1 for _ in read(stream))
