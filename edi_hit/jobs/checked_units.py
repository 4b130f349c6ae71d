"""Adds the findings of SNIP types 3 to 5 to the units of a reading: claims and claim payments."""

from collections.abc import Iterable, Iterator

import msgspec

from edi_hit.claims.checks import ClaimChecks
from edi_hit.guides import GuideEvent, SetRead, Unit
from edi_hit.mapping.checks import Checked
from edi_hit.reference import Tables
from edi_hit.remits.checks import RemittanceChecks
from edi_hit.x12 import Event


def checked_units(events: Iterable[Event | GuideEvent], tables: Tables) -> Iterator[Event | GuideEvent]:
    """Pass `events` on, checking each unit on the way.

    New findings come right before their unit; a unit carries all that hold for it, those of the loops above
    it included.
    """
    claims, remittances = ClaimChecks(tables), RemittanceChecks(tables)
    for event in events:
        if type(event) is Unit:
            found = claims.findings(event) if event.guide.entry.set == "837" else remittances.findings(event)
            yield from found.told
            yield _with(event, found)
        elif type(event) is SetRead:
            yield from remittances.end(event).told
            yield event
        else:
            yield event


def _with(unit: Unit, found: Checked) -> Unit:
    if not found.told and not found.known:
        return unit
    return msgspec.structs.replace(unit, findings=unit.findings + found.findings)
