"""Another payer of a claim (Loop 2320): what it decided, its subscriber, its ids of the providers."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.adjudication_parts import InpatientAdjudication
from edi_hit.mapping.parts import Adjustment, Party, Unmapped


class OtherPayerName(Party, frozen=True, omit_defaults=True):
    """Loop 2330B: another payer, when it adjudicated (DTP*573), and its numbers for the claim.

    `prior_authorization` is REF*G1, `referral_number` REF*9F, `payer_claim_number` REF*F8;
    `adjustment_indicator` REF*T4 is Y where the claim comes again after that payer adjusted it.
    """

    adjudicated_on: date | None = None
    prior_authorization: str = ""
    referral_number: str = ""
    adjustment_indicator: str = ""
    payer_claim_number: str = ""


class OtherPayer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2320: another payer of the claim, what it paid, and its subscriber (2330A) and name (2330B).

    Money in dollars: `paid` AMT*D, `non_covered` AMT*A8, `remaining_liability` AMT*EAF. What MOA says stands
    in `reimbursement_rate` to `professional_component`. The providers (2330C and on) carry that payer's ids.
    837P only: `secondary_type`, `patient_signature_source`, `supervising_provider`. 837I only: `inpatient`
    (MIA), `attending_provider`, `operating_physician`, `other_operating_physician`.
    """

    sequence: str
    relationship: str = ""
    group_number: str = ""
    group_name: str = ""
    secondary_type: str = ""
    filing_indicator: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    paid: Decimal | None = None
    non_covered: Decimal | None = None
    remaining_liability: Decimal | None = None
    benefits_assigned: str = ""
    patient_signature_source: str = ""
    release_of_information: str = ""
    inpatient: InpatientAdjudication | None = None
    reimbursement_rate: Decimal | None = None
    hcpcs_payable: Decimal | None = None
    remark_codes: tuple[str, ...] = ()
    esrd_paid: Decimal | None = None
    professional_component: Decimal | None = None
    subscriber: Party | None = None
    payer: OtherPayerName | None = None
    attending_provider: Party | None = None
    operating_physician: Party | None = None
    other_operating_physician: Party | None = None
    referring_providers: tuple[Party, ...] = ()
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    supervising_provider: Party | None = None
    billing_provider: Party | None = None
    unmapped: tuple[Unmapped, ...] = ()
