"""The 277CA as objects: what was said of the claims of one 837, claim by claim."""

from datetime import date
from decimal import Decimal

import msgspec

from edi_hit.mapping.parts import Party, Period, Reference, Unmapped


class ClaimStatusCode(msgspec.Struct, frozen=True):
    """Category, status and entity of a claim: A7:562:85, rejected, the billing provider's NPI."""

    category: str
    status: str
    entity: str = ""

    @property
    def rejects(self) -> bool:
        """Whether the category says that the claim goes no further."""
        return self.category in ("A3", "A4", "A6", "A7", "A8")


class StatusReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """STC: up to three status codes, the day they hold from, WQ or U (accepted, rejected), the charge."""

    codes: tuple[ClaimStatusCode, ...] = ()
    effective_on: date | None = None
    action: str = ""
    charge: Decimal | None = None
    message: str = ""


class LineStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2220D: what is said of one service line. `control_number` is its REF*6R, sent back as REF*FJ."""

    charge: Decimal
    procedure_qualifier: str = ""
    procedure_code: str = ""
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    units: Decimal | None = None
    statuses: tuple[StatusReport, ...] = ()
    control_number: str = ""
    prescription_number: str = ""
    service_dates: Period | None = None
    unmapped: tuple[Unmapped, ...] = ()


class ClaimStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2200D: what is said of one claim. `claim_id` is its CLM01."""

    claim_id: str
    statuses: tuple[StatusReport, ...] = ()
    payer_claim_number: str = ""
    clearinghouse_number: str = ""
    bill_type: str = ""
    service_dates: Period | None = None
    lines: tuple[LineStatus, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether no status says that the claim goes no further."""
        return not any(code.rejects for report in self.statuses for code in report.codes)


class PatientStatuses(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000D: a patient and what is said of his claims."""

    name: Party | None = None
    claims: tuple[ClaimStatus, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class SourceName(Party, frozen=True, omit_defaults=True):
    """Loop 2100A: who answers. `entity_code` is NM101: PR a payer, AY a clearinghouse."""

    entity_code: str = ""


class SourceReceipt(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2200A: the answering side's trace number, when it got the claims and when it worked on them."""

    trace_number: str = ""
    received_on: date | None = None
    processed_on: date | None = None
    unmapped: tuple[Unmapped, ...] = ()


class InformationSource(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000A: who answers."""

    name: SourceName | None = None
    receipts: tuple[SourceReceipt, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()


class ReceiverTrace(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2200B: what is said of the whole 837. `batch` is its BHT03; amounts are dollars."""

    batch: str = ""
    statuses: tuple[StatusReport, ...] = ()
    accepted: int | None = None
    rejected: int | None = None
    accepted_amount: Decimal | None = None
    rejected_amount: Decimal | None = None
    unmapped: tuple[Unmapped, ...] = ()


class InformationReceiver(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000B: who sent the claims (the 837's submitter)."""

    name: Party | None = None
    trace: ReceiverTrace | None = None
    unmapped: tuple[Unmapped, ...] = ()


class ProviderTrace(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2200C: what is said of the claims of one billing provider; amounts are dollars."""

    trace_number: str = ""
    statuses: tuple[StatusReport, ...] = ()
    references: tuple[Reference, ...] = ()
    accepted: int | None = None
    rejected: int | None = None
    accepted_amount: Decimal | None = None
    rejected_amount: Decimal | None = None
    unmapped: tuple[Unmapped, ...] = ()


class BilledProvider(msgspec.Struct, frozen=True, omit_defaults=True):
    """Loop 2000C: the billing provider of the claims below."""

    name: Party | None = None
    trace: ProviderTrace | None = None
    unmapped: tuple[Unmapped, ...] = ()


class ClaimBatch(msgspec.Struct, frozen=True, omit_defaults=True):
    """The head of a 277CA: its reference (BHT03), who answers, and what is said to whom of the whole 837."""

    reference: str = ""
    created_on: date | None = None
    created_at: str = ""
    source: InformationSource | None = None
    receiver: InformationReceiver | None = None


class BatchHead(msgspec.Struct, frozen=True, omit_defaults=True):
    """BHT of a 277CA."""

    reference: str = ""
    created_on: date | None = None
    created_at: str = ""
    unmapped: tuple[Unmapped, ...] = ()


class ClaimAcknowledgment(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a 277CA says of one claim, with the batch, the provider and the patient it stands under."""

    claim: ClaimStatus
    patient: Party | None = None
    provider: BilledProvider | None = None
    batch: ClaimBatch | None = None
