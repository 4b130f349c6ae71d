"""What loops hold, as plain tuples, for tests."""

from collections.abc import Iterable, Iterator

from edi_hit.guides import GuideEvent, Loop
from edi_hit.x12 import Segment

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
