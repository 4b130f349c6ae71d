"""A decided claim as the ledger records it."""

from datetime import date

import msgspec

from edi_hit.adjudication.answer_record import AnswerRecord
from edi_hit.adjudication.batch_history import SENT_BACK, VOID, outcome_of
from edi_hit.benefits import deductible_taken
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import supplier_key
from edi_hit.claims import Claim, ServiceLine, person_key
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
        head = ClaimRow(
            claim=number,
            claim_id=claim.claim_id,
            person=person_key(claim) or "",
            supplier=supplier_key(claim.billing_provider.party),
            payer=claim.payer.id,
            state=decision.state.value,
            answered_on=self._on,
            next_look_on=decision.look_again_on,
        )
        answer = None
        if decision.state is not State.UNANSWERED:
            answer = ClaimAnswerRow(number, *sender, self._answers.write(decision), self._encode(claim))
        billed = decision.state not in SENT_BACK and claim.frequency != VOID
        return RecordedClaim(head, self._lines(head, claim, decision) if billed else (), answer)

    def _lines(self, head: ClaimRow, claim: Claim, decision: ClaimDecision) -> list[ClaimLineRow]:
        decided = zip(claim.lines, decision.lines, strict=True)
        return [
            self._line(head, place, line, line.place_of_service or claim.place_of_service, one, decision)
            for place, (line, one) in enumerate(decided)
        ]

    def _line(
        self,
        head: ClaimRow,
        place: int,
        line: ServiceLine,
        place_of_service: str,
        decided: LineDecision,
        decision: ClaimDecision,
    ) -> ClaimLineRow:
        days = line.service_dates
        answered = decision.state in ANSWERED
        return ClaimLineRow(
            claim=head.claim,
            place=place,
            person=head.person,
            service_date=days.start if days else None,
            code=line.procedure_code,
            modifiers=" ".join(line.modifiers),
            place_of_service=place_of_service,
            supplier=head.supplier,
            claim_id=head.claim_id,
            line=line.number,
            control=line.control_number,
            payer=head.payer,
            outcome=outcome_of(decision, decided).value,
            charge=line.charge,
            allowed=decided.allowed if answered else None,
            paid=decided.paid if answered else None,
            deductible=deductible_taken(decision.benefit, decided, self._settings) if answered else None,
            answered_on=self._on if answered else None,
            service_through=days.end if days else None,
        )
