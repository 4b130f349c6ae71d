"""Makes 837 batches for a partner: claims in, one file a guide out, each with a control number of its own."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from edi_hit.claims import AnyClaim, Claim, ClaimRecord, InstitutionalClaim, read_claims, write_claims
from edi_hit.claims.identity import supplier_key
from edi_hit.formats.shapes import Address
from edi_hit.jobs import exit_codes
from edi_hit.jobs.claim_inputs import claims_of_input
from edi_hit.jobs.inputs import InputFile
from edi_hit.jobs.output_files import make_folder, written_whole
from edi_hit.jobs.spool import Spool
from edi_hit.ledger import (
    Batch,
    BatchClaim,
    Connection,
    Ledger,
    claims_sent_before,
    known_batch,
    next_control_number,
    note_written,
    record_batch,
)
from edi_hit.profiles import Partner
from edi_hit.reference import Tables
from edi_hit.rules import ComposeError, ConfigError
from edi_hit.x12 import Delimiters, EnvelopeHeader

GUIDES: dict[type[AnyClaim], str] = {Claim: "837P", InstitutionalClaim: "837I"}

_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a batch that wait in memory until it is recorded; more wait on disk."""

_TIME = "0000"


class RefusedClaim(msgspec.Struct, frozen=True):
    """A claim that no 837 can hold as it is, and why."""

    claim: str
    error: ComposeError


class BatchMade(msgspec.Struct, frozen=True):
    """What became of the claims of one guide: a batch, the one made of them before, or what prevents one.

    Where a claim is refused, or some (`sent_before`, their ids) were sent in another batch, nothing is
    written, and `control_number` is None.
    """

    guide: str
    claims: int
    charge: Decimal
    control_number: int | None = None
    file: Path | None = None
    made_before_on: date | None = None
    refused: tuple[RefusedClaim, ...] = ()
    sent_before: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 where nothing was written since a claim was refused or sent before, else 0."""
        return exit_codes.FINDINGS if self.refused or self.sent_before else exit_codes.CLEAN


def make_batches(
    inputs: Iterable[InputFile],
    partner: Partner,
    ledger: Ledger,
    folder: Path,
    on: date,
    *,
    tables: Tables | None = None,
    again: bool = False,
    resend: bool = False,
) -> list[BatchMade]:
    """Write the claims of `inputs` as 837s for `partner` into `folder`, the professional ones first.

    The same claims for the same partner are not sent twice: they are told of, and written once more (the same
    bytes, the same control number) only with `again` or where the first writing was broken off. A batch that
    holds a claim of an earlier one, not rejected since, is made only with `resend`. When and in which
    submission a claim was written makes no difference. Raises `ConfigError` where an input holds something
    else than claims, or none, `LedgerError` and `OSError`.
    """
    make_folder(folder)
    with ExitStack() as stack:
        claims = {kind: stack.enter_context(_ClaimSpool(kind, folder)) for kind in GUIDES}
        address = Address(partner.receiver.id, partner.sender.id, on)
        for item in inputs:
            for claim in claims_of_input(item, address):
                claims[type(claim)].add(claim)
        if not any(len(one.spool) for one in claims.values()):
            raise ConfigError("the inputs hold no claim")
        making = _Making(partner, ledger, folder, tables, again, resend)
        return [making.batch(GUIDES[kind], one, on) for kind, one in claims.items() if len(one.spool)]


class _ClaimSpool:
    """The claims of one kind on disk, and a digest of each."""

    def __init__(self, kind: type[AnyClaim], folder: Path) -> None:
        self.spool: Spool[AnyClaim] = Spool(kind, folder)
        self.digests: list[bytes] = []
        self._encode = msgspec.msgpack.Encoder().encode
        self.charge = Decimal(0)

    def add(self, claim: AnyClaim) -> None:
        self.spool.append(claim)
        self.charge += claim.charge
        self.digests.append(hashlib.sha256(self._encode(_in_submission(claim, "", None))).digest())

    @property
    def content(self) -> str:
        return hashlib.sha256(b"".join(self.digests)).hexdigest()

    def __enter__(self) -> "_ClaimSpool":
        self.spool.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.spool.__exit__(None, None, None)


class _Making:
    """The batches of one run."""

    def __init__(
        self,
        partner: Partner,
        ledger: Ledger,
        folder: Path,
        tables: Tables | None,
        again: bool,
        resend: bool,
    ) -> None:
        self._partner = partner
        self._ledger = ledger
        self._folder = folder
        self._tables = tables
        self._again = again
        self._resend = resend

    def batch(self, guide: str, claims: _ClaimSpool, on: date) -> BatchMade:
        """Make the batch of one guide: recorded first, then put in its place."""
        made = BatchMade(guide, len(claims.spool), claims.charge)
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._folder)) as stream:
            composed = cast("BinaryIO", stream)
            try:
                batch, is_new = self._recorded(guide, claims, on, composed)
            except _RefusedError as refusal:
                return msgspec.structs.replace(made, refused=refusal.claims, sent_before=refusal.sent_before)
            if batch.written and not self._again:
                return self._told(made, batch, before=True)
            if not is_new:
                self._compose(claims, batch, composed)
            composed.seek(0)
            with written_whole(self._folder / batch.file, force=True) as place:
                shutil.copyfileobj(composed, place)
        with self._ledger.transaction() as connection:
            note_written(connection, batch.control_number)
            if batch.written:
                self._record(connection, "written again", batch)
        return self._told(made, batch, before=batch.written)

    def _recorded(self, guide: str, claims: _ClaimSpool, on: date, stream: BinaryIO) -> tuple[Batch, bool]:
        """The batch made of these claims before; else a new one, composed to `stream` and recorded."""
        with self._ledger.transaction() as connection:
            known = known_batch(connection, self._partner.name, claims.content)
            if known is not None:
                return known, False
            digests = () if self._resend else (digest.hex() for digest in claims.digests)
            before = tuple(claims_sent_before(connection, self._partner.name, digests))
            if before:
                raise _RefusedError(sent_before=before)
            number = next_control_number(connection)
            name = self._partner.naming.output.format(
                partner=self._partner.name, day=f"{on:%Y%m%d}", id=f"{number:09d}", type=guide.lower()
            )
            theirs = self._partner.sender
            batch = Batch(number, theirs.qualifier, theirs.id, name, on, written=False)
            self._compose(claims, batch, stream)
            stream.seek(0)
            record_batch(
                connection, batch, self._partner.name, guide, claims.content, _rows(stream, claims.digests)
            )
            self._record(connection, "made", batch, f"{guide}, {len(claims.spool)} claims")
            return batch, True

    def _record(self, connection: Connection, action: str, batch: Batch, detail: str = "") -> None:
        """Tell the audit trail what was done with a batch."""
        subject = f"batch {batch.control_number:09d} for {self._partner.name}"
        self._ledger.record(connection, action, subject, detail)

    def _compose(self, claims: _ClaimSpool, batch: Batch, stream: BinaryIO) -> None:
        refused: list[RefusedClaim] = []
        marks = self._partner.delimiters
        write_claims(
            _submitted(claims.spool, batch),
            stream,
            self._header(batch),
            Delimiters(marks.element, marks.component, marks.terminator, marks.repetition),
            "\n" if marks.line_breaks else "",
            tables=self._tables,
            refused=lambda claim, error: refused.append(RefusedClaim(claim.claim_id, error)),
        )
        if refused:
            raise _RefusedError(tuple(refused))

    def _header(self, batch: Batch) -> EnvelopeHeader:
        """We are whom the partner's files name as receiver, and it is who sends them."""
        ours, theirs = self._partner.receiver, self._partner.sender
        return EnvelopeHeader(
            sender=ours.id,
            receiver=theirs.id,
            created_on=batch.sent_on,
            created_at=_TIME,
            control_number=batch.control_number,
            functional_id="HC",
            version="",
            usage=self._partner.usage or "T",
            sender_qualifier=ours.qualifier,
            receiver_qualifier=theirs.qualifier,
            application_sender=ours.application or ours.id,
            application_receiver=theirs.application or theirs.id,
            acknowledgment_requested="1",
        )

    def _told(self, made: BatchMade, batch: Batch, *, before: bool) -> BatchMade:
        return msgspec.structs.replace(
            made,
            control_number=batch.control_number,
            file=self._folder / batch.file,
            made_before_on=batch.sent_on if before else None,
        )


