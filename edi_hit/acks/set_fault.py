"""What a finding means for its set in a 999: a note of a segment or element, and an IK502 code."""

import msgspec

from edi_hit.acks.guide_answers import codes_of, in_dictionary, reference_number, segment_ids
from edi_hit.acks.implementation_acknowledgment import SituationalTrigger
from edi_hit.acks.receipt import Note
from edi_hit.rules import Finding

SEGMENTS_IN_ERROR, GUIDE_SEGMENTS_IN_ERROR = "5", "I5"
"""IK502: segments break the standard; segments break the guide only."""
SET_NOT_SUPPORTED, GUIDE_NOT_SUPPORTED, NOT_IN_GROUP = "1", "I6", "18"

LAST_POSITION = 999_999
"""The last segment a 999 can point at: IK302 has six digits."""

LAST_ELEMENT = 99
"""The last element or component it can point at: IK401 has two digits for each."""

LONGEST_VALUE, LONGEST_UNIT = 99, 35
"""Characters of a faulty value (IK404), and of the name of a claim or payment (CTX01-2)."""

_UNEXPECTED, _NOT_IN_SET, _IN_ITS_ELEMENTS = "2", "6", "8"
_NO_MATCH = "I12"
_SITUATIONAL = ("I6", "I9")
"""IK304: a segment that another value makes required, or forbids."""
_LOOP_CHARACTERS = 4
"""Characters of a loop id that IK303 and CTX04 have room for."""


class SetFault(msgspec.Struct, frozen=True):
    """A fault of a set. `note` is None where only IK502 can tell of it."""

    code: str
    note: Note | None = None


def set_fault(finding: Finding, guide_name: str, *, copy_value: bool) -> SetFault:
    """Read a finding of a set of this guide (empty where unknown); `copy_value` keeps the faulty text."""
    kind, _, code = (finding.ack or "").partition(" ")
    if kind == "IK502":
        return SetFault(code if code in codes_of("IK5", 2) else SEGMENTS_IN_ERROR)
    if kind == "AK905":
        return SetFault(NOT_IN_GROUP)
    code = _note_code(finding, kind, code, guide_name)
    set_code = SEGMENTS_IN_ERROR if code[:1].isdigit() else GUIDE_SEGMENTS_IN_ERROR
    if not _can_point(finding, guide_name):
        return SetFault(set_code)
    return SetFault(set_code, _note(finding, code, guide_name, copy_value))


def _note_code(finding: Finding, kind: str, code: str, guide_name: str) -> str:
    if kind == "IK304" and code in codes_of("IK3", 4):
        foreign = code == _UNEXPECTED and guide_name and finding.segment_id not in segment_ids(guide_name)
        return _NOT_IN_SET if foreign else code
    if _is_of_element(finding, kind):
        return code if kind == "IK403" and code in codes_of("IK4", 3) else _NO_MATCH
    return _IN_ITS_ELEMENTS if finding.element else ""


def _is_of_element(finding: Finding, kind: str) -> bool:
    """Whether the fault is told by IK4: it stands at an element, and no code of IK3 says otherwise."""
    return kind != "IK304" and finding.element is not None and 1 <= finding.element <= LAST_ELEMENT


def _can_point(finding: Finding, guide_name: str) -> bool:
    """Whether IK3 can name the segment: it has a place, and X12 has such a segment (X12-STR-03)."""
    if not finding.segment_id or not finding.segment or finding.segment > LAST_POSITION:
        return False
    return bool(guide_name) and in_dictionary(finding.segment_id, guide_name)


def _note(finding: Finding, code: str, guide_name: str, copy_value: bool) -> Note:
    assert finding.segment_id is not None
    assert finding.segment is not None
    kind = (finding.ack or "").partition(" ")[0]
    note = Note(
        segment_id=finding.segment_id,
        position=finding.segment,
        code=code,
        loop=short_loop(finding.loop or ""),
        claim=(finding.claim or "")[:LONGEST_UNIT],
    )
    element, component = finding.element, finding.component
    if not _is_of_element(finding, kind) or element is None:
        return msgspec.structs.replace(note, trigger=_trigger(note, finding))
    return msgspec.structs.replace(
        note,
        element=element,
        component=component if component and component <= LAST_ELEMENT else None,
        reference_number=reference_number(guide_name, finding.loop, finding.segment_id, element, component),
        value=(finding.value or "")[:LONGEST_VALUE] if copy_value else "",
    )


def _trigger(note: Note, finding: Finding) -> SituationalTrigger | None:
    """The element a finding names beside a missing or superfluous segment is what triggers it."""
    if note.code not in _SITUATIONAL or not finding.element or finding.element > LAST_ELEMENT:
        return None
    return SituationalTrigger(
        note.segment_id, note.position, note.loop, element=finding.element, component=finding.component
    )


def short_loop(loop: str) -> str:
    """A loop id as IK303 holds it, cut to four characters; empty for the set itself."""
    return loop[:_LOOP_CHARACTERS] if loop[:1].isdigit() else ""
