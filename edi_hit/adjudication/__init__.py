"""Facts in batches, decisions in order, remittances out."""

from edi_hit.adjudication.answer_record import AnswerRecord
from edi_hit.adjudication.answered_again import same_answer, taken_back, voiding, with_former
from edi_hit.adjudication.batch_history import BatchHistory
from edi_hit.adjudication.billed_lines import LineFacts
from edi_hit.adjudication.claim_payment import claim_payment
from edi_hit.adjudication.code_settings import require_usable
from edi_hit.adjudication.crossover import crossed_over
from edi_hit.adjudication.decision_order import DecisionOrder
from edi_hit.adjudication.interest import interest, interest_paid
from edi_hit.adjudication.ledger_facts import supplier_facts
from edi_hit.adjudication.past import past_of
from edi_hit.adjudication.receipt import Receipt
from edi_hit.adjudication.recorded_claim import ClaimRecorder
from edi_hit.adjudication.remittance_head import (
    SIMULATED,
    RemittanceKey,
    RemittanceParties,
    remittance_head,
    remittance_key,
    remittance_parties,
    trace_number,
)

__all__ = [
    "SIMULATED",
    "AnswerRecord",
    "BatchHistory",
    "ClaimRecorder",
    "DecisionOrder",
    "LineFacts",
    "Receipt",
    "RemittanceKey",
    "RemittanceParties",
    "claim_payment",
    "crossed_over",
    "interest",
    "interest_paid",
    "past_of",
    "remittance_head",
    "remittance_key",
    "remittance_parties",
    "require_usable",
    "same_answer",
    "supplier_facts",
    "taken_back",
    "trace_number",
    "voiding",
    "with_former",
]
