"""Claims of both kinds of 837 and their parts; the declarations that read and write them."""

from edi_hit.claims.claim import Claim, HealthCareClaim, ServiceLine
from edi_hit.claims.claim_content import claim_digest
from edi_hit.claims.claim_context import BillingProvider, Patient, Submission, Subscriber
from edi_hit.claims.claim_declaration import AnyClaim
from edi_hit.claims.claim_details import (
    AmbulanceTransport,
    Attachment,
    ConditionIndicator,
    Contract,
    Diagnosis,
    DisabilityDates,
    Note,
    Repricing,
    SpinalManipulation,
)
from edi_hit.claims.claim_record import ClaimRecord
from edi_hit.claims.claims_in import claims_in
from edi_hit.claims.identity import member_key, person_key
from edi_hit.claims.institutional_claim import (
    InstitutionalClaim,
    OccurrenceCode,
    OccurrenceSpan,
    Procedure,
    RevenueLine,
    ValueCode,
)
from edi_hit.claims.institutional_view import (
    AnyView,
    InstitutionalView,
    RevenueServiceLine,
    as_service_claim,
    revenue_code_of,
)
from edi_hit.claims.line_details import (
    Drug,
    DurableMedicalEquipment,
    EquipmentCertification,
    Form,
    FormAnswer,
    LineAdjudication,
    Measurement,
    PurchasedService,
)
from edi_hit.claims.other_payer import OtherPayer, OtherPayerName
from edi_hit.claims.payer_order import next_payer, pays_after
from edi_hit.claims.read_claims import claims_of, read_claims
from edi_hit.claims.write_claims import write_claims

__all__ = [
    "AmbulanceTransport",
    "AnyClaim",
    "AnyView",
    "Attachment",
    "BillingProvider",
    "Claim",
    "ClaimRecord",
    "ConditionIndicator",
    "Contract",
    "Diagnosis",
    "DisabilityDates",
    "Drug",
    "DurableMedicalEquipment",
    "EquipmentCertification",
    "Form",
    "FormAnswer",
    "HealthCareClaim",
    "InstitutionalClaim",
    "InstitutionalView",
    "LineAdjudication",
    "Measurement",
    "Note",
    "OccurrenceCode",
    "OccurrenceSpan",
    "OtherPayer",
    "OtherPayerName",
    "Patient",
    "Procedure",
    "PurchasedService",
    "Repricing",
    "RevenueLine",
    "RevenueServiceLine",
    "ServiceLine",
    "SpinalManipulation",
    "Submission",
    "Subscriber",
    "ValueCode",
    "as_service_claim",
    "claim_digest",
    "claims_in",
    "claims_of",
    "member_key",
    "next_payer",
    "pays_after",
    "person_key",
    "read_claims",
    "revenue_code_of",
    "write_claims",
]
