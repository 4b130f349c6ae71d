"""Writes one 835: interchanges with their transaction sets, by default marked as a simulation."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from edi_hit.adjudication import SIMULATED
from edi_hit.jobs.output_files import OutputExistsError, written_whole
from edi_hit.jobs.set_to_write import SetToWrite
from edi_hit.profiles import RemittanceSettings
from edi_hit.remits import PaymentInSet, Remittance, write_remittances
from edi_hit.rules import DelimiterClashError, NotX12Error
from edi_hit.x12 import (
    HIPAA_USUAL,
    CharacterCollector,
    ComposeWriter,
    Delimiters,
    EnvelopeHeader,
    InterchangeStart,
    free_delimiters,
    read_events,
)

REMITTANCE = "835"
_HEAD = 2_000
"""Bytes of an 835 that hold its envelope and trace number."""

_LAST_CONTROL_NUMBER = 999_999_999
_PRODUCTION, _TEST = "P", "T"

Payments = Callable[[SetToWrite], Iterable[PaymentInSet]]
"""Gives the claim payments of a set, in order."""

Interchanges = list[tuple[EnvelopeHeader, list[tuple[Remittance, SetToWrite]]]]


def is_ours(path: Path, settings: RemittanceSettings) -> bool:
    """Whether an 835 is a simulation (ISA15 T, TRN02 SIM...), or of the sender that production is set for."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        first = next(event for event in read_events(head) if isinstance(event, InterchangeStart))
    except (NotX12Error, OSError, StopIteration):
        return False
    separator = first.interchange.segment.delimiters.element
    if first.interchange.usage == _TEST:
        return f"TRN{separator}1{separator}{SIMULATED}".encode() in head
    return settings.production and first.interchange.sender.strip() == settings.sender


def refuse_foreign(paths: Iterable[Path], settings: RemittanceSettings) -> None:
    """Raise `OutputExistsError` where an 835 that edi-hit did not write would be overwritten."""
    for path in paths:
        if path.exists() and not is_ours(path, settings):
            raise OutputExistsError(
                f"{path} is no simulation of edi-hit and is not overwritten: move it away"
            )


def envelope(sender: tuple[str, str], control: int, on: date, settings: RemittanceSettings) -> EnvelopeHeader:
    """Give the envelope of an 835: it goes to who sent the claims (ISA05, ISA06), unless settings say else.

    After the last control number of nine digits comes 1 again.
    """
    qualifier, name = sender
    configured = bool(settings.receiver)
    return EnvelopeHeader(
        sender=settings.sender,
        receiver=settings.receiver or name[:15].rstrip() or "RECEIVER",
        receiver_qualifier="ZZ" if configured or len(qualifier) != 2 else qualifier,
        created_on=on,
        created_at="0000",
        control_number=(control - 1) % _LAST_CONTROL_NUMBER + 1,
        functional_id="HP",
        version="005010X221A1",
        usage=_PRODUCTION if settings.production else _TEST,
    )


def write_835(path: Path, interchanges: Interchanges, payments: Payments, force: bool) -> None:
    """Write an 835 whole; with other delimiters where a value holds one of the usual ones.

    Raises `ComposeError` where it cannot be written, `OutputExistsError` and `OSError`.
    """
    try:
        with written_whole(path, force) as stream:
            _write_interchanges(stream, interchanges, payments, HIPAA_USUAL)
    except DelimiterClashError:
        collector = CharacterCollector()
        for header, sets in interchanges:
            collector.segment([header.sender, header.receiver])
            write_remittances(collector, _with_claims(sets, payments))
        with written_whole(path, force) as stream:
            _write_interchanges(stream, interchanges, payments, free_delimiters(collector.characters))


def _write_interchanges(
    stream: BinaryIO, interchanges: Interchanges, payments: Payments, delimiters: Delimiters
) -> None:
    for header, sets in interchanges:
        writer = ComposeWriter(stream, header, delimiters)
        writer.start()
        write_remittances(writer, _with_claims(sets, payments))
        writer.end()


def _with_claims(
    sets: list[tuple[Remittance, SetToWrite]], payments: Payments
) -> Iterator[tuple[Remittance, Iterable[PaymentInSet]]]:
    for head, group in sets:
        yield head, payments(group)
