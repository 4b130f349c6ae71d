"""Builds a receipt while a file is read: fed with the events of the reading, in their order."""

from collections.abc import Iterable

from edi_hit.acks.echoed_characters import note_characters
from edi_hit.acks.envelope_receipts import GroupReceiptBuilder, InterchangeReceiptBuilder
from edi_hit.acks.guide_answers import codes_of
from edi_hit.acks.receipt import Receipt, SetOutcome
from edi_hit.acks.set_receipt_builder import SetReceiptBuilder, matters
from edi_hit.claims import ClaimRecord
from edi_hit.guides import Unit
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.rules import Finding
from edi_hit.x12 import GroupEnd, GroupStart, InterchangeEnd, InterchangeStart, Outside, SetEnd, SetStart


class ReceiptBuilder:
    """Fills `receipt` from what is read of one input; `policy` says which findings matter to whom.

    Give `add` every event: envelopes, findings, units, claims, `SetRead`. Where the findings that hold for a
    claim are not in the event itself, give `add_unit` the unit with them instead. Findings that concern one
    claim may come before or after it, within its set. Memory does not grow with what is read, but for what
    the stores of `receipt` hold.
    """

    def __init__(self, receipt: Receipt, policy: AcknowledgmentPolicy | None = None) -> None:
        self._receipt = receipt
        self._policy = policy or AcknowledgmentPolicy()
        self._interchange: InterchangeReceiptBuilder | None = None
        self._group: GroupReceiptBuilder | None = None
        self._set: SetReceiptBuilder | None = None

    def add(self, event: object, payer_claim_number: str = "") -> None:
        """Take the next event of the reading; those that do not matter are passed over.

        `payer_claim_number` is the number the payer gives to a claim, where it does.
        """
        if self._set is not None:
            if isinstance(event, SetEnd):
                self.add_set(self._set.finish(event.complete))
                self._set = None
            else:
                self._set.add(event, payer_claim_number)
        elif type(event) is Finding:
            self._finding(event)
        elif isinstance(event, SetStart):
            self._set = SetReceiptBuilder(self._receipt, self._policy, event.transaction_set)
        else:
            self._envelope(event)

    def add_unit(
        self, unit: Unit | ClaimRecord, findings: Iterable[Finding], payer_claim_number: str = ""
    ) -> bool:
        """Take a claim (or another unit) with all findings that hold for it, those above it included.

        Gives whether the claim is accepted by the 277CA's types, as far as is known by now.
        """
        return self._set is None or self._set.unit(unit.loop, findings, payer_claim_number)

    def add_set(self, found: SetOutcome) -> None:
        """Take a set that was read to its end; its providers and claims are in the receipt already."""
        if self._interchange is None or self._group is None:
            return
        if found.note is not None:
            self._interchange.note(found.note)
        self._receipt.sets.append(found.receipt)
        self._group.set_ended(found.receipt)
        for code in found.group_codes:
            self._group.code(code)

    def _envelope(self, event: object) -> None:
        if isinstance(event, GroupStart):
            group = event.group
            note_characters(self._receipt, group.sender, group.receiver)
            note_characters(self._receipt, group.functional_id, group.control_number, group.version)
            self._group = GroupReceiptBuilder(group)
        elif isinstance(event, GroupEnd):
            self._end_group(event)
        elif isinstance(event, InterchangeStart):
            interchange = event.interchange
            note_characters(self._receipt, interchange.sender, interchange.receiver)
            note_characters(self._receipt, interchange.date, interchange.time)
            self._interchange = InterchangeReceiptBuilder(interchange, self._policy)
        elif isinstance(event, InterchangeEnd):
            if self._interchange is not None:
                self._receipt.interchanges.append(self._interchange.finish(event))
            self._interchange = None
        elif isinstance(event, Outside) and event.segment.id == "TA1" and self._interchange is not None:
            self._interchange.holds_ta1 = True

    def _finding(self, finding: Finding) -> None:
        if self._interchange is None or not matters(finding, self._policy):
            return
        kind, _, code = (finding.ack or "").partition(" ")
        if self._group is not None and kind == "AK905" and code in codes_of("AK9", 5):
            self._group.code(code)
        else:
            self._interchange.finding(finding)

    def _end_group(self, event: GroupEnd) -> None:
        if self._group is None or self._interchange is None:
            return
        found = self._group.finish(event, self._policy)
        self._receipt.groups.append(found)
        self._interchange.group_ended(found, unanswerable=self._group.unanswerable)
        self._group = None
