"""Holds a reading against a trading partner's profile: envelopes, guides, limits, duplicates, SNIP type 7."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from edi_hit.claims import claim_digest
from edi_hit.guides import GuideEvent, Unit, guide_for
from edi_hit.mapping.checks import PartnerChecks
from edi_hit.profiles import OnDuplicate, Partner
from edi_hit.rules import Finding, Severity, load_rules
from edi_hit.x12 import (
    Event,
    Group,
    GroupStart,
    Interchange,
    InterchangeStart,
    Segment,
    SetStart,
    TransactionSet,
    place_of,
)


class KnownBefore(msgspec.Struct, frozen=True):
    """What is known of what came before: of an interchange, and of a claim by its digest."""

    interchange: Callable[[Interchange], bool] = lambda interchange: False
    claim: Callable[[str], bool] = lambda digest: False


def with_partner_findings(
    events: Iterable[Event | GuideEvent], partner: Partner, known: KnownBefore | None = None
) -> Iterator[Event | GuideEvent]:
    """Pass `events` on with what the partner's profile finds wrong, each finding right where it holds.

    Findings of a unit come before it, and stand in it.
    """
    return _PartnerReading(partner, known or KnownBefore()).read(events)


class _PartnerReading:
    """One file of a partner."""

    def __init__(self, partner: Partner, known: KnownBefore) -> None:
        self._partner = partner
        self._known = known
        self._checks = PartnerChecks(partner.rules)
        self._claims = 0

    def read(self, events: Iterable[Event | GuideEvent]) -> Iterator[Event | GuideEvent]:
        for event in events:
            if isinstance(event, Unit):
                yield from self._unit(event)
                continue
            yield event
            if isinstance(event, InterchangeStart):
                yield from self._interchange(event.interchange)
            elif isinstance(event, GroupStart):
                yield from self._group(event.group)
            elif isinstance(event, SetStart):
                self._claims = 0
                yield from self._set(event.transaction_set)

    def _interchange(self, found: Interchange) -> Iterator[Finding]:
        sender, receiver = self._partner.sender, self._partner.receiver
        checked = (
            (found.sender_qualifier == sender.qualifier, "ISA05 is not the partner's", 5, "005"),
            (found.sender == sender.id, "ISA06 is not the partner's", 6, "006"),
            (found.receiver_qualifier == receiver.qualifier, "ISA07 is not ours", 7, "007"),
            (found.receiver == receiver.id, "ISA08 is not ours", 8, "008"),
        )
        for right, message, element, code in checked:
            if not right:
                yield _finding(
                    "X12-PARTNER-01", message, found.segment, element, f"TA1 {code}", interchange=found
                )
        if self._partner.usage not in (None, found.usage):
            yield _finding("X12-PARTNER-02", None, found.segment, 15, interchange=found)
        if self._known.interchange(found):
            yield _finding("X12-PARTNER-03", None, found.segment, 13, interchange=found)

    def _group(self, group: Group) -> Iterator[Finding]:
        wanted = (self._partner.sender.application, self._partner.receiver.application)
        for element, name, found in ((2, wanted[0], group.sender), (3, wanted[1], group.receiver)):
            if name and name != found:
                message = f"GS{element:02d} is not what was agreed"
                yield _finding("X12-PARTNER-01", message, group.segment, element, group=group)

    def _set(self, found: TransactionSet) -> Iterator[Finding]:
        known = guide_for(found.kind, found.guide)
        allowed = self._partner.guides
        if allowed and known is not None and known[0].name not in allowed:
            element = 3 if len(found.segment.elements) > 3 else 1
            yield _finding("X12-PARTNER-04", None, found.segment, element, transaction_set=found)

    def _unit(self, unit: Unit) -> Iterator[Finding | Unit]:
        self._claims += 1
        checked = self._checks.findings(unit)
        told = (*checked.told, *self._duplicate(unit))
        yield from told
        if self._claims - 1 == self._partner.limits.claims_per_set:
            yield _finding("X12-PARTNER-05", None, _opener(unit), None, transaction_set=unit.transaction_set)
        found = (*checked.known, *told)
        yield msgspec.structs.replace(unit, findings=unit.findings + found) if found else unit

    def _duplicate(self, unit: Unit) -> Iterator[Finding]:
        duplicates = self._partner.duplicates
        if not duplicates.claim_days or duplicates.claims is OnDuplicate.IGNORE:
            return
        digest = claim_digest(unit)
        if digest is not None and self._known.claim(digest):
            severity = Severity.ERROR if duplicates.claims is OnDuplicate.REJECT else Severity.WARNING
            told = _finding("X12-PARTNER-06", None, _opener(unit), 1, transaction_set=unit.transaction_set)
            claim = unit.loop.opener_element(1) or None
            yield msgspec.structs.replace(told, severity=severity, claim=claim, loop=unit.loop.id)


def _opener(unit: Unit) -> Segment:
    """The segment that opens a unit; that of its set where it has none."""
    opener = unit.loop.segments[0][2] if unit.loop.segments else None
    return opener or unit.transaction_set.segment


def _finding(
    rule: str,
    message: str | None,
    segment: Segment,
    element: int | None,
    ack: str | None = None,
    *,
    interchange: Interchange | None = None,
    group: Group | None = None,
    transaction_set: TransactionSet | None = None,
) -> Finding:
    place = place_of(segment, transaction_set, group, interchange, element=element)
    elements = segment.elements
    if element is not None and len(elements) > element:
        place["value"] = segment.delimiters.shown(elements[element]).rstrip()
    if ack is not None:
        place["ack"] = ack
    return load_rules("edi_hit.jobs")[rule].finding(message, **place)
