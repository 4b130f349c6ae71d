"""Runs a drop: looks for files, takes each to its end, waits where the disk or the ledger fails."""

import os
import secrets
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TextIO

from edi_hit.exchange.drop.arrivals import Arrivals
from edi_hit.exchange.drop.backoff import Backoff
from edi_hit.exchange.drop.drop_log import DropLog
from edi_hit.exchange.drop.file_steps import FileSteps, StoppedError, Workplace
from edi_hit.exchange.drop.heartbeat import Heartbeat
from edi_hit.exchange.drop.metrics import write_metrics
from edi_hit.exchange.drop.orphans import clear_work
from edi_hit.exchange.drop.plan import DropPlan, PlannedFolder
from edi_hit.exchange.drop.retention import keep_only_what_is_due
from edi_hit.exchange.drop.status import drop_status
from edi_hit.exchange.drop.surroundings import Surroundings
from edi_hit.exchange.drop.transfers import transfers
from edi_hit.jobs import exit_codes
from edi_hit.ledger import (
    DropFile,
    Fate,
    Holder,
    LeaseLostError,
    Ledger,
    claim_name,
    is_next,
    let_go,
    open_names,
    take_over,
)
from edi_hit.rules import LedgerError

_HOUR = 3_600.0
_LOOK_AGAIN = 1.0
"""Seconds after which abandoned files are looked for while there are new ones."""


_NEXT_TURN = 0.02
"""Seconds after which a worker asks again whether it may claim a file that is not next yet."""


class _GoneError(Exception):
    """A file that was to be claimed is gone, or another worker's: the claim is rolled back."""


class _NotNextError(Exception):
    """What a file claimed before holds is not noted yet: in a folder that adjudicates, others wait for it."""


