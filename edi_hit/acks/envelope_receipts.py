"""Builds the receipts of a functional group and of an interchange while they are open."""

from edi_hit.acks.guide_answers import can_answer
from edi_hit.acks.interchange_note import (
    EARLY_END,
    INVALID_CONTENT,
    InterchangeNote,
    interchange_note,
    noted_as,
)
from edi_hit.acks.receipt import GroupReceipt, InterchangeReceipt, SetReceipt
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy, InterchangeVerdict
from edi_hit.rules import Finding
from edi_hit.x12 import Group, GroupEnd, Interchange, InterchangeEnd

ACKNOWLEDGMENT_GROUP = "FA"
ACKNOWLEDGMENT_SETS = ("999", "997")
COUNT_DIFFERS = "5"
"""AK905 for a group whose sets cannot all be named: X12 Request for Interpretation 1339."""
NO_TRAILER = "3"
"""AK905 for a group without GE."""
MOST_GROUP_CODES = 5
"""AK905 to AK909."""


class GroupReceiptBuilder:
    """The receipt of the group that is open."""

    def __init__(self, group: Group) -> None:
        self._found = group
        self._acknowledges = group.functional_id == ACKNOWLEDGMENT_GROUP
        self._codes: dict[str, None] = {}
        self._sets_unnamed = False
        head = ["AK1", group.functional_id, group.control_number, group.version]
        self.unanswerable = not self._acknowledges and not can_answer(head)

    def code(self, code: str) -> None:
        """Note an AK905 code."""
        self._codes[code] = None

    def set_ended(self, found: SetReceipt) -> None:
        """Note a set: acknowledgements are never acknowledged.

        Where AK2 cannot name the set, a group that is to be answered is refused as a whole.
        """
        self._acknowledges |= found.kind in ACKNOWLEDGMENT_SETS
        if not found.control_number and not self._acknowledges:
            self._sets_unnamed = True
            self.code(COUNT_DIFFERS)

    def finish(self, event: GroupEnd, policy: AcknowledgmentPolicy) -> GroupReceipt:
        """Close the group and give its receipt."""
        group = self._found
        if event.segment is None:
            self.code(NO_TRAILER)
        codes = tuple(self._codes)[:MOST_GROUP_CODES]
        refused = any(code in policy.rejecting_group_codes for code in codes)
        included = event.segment.elements[1:2] if event.segment else []
        return GroupReceipt(
            functional_id=group.functional_id,
            sender=group.sender,
            receiver=group.receiver,
            control_number=group.control_number,
            version=group.version,
            included="".join(included),
            sets=event.sets,
            codes=codes,
            answered=not (self._acknowledges or self.unanswerable),
            rejected=self.unanswerable or self._sets_unnamed or refused,
        )


class InterchangeReceiptBuilder:
    """The receipt of the interchange that is open."""

    def __init__(self, interchange: Interchange, policy: AcknowledgmentPolicy) -> None:
        self._found = interchange
        self._policy = policy
        self._worst = InterchangeNote(InterchangeVerdict.ACCEPTED, "000")
        self._groups = self._answered = self._unanswerable = 0
        self.holds_ta1 = False

    def finding(self, finding: Finding) -> None:
        """Note what a finding says of the interchange."""
        self.note(interchange_note(finding, self._policy))

    def group_ended(self, group: GroupReceipt, *, unanswerable: bool) -> None:
        """Count a group; `unanswerable` is one whose GS no AK1 can repeat."""
        self._groups += 1
        self._answered += group.answered
        self._unanswerable += unanswerable

    def finish(self, event: InterchangeEnd) -> InterchangeReceipt:
        """Close the interchange and give its receipt."""
        if event.segment is None:
            self.note(noted_as(EARLY_END, self._policy))
        if self._unanswerable:
            alone = self._unanswerable == self._groups
            verdict = InterchangeVerdict.REJECTED if alone else InterchangeVerdict.NOTED
            self.note(InterchangeNote(verdict, INVALID_CONTENT))
        found = self._found
        return InterchangeReceipt(
            sender_qualifier=found.sender_qualifier,
            sender=found.sender,
            receiver_qualifier=found.receiver_qualifier,
            receiver=found.receiver,
            date=found.date,
            time=found.time,
            control_number=found.control_number,
            acknowledgment_requested=found.acknowledgment_requested,
            usage=found.usage,
            complete=event.segment is not None,
            groups=self._groups,
            answered_groups=self._answered,
            holds_ta1=self.holds_ta1,
            verdict=self._worst.verdict,
            note=self._worst.code,
        )

    def note(self, note: InterchangeNote) -> None:
        """Note what is to be said of the interchange: the worst counts, of equals the first."""
        if note.weight > self._worst.weight:
            self._worst = note
