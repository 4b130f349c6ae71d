"""Facts in batches, decisions in order, remittances out."""

from edi_hit.adjudication.claim_payment import claim_payment
from edi_hit.adjudication.decision_order import DecisionOrder
from edi_hit.adjudication.remittance_head import (
    RemittanceKey,
    RemittanceParties,
    remittance_head,
    remittance_key,
    remittance_parties,
)
from edi_hit.adjudication.run_history import RunHistory

__all__ = [
    "DecisionOrder",
    "RemittanceKey",
    "RemittanceParties",
    "RunHistory",
    "claim_payment",
    "remittance_head",
    "remittance_key",
    "remittance_parties",
]
