"""What was decided on the claims of a run, on disk, by the claim's index in the run."""

import os
import tempfile
from array import array
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import msgspec

from edi_hit.benefits.decision import ClaimDecision
from edi_hit.jobs.output_files import AT_ONCE
from edi_hit.remits import ComposedPayments, PaymentInSet, ToldPayments


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """Where what was decided on a claim is kept: its first byte, how many of the line, of the payments."""

    claim: int
    start: int
    line: int
    payments: int


class DecidedPart:
    """What one process decides, in a file of its own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._end = 0
        self._line = bytearray()
        self._encode_into = msgspec.json.Encoder().encode_into
        self._encode_payments = msgspec.msgpack.Encoder().encode

    def keep(self, claim: int, decision: ClaimDecision, payments: ToldPayments = ()) -> Kept:
        """Keep what was decided on a claim."""
        line = self._line
        self._encode_into(decision, line)
        line += b"\n"
        paid = self._encode_payments(payments) if payments else b""
        start = self._end
        self._file.write(line)
        self._file.write(paid)
        self._end += len(line) + len(paid)
        return Kept(claim, start, len(line), len(paid))

    def flush(self) -> None:
        """Put on disk what was kept: before other processes read it."""
        self._file.flush()


class DecidedClaims:
    """Keeps a decision as its line of `decisions.ndjson`, and the claim payments that say so in an 835.

    That is one claim payment of an answered claim; two, a reversal and its correction, where another answer
    was given before; they are composed already, unless an 835 must refuse them. Eighteen bytes of
    memory a claim. A context manager.
    """

    def __init__(self, folder: Path, claims: int, parts: int = 1) -> None:
        """Make room for `claims` claims in nameless files in `folder`, one for each of the processes."""
        with ExitStack() as stack:
            self._files = [
                stack.enter_context(tempfile.TemporaryFile(buffering=AT_ONCE, dir=folder))
                for _ in range(parts)
            ]  # closed by __exit__
            self._stack = stack.pop_all()
        self.parts = [DecidedPart(file) for file in self._files]
        self._part_of, self._start_of = array("H", [0]) * claims, array("Q", [0]) * claims
        self._line_of, self._payments_of = array("I", [0]) * claims, array("I", [0]) * claims
        self._decode = msgspec.json.Decoder(ClaimDecision).decode
        self._decode_payments = msgspec.msgpack.Decoder[ToldPayments](ToldPayments).decode

    def note(self, part: int, kept: Kept) -> None:
        """Note where a process has kept a claim."""
        claim = kept.claim
        self._part_of[claim], self._start_of[claim] = part, kept.start
        self._line_of[claim], self._payments_of[claim] = kept.line, kept.payments

    def line(self, claim: int) -> bytes:
        """Give a decision as its line of `decisions.ndjson`."""
        return self._read(claim, 0, self._line_of[claim])

    def decision(self, claim: int) -> ClaimDecision:
        """Give a decision."""
        return self._decode(self.line(claim))

    def payments(self, claim: int) -> Iterable[PaymentInSet]:
        """Give the claim payments of a claim; none where it was not answered."""
        length = self._payments_of[claim]
        if not length:
            return ()
        told = self._decode_payments(self._read(claim, self._line_of[claim], length))
        return (told,) if isinstance(told, ComposedPayments) else told

    def _read(self, claim: int, after: int, length: int) -> bytes:
        file = self._files[self._part_of[claim]]
        return os.pread(file.fileno(), length, self._start_of[claim] + after)

    def __enter__(self) -> "DecidedClaims":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()
