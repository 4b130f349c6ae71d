"""Translates one input from the form it has to another."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from edi_hit.formats.loops import feed_loops
from edi_hit.formats.piece_stream import PieceStream
from edi_hit.formats.records import Record, RecordWriter, records_of_x12, write_x12
from edi_hit.formats.shapes import Address
from edi_hit.jobs import exit_codes
from edi_hit.jobs.counted_reading import OnBytes, counted
from edi_hit.jobs.forms import SHAPES, Form, form_named, form_of
from edi_hit.jobs.inputs import STANDARD_INPUT, InputFile
from edi_hit.rules import ConfigError, Finding
from edi_hit.x12 import copy, read_blocks

_LOOKED_AT = 1024
_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of X12 composed from claims that wait in memory; more wait on disk."""

CUT_OFF_RULE = "X12-ENV-14"


class Translation:
    """One translation, and what it found.

    `findings` holds the first errors of X12 whose claims were read, `errors` counts them all. `cut_off` tells
    that X12 was; what there is of it was written.
    """

    MAX_FINDINGS = 20

    def __init__(
        self,
        name: str,
        view: str | None = None,
        *,
        validate: bool = False,
        address: Address | None = None,
    ) -> None:
        """`name` and `view` as for `form_named`; with `validate` a document read is checked by its schema.

        `address` says who sends claims to whom, for documents that do not.
        """
        self._name, self._view = name, view
        self._validate = validate
        self._address = address
        self.findings: list[Finding] = []
        self.errors = 0
        self.cut_off = False

    @property
    def exit_code(self) -> int:
        """The exit code of what was found."""
        if self.cut_off:
            return exit_codes.NOT_X12
        return exit_codes.FINDINGS if self.errors else exit_codes.CLEAN

    def write(self, file: InputFile, outs: list[BinaryIO], progress: OnBytes | None = None) -> None:
        """Write `file`, plain or gzip, whose form is told from its content, in the target's form.

        `outs` are the streams to write to: one, or one for each table of the form.
        Raises `NotX12Error` and `DocumentError` where the input is not what it begins as, `ConfigError` where
        no way leads to the target, `ComposeError` where no X12 can hold what a document of claims says, and
        `OSError`.
        """
        if file.source == STANDARD_INPUT:
            self._write(_stream(read_blocks(STANDARD_INPUT)), outs)
            return
        with Path(file.source).open("rb") as opened:
            source = counted(opened, progress) if progress else opened
            self._write(_stream(read_blocks(source)), outs)

    def _write(self, source: io.BufferedReader, outs: list[BinaryIO]) -> None:
        form = form_of(source.peek(_LOOKED_AT))
        if self._validate:
            if form.validated is None:
                raise ConfigError(f"there is no schema for {form.name}; `edi-hit validate` checks X12")
            source = _stream(form.validated(source))
        target = form_named(self._name, self._view, form.view)
        if form.view in SHAPES and target.record_writer is None and self._address is None:
            raise ConfigError("these claims do not say who sends them: give --sender, --receiver and --as-of")
        if target.record_writer is not None:
            self._write_records(form, source, target.record_writer(*outs))
        elif target.writer is not None:
            self.cut_off = feed_loops(self._x12(form, source), target.writer(outs[0])).cut_off
        else:
            copy(self._x12(form, source), outs[0])

    def _write_records(self, form: Form, source: BinaryIO, writer: RecordWriter) -> None:
        if form.read_records is not None:
            records = form.read_records(source, self._address)
        else:
            records = self._records(self._x12(form, source))
        writer.start()
        for record in records:
            writer.record(record)
            for finding in writer.take_findings():
                self._found(finding)
        writer.finish()

    def _records(self, x12: BinaryIO) -> Iterator[Record]:
        """The records of X12; what is wrong with it is kept aside."""
        for item in records_of_x12(x12):
            if isinstance(item, Finding):
                self._found(item)
            else:
                yield item

    def _found(self, finding: Finding) -> None:
        self.errors += 1
        self.cut_off |= finding.rule == CUT_OFF_RULE
        if len(self.findings) < self.MAX_FINDINGS:
            self.findings.append(finding)

    def _x12(self, form: Form, source: BinaryIO) -> BinaryIO:
        """The X12 that `source` holds in `form`."""
        if form.read is not None:
            return _stream(form.read(source))
        if form.read_records is not None:
            return _stream(_composed(form.read_records(source, self._address)))
        return source


def _composed(records: Iterator[Record]) -> Iterator[bytes]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        write_x12(records, cast("BinaryIO", spool))
        spool.seek(0)
        while block := spool.read(io.DEFAULT_BUFFER_SIZE):
            yield block


def _stream(pieces: Iterator[bytes]) -> io.BufferedReader:
    return io.BufferedReader(PieceStream(pieces))
