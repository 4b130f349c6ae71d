"""Claim, ServiceLine and their parts; the 837P declaration."""

from edi_hit.claims.claim import (
    Attachment,
    BillingProvider,
    Claim,
    ClaimDate,
    Diagnosis,
    Drug,
    DurableMedicalEquipment,
    LineAdjudication,
    Note,
    OtherPayer,
    OtherPayerName,
    Patient,
    ServiceLine,
    Submission,
    Subscriber,
)
from edi_hit.claims.identity import member_key, person_key
from edi_hit.claims.read_claims import ClaimRecord, claims_of, read_claims
from edi_hit.claims.write_claims import write_claims

__all__ = [
    "Attachment",
    "BillingProvider",
    "Claim",
    "ClaimDate",
    "ClaimRecord",
    "Diagnosis",
    "Drug",
    "DurableMedicalEquipment",
    "LineAdjudication",
    "Note",
    "OtherPayer",
    "OtherPayerName",
    "Patient",
    "ServiceLine",
    "Submission",
    "Subscriber",
    "claims_of",
    "member_key",
    "person_key",
    "read_claims",
    "write_claims",
]
