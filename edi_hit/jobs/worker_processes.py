"""Work spread over processes that are forked from this one, and so have all it holds without copying it."""

import fcntl
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import cast

from edi_hit.rules import EdiHitError

Work = Callable[[], Iterator[bytes]]
"""Gives what it has done piece by piece."""

_SECONDS_TO_END = 10
"""How long a process that is told to end may take to leave nothing behind."""

_ENDING = (signal.SIGINT, signal.SIGTERM)

_PIECE, _END, _ERROR = b"p", b".", b"e"


def usable_processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_with_parent() -> None:
    """End this process when the one that started it is gone."""
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


class WorkerLostError(EdiHitError):
    """A process was ended from outside before its work was done: killed, or for want of memory."""


class Turns:
    """Lets one process at a time through a block; one that is gone gives up its turn.

    Made before the processes are forked.
    """

    def __init__(self) -> None:
        self._file, path = tempfile.mkstemp(prefix="edi-hit-")
        Path(path).unlink()
        weakref.finalize(self, os.close, self._file)

    def __enter__(self) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_EX)

    def __exit__(self, *error: object) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN)


def numbers_once() -> Iterator[int]:
    """Give the numbers from 0, each once among all the processes that are forked from this one."""
    following = multiprocessing.get_context("fork").Value("Q", 0)

    def numbers() -> Iterator[int]:
        while True:
            with following.get_lock():
                number = following.value
                following.value += 1
            yield number

    return numbers()


def in_processes(works: Sequence[Work]) -> Iterator[bytes]:
    """Do each of `works` in a process of its own; yield their pieces as they come.

    Raises what a work raises, and `WorkerLostError`. However this ends, all the processes are gone then.
    """
    with _started(works) as receivers:
        yield from _pieces(receivers)


@contextmanager
def each_in_a_process(works: Sequence[Work]) -> Iterator[list[Iterator[bytes]]]:
    """Do each of `works` in a process of its own until the block ends; give the pieces of each.

    Going through the pieces raises as `in_processes` does.
    """
    with _started(works) as receivers:
        yield [_pieces([receiver]) for receiver in receivers]


@contextmanager
def beside(work: Callable[[], None], *, forks: bool) -> Iterator[None]:
    """Do `work` in a process of its own while the block goes on, or, unless it `forks`, after the block.

    The block ends when both are done. Raises as `in_processes` does.
    """
    if not forks:
        yield
        work()
        return

    def pieces() -> Iterator[bytes]:
        work()
        return iter(())

    with _started([pieces]) as receivers:
        yield
        for _ in _pieces(receivers):
            pass


@contextmanager
def _started(works: Sequence[Work]) -> Iterator[list[Connection]]:
    """Start a process for each work; give what their pieces come by."""
    context = multiprocessing.get_context("fork")
    processes: dict[Connection, ForkProcess] = {}
    try:
        for work in works:
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_do, args=(work, sender, [*processes, receiver]), daemon=True)
            with _no_interrupt():
                process.start()
                processes[receiver] = process
            sender.close()
        yield list(processes)
    finally:
        for receiver, process in processes.items():
            receiver.close()
            process.terminate()
        for process in processes.values():
            process.join(_SECONDS_TO_END)
            process.kill()
            process.join()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Put off an interrupt until the block ends: a process is either not there or known."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _pieces(receivers: list[Connection]) -> Iterator[bytes]:
    open_ones = set(receivers)
    while open_ones:
        for receiver in wait(list(open_ones)):
            assert isinstance(receiver, Connection)
            try:
                message = receiver.recv_bytes()
            except EOFError:
                raise WorkerLostError(
                    "a worker process was killed, or memory ran out: the same command completes the run; "
                    "it takes less memory with fewer --workers"
                ) from None
            kind, piece = message[:1], message[1:]
            if kind == _PIECE:
                yield piece
            elif kind == _END:
                open_ones.remove(receiver)
            else:
                raise _error(*pickle.loads(piece))  # noqa: S301 - from a process of our own


def _do(work: Work, sender: Connection, others: list[Connection]) -> None:
    """The whole life of a process. An interrupt is for the parent, which ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    end_with_parent()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    for receiver in others:
        receiver.close()
    try:
        try:
            for piece in work():
                sender.send_bytes(_PIECE + piece)
            sender.send_bytes(_END)
        except BrokenPipeError:
            raise
        except Exception as error:
            kind, args, *held = cast("tuple[object, ...]", error.__reduce__())
            sender.send_bytes(_ERROR + pickle.dumps((kind, args, held, traceback.format_exc())))
    except BrokenPipeError:
        return  # nobody waits for it any more


def _error(
    kind: type[Exception], args: tuple[object, ...], held: list[dict[str, object]], where: str
) -> Exception:
    """The error of another process, made without its constructor, which may take other arguments."""
    error = kind.__new__(kind, *args)
    for attributes in held:
        vars(error).update(attributes)
    error.add_note(where)
    return error
