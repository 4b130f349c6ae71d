"""A claim holds 50 lines (837P) or 999 (837I); one with more is refused, and the next one is written."""

import io
from collections.abc import Callable
from typing import BinaryIO

import msgspec
import pytest
from written_back import HEADER

from edi_hit.claims import AnyClaim, ClaimRecord, read_claims, write_claims
from edi_hit.rules import ComposeError
from edi_hit.sample import write_sample_837i, write_sample_837p
from edi_hit.x12 import read_segments


def claim_with(lines: int, write_sample: Callable[[BinaryIO, int, int], int]) -> AnyClaim:
    """A synthetic claim with so many lines, all like its first."""
    stream = io.BytesIO()
    write_sample(stream, 1, 1)
    claim = next(event.claim for event in read_claims(stream.getvalue()) if isinstance(event, ClaimRecord))
    assert claim is not None
    line = msgspec.structs.replace(claim.lines[0], control_number="", adjudications=())
    return msgspec.structs.replace(claim, lines=(line,) * lines, charge=line.charge * lines, other_payers=())


@pytest.mark.parametrize(("write_sample", "most"), [(write_sample_837p, 50), (write_sample_837i, 999)])
def test_lines_of_a_claim(write_sample: Callable[[BinaryIO, int, int], int], most: int) -> None:
    full, overfull = claim_with(most, write_sample), claim_with(most + 1, write_sample)
    refused: list[ComposeError] = []
    stream = io.BytesIO()
    count = write_claims([overfull, full], stream, HEADER, refused=lambda _, error: refused.append(error))
    assert count == 1
    assert [(f.rule, f.loop) for error in refused for f in error.findings] == [("X12-SEG-04", "2300")]
    assert f"Loop 2400 comes more than {most} times" in str(refused[0])
    numbers = [segment.elements[1] for segment in read_segments(stream.getvalue()) if segment.id == "LX"]
    assert numbers == [str(number) for number in range(1, most + 1)]
    read = [event for event in read_claims(stream.getvalue()) if isinstance(event, ClaimRecord)]
    assert [len(record.claim.lines) for record in read if record.claim] == [most]
    assert all(record.accepted for record in read)
