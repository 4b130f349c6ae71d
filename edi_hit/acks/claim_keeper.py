"""Keeps the claims of one 837 set for its 277CA: one row a claim, its verdict with it."""

from collections.abc import Iterable

from edi_hit.acks.claim_counts import ClaimCounts
from edi_hit.acks.claim_pieces import claim_of, patient_of, provider_of, submission_of
from edi_hit.acks.echoed_characters import note_characters
from edi_hit.acks.held_claim import HeldClaim
from edi_hit.acks.receipt import ProviderReceipt, Receipt, Totals
from edi_hit.acks.submission import Submission
from edi_hit.guides import Loop
from edi_hit.mapping.parts import Party
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.rules import Finding
from edi_hit.x12 import TransactionSet

MAX_WAITING = 1_000
"""Findings held until the claim they belong to comes."""


class ClaimKeeper:
    """The claims of one set, the last of them still open for findings that come after it."""

    def __init__(
        self, receipt: Receipt, policy: AcknowledgmentPolicy, transaction_set: TransactionSet, guide_name: str
    ) -> None:
        self._receipt = receipt
        self._types = policy.snip_in_277ca
        self._isolates = policy.isolate_claims
        self._guide_name = guide_name
        self._first = transaction_set.segment.index - 1
        self._waiting: list[Finding] = []
        self._held: HeldClaim | None = None
        self._provider: _OpenProvider | None = None
        self._people: tuple[Loop, Party] | None = None
        self.providers = 0
        self._counts = ClaimCounts()
        self.submission: Submission | None = None

    @property
    def totals(self) -> Totals:
        """The claims closed so far."""
        return self._counts.totals

    def takes(self, finding: Finding) -> bool:
        """Whether a finding is one that a 277CA tells."""
        of_claim = self._isolates and finding.claim is not None
        return finding.is_error and (of_claim or finding.snip in self._types)

    def finding(self, finding: Finding) -> None:
        """Take an error the 277CA tells: for the last claim where it stands in it, else for the next."""
        if self._held is not None and self._held.reaches(finding):
            self._held.take(finding)
        elif len(self._waiting) < MAX_WAITING:
            self._waiting.append(finding)

    def unit(self, loop: Loop, findings: Iterable[Finding], payer_claim_number: str) -> bool:
        """Take a claim with all findings that hold for it; give whether it is accepted, as far as known."""
        self._close_held()
        if self.submission is None:
            self.submission = self._submission(loop)
        provider_loop = loop.above("2000A")
        if self._provider is None or self._provider.loop is not provider_loop:
            self._open_provider(provider_loop or loop)
        claim = claim_of(loop, self._guide_name, self._patient(loop), payer_claim_number)
        held = self._held = HeldClaim(claim, loop, self._first, self._guide_name)
        for finding in findings:
            if self.takes(finding):
                held.take(finding)
        for finding in self._waiting:
            if held.names(finding):
                held.take(finding)
        self._waiting = [finding for finding in self._waiting if not held.names(finding)]
        return not held.codes

    def finish(self) -> list[Finding]:
        """Close the last claim and provider; give the findings that no claim has taken."""
        self._close_held()
        self._close_provider()
        return self._waiting

    def _patient(self, loop: Loop) -> Party:
        above = loop.parent or loop
        if self._people is None or self._people[0] is not above:
            self._people = (above, self._named(patient_of(loop)))
        return self._people[1]

    def _open_provider(self, loop: Loop) -> None:
        self._close_provider()
        self._provider = _OpenProvider(loop, self._named(provider_of(loop)))

    def _submission(self, loop: Loop) -> Submission:
        found = submission_of(loop.above("ST_LOOP") or loop)
        note_characters(self._receipt, found.reference)
        self._named(found.submitter)
        self._named(found.receiver)
        return found

    def _named(self, name: Party) -> Party:
        """Note the characters of a name."""
        parts = (name.last_name, name.first_name, name.middle_name, name.prefix, name.suffix, name.id)
        note_characters(self._receipt, *parts)
        return name

    def _close_held(self) -> None:
        if self._held is None or self._provider is None:
            return
        claim = self._held.finished()
        self._held = None
        note_characters(self._receipt, claim.claim_id, claim.clearinghouse_number, claim.bill_type)
        for line in claim.faulty_lines:
            note_characters(self._receipt, line.procedure, line.control_number, line.revenue_code)
        self._receipt.claims.append(claim)
        self._provider.counts.add(claim)
        self._counts.add(claim)

    def _close_provider(self) -> None:
        if self._provider is not None:
            totals = self._provider.counts.totals
            claims = totals.accepted + totals.rejected
            self._receipt.providers.append(ProviderReceipt(self._provider.name, claims, totals))
            self.providers += 1
            self._provider = None


class _OpenProvider:
    """The billing provider whose claims are coming."""

    def __init__(self, loop: Loop, name: Party) -> None:
        self.loop = loop
        self.name = name
        self.counts = ClaimCounts()
