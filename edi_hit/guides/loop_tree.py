"""Segments of transaction sets to loops, a unit (claim, claim payment) at a time.

The loops above a unit — submitter, billing provider, subscriber — stay as its ancestors; the unit itself is
dropped as soon as its reader lets it go, so memory does not grow with the file.
"""

from collections.abc import Iterable, Iterator

from edi_hit.guides.events import GuideEvent
from edi_hit.guides.guide import Guide, guide_for
from edi_hit.guides.loop_builder import LoopBuilder
from edi_hit.rules import Finding, load_rules
from edi_hit.x12 import Event, Events, Segment, SegmentRun, SetEnd, SetStart, TransactionSet, place_of


def read_loops(events: Iterable[SegmentRun | Event]) -> Iterator[Event | GuideEvent]:
    """Turn the segments among `events` into units; all other events pass in their place.

    See `edi_hit.guides.events`. Sets of an unknown guide yield a finding and no unit. What `read_events`
    gives is taken by the run, which is faster; any other events may hold runs.
    """
    builder: LoopBuilder | None = None
    for event in events.runs() if isinstance(events, Events) else events:
        if isinstance(event, SegmentRun):
            if builder is not None:
                texts = event.texts
                for at, segment in enumerate(event.segments):
                    found = builder.add_flawless(segment, texts[at])
                    if found is not None:
                        yield from found
        elif type(event) is Segment:
            if builder is not None:
                found = builder.add(event)
                if found is not None:
                    yield from found
        elif type(event) is SetStart:
            yield event
            builder, findings = _begin(event.transaction_set)
            yield from findings
        else:
            if type(event) is SetEnd and builder is not None:
                yield from builder.end()
                builder = None
            yield event


def _begin(current: TransactionSet) -> tuple[LoopBuilder | None, list[Finding]]:
    """Give what builds the loops of a set, where its guide is known, and what is to be told of the guide."""
    found = guide_for(current.kind, current.guide)
    builder = LoopBuilder(found[0], current) if found is not None else None
    if found is not None and found[1]:
        return builder, []
    return builder, [_guide_finding(current, found)]


def _guide_finding(current: TransactionSet, found: tuple[Guide, bool] | None) -> Finding:
    rule = load_rules("edi_hit.guides")["X12-GUIDE-01" if found is None else "X12-GUIDE-02"]
    element = 3 if len(current.segment.elements) > 3 else 1
    return rule.finding(None, **place_of(current.segment, current, element=element), value=current.guide)
