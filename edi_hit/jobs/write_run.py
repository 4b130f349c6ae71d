"""Third step of a run: writes the 835 of each input, `decisions.ndjson` and `report.html`."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from edi_hit.adjudication import remittance_head
from edi_hit.jobs.decide_run import Decided, RunDecisions, SetToWrite
from edi_hit.jobs.output_files import OutputExistsError, written_whole
from edi_hit.jobs.read_run import FileRead, Sender
from edi_hit.profiles import RemittanceSettings
from edi_hit.remits import ClaimPayment, Remittance, write_remittances
from edi_hit.report import run_report
from edi_hit.rules import ComposeError, DelimiterClashError, NotX12Error
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
DECISIONS = "decisions.ndjson"
REPORT = "report.html"
_SIMULATION_HEAD = 2_000
"""Bytes of an 835 that hold its envelope and trace number."""


class WriteResult(msgspec.Struct):
    """What was written, and which input's 835 could not be: file and reason."""

    paths: list[Path]
    failures: list[tuple[str, str]]


def remittance_path(file: FileRead, out: Path) -> Path:
    """Where the 835 of an input goes."""
    return out / f"{file.file.stem}.{REMITTANCE}"


def is_simulation(path: Path) -> bool:
    """Whether an 835 is one of ours: a test interchange whose trace number starts with SIM."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_SIMULATION_HEAD)
        first = next(event for event in read_events(head) if isinstance(event, InterchangeStart))
    except (NotX12Error, OSError, StopIteration):
        return False
    separator = first.interchange.segment.delimiters.element
    return first.interchange.usage == "T" and f"TRN{separator}1{separator}SIM".encode() in head


def refuse_foreign(paths: Iterable[Path]) -> None:
    """Raise `OutputExistsError` where an 835 that is not a simulation of ours would be overwritten."""
    for path in paths:
        if path.exists() and not is_simulation(path):
            raise OutputExistsError(
                f"{path} is no simulation of edi-hit and is not overwritten: move it away"
            )


def write_run_835s(
    files: list[FileRead], run: RunDecisions, out: Path, on: date, settings: RemittanceSettings, force: bool
) -> WriteResult:
    """Write one 835 for each input with an answered claim: an interchange for each sender of claims.

    With `force`, an older simulation of an input that now has no answered claim is removed. An 835 that
    cannot be written does not stop the others.
    """
    result = WriteResult([], [])
    control = settings.first_control_number
    for number, file in enumerate(files):
        path, senders = remittance_path(file, out), run.sets.get(number, {})
        if senders:
            interchanges = [
                (_header(file.senders[sender], _wrapped(control + at), on, settings), list(sets.values()))
                for at, (sender, sets) in enumerate(sorted(senders.items()))
            ]
            control += len(interchanges)
            try:
                _write_835(path, interchanges, run, on, force)
                result.paths.append(path)
            except ComposeError as error:
                result.failures.append((file.file.label, str(error)))
        elif force and path.exists():
            path.unlink()
    return result


def _wrapped(control: int) -> int:
    """A control number of nine digits: after the last comes 1 again."""
    return (control - 1) % 999_999_999 + 1


def _header(sender: Sender, control: int, on: date, settings: RemittanceSettings) -> EnvelopeHeader:
    """The envelope of an 835: it goes to who sent the claims, under the id and qualifier they came with."""
    qualifier, name = sender
    configured = bool(settings.receiver)
    return EnvelopeHeader(
        sender=settings.sender,
        receiver=settings.receiver or name[:15].rstrip() or "RECEIVER",
        receiver_qualifier="ZZ" if configured or len(qualifier) != 2 else qualifier,
        created_on=on,
        created_at="0000",
        control_number=control,
        functional_id="HP",
        version="005010X221A1",
        usage="T",
    )


Interchanges = list[tuple[EnvelopeHeader, list[SetToWrite]]]


def _write_835(path: Path, interchanges: Interchanges, run: RunDecisions, on: date, force: bool) -> None:
    try:
        with written_whole(path, force) as stream:
            _write_interchanges(stream, interchanges, run, on, HIPAA_USUAL)
    except DelimiterClashError:
        collector = CharacterCollector()
        for header, sets in interchanges:
            collector.segment([header.sender, header.receiver])
            write_remittances(collector, _remittances(sets, run, header, on))
        with written_whole(path, force) as stream:
            _write_interchanges(stream, interchanges, run, on, free_delimiters(collector.characters))


def _write_interchanges(
    stream: BinaryIO, interchanges: Interchanges, run: RunDecisions, on: date, delimiters: Delimiters
) -> None:
    for header, sets in interchanges:
        writer = ComposeWriter(stream, header, delimiters)
        writer.start()
        write_remittances(writer, _remittances(sets, run, header, on))
        writer.end()


def _remittances(
    sets: list[SetToWrite], run: RunDecisions, header: EnvelopeHeader, on: date
) -> Iterator[tuple[Remittance, Iterable[ClaimPayment]]]:
    for number, group in enumerate(sets, 1):
        trace = f"{on:%Y%m%d}{header.control_number:09d}{number:03d}"
        yield remittance_head(group.parties, group.total, trace, on), _payments(group, run)


def _payments(group: SetToWrite, run: RunDecisions) -> Iterator[ClaimPayment]:
    for index in group.decided:
        payment = run.decided[index].payment
        if payment is not None:
            yield payment


def write_decisions(files: list[FileRead], run: RunDecisions, path: Path, force: bool) -> None:
    """Write one decision a line, in the order the claims came."""
    with written_whole(path, force) as stream:
        encoder = msgspec.json.Encoder()
        for _, decided in _in_order(files, run):
            stream.write(encoder.encode(decided.decision) + b"\n")


def write_report(files: list[FileRead], run: RunDecisions, path: Path, on: date, force: bool) -> None:
    """Write the page a person reads."""
    decisions = ((file.file.label, item.decision) for file, item in _in_order(files, run))
    with written_whole(path, force) as stream:
        for part in run_report(decisions, run.totals, on):
            stream.write(part.encode("utf-8"))


def _in_order(files: list[FileRead], run: RunDecisions) -> Iterator[tuple[FileRead, Decided]]:
    for file in files:
        for index in range(file.first, file.end):
            yield file, run.decided[run.by_claim[index]]
