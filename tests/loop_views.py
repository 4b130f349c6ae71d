"""What loops hold, as plain tuples, for tests."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from edi_hit.guides import GuideEvent, Loop, SegmentNode, guide_for
from edi_hit.x12 import (
    Event,
    Flaw,
    GroupEnd,
    GroupStart,
    InterchangeEnd,
    InterchangeStart,
    Outside,
    Segment,
    SetEnd,
    SetStart,
)

Path = tuple[str, ...]


def path_of(loop: Loop) -> Path:
    """The ids of a unit, or a loop above one, and those around it, outermost first."""
    ids: list[str] = []
    at: Loop | None = loop
    while at is not None:
        ids.append(at.id)
        at = at.parent
    return tuple(reversed(ids))


def held(loop: Loop, path: Path) -> Iterator[tuple[Segment, Path, bool]]:
    """Every segment of a loop and of the loops in it: the segment, its loops, whether a node took it."""
    for _, _, segment in loop.segments:
        if segment is not None:
            yield segment, path, True
    for segment in loop.unplaced:
        yield segment, path, False
    for child in loop.loops:
        yield from held(child, (*path, child.id))


def held_with_context(loop: Loop) -> Iterator[tuple[Segment, Path, bool]]:
    """The segments of a unit and of the loops above it."""
    at: Loop | None = loop
    while at is not None:
        yield from held(at, path_of(at))
        at = at.parent


def placed(events: Iterable[object]) -> dict[int, tuple[Path, bool]]:
    """Where each segment of the units and sets among `events` stands, by its index."""
    found: dict[int, tuple[Path, bool]] = {}
    for event in events:
        if isinstance(event, GuideEvent):
            for segment, path, taken in held_with_context(event.loop):
                found[segment.index] = (path, taken)
    return found


class InLoop(NamedTuple):
    """A segment with the loops it stands in, outermost first, and its node; None where none took it."""

    segment: Segment
    loops: tuple[Loop, ...]
    node: SegmentNode | None


def in_loops(events: Iterable[object]) -> list[InLoop]:
    """The segments of the units and sets among `events`, in their order."""
    found: dict[int, InLoop] = {}
    for event in events:
        if isinstance(event, GuideEvent):
            at: Loop | None = event.loop
            while at is not None:
                found |= {one.segment.index: one for one in _in_loop(at, _around(at))}
                at = at.parent
    return [found[index] for index in sorted(found)]


def _around(loop: Loop) -> tuple[Loop, ...]:
    return (*(_around(loop.parent) if loop.parent else ()), loop)


def _in_loop(loop: Loop, loops: tuple[Loop, ...]) -> Iterator[InLoop]:
    for node, _, segment in loop.segments:
        if segment is not None:
            yield InLoop(segment, loops, node)
    for segment in loop.unplaced:
        yield InLoop(segment, loops, None)
    for child in loop.loops:
        yield from _in_loop(child, (*loops, child))


def segment_of(event: Event) -> Segment | None:
    """The segment an event of `read_events` stands for."""
    if isinstance(event, Segment):
        return event
    if isinstance(event, Outside | GroupEnd | InterchangeEnd):
        return event.segment
    if isinstance(event, InterchangeStart):
        return event.interchange.segment
    return event.group.segment if isinstance(event, GroupStart) else None


def of_known_sets(events: Iterable[Event]) -> Iterator[Segment]:
    """The segments of sets with a known guide; of an overlong one only its first piece."""
    known = False
    for event in events:
        if isinstance(event, SetStart):
            known = guide_for(event.transaction_set.kind, event.transaction_set.guide) is not None
        elif isinstance(event, SetEnd):
            known = False
        elif isinstance(event, Segment) and known and not event.flaws & Flaw.CONTINUED:
            yield event
