"""What a page shows of one claim, claim payment or payment, as text: facts, lines, and what is wrong."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from edi_hit.claims import AnyClaim, ClaimRecord, RevenueLine, ServiceLine
from edi_hit.mapping.parts import Adjustment, Party, Period
from edi_hit.reference import Tables, amount_text
from edi_hit.reference.adjustment_codes import AdjustmentCode, RemittanceCode
from edi_hit.remits import (
    ClaimPayment,
    PaymentHead,
    PaymentRecord,
    ProviderAdjustment,
    RemittanceRecord,
    ServicePayment,
)
from edi_hit.rules import Finding

CLAIM_COLUMNS = ("Line", "Code", "Service", "Units", "Charge")
PAYMENT_COLUMNS = ("Line", "Code", "Service", "Units", "Charge", "Paid")

Fact = tuple[str, str]


class CardLine(msgspec.Struct, frozen=True):
    """A row of a card's table: one cell a column, and notes that stand below it."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


class Card(msgspec.Struct, frozen=True):
    """One box of the page. `columns` are those of `lines`; facts without a value are left out."""

    title: str
    facts: tuple[Fact, ...]
    columns: tuple[str, ...] = ()
    lines: tuple[CardLine, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


class Cards:
    """Makes the cards of what is read; texts of codes come from `tables`, bare codes where they have none."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def claim(self, record: ClaimRecord, findings: tuple[Finding, ...]) -> Card:
        """The card of a claim; of one that could not be read, what is wrong with it."""
        title, claim = f"Claim {record.claim_id}", record.claim
        if claim is None:
            return Card(title, (), findings=findings)
        of_claim: tuple[ServiceLine | RevenueLine, ...] = claim.lines
        lines = tuple(_claim_line(number, line) for number, line in enumerate(of_claim, 1))
        return Card(title, _present(_claim_facts(claim)), CLAIM_COLUMNS, lines, (), findings)

    def claim_payment(self, record: PaymentRecord, findings: tuple[Finding, ...]) -> Card:
        """The card of a claim payment of an 835."""
        payment = record.payment
        if payment is None:
            return Card(f"Claim payment {record.claim_id}", (), findings=findings)
        lines = tuple(self._payment_line(number, line) for number, line in enumerate(payment.lines, 1))
        notes = (*self._adjusted(payment.adjustments), *self._remarked(payment.remark_codes))
        title = f"Claim payment {payment.claim_id}"
        facts = _present(self._payment_facts(payment))
        return Card(title, facts, PAYMENT_COLUMNS, lines, notes, findings)

    def payment(self, record: RemittanceRecord, claims: int, claims_paid: Decimal) -> Card:
        """The card of a transaction set of an 835, whose `claims` were paid `claims_paid` dollars."""
        head = record.head
        notes = tuple(map(self._provider_adjustment, head.provider_adjustments))
        facts = _present(_head_facts(head, claims, claims_paid))
        return Card(f"Payment {head.trace_number}", facts, notes=notes)

    def _payment_facts(self, payment: ClaimPayment) -> Iterator[Fact]:
        owed = payment.patient_responsibility
        yield "Status", self._told(payment.status, self._tables.claim_status_code(payment.status))
        yield "Patient", _name(payment.patient)
        yield "Service", _days(payment.service_dates)
        yield "Charge", amount_text(payment.charge)
        yield "Paid", amount_text(payment.paid)
        yield "Patient owes", "" if owed is None else amount_text(owed)
        yield "Payer's claim number", payment.payer_claim_number

    def _payment_line(self, number: int, line: ServicePayment) -> CardLine:
        cells = (
            str(number),
            _code(line.revenue_code, line.procedure_code, line.modifiers),
            _days(line.service_dates),
            _text(line.units_paid),
            amount_text(line.charge),
            amount_text(line.paid),
        )
        return CardLine(cells, (*self._adjusted(line.adjustments), *self._remarked(line.remark_codes)))

    def _adjusted(self, adjustments: Iterable[Adjustment]) -> Iterator[str]:
        for item in adjustments:
            reason = self._told(f"{item.group} {item.carc}", self._tables.carc(item.carc))
            yield f"{reason}: {amount_text(item.amount)}"

    def _remarked(self, codes: Iterable[str]) -> Iterator[str]:
        for code in codes:
            yield self._told(code, self._tables.rarc(code))

    def _provider_adjustment(self, item: ProviderAdjustment) -> str:
        reason = self._told(item.reason, self._tables.provider_adjustment_code(item.reason))
        reference = f" ({item.reference})" if item.reference else ""
        return f"provider adjustment {reason}{reference}: {amount_text(item.amount)}"

    def _told(self, code: str, known: AdjustmentCode | RemittanceCode | None) -> str:
        return f"{code} {known.gist}".rstrip() if known is not None else code


def _claim_facts(claim: AnyClaim) -> Iterator[Fact]:
    subscriber, provider = claim.subscriber, claim.billing_provider.party
    yield "Patient", _name(claim.patient_person)
    yield "Member id", subscriber.person.id
    yield "Payer", f"{_name(claim.payer)} {subscriber.filing_indicator}".strip()
    yield (
        "Billing provider",
        f"{_name(provider)} {provider.npi}".strip(),
    )
    yield "Charge", amount_text(claim.charge)
    yield "Frequency", claim.frequency
    yield "Prior authorization", claim.prior_authorization


def _claim_line(number: int, line: ServiceLine | RevenueLine) -> CardLine:
    revenue = line.revenue_code if isinstance(line, RevenueLine) else ""
    cells = (
        str(number),
        _code(revenue, line.procedure_code, line.modifiers),
        _days(line.service_dates),
        _text(line.units),
        amount_text(line.charge),
    )
    drug = line.drug
    told = f"NDC {drug.ndc} {_text(drug.quantity)} {drug.unit}".rstrip() if drug else ""
    return CardLine(cells, tuple(filter(None, (told, line.description))))


def _head_facts(head: PaymentHead, claims: int, claims_paid: Decimal) -> Iterator[Fact]:
    yield "Payer", head.payer.name
    yield "Payee", head.payee.name
    yield "Paid on", _text(head.paid_on)
    yield "Method", head.method
    yield "Amount", "" if head.amount is None else amount_text(head.amount)
    yield "Claims", str(claims)
    yield "Paid on claims", amount_text(claims_paid)


def _present(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact[1])


def _name(party: Party | None) -> str:
    return "" if party is None else " ".join(filter(None, (party.first_name, party.last_name)))


def _code(revenue: str, procedure: str, modifiers: Iterable[str]) -> str:
    return " ".join(filter(None, (revenue, procedure, *modifiers)))


def _days(period: Period | None) -> str:
    if period is None:
        return ""
    return str(period.start) if period.is_day else f"{period.start} to {period.end}"


def _text(value: object) -> str:
    return "" if value is None else str(value)
