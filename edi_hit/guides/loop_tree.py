"""Segments of transaction sets to loops, a unit (claim, claim payment) at a time.

The loops above a unit — submitter, billing provider, subscriber — stay as its ancestors; the unit itself is
dropped as soon as its reader lets it go, so memory does not grow with the file.
"""

from collections.abc import Iterable, Iterator

from edi_hit.guides.guide import Guide, guide_for
from edi_hit.guides.loop import SetRead, Unit
from edi_hit.guides.loop_builder import LoopBuilder
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import Event, Segment, SetEnd, SetStart, TransactionSet, place_of


def read_loops(events: Iterable[Event]) -> Iterator[Event | Unit | SetRead]:
    """Turn the segments among `events` into units; all other events pass in their place.

    A unit comes when its loop closes; `SetRead` comes before the `SetEnd` of its set. Sets of an unknown
    guide yield a finding and no unit.
    """
    builder: LoopBuilder | None = None
    for event in events:
        if type(event) is Segment:
            if builder is not None:
                found = builder.add(event)
                if found is not None:
                    yield from found
        elif type(event) is SetStart:
            yield event
            builder = None
            known = guide_for(event.transaction_set.kind, event.transaction_set.guide)
            finding = _guide_finding(event.transaction_set, known)
            if finding is not None:
                yield finding
            if known is not None:
                builder = LoopBuilder(known[0], event.transaction_set)
        else:
            if type(event) is SetEnd and builder is not None:
                yield from builder.end()
                builder = None
            yield event


def _guide_finding(current: TransactionSet, found: tuple[Guide, bool] | None) -> Finding | None:
    if found is not None and found[1]:
        return None
    rule = load_rules("edi_hit.guides")["X12-GUIDE-01" if found is None else "X12-GUIDE-02"]
    element = 3 if len(current.segment.elements) > 3 else 1
    return rule.finding(None, **place_of(current.segment, current, element=element), value=current.guide)