class _RefusedError(Exception):
    """Claims stand against their batch: its transaction ends with nothing recorded. Stays in this module."""

    def __init__(self, claims: tuple[RefusedClaim, ...] = (), sent_before: tuple[str, ...] = ()) -> None:
        super().__init__("claims stand against their batch")
        self.claims = claims
        self.sent_before = sent_before


def _in_submission(claim: AnyClaim, reference: str, on: date | None) -> AnyClaim:
    submission = msgspec.structs.replace(
        claim.submission, reference=reference, created_on=on, created_at=_TIME
    )
    return msgspec.structs.replace(claim, submission=submission)


def _submitted(claims: Iterable[AnyClaim], batch: Batch) -> Iterator[AnyClaim]:
    """The claims as parts of one submission: BHT03 is the control number, which a 277CA sends back."""
    for claim in claims:
        yield _in_submission(claim, f"{batch.control_number:09d}", batch.sent_on)


def _rows(stream: BinaryIO, digests: Iterable[bytes]) -> Iterator[BatchClaim]:
    """The claims of a batch as they stand in its file."""
    read = (event for event in read_claims(stream) if isinstance(event, ClaimRecord))
    for record, digest in zip(read, digests, strict=True):
        claim = record.claim
        if claim is not None:
            yield BatchClaim(
                set_control=record.transaction_set.control_number,
                claim_id=claim.claim_id,
                supplier=supplier_key(claim.billing_provider.party),
                payer=claim.payer.id,
                charge=claim.charge,
                content=digest.hex(),
            )
