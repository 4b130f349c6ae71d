"""Turns claim payments and provider adjustments into rows for posting, codes with their texts."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from edi_hit.mapping.parts import Adjustment, Amount, Party
from edi_hit.reference import Tables
from edi_hit.remits import ClaimPayment, PaymentHead, ServicePayment
from edi_hit.report.posting_rows import (
    AdjustmentRow,
    ClaimRow,
    LineRow,
    PostingRow,
    ProviderAdjustmentRow,
    RemarkRow,
)

ALLOWED, INTEREST = "B6", "I"
"""AMT01 of the allowed amount of a line, and of the interest of a claim."""

NamedRow = tuple[str, PostingRow]
"""The name of a table, and a row of it."""

_OfPayment = tuple[int, str, str, str]
_OfClaim = tuple[int, str, str, str, str, str, str]
_OfLine = tuple[int, str, str, str, str, str, str, int | None, str, str]


def of_payment(number: int, head: PaymentHead) -> _OfPayment:
    """Give what every row of a payment begins with: its number, trace number, payer and payee."""
    return number, head.trace_number, head.payer.name, head.payee.name


class PostingTables:
    """Makes the rows of payments. The texts of codes come from `tables`, empty where they have none."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def claim_rows(self, number: int, head: PaymentHead, payment: ClaimPayment) -> Iterator[NamedRow]:
        """Yield the rows of a claim payment: of the claim, its lines, their adjustments and remarks."""
        about = payment.claim_id, payment.payer_claim_number, payment.status
        claim: _OfClaim = (*of_payment(number, head), *about)
        whole: _OfLine = (*claim, None, "", "")
        yield "claims", self._claim(claim, payment)
        yield from self._adjustments(whole, payment.adjustments)
        inpatient = payment.inpatient.remark_codes if payment.inpatient else ()
        yield from self._remarks(whole, (*payment.remark_codes, *inpatient))
        for at, line in enumerate(payment.lines, 1):
            place: _OfLine = (*claim, at, line.control_number, line.procedure_code)
            yield "lines", _line(place, line)
            yield from self._adjustments(place, line.adjustments)
            yield from self._remarks(place, line.remark_codes)

    def provider_adjustment_rows(self, number: int, head: PaymentHead) -> Iterator[NamedRow]:
        """Yield a row for each reason in the PLB segments of a payment."""
        for item in head.provider_adjustments:
            known = self._tables.provider_adjustment_code(item.reason)
            row = ProviderAdjustmentRow(
                *of_payment(number, head),
                provider_id=item.provider_id,
                fiscal_year_end=item.fiscal_year_end,
                reason=item.reason,
                reason_text=known.gist if known else "",
                reference=item.reference,
                amount=item.amount,
            )
            yield "provider_adjustments", row

    def _claim(self, claim: _OfClaim, payment: ClaimPayment) -> ClaimRow:
        known = self._tables.claim_status_code(payment.status)
        patient, days = payment.patient or Party(), payment.service_dates
        return ClaimRow(
            *claim,
            status_text=known.gist if known else "",
            patient_last_name=patient.last_name,
            patient_first_name=patient.first_name,
            patient_id=patient.id,
            insured_id=(payment.insured or Party()).id,
            rendering_id=(payment.rendering_provider or Party()).id,
            service_from=days.start if days else None,
            service_through=days.end if days else None,
            received_on=payment.received_on,
            filing_indicator=payment.filing_indicator,
            place_of_service=payment.place_of_service,
            frequency=payment.frequency,
            charge=payment.charge,
            paid=payment.paid,
            patient_responsibility=payment.patient_responsibility,
            interest=_amount(payment.amounts, INTEREST),
        )

    def _adjustments(self, place: _OfLine, adjustments: Iterable[Adjustment]) -> Iterator[NamedRow]:
        for item in adjustments:
            group, carc = self._tables.group_code(item.group), self._tables.carc(item.carc)
            row = AdjustmentRow(
                *place,
                group=item.group,
                group_text=group.gist if group else "",
                carc=item.carc,
                carc_text=carc.gist if carc else "",
                amount=item.amount,
                quantity=item.quantity,
            )
            yield "adjustments", row

    def _remarks(self, place: _OfLine, codes: Iterable[str]) -> Iterator[NamedRow]:
        for code in codes:
            known = self._tables.rarc(code)
            yield "remarks", RemarkRow(*place, remark=code, remark_text=known.gist if known else "")


def _line(place: _OfLine, line: ServicePayment) -> LineRow:
    days = line.service_dates
    return LineRow(
        *place,
        qualifier=line.procedure_qualifier,
        modifiers=" ".join(line.modifiers),
        submitted_code=line.submitted_code,
        revenue_code=line.revenue_code,
        service_from=days.start if days else None,
        service_through=days.end if days else None,
        units_paid=line.units_paid,
        units_submitted=line.units_submitted,
        charge=line.charge,
        allowed=_amount(line.amounts, ALLOWED),
        paid=line.paid,
    )


def _amount(amounts: Iterable[Amount], qualifier: str) -> Decimal | None:
    return next((item.amount for item in amounts if item.qualifier == qualifier), None)
