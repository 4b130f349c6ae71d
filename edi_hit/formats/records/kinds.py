"""The records a document of claims holds, in the order of the X12 they stand for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from functools import cache
from typing import Any, Union

import msgspec

from edi_hit.claims import AnyClaim, Claim, InstitutionalClaim
from edi_hit.formats.records.document_types import document_type
from edi_hit.remits import ClaimPayment, Remittance
from edi_hit.rules import Finding
from edi_hit.x12 import EnvelopeHeader

FORMAT = "edi-hit claims"
VERSION = "1"


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An interchange and its group: who sends the records after it to whom, and how they are delimited.

    `guide` is GS08, `functional_id` GS01, `usage` ISA15 (T test, P production). `control_number` serves ISA13
    and GS06. `delimiters` are those of elements, repetitions, components and segments, one character each.
    """

    sender: str
    receiver: str
    created_on: date
    created_at: str
    control_number: int
    functional_id: str
    guide: str
    usage: str = "T"
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    application_sender: str = ""
    application_receiver: str = ""
    acknowledgment_requested: str = "0"
    delimiters: str = "*^:~"
    line_break: str = "\n"

    @property
    def header(self) -> EnvelopeHeader:
        """What the compose writer needs."""
        told = msgspec.structs.asdict(self)
        del told["delimiters"], told["line_break"]
        return EnvelopeHeader(version=told.pop("guide"), **told)


KINDS: dict[str, type[msgspec.Struct]] = {
    "envelope": Envelope,
    "professional": Claim,
    "institutional": InstitutionalClaim,
    "remittance": Remittance,
    "claim_payment": ClaimPayment,
}
"""The structure of each kind of record. Claim payments follow the remittance they belong to."""

Record = Envelope | AnyClaim | Remittance | ClaimPayment


@cache
def record_types() -> Any:  # noqa: ANN401 - no type names a union made at run time
    """The union of all kinds as documents hold them, told apart by `kind`."""
    members = tuple(document_type(model, kind) for kind, model in KINDS.items())
    return Union[members]  # noqa: UP007 - how many there are is known at run time alone: no X | Y can be written


def kind_of(record: Record) -> str:
    """Give the kind of a record."""
    return next(kind for kind, model in KINDS.items() if type(record) is model)


class RecordWriter(ABC):
    """What takes the records of a document, one at a time."""

    def start(self) -> None:
        """Begin the document; most begin with their first record."""
        return

    @abstractmethod
    def record(self, record: Record) -> None:
        """Take a record."""

    def finish(self) -> None:
        """End the document; most end with their last record."""
        return

    def take_findings(self) -> list[Finding]:
        """Give what the document had no place for since the last call (FORM-LEFT-OUT)."""
        return []
