"""Reads claims from any form that holds them: X12, or a document `translate` reads."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from edi_hit.claims import AnyClaim, Claim, InstitutionalClaim
from edi_hit.formats.piece_stream import PieceStream
from edi_hit.formats.records import Record, records_of_x12
from edi_hit.formats.records.kinds import Envelope
from edi_hit.formats.shapes import Address
from edi_hit.jobs.forms import form_of
from edi_hit.jobs.inputs import InputFile
from edi_hit.rules import ConfigError, Finding
from edi_hit.x12 import read_blocks

_LOOKED_AT = 1024


def claims_of_input(item: InputFile, address: Address | None = None) -> Iterator[AnyClaim]:
    """Yield the claims of an input, whatever its form; `address` for documents that do not say who sends.

    Raises `ConfigError` where it holds something else than claims, or X12 with errors (which `validate`
    shows), `DocumentError` and `NotX12Error` where it is not what it begins as, and `OSError`.
    """
    with io.BufferedReader(PieceStream(read_blocks(item.source))) as stream:
        for record in _records(stream, address):
            if isinstance(record, Claim | InstitutionalClaim):
                yield record
            elif isinstance(record, Finding):
                told = f"{record.rule}: {record.message}"
                raise ConfigError(f"{item.label}: {told}; edi-hit validate shows where")
            elif not isinstance(record, Envelope):
                raise ConfigError(f"{item.label} holds remittances: a batch is made of claims")


def _records(stream: io.BufferedReader[PieceStream], address: Address | None) -> Iterator[Record | Finding]:
    form = form_of(stream.peek(_LOOKED_AT))
    if form.read_records is not None:
        return form.read_records(stream, address)
    x12: BinaryIO = stream if form.read is None else io.BufferedReader(PieceStream(form.read(stream)))
    return records_of_x12(x12)
