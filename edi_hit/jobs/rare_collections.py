"""Fewer runs of the cyclic collector while a job makes many objects and no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 1_000_000
"""New objects between two runs: more than a batch of claims holds, all of them kept to its end."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the collector run rarely until the block ends."""
    before = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
