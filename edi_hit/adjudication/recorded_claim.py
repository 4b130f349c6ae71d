"""A decided claim as the ledger records it."""

from datetime import date

import msgspec

from edi_hit.adjudication.answer_record import AnswerRecord
from edi_hit.adjudication.batch_history import SENT_BACK, VOID
from edi_hit.benefits import deductible_taken
from edi_hit.benefits.decision import ANSWERED, ClaimDecision, LineDecision, State
from edi_hit.benefits.facts import Outcome, supplier_key
from edi_hit.claims import Claim, ServiceLine, person_key
from edi_hit.ledger import RecordedClaim
from edi_hit.profiles import RunSettings

Row = dict[str, object]


class ClaimRecorder:
    """Gives the rows of claims decided on day `on`, with their answers as `answers` keeps them."""

    def __init__(self, settings: RunSettings, on: date, answers: AnswerRecord) -> None:
        self._settings = settings
        self._on = on
        self._answers = answers

    def rows(
        self, number: int, claim: Claim, decision: ClaimDecision, sender: tuple[str, str]
    ) -> RecordedClaim:
        """Give the rows of a claim by its number in the ledger; `sender` is who sent it (ISA05, ISA06).

        A claim that is not answered for want of something keeps no answer: it is asked about again when it
        comes again.
        """
        head = {
            "claim": number,
            "claim_id": claim.claim_id,
            "person": person_key(claim) or "",
            "supplier": supplier_key(claim.billing_provider.party),
            "payer": claim.payer.id,
            "state": decision.state.value,
            "answered_on": self._on,
            "next_look_on": decision.look_again_on,
        }
        billed = decision.state not in SENT_BACK and claim.frequency != VOID
        lines = enumerate(zip(claim.lines, decision.lines, strict=True)) if billed else ()
        kept = decision.state is not State.UNANSWERED
        return RecordedClaim(
            claim=head,
            lines=[
                {**_billed(head, claim, place, line), **self._answered(decision, one)}
                for place, (line, one) in lines
            ],
            answer=self._answer(number, claim, decision, sender) if kept else None,
        )

    def _answered(self, decision: ClaimDecision, line: LineDecision) -> Row:
        if decision.state not in ANSWERED:
            nothing = dict.fromkeys(("allowed", "paid", "deductible", "answered_on"))
            return {"outcome": Outcome.UNANSWERED.value, **nothing}
        return {
            "outcome": (Outcome.DENIED if line.denied else Outcome.PAID).value,
            "allowed": line.allowed,
            "paid": line.paid,
            "deductible": deductible_taken(decision.benefit, line, self._settings),
            "answered_on": self._on,
        }

    def _answer(self, number: int, claim: Claim, decision: ClaimDecision, sender: tuple[str, str]) -> Row:
        return {
            "claim": number,
            "sender_qualifier": sender[0],
            "sender": sender[1],
            "answer": self._answers.write(decision),
            "body": msgspec.msgpack.encode(claim),
        }


def _billed(head: Row, claim: Claim, place: int, line: ServiceLine) -> Row:
    return {
        "claim": head["claim"],
        "place": place,
        "person": head["person"],
        "service_date": line.service_dates.start if line.service_dates else None,
        "service_through": line.service_dates.end if line.service_dates else None,
        "code": line.procedure_code,
        "modifiers": " ".join(line.modifiers),
        "place_of_service": line.place_of_service or claim.place_of_service,
        "supplier": head["supplier"],
        "claim_id": claim.claim_id,
        "line": line.number,
        "control": line.control_number,
        "payer": claim.payer.id,
        "charge": line.charge,
    }
