"""What must hold of any bytes at all: nothing raises, nothing is lost, and work stays in bounds."""

import io
from collections.abc import Iterable

from ack_run import acknowledge
from loop_views import in_loops, of_known_sets, segment_of

from edi_hit.acks import read_acknowledgments
from edi_hit.claims import ClaimRecord, claims_of
from edi_hit.cli.finding_text import FindingPrinter
from edi_hit.guides import read_loops
from edi_hit.jobs.checked_units import checked_units
from edi_hit.jobs.recent_segments import RecentSegments
from edi_hit.reference import Tables
from edi_hit.remits.read_remittances import remittances_of
from edi_hit.rules import Finding, NotX12Error
from edi_hit.x12 import (
    COMPONENT,
    ELEMENT,
    Segment,
    copy,
    read_events,
    read_segments,
)

LIMITS = {"X12-GUIDE-03", "X12-ENV-21"}
"""Rules that say that the reader holds no more of a claim or of a segment."""

MOST_FINDINGS = 8
"""Findings there may be for each segment and each element or component, at most."""


def assert_sound(data: bytes) -> None:
    """Read, check, map, acknowledge and tell of these bytes; nothing may raise or get lost."""
    try:
        tokens = list(read_segments(data))
    except NotX12Error:
        return
    assert b"".join(token.raw for token in tokens) == data
    copied = io.BytesIO()
    copy(data, copied)
    assert copied.getvalue() == data
    assert_every_segment_has_its_place(data, tokens)
    assert_findings_are_bounded(tokens, read_all(data))
    list(read_acknowledgments(data))
    acknowledge(data)


def assert_every_segment_has_its_place(data: bytes, tokens: list[Segment]) -> None:
    """Each segment comes once, in order, and those of sets stand in their loops."""
    events = list(read_events(data))
    assert [segment for event in events if (segment := segment_of(event))] == tokens
    placed = list(read_loops(events))
    rules = {event.rule for event in placed if isinstance(event, Finding)}
    if not rules & LIMITS:
        assert [one.segment for one in in_loops(placed)] == list(of_known_sets(events))


def read_all(data: bytes) -> list[Finding]:
    """Read, check and map everything, tell every finding as text, and give the findings."""
    recent, printer, findings = RecentSegments(), FindingPrinter("file"), []
    units = checked_units(read_loops(recent.watch(read_events(data))), Tables.packaged())
    for event in remittances_of(claims_of(units)):
        if isinstance(event, Finding):
            findings.append(event)
            assert "".join(printer.lines(event, recent.marked(event)))
        else:
            look_at(event)
    return findings


def look_at(event: object) -> None:
    """Ask for what a reader of claims or remittances asks for."""
    if isinstance(event, ClaimRecord):
        assert event.claim is not None or any(finding.is_error for finding in event.findings)
        assert event.place("charge")


def assert_findings_are_bounded(tokens: Iterable[Segment], findings: list[Finding]) -> None:
    """However a file is spoiled, what is told of it grows with its segments and elements alone."""
    parts = sum(1 + token.text.count(ELEMENT) + token.text.count(COMPONENT) for token in tokens)
    assert len(findings) <= MOST_FINDINGS * (parts + 4)
