"""Work in a process of its own that is killed in the middle of its transactions."""

import os
import signal
from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine, event


def killed_at(commit: int, work: Callable[[], object]) -> bool:
    """Whether `work`, killed when it is about to commit for so many a time, came to that."""
    child = os.fork()
    if child == 0:
        seen = count(1)

        @event.listens_for(Engine, "commit")
        def kill(connection: object) -> None:
            if next(seen) == commit:
                os.kill(os.getpid(), signal.SIGKILL)

        work()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL)
    return status == signal.SIGKILL
