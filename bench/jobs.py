"""What is measured of this package, each on one file."""

import tempfile
from datetime import date
from pathlib import Path

from edi_hit.claims import ClaimRecord, claims_of, read_claims
from edi_hit.guides import Unit, read_loops
from edi_hit.jobs.acknowledge import Acknowledger
from edi_hit.jobs.checked_units import checked_units
from edi_hit.reference import Tables
from edi_hit.rules import Finding
from edi_hit.x12 import ELEMENT, read_events, read_segments


def tokenise(path: Path) -> int:
    """Every segment with byte offset and ordinal, its elements split; gives the segments."""
    count = 0
    for segment in read_segments(path):
        segment.text.split(ELEMENT)
        count += 1
    return count


def loops(path: Path) -> int:
    """Envelopes checked and every segment placed in its loop (SNIP 1 and 2); gives the claims."""
    return sum(isinstance(event, Unit) for event in read_loops(read_events(path)))


def claims(path: Path) -> int:
    """Claim objects with dates and amounts converted; gives the claims."""
    return sum(isinstance(event, ClaimRecord) for event in read_claims(path))


def checked_claims(path: Path) -> int:
    """The same, with SNIP 3 to 5; gives the claims."""
    events = claims_of(checked_units(read_loops(read_events(path)), Tables.packaged()))
    return sum(isinstance(event, ClaimRecord) for event in events)


def validate(path: Path) -> int:
    """SNIP 1 to 5, findings collected, the receipt for acknowledgements made; gives the findings."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Acknowledger(Path(folder), date(2026, 1, 5)).acknowledging("file") as receipt,
    ):
        findings = []
        for event in checked_units(read_loops(read_events(path)), Tables.packaged()):
            receipt.add(event)
            if isinstance(event, Finding):
                findings.append(event)
        return len(findings)
