"""The steps of one file. Each can be done again; the journal says where to go on."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress

import msgspec

from edi_hit.exchange.drop.answer import Answering, answer
from edi_hit.exchange.drop.contents import FoundContents, find_contents
from edi_hit.exchange.drop.drop_log import DropLog, control_numbers
from edi_hit.exchange.drop.layout import ACK
from edi_hit.exchange.drop.plan import DropPlan, PlannedFolder
from edi_hit.exchange.drop.staging import Staging
from edi_hit.exchange.drop.surroundings import Surroundings
from edi_hit.jobs import exit_codes
from edi_hit.jobs.output_files import sync_folder
from edi_hit.jobs.receive import receive
from edi_hit.ledger import (
    DropFile,
    DropState,
    Fate,
    Holder,
    LeaseLostError,
    Ledger,
    Registered,
    Verdict,
    close_file,
    decide_file,
    file_numbered,
    hold_file,
    must_wait,
    note_bytes,
    note_file,
    register_file,
    reserve_interchanges,
    take_in,
)
from edi_hit.profiles import Ready, Work


class StoppedError(Exception):
    """The worker was asked to stop between two steps; the file is as far as the journal says."""


class Workplace(msgspec.Struct, frozen=True):
    """What a worker works with. `stopping` says whether it was asked to stop."""

    plan: DropPlan
    ledger: Ledger
    holder: Holder
    surroundings: Surroundings
    log: DropLog
    stopping: Callable[[], bool]


class FileSteps:
    """Takes one file from where it is to its end."""

    def __init__(self, workplace: Workplace, file: DropFile) -> None:
        self._at = workplace
        self._file = file
        self._folder: PlannedFolder = workplace.plan.folder(file.folder)
        self._layout = self._folder.layout

    def run(self) -> DropFile | None:
        """Do what is left to do; give the file at its end, None where it must wait for another.

        Raises `LeaseLostError` where another worker has it, `StoppedError`, `LedgerError` and `OSError`: it
        can be gone on with later then.
        """
        try:
            return self._run()
        except LeaseLostError:
            Staging(self._layout, self._file).discard()
            raise

    def _run(self) -> DropFile | None:
        file = self._taken() if self._file.state is DropState.CLAIMED else self._file
        if file.state in (DropState.TAKEN, DropState.REGISTERED):
            self._pause()
            decided = self._decided(file)
            if decided is None:
                return None
            file = decided
        self._pause()
        if file.fate is not Fate.WITHDRAWN:
            Staging(self._layout, file).publish(file)
        self._pause()
        with self._at.ledger.transaction() as connection:
            head = close_file(connection, self._at.holder, file)
        told: dict[str, str | int] = {"fate": str(file.fate), "reason": file.reason or ""}
        self._at.log.tell("closed", file, **told, claims=file.claims or 0, audit=str(head))
        return file

    def _pause(self) -> None:
        if self._at.stopping():
            raise StoppedError

    def _taken(self) -> DropFile:
        """Move a claimed file to the work folder, and its marker away, while the journal's row is held."""
        source, target = self._layout.inbound / self._file.name, self._layout.work / self._file.token
        with self._at.ledger.transaction() as connection:
            file = hold_file(connection, self._at.holder, self._file.number)
            gone = False
            if not os.path.lexists(target):
                try:
                    source.rename(target)
                except FileNotFoundError:
                    gone = True
            if self._folder.settings.ready is Ready.MARKER:
                source.with_name(source.name + self._folder.settings.marker).unlink(missing_ok=True)
            sync_folder(self._layout.work)
            sync_folder(self._layout.inbound)
            if gone:
                withdrawn = Verdict(Fate.WITHDRAWN, "gone before it was taken", answered=False)
                file = decide_file(connection, self._at.holder, file.number, withdrawn)
            else:
                file = note_file(connection, file.number, state=DropState.TAKEN, open_name=None)
        with suppress(PermissionError, FileNotFoundError):
            if not target.is_symlink():
                target.chmod(0o600)
        self._at.log.tell("taken", file)
        return file

    def _decided(self, file: DropFile) -> DropFile | None:
        """Find out what the file holds, answer it, and write down how it ends."""
        path = self._layout.work / file.token
        if not stat.S_ISREG(path.lstat().st_mode):
            return self._unusable(file, "not a file")
        if file.failures >= self._at.plan.settings.most_failures:
            return self._unusable(file, "failed too often")
        if self._must_wait(file):
            return None
        found = find_contents(path, self._folder)
        if found.unusable:
            return self._unusable(file, found.unusable, found)
        registered = self._registered(file, found)
        if registered.waits:
            return None
        self._at.log.tell("registered", registered.file, isa13=control_numbers(list(found.control_numbers)))
        self._pause()
        if registered.file.duplicate_of is not None:
            return self._sent_again(registered.file)
        return self._answered(registered, found)

    def _must_wait(self, file: DropFile) -> bool:
        """Whether a file whose contents are noted is to be answered after another, about the same people."""
        if file.state is not DropState.REGISTERED:
            return False
        with self._at.ledger.reading() as connection:
            return must_wait(connection, file)

    def _registered(self, file: DropFile, found: FoundContents) -> Registered:
        contents, count = found.contents, len(found.contents.interchanges)
        with self._at.ledger.transaction() as connection:

            def acknowledgment_numbers() -> int:
                return self._at.surroundings.control_numbers(connection, contents.sha256, 2 * count)

            done = register_file(connection, self._at.holder, file.number, contents, acknowledgment_numbers)
            if done.file.first_control_number is not None and contents.people:
                known = take_in(connection, contents.sha256, done.file.received_on)
                if known.is_new:
                    at_least = self._folder.run_settings.remittance.first_control_number
                    reserve_interchanges(connection, known.number, count, at_least)
            return done

    def _answered(self, registered: Registered, found: FoundContents) -> DropFile:
        file, path = registered.file, self._layout.work / registered.file.token
        job = Answering(
            registered=registered,
            path=path,
            staging=Staging(self._layout, file),
            folder=self._folder,
            partner=found.partner,
            tables=self._at.plan.tables,
            ledger=self._at.ledger,
            interchanges=frozenset(found.contents.interchanges),
        )
        verdict, people_to_reopen = answer(job)
        if job.work.do is Work.RECEIVE and verdict.fate is Fate.ARCHIVE:
            self._received(job)
        with self._at.ledger.transaction() as connection:
            done = decide_file(connection, self._at.holder, file.number, verdict)
            job.staging.settle()
        if people_to_reopen:
            self._at.log.tell("to reopen", file, people=people_to_reopen)
        return done

    def _received(self, job: Answering) -> None:
        """Match the answers in a file to the claims that were sent; a second time nothing is done."""
        for told in receive([job.input], self._at.ledger, job.file.received_on):
            if told.exit_code == exit_codes.FAILED:
                raise OSError("the file could not be read")
            counts = {"answers": told.answers.total(), "claims": told.claims, "unmatched": told.unmatched}
            self._at.log.tell("received", job.file, **counts)

    def _sent_again(self, file: DropFile) -> DropFile:
        """Answer a file that came before, byte for byte, as it was answered then; the copy is put aside."""
        staging = Staging(self._layout, file)
        made = staging.begin()
        with self._at.ledger.reading() as connection:
            first = file_numbered(connection, file.duplicate_of or 0)
        kept = self._layout.kept(first.fate or Fate.ARCHIVE, first.received_on)
        for name in (name for place, name in first.outputs if place == ACK and (kept / name).exists()):
            staging.copy(kept / name, ACK, name)
        staging.report(file, "same bytes as before")
        outputs = staging.arrange(made, None, file)
        return self._written_down(file, staging, Verdict(Fate.QUARANTINE, "same bytes as before", outputs))

    def _unusable(self, file: DropFile, reason: str, found: FoundContents | None = None) -> DropFile:
        """Put a file aside of which nothing can be judged."""
        if found is not None:
            with self._at.ledger.transaction() as connection:
                file = note_bytes(connection, self._at.holder, file.number, found.contents)
        staging = Staging(self._layout, file)
        made = staging.begin()
        staging.report(file, reason)
        outputs = staging.arrange(made, None, file)
        return self._written_down(file, staging, Verdict(Fate.QUARANTINE, reason, outputs, answered=False))

    def _written_down(self, file: DropFile, staging: Staging, verdict: Verdict) -> DropFile:
        with self._at.ledger.transaction() as connection:
            done = decide_file(connection, self._at.holder, file.number, verdict)
            staging.settle()
        return done
