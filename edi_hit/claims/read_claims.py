"""Reads an 837P claim by claim: each with the context it inherits and the places of its fields."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.claims.claim import Claim
from edi_hit.claims.mapping_837p import BILLING_PROVIDER, CLAIM, PATIENT, SUBMISSION, SUBSCRIBER
from edi_hit.guides import Loop, SetRead, Unit, read_loops
from edi_hit.mapping.loop_mapping import LoopMapping, Problem, Where
from edi_hit.mapping.problem_findings import problem_finding
from edi_hit.rules import Finding
from edi_hit.x12 import Event, Source, TransactionSet, place_of, read_events

GUIDE = "837P"

_CONTEXT: tuple[tuple[str, str, LoopMapping], ...] = (
    ("submission", "ST_LOOP", SUBMISSION),
    ("billing_provider", "2000A", BILLING_PROVIDER),
    ("subscriber", "2000B", SUBSCRIBER),
    ("patient", "2000C", PATIENT),
)
"""Field of `Claim`, the loop above the claim it comes from, and its declaration."""


class ClaimRecord(msgspec.Struct, frozen=True):
    """A claim as it was read: the claim, what was found wrong with it, and where its fields stand.

    `claim` is None where a required field has no value; `claim_id` is CLM01 as far as it could be read.
    """

    claim_id: str
    claim: Claim | None
    findings: tuple[Finding, ...]
    transaction_set: TransactionSet
    loop: Loop

    @property
    def accepted(self) -> bool:
        """Whether the claim was read without an error of its own."""
        return self.claim is not None and not any(finding.is_error for finding in self.findings)

    def place(self, path: str) -> dict[str, object]:
        """Give the place fields of a finding for the field at `path`, e.g. `lines[0].charge`.

        The place of the CLM segment where the field was not sent. Raises `KeyError` for no such field.
        """
        where = self._where(path)
        if where is None:
            opener = self.loop.segments[0][2]
            assert opener is not None
            where = Where(opener, self.loop.id, 1, None)
        place = place_of(
            where.segment, self.transaction_set, element=where.element, component=where.component
        )
        return {**place, "loop": where.loop, "claim": self.claim_id}

    def _where(self, path: str) -> Where | None:
        step, _, rest = path.partition(".")
        for name, loop_id, mapping in _CONTEXT:
            if step == name:
                above = self.loop.above(loop_id)
                return None if above is None or not rest else mapping.locate(above, rest)
        return CLAIM.locate(self.loop, path)


def read_claims(source: Source) -> Iterator[Event | ClaimRecord | SetRead | Unit]:
    """Yield the claims of `source` among its envelopes and findings, in order.

    A claim's findings come right before it, and in it. Units of other guides (835) pass as they are.
    Raises `NotX12Error` and `OSError` as `read_segments` does.
    """
    return claims_of(read_loops(read_events(source)))


def claims_of(events: Iterable[Event | Unit | SetRead]) -> Iterator[Event | ClaimRecord | SetRead | Unit]:
    """Turn the 837P units among `events` into claims; all other events pass in their place."""
    context = _Context()
    for event in events:
        if isinstance(event, Unit) and event.guide.name == GUIDE:
            record = _claim_record(event, context)
            yield from record.findings[len(event.findings) :]
            yield record
        else:
            yield event


class _Context:
    """The loops above the claim, read once for all the claims under them."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Loop, object]] = {}

    def read(self, unit: Unit, problems: list[Problem]) -> dict[str, object]:
        values: dict[str, object] = {}
        for name, loop_id, mapping in _CONTEXT:
            loop = unit.loop.above(loop_id)
            if loop is None:
                continue
            held = self._held.get(name)
            if held is None or held[0] is not loop:
                held = (loop, mapping.read(loop, problems))
                self._held[name] = held
            values[name] = held[1]
        return values


def _claim_record(unit: Unit, context: _Context) -> ClaimRecord:
    problems: list[Problem] = []
    given = context.read(unit, problems)
    claim = CLAIM.read(unit.loop, problems, **given)
    elements = unit.loop.segments[0][1]
    claim_id = elements[1] if len(elements) > 1 else ""
    found = tuple(problem_finding(problem, unit.transaction_set, claim_id or None) for problem in problems)
    return ClaimRecord(claim_id, claim, unit.findings + found, unit.transaction_set, unit.loop)
