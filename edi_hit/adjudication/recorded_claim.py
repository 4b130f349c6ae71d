"""A decided claim as the ledger records it."""

from datetime import date

import msgspec

from edi_hit.adjudication.answer_record import AnswerRecord
from edi_hit.adjudication.batch_history import SENT_BACK, VOID, outcome_of
from edi_hit.benefits import deductible_taken
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, State
from edi_hit.benefits.facts import supplier_key
from edi_hit.claims import Claim, person_key
from edi_hit.ledger import ClaimAnswerRow, ClaimLineRow, ClaimRow, RecordedClaim
from edi_hit.profiles import RunSettings


class ClaimRecorder:
    """Gives the rows of claims decided on day `on`, with their answers as `answers` keeps them."""

    def __init__(self, settings: RunSettings, on: date, answers: AnswerRecord) -> None:
        self._settings = settings
        self._on = on
        self._answers = answers
        self._encode = msgspec.msgpack.Encoder().encode

    def rows(
        self, number: int, claim: Claim, decision: ClaimDecision, sender: tuple[str, str]
    ) -> RecordedClaim:
        """Give the rows of a claim by its number in the ledger; `sender` is who sent it (ISA05, ISA06).

        A claim that is not answered for want of something keeps no answer: it is asked about again when it
        comes again.
        """
        state = decision.state
        head = ClaimRow(
            number,
            claim.claim_id,
            person_key(claim) or "",
            supplier_key(claim.billing_provider.party),
            claim.payer.id,
            str(state),
            self._on,
            decision.look_again_on,
        )
        answer = None
        if state is not State.UNANSWERED:
            answer = ClaimAnswerRow(number, *sender, self._answers.write(decision), self._encode(claim))
        billed = state not in SENT_BACK and claim.frequency != VOID
        return RecordedClaim(head, self._lines(head, claim, decision) if billed else (), answer)

    def _lines(self, head: ClaimRow, claim: Claim, decision: ClaimDecision) -> list[ClaimLineRow]:
        number, claim_id, person, supplier, payer, *_ = head
        answered_on = self._on if decision.state in ANSWERED else None
        allowed = paid = deductible = None
        rows: list[ClaimLineRow] = []
        for place, (line, decided) in enumerate(zip(claim.lines, decision.lines, strict=True)):
            days = line.service_dates
            if answered_on is not None:
                allowed, paid = decided.allowed, decided.paid
                deductible = deductible_taken(decision.benefit, decided, self._settings)
            row = ClaimLineRow(
                number,
                place,
                person,
                days.start if days else None,
                line.procedure_code,
                " ".join(line.modifiers),
                line.place_of_service or claim.place_of_service,
                supplier,
                claim_id,
                line.number,
                line.control_number,
                payer,
                str(outcome_of(decision, decided)),
                line.charge,
                allowed,
                paid,
                deductible,
                answered_on,
                days.end if days else None,
            )
            rows.append(row)
        return rows
