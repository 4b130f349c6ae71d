"""Writes a 277CA: one transaction set for each 837 set its 999 accepts, claim by claim."""

from typing import Any, Final

from edi_hit.acks.claim_acknowledgment import BatchHead
from edi_hit.acks.claim_answers import (
    billed_provider,
    information_receiver,
    information_source,
    patient_statuses,
)
from edi_hit.acks.mapping_277ca import (
    BATCH_HEAD,
    BILLED_PROVIDER,
    INFORMATION_RECEIVER,
    INFORMATION_SOURCE,
    PATIENT_STATUSES,
)
from edi_hit.acks.plain_text import make_plain
from edi_hit.acks.put_loop import add_loop
from edi_hit.acks.receipt import SetReceipt
from edi_hit.acks.receipt_reading import ReceiptReading
from edi_hit.acks.return_envelope import Dispatch
from edi_hit.guides import Loop, LoopNode, guide
from edi_hit.mapping.loop_mapping import LoopMapping
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.x12 import ELEMENT, SegmentSink, fixed_form

GUIDE, SET, FUNCTIONAL_ID = "277CA", "277", "HN"
LINE_LOOP = "2220D"
_AT_ONCE: Final = 1_000
"""Segments handed to the writer at once."""


class ClaimAcknowledgmentSets:
    """The transaction sets of one 277CA interchange: their levels (HL) and their numbers."""

    def __init__(
        self, writer: SegmentSink, policy: AcknowledgmentPolicy, dispatch: Dispatch, control_number: int
    ) -> None:
        self._writer = writer
        self._policy = policy
        self._dispatch = dispatch
        self._control_number = control_number
        self._sets = self._level = 0
        self._texts: list[str] = []

    def write(self, found: SetReceipt, reading: ReceiptReading) -> None:
        """Write the set that answers `found`, taking its providers and claims from `reading`."""
        self._sets += 1
        self._level = 0
        root = guide(GUIDE).root
        source = root.loop("2000A")
        receiver = source.loop("2000B")
        provider_node = receiver.loop("2000C")
        patient_node = provider_node.loop("2000D")
        trace_number = f"{self._control_number:09d}{self._sets:04d}"
        self._writer.start_set(SET, guide(GUIDE).entry.id)
        head = BatchHead(trace_number, self._dispatch.created_on, self._dispatch.created_at)
        self._write(BATCH_HEAD.write(head, root))
        answering = information_source(found, self._policy, self._dispatch, trace_number)
        self._open(INFORMATION_SOURCE, answering, source, 0, "20", "1")
        submitter = information_receiver(found, self._policy, self._dispatch)
        self._open(INFORMATION_RECEIVER, submitter, receiver, 1, "21", "1")
        for provider in reading.providers(found):
            billed = billed_provider(provider, self._policy)
            level = self._open(BILLED_PROVIDER, billed, provider_node, 2, "19", "1")
            for claim in reading.claims(provider):
                patient = patient_statuses(claim, self._policy, self._dispatch)
                self._open(PATIENT_STATUSES, patient, patient_node, level, "PT", "")
        self._put()
        self._writer.end_set()

    def _open(
        self, mapping: LoopMapping[Any], part: object, node: LoopNode, parent: int, code: str, children: str
    ) -> int:
        """Write a hierarchical level; give its HL01."""
        self._level += 1
        above = str(parent) if parent else ""
        self._texts.append(fixed_form(["HL", str(self._level), above, code, children]))
        self._write(mapping.write(part, node))
        return self._level

    def _write(self, loop: Loop) -> None:
        make_plain(loop)
        _drop_wrong_lines(loop)
        add_loop(loop, self._texts)
        if len(self._texts) >= _AT_ONCE:
            self._put()

    def _put(self) -> None:
        self._writer.segments(self._texts)
        self._texts.clear()


def _drop_wrong_lines(loop: Loop) -> None:
    """Leave out the service lines (2220D) that cannot be named: what was sent for them is the fault."""
    for child in loop.loops:
        if child.loops:
            child.loops = [line for line in child.loops if line.id != LINE_LOOP or _is_right(line)]


def _is_right(loop: Loop) -> bool:
    return all(node.passes(elements, ELEMENT.join(elements)) for node, elements, _ in loop.segments)
