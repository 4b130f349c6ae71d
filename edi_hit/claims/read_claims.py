"""Reads an 837P or 837I claim by claim: each with the context it inherits and the places of its fields."""

from collections.abc import Iterable, Iterator

from edi_hit.claims.claim_declaration import DECLARATIONS, ClaimDeclaration
from edi_hit.claims.claim_record import ClaimRecord
from edi_hit.guides import GuideEvent, Loop, Unit, read_loops
from edi_hit.mapping.fields import Values
from edi_hit.mapping.problems import Problem, problem_finding
from edi_hit.rules import Finding
from edi_hit.x12 import Event, Source, read_events


def read_claims(source: Source) -> Iterator[Event | ClaimRecord | GuideEvent]:
    """Yield the claims of `source` among its envelopes and findings, in order.

    A claim's findings come right before it, and in it; those of the loops above it come once, and are in
    each claim below them. Units of other guides (835) pass as they are.
    Raises `NotX12Error` and `OSError` as `read_segments` does.
    """
    return claims_of(read_loops(read_events(source)))


def claims_of(events: Iterable[Event | GuideEvent]) -> Iterator[Event | ClaimRecord | GuideEvent]:
    """Turn the units of 837 guides among `events` into claims; all other events pass in their place."""
    context = _Context()
    for event in events:
        declaration = DECLARATIONS.get(event.guide.name) if isinstance(event, Unit) else None
        if isinstance(event, Unit) and declaration is not None:
            told, record = _claim_record(event, declaration, context)
            yield from told
            yield record
        else:
            yield event


class _Context:
    """The loops above the claim, read once for all the claims under them."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Loop, object, list[Problem]]] = {}
        self._above: Loop | None = None
        self._values: Values = {}
        self._problems: list[Problem] = []

    def read(self, unit: Unit, declaration: ClaimDeclaration) -> tuple[Values, list[Problem], list[Problem]]:
        """Give the structures above the claim, the problems told with an earlier claim, and the new ones."""
        above = unit.loop.parent
        if above is not None and above is self._above:
            return self._values, self._problems, []
        values: Values = {}
        old: list[Problem] = []
        new: list[Problem] = []
        for loop in _above(unit.loop):
            known = declaration.above.get(loop.node.id)
            if known is None:
                continue
            name, mapping = known
            held = self._held.get(name)
            if held is None or held[0] is not loop:
                problems: list[Problem] = []
                held = self._held[name] = (loop, mapping.read(loop, problems), problems)
                new += problems
            else:
                old += held[2]
            values[name] = held[1]
        self._above, self._values, self._problems = above, values, old + new
        return values, old, new


def _above(unit: Loop) -> list[Loop]:
    """The loops a unit stands in, outermost first."""
    found: list[Loop] = []
    loop = unit.parent
    while loop is not None:
        found.append(loop)
        loop = loop.parent
    return found[::-1]


def _claim_record(
    unit: Unit, declaration: ClaimDeclaration, context: _Context
) -> tuple[tuple[Finding, ...], ClaimRecord]:
    """Give what is to be told now, and the claim with all that is wrong with it or above it."""
    given, old, new = context.read(unit, declaration)
    claim = declaration.claim.read(unit.loop, new, **given)
    claim_id = unit.loop.opener_element(1)
    told = _findings(new, unit, claim_id)
    findings = unit.findings + _findings(old, unit, claim_id) + told
    record = ClaimRecord(claim_id, claim, findings, unit.transaction_set, unit.loop, declaration.guide)
    return told, record


def _findings(problems: list[Problem], unit: Unit, claim_id: str) -> tuple[Finding, ...]:
    """The findings of the problems the guide has not told already: one cause, one finding."""
    if not problems:
        return ()
    untold = _untold(problems, unit)
    return tuple(problem_finding(problem, unit.transaction_set, claim_id or None) for problem in untold)


def _untold(problems: list[Problem], unit: Unit) -> list[Problem]:
    told = [finding for finding in unit.findings if finding.is_error]
    if not told:
        return problems
    places = {(finding.segment, finding.element) for finding in told}
    first = unit.transaction_set.segment.index - 1
    return [
        problem
        for problem in problems
        if problem.conversion is not None
        and problem.segment is not None
        and (problem.segment.index - first, problem.position) not in places
    ]
