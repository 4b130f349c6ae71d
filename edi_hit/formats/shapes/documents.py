"""Documents of the medicalnetwork shape: a list of claims in JSON, or a claim a line; and reading either."""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

import msgspec

from edi_hit.claims import Claim
from edi_hit.formats.json_values import JsonValues
from edi_hit.formats.records import Envelope, Record, RecordWriter
from edi_hit.formats.records.kinds import kind_of
from edi_hit.formats.records.read_record import WrongRecordError
from edi_hit.formats.shapes.medicalnetwork import claim_of, medicalnetwork_of, not_held
from edi_hit.rules import ComposeError, DocumentError, Finding, load_rules

GUIDE = "005010X222A1"
_TOLD = 5
"""Fields named in a finding of what is left out."""

_encode = msgspec.json.Encoder().encode


class Address(msgspec.Struct, frozen=True):
    """Who sends claims to whom, and when: a document of the shape does not say."""

    sender: str
    receiver: str
    created_on: date


class ShapeLines(RecordWriter):
    """Writes to a binary stream a claim a line. Other records than professional claims are refused."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._usage = ""
        self._findings: list[Finding] = []

    def record(self, record: Record) -> None:
        """Take a record. Raises `ComposeError` where it is no professional claim."""
        if isinstance(record, Envelope):
            self._usage = record.usage
        elif isinstance(record, Claim):
            self._claim(record)
        else:
            raise ComposeError(f"a record of kind {kind_of(record)} has no place in this shape")

    def take_findings(self) -> list[Finding]:
        """Give the claims of which something was left out."""
        found, self._findings = self._findings, []
        return found

    def _claim(self, claim: Claim) -> None:
        document = medicalnetwork_of(claim)
        lost = not_held(claim, document)
        if lost:
            more = f" and {len(lost) - _TOLD} more" if len(lost) > _TOLD else ""
            message = f"the shape has no place for {', '.join(lost[:_TOLD])}{more}"
            rule = load_rules("edi_hit.formats")["FORM-LEFT-OUT"]
            self._findings.append(rule.finding(message, claim=claim.claim_id))
        if self._usage:
            document = {"usageIndicator": self._usage, **document}
        self._write(_encode(document))

    def _write(self, text: bytes) -> None:
        self._stream.write(text + b"\n")


class ShapeList(ShapeLines):
    """Writes to a binary stream one JSON document: the list of the claims."""

    def start(self) -> None:
        """Begin the document."""
        self._break = b"[\n"

    def finish(self) -> None:
        """End the document."""
        self._stream.write((b"\n" if self._break == b",\n" else b"[") + b"]\n")

    def _write(self, text: bytes) -> None:
        self._stream.write(self._break + text)
        self._break = b",\n"


def read_shape(stream: BinaryIO, address: Address | None) -> Iterator[Record]:
    """Yield the claims of `stream`: an object, a list of them, or one after the other.

    With an address, their envelope comes first, and another where `usageIndicator` changes. Raises
    `DocumentError` with the line and the path of what is wrong.
    """
    return _Reader(stream, address).records()


class _Reader:
    """The claims still to come, and the envelope of the last one."""

    def __init__(self, stream: BinaryIO, address: Address | None) -> None:
        self._json = JsonValues(stream, self._error, many=True)
        self._address = address
        self._envelope: Envelope | None = None
        self._number = -1

    def _error(self, message: str, path: str = "") -> DocumentError:
        item = f"[{self._number}]" if self._number >= 0 else ""
        return DocumentError(message, line=self._json.line, path=f"${item}{path}")

    def records(self) -> Iterator[Record]:
        """Yield envelopes and claims."""
        for document in self._documents():
            try:
                claim = claim_of(document)
            except WrongRecordError as error:
                raise self._error(str(error), error.path) from None
            yield from self._addressed(claim, document.get("usageIndicator", "T"))

    def _documents(self) -> Iterator[dict[str, Any]]:
        for event in self._json.events:
            if event[0] != "start_array":
                self._number += 1
                yield self._json.item(event)
                continue
            while (inner := self._json.next())[0] != "end_array":
                self._number += 1
                yield self._json.item(inner)

    def _addressed(self, claim: Claim, usage: object) -> Iterator[Record]:
        address = self._address
        if usage not in ("T", "P"):
            raise self._error("usageIndicator is T or P", ".usageIndicator")
        if address is None:
            yield claim
            return
        last = self._envelope
        if last is None or last.usage != usage:
            number = last.control_number + 1 if last else 1
            self._envelope = last = _envelope(address, str(usage), number)
            yield last
        yield _sent(claim, address)


def _envelope(address: Address, usage: str, number: int) -> Envelope:
    return Envelope(
        sender=address.sender,
        receiver=address.receiver,
        created_on=address.created_on,
        created_at="0000",
        control_number=number,
        functional_id="HC",
        guide=GUIDE,
        usage=usage,
    )


def _sent(claim: Claim, address: Address) -> Claim:
    """The claim with what its submission says of who sends it to whom, and when."""
    replace = msgspec.structs.replace
    told = claim.submission
    submitter = (
        told.submitter if told.submitter.id else replace(told.submitter, id_qualifier="46", id=address.sender)
    )
    receiver = replace(told.receiver, id_qualifier="46", id=told.receiver.id or address.receiver)
    submission = replace(
        told, submitter=submitter, receiver=receiver, created_on=address.created_on, created_at="0000"
    )
    return replace(claim, submission=submission)
