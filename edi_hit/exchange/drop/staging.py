"""What is made for one file waits in a folder of its own until it is decided; then it goes out by renames."""

import os
import shutil
from datetime import date
from pathlib import Path

import msgspec

from edi_hit.exchange.drop.layout import ACK, OUT, OUTBOUND, RECORD, Layout, make_private
from edi_hit.jobs.acknowledge import ENDINGS
from edi_hit.jobs.output_files import make_folder, sync_folder, written_whole
from edi_hit.jobs.run_marker import RUN_MARK
from edi_hit.jobs.validate import FileSummary
from edi_hit.jobs.write_run import DECISIONS, REPORT
from edi_hit.ledger import DropFile, Fate
from edi_hit.profiles import Naming, Partner
from edi_hit.rules import Finding

Outputs = tuple[tuple[str, str], ...]
"""Files sent or kept: folder (`ack`, `outbound`, `record`) and name."""

_OWN = (DECISIONS, REPORT)
"""Results of a run that are not the partner's."""


class OriginalReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a file was not accepted as it is: for the operator, beside the original. Without its values."""

    delivered_as: str
    received_on: date
    reason: str
    sha256: str | None = None
    size: int | None = None
    partner: str | None = None
    failure: str = ""
    summary: FileSummary | None = None
    findings: tuple[Finding, ...] = ()


class Staging:
    """The staging folder of a file: below it what goes to `ack`, `outbound` and beside the original.

    Each worker makes it in a folder of its own, so that one that lost the file disturbs nobody.
    """

    def __init__(self, layout: Layout, file: DropFile) -> None:
        self._layout = layout
        self._folder = layout.staging(file.token, file.takes)
        self._settled = layout.staging(file.token)
        self.called = file_id(file)

    def begin(self) -> Path:
        """Empty the folder; give the one inside in which files are made."""
        shutil.rmtree(self._folder, ignore_errors=True)
        for name in (ACK, OUTBOUND, RECORD, "made"):
            make_folder(self._folder / name)
        return self._folder / "made"

    def report(
        self,
        file: DropFile,
        reason: str,
        *,
        failure: str = "",
        summary: FileSummary | None = None,
        findings: tuple[Finding, ...] = (),
    ) -> None:
        """Write why the file was not accepted as it is, to be kept beside the original."""
        told = OriginalReport(
            delivered_as=file.name,
            received_on=file.received_on,
            reason=reason,
            sha256=file.sha256,
            size=file.size,
            partner=file.partner,
            failure=failure,
            summary=None if summary is None else msgspec.structs.replace(summary, acknowledgment=None),
            findings=tuple(msgspec.structs.replace(finding, value=None) for finding in findings),
        )
        with written_whole(self._folder / RECORD / f"{self.called}.report.json", force=True) as stream:
            stream.write(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")

    def arrange(self, made: Path, partner: Partner | None, file: DropFile) -> Outputs:
        """Give what was made its names, and put it where it goes out from; say what goes where.

        A copy of each acknowledgement is kept beside the original, to be sent again.
        """
        for path in sorted(made.iterdir()):
            if path.name == RUN_MARK:
                continue
            if path.name in _OWN:
                path.rename(self._folder / RECORD / f"{self.called}.{path.name}")
                continue
            kind = path.name.removeprefix(f"{self.called}.")
            name = sent_name(partner, file.received_on, self.called, kind)
            if kind in ENDINGS:
                self.copy(path, RECORD, name)
            path.rename(self._folder / (ACK if kind in ENDINGS else OUTBOUND) / name)
        shutil.rmtree(made)
        return self.waiting()

    def copy(self, path: Path, place: str, name: str) -> None:
        """Copy a file to where it goes out from."""
        with path.open("rb") as source, written_whole(self._folder / place / name, force=True) as stream:
            shutil.copyfileobj(source, stream)

    def waiting(self) -> Outputs:
        """The files that wait, in order."""
        return tuple(
            (place, path.name)
            for place in (ACK, OUTBOUND, RECORD)
            for path in sorted((self._folder / place).iterdir())
        )

    def settle(self) -> None:
        """Make what was made the one that goes out; called while the journal's row of the file is held."""
        for folder in (*(self._folder / name for name in (ACK, OUTBOUND, RECORD)), self._folder):
            sync_folder(folder)
        shutil.rmtree(self._settled, ignore_errors=True)
        self._folder.rename(self._settled)
        sync_folder(self._layout.work)

    def discard(self) -> None:
        """Remove what was made by a worker that has lost the file."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def publish(self, file: DropFile) -> None:
        """Send what was decided, and lay the original to rest. Done again, it goes on where it stopped."""
        kept = make_private(self._layout.kept(file.fate or Fate.ERROR, file.received_on))
        for place, name in file.outputs:
            target = kept if place == RECORD else self._layout.sent(place)
            _move(self._settled / place / name, target / name)
        original = self._layout.work / file.token
        _move(original, kept / f"{self.called or file.token}.original")
        for folder in {kept, self._layout.sent(ACK), self._layout.sent(OUTBOUND), self._layout.work}:
            sync_folder(folder)
        shutil.rmtree(self._settled, ignore_errors=True)
        for left in self._layout.work.glob(f"{file.token}.*{OUT}"):
            shutil.rmtree(left, ignore_errors=True)


def _move(source: Path, target: Path) -> None:
    """Move a file; where it is not there, it was moved before."""
    try:
        source.replace(target)
    except FileNotFoundError:
        if os.path.lexists(source):
            raise


def file_id(file: DropFile) -> str:
    """What a file is called in names: the first 32 digits of its SHA-256, and a number where it is a copy."""
    copy = f"-{file.copy}" if file.copy and file.copy > 1 else ""
    return f"{(file.sha256 or file.token)[:32]}{copy}"


def sent_name(partner: Partner | None, received_on: date, called: str, kind: str) -> str:
    """The name of a file that is sent."""
    naming = partner.naming if partner is not None else Naming("{day}_{id}.{type}")
    name = partner.name if partner is not None else ""
    return naming.output.format(partner=name, day=f"{received_on:%Y%m%d}", id=called, type=kind)
