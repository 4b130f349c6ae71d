"""Facts in batches, decisions in order, remittances out."""

from edi_hit.adjudication.claim_payment import claim_payment
from edi_hit.adjudication.remittance_head import RemittanceKey, remittance_head, remittance_key
from edi_hit.adjudication.run_history import RunHistory

__all__ = ["RemittanceKey", "RunHistory", "claim_payment", "remittance_head", "remittance_key"]
