"""How many valid structures a run makes, and what is asked of each file made of them."""

import os
from collections.abc import Callable
from typing import TypeVar

import pyx12_oracle
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from edi_hit.guides import Loop, SetRead, Unit, read_loops
from edi_hit.jobs.checked_units import checked_units
from edi_hit.reference import Tables
from edi_hit.rules import Finding
from edi_hit.x12 import read_events

T = TypeVar("T")

ROUNDS = int(os.environ.get("EDI_HIT_ROUNDS", "5"))
"""Rounds of a run, each begun anew: late in a round hypothesis varies what it has drawn before."""

_ROUND = settings(
    deadline=None,
    max_examples=12,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
"""Not shrunk: that takes minutes for structures of this size."""


def each_of(strategy: st.SearchStrategy[T], check: Callable[[T], None]) -> None:
    """Check what the strategy gives, the same in every run of so many rounds."""

    @_ROUND
    @given(strategy)
    def one(value: T) -> None:
        check(value)

    for number in range(ROUNDS):
        seed(number)(one)()


def loops_without_error(data: bytes) -> list[Loop]:
    """The units of a file and the loops above them, once neither pyx12 nor we have found an error in it."""
    events = list(checked_units(read_loops(read_events(data)), Tables.packaged()))
    errors = [event for event in events if isinstance(event, Finding) and event.is_error]
    assert errors == []
    assert pyx12_oracle.finds_no_error(data)
    found: list[Loop] = []
    for event in events:
        loop = event.loop if isinstance(event, Unit | SetRead) else None
        while loop is not None:
            found.append(loop)
            loop = loop.parent
    return found
