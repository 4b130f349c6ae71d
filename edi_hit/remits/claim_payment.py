"""The claim payments of a remittance: pure data, one structure a loop of the 835 (005010X221A1).

Money is dollars. A positive adjustment lowers the payment; a positive provider adjustment (PLB) too.
"""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.adjudication_parts import InpatientAdjudication
from edi_hit.mapping.parts import Adjustment, Amount, Contact, Party, Period, Quantity, Reference, Unmapped
from edi_hit.remits.claim_group import ClaimGroup

REVERSAL = "22"
"""CLP02 of a claim payment that takes an earlier one back: all its amounts are those of it, negated."""


class ServicePayment(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2110: what was decided on one line. `units_submitted` is SVC07, sent where it differs.

    The `submitted_...` fields are SVC06, sent where another procedure was paid. `references` are REF of the
    service (authorization, ambulatory payment class ...), `rendering_references` those of who rendered it,
    `policies` REF*0K. `remark_codes` are LQ*HE, `drug_reject_codes` LQ*RX.
    """

    procedure_code: str
    charge: Decimal
    paid: Decimal
    procedure_qualifier: str = "HC"
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    units_paid: Decimal | None = None
    submitted_qualifier: str = ""
    submitted_code: str = ""
    submitted_modifiers: tuple[str, ...] = ()
    submitted_description: str = ""
    units_submitted: Decimal | None = None
    service_dates: Period | None = None
    adjustments: tuple[Adjustment, ...] = ()
    references: tuple[Reference, ...] = ()
    control_number: str = ""
    rendering_references: tuple[Reference, ...] = ()
    policies: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    remark_codes: tuple[str, ...] = ()
    drug_reject_codes: tuple[str, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class ClaimPayment(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2100: what was decided on one claim, with the group of claims it stands in (Loop 2000).

    `status` is CLP02 (22 a reversal), `filing_indicator` CLP06, `payer_claim_number` CLP07.
    `corrected_insured` is NM1*74, `corrected_payer` NM1*PR. What MOA says stands in `reimbursement_rate` to
    `professional_component`, what MIA says in `inpatient`.
    """

    claim_id: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_responsibility: Decimal | None = None
    filing_indicator: str = ""
    payer_claim_number: str = ""
    place_of_service: str = ""
    frequency: str = ""
    drg: str = ""
    drg_weight: Decimal | None = None
    discharge_fraction: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    patient: Party | None = None
    insured: Party | None = None
    corrected_insured: Party | None = None
    rendering_provider: Party | None = None
    crossover_carrier: Party | None = None
    corrected_payer: Party | None = None
    other_subscriber: Party | None = None
    inpatient: InpatientAdjudication | None = None
    reimbursement_rate: Decimal | None = None
    hcpcs_payable: Decimal | None = None
    remark_codes: tuple[str, ...] = ()
    esrd_paid: Decimal | None = None
    professional_component: Decimal | None = None
    references: tuple[Reference, ...] = ()
    rendering_references: tuple[Reference, ...] = ()
    statement_from: date | None = None
    statement_through: date | None = None
    coverage_expired_on: date | None = None
    received_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    lines: tuple[ServicePayment, ...] = ()
    group: ClaimGroup = ClaimGroup()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def is_reversal(self) -> bool:
        """Whether it takes an earlier payment of the claim back."""
        return self.status == REVERSAL

    @property
    def service_dates(self) -> Period | None:
        """First and last day of service: of the lines, else of the statement; None where none was sent."""
        periods = [line.service_dates for line in self.lines if line.service_dates is not None]
        if periods:
            return Period(min(one.start for one in periods), max(one.end for one in periods))
        first = self.statement_from or self.statement_through
        last = self.statement_through or self.statement_from
        return None if first is None or last is None else Period(first, last)
