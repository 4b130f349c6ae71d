"""Reads acknowledgements back into objects: TA1, 999 and 277CA, of partners or our own."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.acks.batch_reading import BatchReading, read_part
from edi_hit.acks.claim_acknowledgment import (
    BilledProvider,
    ClaimAcknowledgment,
    ClaimBatch,
    PatientStatuses,
)
from edi_hit.acks.implementation_acknowledgment import ImplementationAcknowledgment, SetAcknowledgment
from edi_hit.acks.interchange_acknowledgment import Ta1, ta1_of
from edi_hit.acks.mapping_277ca import BILLED_PROVIDER, PATIENT_STATUSES
from edi_hit.acks.mapping_999 import GROUP_ACKNOWLEDGMENT, SET_ACKNOWLEDGMENT
from edi_hit.guides import Loop, SetRead, Unit, read_loops
from edi_hit.mapping.problems import Problem, problem_finding
from edi_hit.rules import Finding
from edi_hit.x12 import Event, Outside, SetStart, Source, TransactionSet, read_events

Acknowledgment = Ta1 | ImplementationAcknowledgment | ClaimBatch | ClaimAcknowledgment

IMPLEMENTATION, CLAIMS = "999", "277CA"
_PLACES_KEPT = 10_000
"""Places of findings remembered of one set."""


def read_acknowledgments(source: Source) -> Iterator[Acknowledgment | Finding]:
    """Yield the acknowledgements of `source` and what is wrong with them, in order.

    A TA1 is an object, so is a 999 (one functional group with its sets). A 277CA gives a `ClaimBatch`, what
    is said of all its claims, then a `ClaimAcknowledgment` for each claim, which names its batch. Other sets
    give findings only. Raises `NotX12Error` and `OSError` as the reader does.
    """
    return _Reading().read(read_events(source))


class _Reading:
    """What is open while an input is read."""

    def __init__(self) -> None:
        self._problems = _Problems()
        self._sets: list[SetAcknowledgment] = []
        self._batch = BatchReading()
        self._provider: tuple[Loop, BilledProvider] | None = None

    def read(self, events: Iterable[Event]) -> Iterator[Acknowledgment | Finding]:
        for event in read_loops(self._batch.watch(events)):
            for batch, found in self._batch.taken():
                yield batch
                yield from self._problems.untold(found)
            if isinstance(event, Finding):
                self._problems.told(event)
                yield event
            elif isinstance(event, SetStart):
                self._problems.begin(event.transaction_set)
            elif isinstance(event, Outside):
                if event.segment.id == "TA1":
                    yield ta1_of(event.segment.elements)
            elif isinstance(event, Unit):
                yield from self._unit(event)
            elif isinstance(event, SetRead) and event.guide.name == IMPLEMENTATION:
                yield from self._group(event.loop)

    def _unit(self, unit: Unit) -> Iterator[Acknowledgment | Finding]:
        problems: list[Problem] = []
        if unit.guide.name == IMPLEMENTATION:
            self._sets.append(read_part(SET_ACKNOWLEDGMENT, SetAcknowledgment, unit.loop, problems))
        elif unit.guide.name == CLAIMS:
            patient = read_part(PATIENT_STATUSES, PatientStatuses, unit.loop, problems)
            provider = self._provider_of(unit.loop, problems)
            for claim in patient.claims:
                yield ClaimAcknowledgment(claim, patient.name, provider, self._batch.current)
        yield from self._problems.untold(problems)

    def _provider_of(self, unit: Loop, problems: list[Problem]) -> BilledProvider | None:
        loop = unit.above("2000C")
        if loop is None:
            return None
        if self._provider is None or self._provider[0] is not loop:
            self._provider = (loop, read_part(BILLED_PROVIDER, BilledProvider, loop, problems))
        return self._provider[1]

    def _group(self, root: Loop) -> Iterator[Acknowledgment | Finding]:
        problems: list[Problem] = []
        group = read_part(GROUP_ACKNOWLEDGMENT, ImplementationAcknowledgment, root, problems)
        yield msgspec.structs.replace(group, sets=tuple(self._sets))
        self._sets = []
        yield from self._problems.untold(problems)


class _Problems:
    """Tells what a declaration could not read, where the guide has not told it already."""

    def __init__(self) -> None:
        self._set: TransactionSet | None = None
        self._told: set[tuple[int | None, int | None]] = set()

    def begin(self, transaction_set: TransactionSet) -> None:
        """Turn to a new set."""
        self._set = transaction_set
        self._told = set()

    def told(self, finding: Finding) -> None:
        """Note where the guide has found something."""
        if len(self._told) < _PLACES_KEPT:
            self._told.add((finding.segment, finding.element))

    def untold(self, problems: Iterable[Problem]) -> Iterator[Finding]:
        """Give the findings of values that have no place in their field, and that no one has told of."""
        for problem in problems:
            if self._set is not None and problem.conversion is not None:
                finding = problem_finding(problem, self._set, None)
                if (finding.segment, finding.element) not in self._told:
                    yield finding
