"""Builds the receipt of one transaction set from its findings and claims."""

from collections.abc import Iterable

import msgspec

from edi_hit.acks.claim_keeper import ClaimKeeper
from edi_hit.acks.echoed_characters import note_characters
from edi_hit.acks.guide_answers import can_answer, codes_of
from edi_hit.acks.interchange_note import InterchangeNote, interchange_note
from edi_hit.acks.receipt import Note, Receipt, SetOutcome, SetReceipt
from edi_hit.acks.set_fault import GUIDE_NOT_SUPPORTED, SET_NOT_SUPPORTED, set_fault
from edi_hit.claims import ClaimRecord
from edi_hit.guides import Loop, SetRead, Unit, catalogue, guide_for
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.rules import Finding, Severity
from edi_hit.x12 import TransactionSet

CLAIMS_SET = "837"
PAYMENTS_SET = "835"
CUT_OFF_RULE, NO_TRAILER = "X12-ENV-14", "2"
"""The rule of a set without SE, and its IK502."""
MOST_CODES = 5
"""IK502 to IK506, AK905 to AK909."""


def matters(finding: Finding, policy: AcknowledgmentPolicy) -> bool:
    """Whether acknowledgements tell of a finding: an error, or a warning where the policy has them told."""
    return finding.is_error or (finding.severity is Severity.WARNING and policy.note_warnings)


class SetReceiptBuilder:
    """The receipt of the set that is open: give `add` its events, then call `finish`."""

    def __init__(
        self, receipt: Receipt, policy: AcknowledgmentPolicy, transaction_set: TransactionSet
    ) -> None:
        self._receipt = receipt
        self._policy = policy
        self._set = transaction_set
        known = guide_for(transaction_set.kind, transaction_set.guide)
        self._guide_name = known[0].name if known else ""
        self._types = policy.snip_in_999_by_set.get(transaction_set.kind, policy.snip_in_999)
        self._codes: dict[str, None] = {}
        self._notes: dict[Note, None] = {}
        self._left_out = 0
        self._noted = False
        self._rules: dict[str, None] = {}
        self._trace_number = ""
        self._claims: ClaimKeeper | None = None
        if transaction_set.kind == CLAIMS_SET and known:
            self._claims = ClaimKeeper(receipt, policy, transaction_set, self._guide_name)
        self._group_codes: dict[str, None] = {}
        self._note: InterchangeNote | None = None

    def add(self, event: object, payer_claim_number: str = "") -> None:
        """Take what comes between the start and the end of the set; see `ReceiptBuilder.add`."""
        if type(event) is Unit or type(event) is ClaimRecord:
            self.unit(event.loop, event.findings, payer_claim_number)
        elif type(event) is Finding:
            self._finding(event)
        elif isinstance(event, SetRead):
            self._head(event.loop)

    def _finding(self, finding: Finding) -> None:
        if not matters(finding, self._policy):
            return
        if (finding.ack or "").startswith("TA1 "):
            note = interchange_note(finding, self._policy)
            if self._note is None or note.weight > self._note.weight:
                self._note = note
            return
        if self._claims is not None and self._claims.takes(finding):
            self._claims.finding(finding)
        if finding.snip in self._types:
            of_claim = self._claims is not None and finding.claim is not None
            self._fault(finding, isolated=of_claim and self._policy.isolate_claims)

    def unit(self, loop: Loop, findings: Iterable[Finding], payer_claim_number: str) -> bool:
        """Take a claim or another unit with its findings; give whether it is accepted, as far as is known."""
        if self._claims is not None:
            return self._claims.unit(loop, findings, payer_claim_number)
        if not self._trace_number:
            self._head(loop.above("ST_LOOP") or loop)
        return True

    def _head(self, root: Loop) -> None:
        """Take from the head of an 835 its trace number (TRN02), which names it to its receiver."""
        if self._set.kind == PAYMENTS_SET and not self._trace_number:
            for _, elements, _ in root.segments:
                if elements[0] == "TRN" and len(elements) > 2:
                    self._trace_number = elements[2]
                    note_characters(self._receipt, self._trace_number)

    def finish(self, complete: bool = True) -> SetOutcome:
        """Close the set and give what became of it; `complete` says whether its SE came."""
        return SetOutcome(self._closed(complete), tuple(self._group_codes), self._note)

    def _closed(self, complete: bool) -> SetReceipt:
        if not complete:
            self._rules[CUT_OFF_RULE] = None
            self._codes[NO_TRAILER] = None
        keeper = self._claims
        for finding in keeper.finish() if keeper else ():
            self._fault(finding, isolated=False)
        control_number, guide_id = self._echoed()
        note_characters(self._receipt, self._set.kind, control_number, guide_id)
        head = keeper.submission if keeper else None
        receipt = SetReceipt(
            ordinal=self._set.ordinal,
            kind=self._set.kind,
            control_number=control_number,
            guide=guide_id,
            noted=self._noted and not self._rules,
            rules=tuple(self._rules),
            codes=tuple(self._codes)[:MOST_CODES],
            notes=tuple(sorted(self._notes, key=lambda note: note.position)),
            left_out=self._left_out,
            trace_number=self._trace_number,
        )
        if keeper is None or head is None:
            return receipt
        return msgspec.structs.replace(
            receipt,
            reference=head.reference,
            submitter=head.submitter,
            receiver=head.receiver,
            providers=keeper.providers,
            totals=keeper.totals,
        )

    def _fault(self, finding: Finding, *, isolated: bool) -> None:
        """Note an error, and a warning where the policy tells of warnings.

        An error that is `isolated` rejects its claim, not the set.
        """
        if finding.is_error and not isolated:
            self._rules[finding.rule] = None
        elif matters(finding, self._policy):
            self._noted = True
        else:
            return
        fault = set_fault(finding, self._guide_name, copy_value=self._policy.copy_values)
        self._codes[self._set_code(fault.code)] = None
        if finding.ack and finding.ack.startswith("AK905 ") and finding.ack[6:] in codes_of("AK9", 5):
            self._group_codes[finding.ack[6:]] = None
        if fault.note is None or fault.note in self._notes:
            return
        if len(self._notes) >= self._policy.findings_per_set:
            self._left_out += 1
            return
        self._notes[fault.note] = None
        note_characters(self._receipt, fault.note.claim)

    def _set_code(self, code: str) -> str:
        """A set of a kind no guide is for is not supported at all."""
        kinds = {entry.set for entry in catalogue().values()}
        return SET_NOT_SUPPORTED if code == GUIDE_NOT_SUPPORTED and self._set.kind not in kinds else code

    def _echoed(self) -> tuple[str, str]:
        """ST02 and ST03 as AK2 can repeat them; both empty where it cannot."""
        sent = [*self._set.segment.elements, "", "", ""]
        head = ["AK2", self._set.kind, self._set.control_number]
        if sent[3] and can_answer([*head, sent[3]]):
            return self._set.control_number, sent[3]
        return (self._set.control_number, "") if can_answer(head) else ("", "")
