"""Third step of a run: writes the 835 of each input, `decisions.ndjson` and `report.html`."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.adjudication import remittance_head
from edi_hit.jobs.decide_run import Decided, RunDecisions, SetToWrite
from edi_hit.jobs.output_files import written_whole
from edi_hit.jobs.read_run import FileRead
from edi_hit.profiles import RemittanceSettings
from edi_hit.remits import ClaimPayment, Remittance, write_remittances
from edi_hit.report import run_report
from edi_hit.rules import DelimiterClashError
from edi_hit.x12 import HIPAA_USUAL, Delimiters, EnvelopeHeader

DECISIONS = "decisions.ndjson"
REPORT = "report.html"

_DELIMITERS = (
    HIPAA_USUAL,
    Delimiters(element="|", component=">", terminator="~", repetition="^"),
    Delimiters(element="\x1d", component="\x1f", terminator="\x1c", repetition="\x1e"),
)
"""Tried in this order, until none of the values holds one."""


def remittance_path(file: FileRead, out: Path) -> Path:
    """Where the 835 of an input goes."""
    return out / f"{file.file.stem}.835"


def write_run_835s(
    files: list[FileRead], run: RunDecisions, out: Path, on: date, settings: RemittanceSettings, force: bool
) -> list[Path]:
    """Write one 835 for each input with an answered claim; give their paths.

    With `force`, an older 835 of an input that now has no answered claim is removed.
    """
    written = []
    for number, file in enumerate(files):
        path = remittance_path(file, out)
        groups = list(run.sets.get(number, {}).values())
        if groups:
            header = _header(file, settings.first_control_number + number, on, settings)
            _write_835(path, header, groups, run, on, force)
            written.append(path)
        elif force:
            path.unlink(missing_ok=True)
    return written


def _header(file: FileRead, control: int, on: date, settings: RemittanceSettings) -> EnvelopeHeader:
    return EnvelopeHeader(
        sender=settings.sender,
        receiver=settings.receiver or file.sender or "RECEIVER",
        created_on=on,
        created_at="0000",
        control_number=control,
        functional_id="HP",
        version="005010X221A1",
        usage="T",
    )


def _write_835(
    path: Path, header: EnvelopeHeader, groups: list[SetToWrite], run: RunDecisions, on: date, force: bool
) -> None:
    for delimiters in _DELIMITERS:
        try:
            with written_whole(path, force) as stream:
                write_remittances(_remittances(groups, run, header, on), stream, header, delimiters)
        except DelimiterClashError:
            if delimiters is _DELIMITERS[-1]:
                raise
        else:
            return


def _remittances(
    groups: list[SetToWrite], run: RunDecisions, header: EnvelopeHeader, on: date
) -> Iterator[tuple[Remittance, Iterable[ClaimPayment]]]:
    for number, group in enumerate(groups, 1):
        trace = f"{on:%Y%m%d}{header.control_number:09d}{number:03d}"
        head = remittance_head(group.key, group.total, trace, on)
        yield head, _payments(group, run)


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
