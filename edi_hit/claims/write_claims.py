"""Writes claims as an 837P: rebuilds the loops above them, numbers HL, and starts new sets when due."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from edi_hit.claims.claim import Claim
from edi_hit.claims.mapping_837p import BILLING_PROVIDER, CLAIM, PATIENT, SUBSCRIBER
from edi_hit.claims.shared_mapping import SUBMISSION
from edi_hit.guides import Loop, LoopNode, guide
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.rules import ComposeError
from edi_hit.x12 import ComposeWriter, Delimiters, EnvelopeHeader
from edi_hit.x12.delimiters import HIPAA_USUAL

MAX_LINES = 50
"""Service lines a professional claim may have (837P, Loop 2400 repeat)."""

MAX_CLAIMS = 5000
"""Claims a transaction set should have at most (X12-837-08); more open a new set."""


def write_claims(
    claims: Iterable[Claim],
    stream: BinaryIO,
    header: EnvelopeHeader,
    delimiters: Delimiters = HIPAA_USUAL,
    line_break: str = "\n",
) -> int:
    """Write `claims` as one 837P interchange; give how many were written.

    Claims of one submission, billing provider and subscriber that follow each other share their loops.
    Raises `ComposeError` for a claim the guide cannot hold (more than 50 lines, a delimiter in a value).
    """
    writer = ComposeWriter(stream, header, delimiters, line_break)
    writer.start()
    composer = _Composer(writer)
    count = 0
    for claim in claims:
        composer.add(claim)
        count += 1
    composer.end_set()
    writer.end()
    return count


def _numbered(claim: Loop) -> Loop:
    """The claim with its service lines numbered from 1, as the guide wants them (LX01)."""
    lines = [loop for loop in claim.loops if loop.id == "2400"]
    for number, line in enumerate(lines, 1):
        line.segments[0][1][1] = str(number)
    return claim


class _Composer:
    """The loops open while claims are written, and the HL numbers given so far."""

    def __init__(self, writer: ComposeWriter) -> None:
        self._writer = writer
        self._guide = guide("837P")
        self._last: Claim | None = None
        self._in_set = 0
        self._level = 0
        self._billing_level = 0
        self._subscriber_level = 0

    def add(self, claim: Claim) -> None:
        if len(claim.lines) > MAX_LINES:
            raise ComposeError(f"a professional claim holds at most {MAX_LINES} service lines")
        last = self._last
        if last is None or last.submission != claim.submission or self._in_set >= MAX_CLAIMS:
            self._start_set(claim)
            last = None
        billing = self._guide.root.loop("2000A")
        subscriber = billing.loop("2000B")
        if last is None or last.billing_provider != claim.billing_provider:
            self._billing_level = self._open(BILLING_PROVIDER, claim.billing_provider, billing, 0, "20", "1")
            last = None
        if (
            last is None
            or last.subscriber != claim.subscriber
            or (last.patient is None) != (claim.patient is None)
        ):
            has_patient = "1" if claim.patient else "0"
            self._subscriber_level = self._open(
                SUBSCRIBER, claim.subscriber, subscriber, self._billing_level, "22", has_patient
            )
            last = None
        node = subscriber.loop("2300")
        if claim.patient is not None:
            node = subscriber.loop("2000C").loop("2300")
            if last is None or last.patient != claim.patient:
                self._open(
                    PATIENT, claim.patient, subscriber.loop("2000C"), self._subscriber_level, "23", "0"
                )
        self._write(_numbered(CLAIM.write(claim, node)))
        self._last = claim
        self._in_set += 1

    def end_set(self) -> None:
        if self._last is not None:
            self._writer.end_set()
            self._last = None

    def _start_set(self, claim: Claim) -> None:
        self.end_set()
        self._in_set = self._level = 0
        self._writer.start_set("837", self._guide.entry.id)
        self._write(SUBMISSION.write(claim.submission, self._guide.root))

    def _open(
        self, mapping: LoopMapping[Any], part: object, node: LoopNode, parent: int, code: str, children: str
    ) -> int:
        """Write a hierarchical level; give its HL01."""
        self._level += 1
        self._writer.segment(["HL", str(self._level), str(parent) if parent else "", code, children])
        self._write(mapping.write(part, node))
        return self._level

    def _write(self, loop: Loop) -> None:
        for _, elements, _ in loop.segments:
            self._writer.segment(elements)
        for child in loop.loops:
            self._write(child)
