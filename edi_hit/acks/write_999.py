"""Writes a 999: one transaction set for each functional group received."""

from collections.abc import Iterable

import msgspec

from edi_hit.acks.implementation_acknowledgment import (
    BusinessUnit,
    ElementError,
    ImplementationAcknowledgment,
    SegmentError,
    SetAcknowledgment,
)
from edi_hit.acks.mapping_999 import GROUP_ACKNOWLEDGMENT, SET_ACKNOWLEDGMENT, TRIGGER
from edi_hit.acks.plain_text import is_plain
from edi_hit.acks.put_loop import put_loop
from edi_hit.acks.receipt import GroupReceipt, Note, SetReceipt
from edi_hit.acks.set_fault import LONGEST_UNIT
from edi_hit.guides import Loop, guide
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.x12 import Delimiters, SegmentSink

GUIDE, FUNCTIONAL_ID = "999", "FA"
_ELEMENTS_IN_ERROR = "8"
_LARGEST_COUNT = 999_999
"""Sets AK902 to AK904 can count: six digits."""


class SetCounts(msgspec.Struct):
    """Sets of the group at hand: received, accepted, accepted with errors noted."""

    received: int = 0
    accepted: int = 0
    noted: int = 0

    def count(self, found: SetReceipt, *, stands: bool) -> None:
        """Count a set; one whose group does not stand is not accepted."""
        self.received += 1
        if stands and not found.rejected:
            self.accepted += 1
            self.noted += found.noted


def write_group(
    writer: SegmentSink,
    group: GroupReceipt,
    sets: Iterable[SetReceipt],
    policy: AcknowledgmentPolicy,
    delimiters: Delimiters,
    *,
    stands: bool,
) -> SetCounts:
    """Write the 999 of one group; give its counts.

    Where the group does not `stand` (it or its interchange is refused), no set is accepted, and those without
    a fault of their own are left out. A value that holds one of the `delimiters` is not copied into IK404.
    """
    root = guide(GUIDE).root
    writer.start_set(GUIDE, guide(GUIDE).entry.id)
    head = ImplementationAcknowledgment(group.functional_id, group.control_number, group.version)
    put_loop(writer, GROUP_ACKNOWLEDGMENT.write(head, root))
    counts = SetCounts()
    node = root.loop("2000")
    for found in sets:
        counts.count(found, stands=stands)
        if _is_listed(found, policy, stands=stands):
            loop = SET_ACKNOWLEDGMENT.write(acknowledged_set(found, delimiters), node)
            _business_units_first(loop)
            put_loop(writer, loop)
    put_loop(writer, GROUP_ACKNOWLEDGMENT.write(_verdict(group, counts), root))
    writer.end_set()
    return counts


def _business_units_first(loop: Loop) -> None:
    """Put the CTX that names the claim before those of triggers: pyx12 miscounts them the other way round."""
    for child in loop.loops:
        child.segments.sort(key=lambda placed: (placed[0].rank, TRIGGER in placed[0].codes))


def _is_listed(found: SetReceipt, policy: AcknowledgmentPolicy, *, stands: bool) -> bool:
    """Whether a set gets its AK2: one that can be named and has a fault, or is accepted and listed."""
    if not found.control_number:
        return False
    return found.rejected or (stands and (found.noted or policy.list_accepted_sets))


def _verdict(group: GroupReceipt, counts: SetCounts) -> ImplementationAcknowledgment:
    """AK9: A, E, P or R, with GE01 as sent where it is a number."""
    received = min(counts.received, _LARGEST_COUNT)
    as_sent = group.included.isascii() and group.included.isdigit() and len(group.included) <= 6
    return ImplementationAcknowledgment(
        code=_group_code(group, counts),
        included=int(group.included) if as_sent else received,
        received=received,
        accepted=min(counts.accepted, _LARGEST_COUNT),
        errors=group.codes,
    )


def _group_code(group: GroupReceipt, counts: SetCounts) -> str:
    if group.rejected or (not counts.accepted and (counts.received or group.codes)):
        return "R"
    if counts.accepted < counts.received:
        return "P"
    return "E" if counts.noted or group.codes else "A"


def acknowledged_set(found: SetReceipt, delimiters: Delimiters) -> SetAcknowledgment:
    """The verdict on a set that stands or falls by itself, with its notes."""
    code = "R" if found.rejected else "E" if found.noted else "A"
    return SetAcknowledgment(
        kind=found.kind,
        control_number=found.control_number,
        guide=found.guide,
        code=code,
        errors=found.codes,
        segments=_segment_errors(found, delimiters),
    )


def _segment_errors(found: SetReceipt, delimiters: Delimiters) -> tuple[SegmentError, ...]:
    """One IK3 for each faulty segment; the faults of its elements stand in it together."""
    together: dict[object, list[Note]] = {}
    for note in found.notes:
        key = note if note.element is None else (note.segment_id, note.position, note.loop, note.claim)
        together.setdefault(key, []).append(note)
    return tuple(_segment_error(notes, found, delimiters) for notes in together.values())


def _segment_error(notes: list[Note], found: SetReceipt, delimiters: Delimiters) -> SegmentError:
    first = notes[0]
    return SegmentError(
        segment_id=first.segment_id,
        position=first.position,
        loop=first.loop,
        code=first.code if first.element is None else _ELEMENTS_IN_ERROR,
        triggers=(first.trigger,) if first.trigger else (),
        business_units=_business_units(first, found),
        elements=tuple(_element_error(n, n.element, delimiters) for n in notes if n.element is not None),
    )


def _business_units(note: Note, found: SetReceipt) -> tuple[BusinessUnit, ...]:
    """The claim, or the payment, in error: its first 35 characters; none where it cannot be written.

    Source: X12 Request for Interpretation 2293.
    """
    units = {"837": ("CLM01", note.claim), "835": ("TRN02", found.trace_number)}
    name, value = units.get(found.kind, ("", ""))
    value = value[:LONGEST_UNIT].rstrip(" ")
    return (BusinessUnit(name, value),) if value and is_plain(value) else ()


def _element_error(note: Note, position: int, delimiters: Delimiters) -> ElementError:
    value = note.value.rstrip(" ")
    own = delimiters.own.decode("latin-1")
    if not is_plain(value) or any(character in own for character in value):
        value = ""
    return ElementError(
        position=position,
        code=note.code,
        component=note.component,
        reference_number=note.reference_number,
        value=value,
    )