class DropRun:
    """One worker on a drop; as many as wanted may run, on one machine or several.

    `stop` may be called from a signal handler or another thread: the worker ends at the next step.
    """

    def __init__(
        self, plan: DropPlan, ledger: Ledger, log: TextIO, surroundings: Surroundings | None = None
    ) -> None:
        owner = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        self._plan = plan
        self._ledger = ledger
        self._holder = Holder(owner, plan.settings.lease_seconds)
        self._log = DropLog(log, owner)
        self._stop = threading.Event()
        self._surroundings = surroundings or Surroundings()
        stopping = self._stop.is_set
        self._at = Workplace(plan, ledger, self._holder, self._surroundings, self._log, stopping)
        self._arrivals = {one.name: Arrivals(one.layout.inbound, one.settings) for one in plan.folders}
        self._folder_backoff = {one.name: Backoff() for one in plan.folders}
        self._ledger_backoff = Backoff()
        self._exit_code = exit_codes.CLEAN
        self._due: dict[str, float] = {}
        self._not_given_back: list[DropFile] = []

    def stop(self) -> None:
        """Ask the worker to stop."""
        self._stop.set()

    def run(self, *, once: bool = False) -> int:
        """Work until stopped, or with `once` until there is nothing to do; give the exit code.

        With `once` nothing that failed is tried again (exit code 4). Raises `ConfigError` and `OSError` where
        the folders cannot be made.
        """
        for folder in self._plan.folders:
            folder.layout.make()
        self._log.tell("started", folders=len(self._plan.folders))
        with (
            Heartbeat(self._ledger, self._holder) as heartbeat,
            transfers(self._at, once, lambda: self._note(exit_codes.FAILED)),
        ):
            while not self._stop.is_set():
                worked = self._turn(heartbeat)
                if once and not worked:
                    break
                wait = self._ledger_backoff.seconds_left
                self._stop.wait(wait or (0 if worked else self._plan.settings.poll_seconds))
        self._write_metrics()
        self._log.tell("stopped", exit_code=self._exit_code)
        return self._exit_code

    def _turn(self, heartbeat: Heartbeat) -> bool:
        """Do all that can be done now; give whether that was anything."""
        worked = False
        try:
            self._give_back()
            self._keep_house()
            for file in self._files():
                worked = True
                if file is None:
                    continue
                with heartbeat.of(file.number):
                    self._take_to_end(file)
                if self._is_due("metrics", self._plan.settings.poll_seconds):
                    self._write_metrics()
                if self._stop.is_set() or self._ledger_backoff.seconds_left:
                    return worked
            self._ledger_backoff.worked()
        except LedgerError as error:
            self._ledger_failed(error)
            return False
        if self._is_due("metrics", self._plan.settings.poll_seconds):
            self._write_metrics()
        return worked

    def _keep_house(self) -> None:
        """Remove what was kept long enough, and what crashed workers left behind."""
        if not self._is_due("house", _HOUR):
            return
        try:
            for folder in self._plan.folders:
                clear_work(folder, self._ledger, self._log)
            keep_only_what_is_due(self._plan, self._ledger, self._holder)
        except OSError as error:
            self._log.tell("house not kept", error=type(error).__name__, what=error.strerror or "")

    def _files(self) -> Iterator[DropFile | None]:
        """Files to work on: first those abandoned by others, then new ones in the order of their names.

        None stands for those of a folder that are not next yet.
        """
        yield from self._abandoned()
        for folder in self._plan.folders:
            for name in self._names(folder):
                if self._is_due("abandoned", _LOOK_AGAIN):
                    yield from self._abandoned()
                if self._folder_backoff[folder.name].seconds_left:
                    break
                try:
                    file = self._claimed_in_turn(folder, name)
                except _NotNextError:
                    yield None
                    break
                if file is not None:
                    yield file

    def _names(self, folder: PlannedFolder) -> list[str]:
        """The files of a folder that can be taken; none where it is to be left alone."""
        if self._folder_backoff[folder.name].seconds_left:
            return []
        try:
            self._require_room(folder)
            names = self._arrivals[folder.name].ready()
        except OSError as error:
            self._folder_failed(folder.name, error)
            return []
        if not names:
            return []
        with self._ledger.reading() as connection:
            claimed = open_names(connection, folder.name)
        return [name for name in names if name not in claimed]

    def _require_room(self, folder: PlannedFolder) -> None:
        room = os.statvfs(folder.layout.root)
        if room.f_bavail * room.f_frsize < self._plan.settings.minimum_free_bytes:
            raise OSError(0, "too little room is left")

    def _claimed_in_turn(self, folder: PlannedFolder, name: str) -> DropFile | None:
        """Claim a file, waiting a moment until it is next. Raises `_NotNextError` where it still is not."""
        until = time.monotonic() + _LOOK_AGAIN
        while True:
            try:
                return self._claimed(folder, name)
            except _NotNextError:
                if self._stop.wait(_NEXT_TURN) or time.monotonic() > until:
                    raise

    def _claimed(self, folder: PlannedFolder, name: str) -> DropFile | None:
        """Claim a file by its name; None where another worker has it, or has moved it since it was seen."""
        path = folder.layout.inbound / name
        if not path.exists():
            return None
        today, token = self._surroundings.today(), secrets.token_hex(16)
        with suppress(_GoneError), self._ledger.transaction() as connection:
            if folder.may_adjudicate and not is_next(connection, self._working(self._plan.in_order)):
                raise _NotNextError
            file = claim_name(connection, self._holder, folder.name, name, token, today)
            if file is None or not path.exists():
                raise _GoneError
            return file
        return None

    def _working(self, folders: Iterable[str]) -> list[str]:
        """Those of the folders that are not left alone now since they failed."""
        return [name for name in folders if not self._folder_backoff[name].seconds_left]

    def _abandoned(self) -> Iterator[DropFile]:
        while True:
            with self._ledger.transaction() as connection:
                file = take_over(connection, self._holder, self._working(self._folder_backoff))
            if file is None:
                return
            self._log.tell("taken over", file, takes=file.takes)
            yield file

    def _take_to_end(self, file: DropFile) -> None:
        """Take a file to its end; what fails here must not keep others from theirs."""
        try:
            done = FileSteps(self._at, file).run()
        except LeaseLostError:
            self._log.tell("lost", file)
        except StoppedError:
            self._let_go(file, 0)
        except LedgerError as error:
            self._let_go(file, 1)
            self._ledger_failed(error)
        except OSError as error:
            self._let_go(file, 2 ** min(file.takes, 12))
            self._folder_failed(file.folder, error)
        except Exception as error:  # whatever is wrong with one file, the others go on
            self._log.tell("failed", file, error=type(error).__name__)
            self._let_go(file, 1, failed=True)
            self._note(exit_codes.FAILED)
        else:
            self._folder_backoff[file.folder].worked()
            if done is None:
                self._let_go(file, 1)
            elif done.fate in (Fate.ERROR, Fate.QUARANTINE):
                self._note(exit_codes.FINDINGS)

    def _let_go(self, file: DropFile, wait_seconds: int, *, failed: bool = False) -> None:
        """Give a file back; where the ledger is away, once it is there again."""
        try:
            with self._ledger.transaction() as connection:
                let_go(connection, self._holder, file.number, wait_seconds, failed=failed)
        except LedgerError:
            self._not_given_back.append(file)

    def _give_back(self) -> None:
        while self._not_given_back:
            with self._ledger.transaction() as connection:
                let_go(connection, self._holder, self._not_given_back[-1].number, 0)
            self._not_given_back.pop()

    def _ledger_failed(self, error: LedgerError) -> None:
        wait = self._ledger_backoff.failed()
        self._note(exit_codes.FAILED)
        self._log.tell("ledger failed", what=str(error), wait=int(wait))

    def _folder_failed(self, name: str, error: OSError) -> None:
        wait = self._folder_backoff[name].failed()
        self._note(exit_codes.FAILED)
        self._log.tell("folder failed", folder=name, what=error.strerror or str(error), wait=int(wait))

    def _note(self, exit_code: int) -> None:
        self._exit_code = max(self._exit_code, exit_code)

    def _is_due(self, what: str, every: float) -> bool:
        now = time.monotonic()
        if now < self._due.get(what, 0.0):
            return False
        self._due[what] = now + every
        return True

    def _write_metrics(self) -> None:
        if self._plan.metrics is None:
            return
        try:
            write_metrics(self._plan.metrics, drop_status(self._plan, self._ledger, most_troubles=0))
        except (OSError, LedgerError) as error:
            self._log.tell("no figures", error=type(error).__name__)
