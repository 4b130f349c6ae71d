"""Files of a drop fetched from its partners' servers and put there, never in the way of its other work."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from edi_hit.exchange.drop.backoff import Backoff
from edi_hit.exchange.drop.file_steps import Workplace
from edi_hit.exchange.drop.layout import ACK, OUTBOUND
from edi_hit.exchange.drop.plan import PlannedFolder
from edi_hit.ledger import AuditAct, record_act
from edi_hit.profiles import SftpTransport
from edi_hit.rules import EdiHitError

_LOCK = ".sftp.lock"
_GIVEN_UP_SECONDS = 5.0
"""How long a transfer is waited for when a worker stops; the next one goes on where it was broken off."""


@contextmanager
def transfers(at: Workplace, once: bool, failed: Callable[[], None]) -> Iterator[None]:
    """Keep the folders that have a server in touch with it while the block runs.

    With `once` files are fetched before the block and put after it, and `failed` is called where a server
    fails; else both go on beside it, in a thread for each folder.
    """
    servers = [_Server(at, folder, folder.server) for folder in at.plan.folders if folder.server is not None]
    if once:
        _once(servers, failed, fetch=True)
        yield
        _once(servers, failed, put=True)
        return
    done = threading.Event()
    threads = [threading.Thread(target=one.keep_in_touch, args=[done], daemon=True) for one in servers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(_GIVEN_UP_SECONDS)


def _once(
    servers: "list[_Server]", failed: Callable[[], None], *, fetch: bool = False, put: bool = False
) -> None:
    for one in servers:
        if not one.exchange(fetch=fetch, put=put):
            failed()


class _Server:
    """A partner's server, as one worker reaches it for one folder."""

    def __init__(self, at: Workplace, folder: PlannedFolder, transport: SftpTransport) -> None:
        self._at = at
        self._folder = folder
        self._transport = transport
        self._backoff = Backoff()

    def keep_in_touch(self, done: threading.Event) -> None:
        """Exchange files again and again until `done`; a server that fails is left alone for a while."""
        wait = 0.0
        while not done.wait(wait):
            every = self._at.plan.settings.sftp_poll_seconds
            self.exchange(fetch=True, put=True, every=every)
            wait = max(every, self._backoff.seconds_left)

    def exchange(self, *, fetch: bool, put: bool, every: float = 0.0) -> bool:
        """Fetch what is there, and put what waits; give whether the server did not fail.

        Where another worker is at it, or was within the last seconds (`every`), nothing is done.
        """
        from edi_hit.exchange.sftp import connected, pull, push

        layout = self._folder.layout
        try:
            with self._alone(every) as alone:
                if not alone or self._nothing_to_do(fetch):
                    return True
                with connected(self._transport) as server:
                    if fetch:
                        for one in pull(server, self._transport.inbound, layout.inbound):
                            self._note("fetched", one.sha256, one.size)
                    for place in (ACK, OUTBOUND) if put else ():
                        for sent in push(server, layout.sent(place), self._transport.outbound):
                            self._note("put", sent.sha256, sent.size)
        except (EdiHitError, OSError) as error:
            what = (error.strerror or "") if isinstance(error, OSError) else str(error)
            wait = int(self._backoff.failed())
            self._at.log.tell("server failed", folder=self._folder.name, what=what, wait=wait)
            return False
        self._backoff.worked()
        return True

    def _nothing_to_do(self, fetch: bool) -> bool:
        """Whether there is no need to connect: nothing is fetched, and nothing waits."""
        places = (self._folder.layout.sent(place) for place in (ACK, OUTBOUND))
        return not fetch and not any(path.is_file() for place in places for path in place.iterdir())

    def _note(self, act: str, sha256: str, size: int) -> None:
        """Tell of a file, in the audit trail and the log."""
        with self._at.ledger.transaction() as connection:
            subject = f"{self._folder.name}: file sha256 {sha256}"
            record_act(connection, AuditAct(self._at.holder.owner, act, subject, f"sftp, {size} bytes"))
        self._at.log.tell(act, folder=self._folder.name, sha256=sha256, size=size)

    @contextmanager
    def _alone(self, every: float) -> Iterator[bool]:
        """Whether it is this worker's turn with the server of this folder; no other's will come meanwhile.

        It is, unless one is in touch with the server, or began to be within the last seconds (`every`).
        """
        descriptor = os.open(self._folder.layout.root / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield _begun(descriptor, every)
        finally:
            os.close(descriptor)


def _begun(lock: int, every: float) -> bool:
    """Note in a lock file that a look begins now, unless one began within the last seconds; give which.

    A time to come, of a clock that was set back, is no such look.
    """
    last = os.fstat(lock)
    if last.st_size and 0 <= time.time() - last.st_mtime < every:
        return False
    os.pwrite(lock, b".", 0)
    return True
