"""Of a valid file of every guide each segment and element is broken in each way it can be: one finding.

The places and ways come from the compiled guide: see `element_kinds`, `segment_kinds` and `envelope_kinds`.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from changes import FILES
from element_kinds import ELEMENT_KINDS
from envelope_kinds import ENVELOPE_KINDS
from pyx12_oracle import verdict
from segment_kinds import SEGMENT_KINDS
from valid_file import VALID_FILES, Case, Spot, Told, ValidFile

from edi_hit.guides import catalogue, read_loops
from edi_hit.jobs.checked_units import checked_units
from edi_hit.reference import Tables
from edi_hit.rules import Finding
from edi_hit.x12 import read_events

KINDS = {kind.__name__: kind for kind in (*ELEMENT_KINDS, *SEGMENT_KINDS)}

SYNTAX_AND_GUIDE_ALONE = {
    "control_character",
    "letter_outside_ascii",
    "related_element_missing",
    "segment_too_often",
    "loop_too_often",
}
"""Kinds that put in values which are wrong in themselves too: a number that is none, a sum that is off."""


@cache
def valid_file(name: str) -> ValidFile:
    return ValidFile(name)


def cases(name: str, kind: str) -> Iterator[Case]:
    """The files broken in a way, one for each place of the guide."""
    broken = set()
    for case in KINDS[kind](valid_file(name)):
        if case.spot not in broken:
            broken.add(case.spot)
            yield case


def findings(text: str) -> list[Finding]:
    events = checked_units(read_loops(read_events(text.encode())), Tables.packaged())
    return [event for event in events if isinstance(event, Finding)]


def told(finding: Finding, like: Told) -> Told:
    """A finding as far as `like` asks for it."""
    place = Told(finding.rule, finding.segment_id, finding.element, finding.component)
    return place._replace(
        loop=finding.loop if like.loop else None, segment=finding.segment if like.segment else None
    )


POSSIBLE = [
    pytest.param(name, kind, id=f"{name}-{kind}")
    for name in VALID_FILES
    for kind in KINDS
    if next(cases(name, kind), None)
]


@pytest.mark.parametrize("name", VALID_FILES)
def test_the_file_is_valid_to_begin_with(name: str) -> None:
    """pyx12 finds nothing either; it has no map of the 277 in its index."""
    path = FILES / VALID_FILES[name]
    assert findings(path.read_text()) == []
    assert verdict(path) is (None if name == "277" else True)


@pytest.mark.parametrize(("name", "kind"), POSSIBLE)
def test_one_thing_broken_is_one_finding(name: str, kind: str) -> None:
    wrong = []
    for case in cases(name, kind):
        found = findings(case.text)
        if kind in SYNTAX_AND_GUIDE_ALONE:
            found = [finding for finding in found if finding.snip in (1, 2)]
        got = [told(finding, case.told) for finding in found]
        if got != [case.told]:
            wrong.append((case.spot, case.told, got))
    assert wrong == []


@pytest.mark.parametrize("kind", ENVELOPE_KINDS)
@pytest.mark.parametrize("name", VALID_FILES)
def test_one_thing_broken_in_the_envelope_is_one_finding(name: str, kind: str) -> None:
    sought, put, expected = ENVELOPE_KINDS[kind]
    file = valid_file(name)
    text, times = re.subn(sought, put, file.text(file.texts), count=1, flags=re.MULTILINE)
    assert times == 1
    found = [Told(finding.rule, finding.segment_id, finding.element) for finding in findings(text)]
    assert found == [expected]


@pytest.mark.parametrize("name", VALID_FILES)
def test_every_place_of_the_file_is_broken(name: str) -> None:
    """Every segment, and every value but those that tell what a segment is."""
    broken = {case.spot for kind in KINDS for case in cases(name, kind)}
    file = valid_file(name)
    places = {Spot(line.loop, line.node.label) for line in file.lines}
    places |= {
        Spot(value.line.loop, value.line.node.label, value.element, value.component)
        for value in file.values()
    }
    assert places - broken == set()


def test_every_guide_has_a_file_and_there_are_at_least_forty_kinds() -> None:
    assert set(VALID_FILES) == set(catalogue())
    possible = {kind for _, kind in (param.values for param in POSSIBLE)}
    assert len(possible) + len(ENVELOPE_KINDS) >= 50
