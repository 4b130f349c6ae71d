"""Makes the parts of a 277CA from a receipt: who answers, to whom, for which provider, what of each claim."""

from decimal import Decimal

import msgspec

from edi_hit.acks.claim_acknowledgment import (
    BilledProvider,
    ClaimStatus,
    ClaimStatusCode,
    InformationReceiver,
    InformationSource,
    LineStatus,
    PatientStatuses,
    ProviderTrace,
    ReceiverTrace,
    SourceName,
    SourceReceipt,
    StatusReport,
)
from edi_hit.acks.plain_text import plain
from edi_hit.acks.receipt import ClaimReceipt, LineReceipt, ProviderReceipt, SetReceipt, Totals
from edi_hit.acks.return_envelope import Dispatch
from edi_hit.mapping.convert import read_date, read_number
from edi_hit.mapping.parts import Party, Period
from edi_hit.profiles.acknowledgment import AcknowledgmentPolicy
from edi_hit.x12 import COMPONENT

NOT_SENT = "UNKNOWN"
"""Stands where the 277CA requires a name or a number that the 837 did not have to carry."""

_RECEIVED, _ACKNOWLEDGED, _ACCEPTED = "A1", "19", "20"
_ACCEPT, _REJECT = "WQ", "U"
_SUBMITTER_QUALIFIER = "46"
_PROVIDER_QUALIFIERS = ("XX", "FI", "SV")
_PAYER = "PR"
_NO_TRACE = "0"
_REVENUE_QUALIFIER = "NU"
_MORE_CODES = 2
"""Status codes STC has room for after the first."""


def information_source(
    found: SetReceipt, policy: AcknowledgmentPolicy, dispatch: Dispatch, trace_number: str
) -> InformationSource:
    """Loop 2000A: the receiver the 837 names, or the source of the policy."""
    given, named = policy.source, found.receiver or Party()
    name = SourceName(
        entity_code=given.entity if given else _PAYER,
        last_name=_sent(given.name if given else named.last_name),
        id_qualifier=given.id_qualifier if given else _SUBMITTER_QUALIFIER,
        id=_sent(given.id if given else named.id),
    )
    receipt = SourceReceipt(trace_number, dispatch.received_on, dispatch.created_on)
    return InformationSource(name, (receipt,))


def information_receiver(
    found: SetReceipt, policy: AcknowledgmentPolicy, dispatch: Dispatch
) -> InformationReceiver:
    """Loop 2000B: the submitter, with the totals of the set."""
    totals = found.totals
    trace = ReceiverTrace(
        _sent(found.reference),
        (_acknowledged(policy, totals, dispatch),),
        *_counted(totals),
    )
    return InformationReceiver(_named(found.submitter or Party(), _SUBMITTER_QUALIFIER), trace)


def billed_provider(provider: ProviderReceipt, policy: AcknowledgmentPolicy) -> BilledProvider:
    """Loop 2000C: a billing provider, with the totals of its claims."""
    qualifier = provider.name.id_qualifier
    name = _named(provider.name, qualifier if qualifier in _PROVIDER_QUALIFIERS else _PROVIDER_QUALIFIERS[1])
    report = _acknowledged(policy, provider.totals, None)
    return BilledProvider(name, ProviderTrace(_NO_TRACE, (report,), (), *_counted(provider.totals)))


def _acknowledged(policy: AcknowledgmentPolicy, totals: Totals, dispatch: Dispatch | None) -> StatusReport:
    """That the claims have come, and their charges."""
    entity = policy.source.entity if policy.source else _PAYER
    code = ClaimStatusCode(_RECEIVED, _ACKNOWLEDGED, entity)
    return StatusReport((code,), dispatch.created_on if dispatch else None, _ACCEPT, totals.amount)


def _counted(totals: Totals) -> tuple[int | None, int | None, Decimal | None, Decimal | None]:
    """Accepted, rejected and their amounts; none of what did not occur."""
    return (
        totals.accepted or None,
        totals.rejected or None,
        totals.accepted_amount if totals.accepted else None,
        totals.rejected_amount if totals.rejected else None,
    )


def _sent(text: str) -> str:
    """What was sent, as it may be written; a blank is nothing."""
    return plain(text) or NOT_SENT


def _named(name: Party, qualifier: str) -> Party:
    """A name as it was sent, with this qualifier and with what the 277CA requires."""
    entity = name.entity if name.entity in ("1", "2") else "2"
    last_name, id = _sent(name.last_name), _sent(name.id)
    if (entity, last_name, qualifier, id) == (name.entity, name.last_name, name.id_qualifier, name.id):
        return name
    return msgspec.structs.replace(name, entity=entity, last_name=last_name, id_qualifier=qualifier, id=id)


def patient_statuses(
    claim: ClaimReceipt, policy: AcknowledgmentPolicy, dispatch: Dispatch
) -> PatientStatuses:
    """Loop 2000D: the patient of a claim, and the claim accepted or rejected."""
    day = dispatch.created_on
    codes = claim.codes or (ClaimStatusCode(policy.accepted_as.value, _ACCEPTED),)
    action = _REJECT if claim.codes else _ACCEPT
    status = ClaimStatus(
        claim_id=_sent(claim.claim_id),
        statuses=tuple([StatusReport((code,), day, action, claim.charge) for code in codes]),
        payer_claim_number="" if claim.codes else claim.payer_claim_number,
        clearinghouse_number=claim.clearinghouse_number,
        bill_type=claim.bill_type,
        service_dates=_claim_days(claim, dispatch),
        lines=tuple(filter(None, [_line(line, dispatch) for line in claim.faulty_lines])),
    )
    return PatientStatuses(_named(claim.patient, claim.patient.id_qualifier), (status,))


def _claim_days(claim: ClaimReceipt, dispatch: Dispatch) -> Period:
    """The service dates of a claim, which the 277CA requires.

    For a claim rejected because it has no date that can be read: the one it has, else the day it was
    received.
    """
    first, last = claim.first_day, claim.last_day
    found = _period(first, last) or _period(first, first) or _period(last, last)
    return found or Period.day(dispatch.received_on)


def _line(line: LineReceipt, dispatch: Dispatch) -> LineStatus | None:
    """Loop 2220D: a service line in error; None where the line names neither procedure nor revenue code."""
    qualifier, code, *modifiers = [*line.procedure.split(COMPONENT), ""][:6]
    if not (qualifier and code):
        qualifier, code, modifiers = _REVENUE_QUALIFIER, line.revenue_code, []
    if not code:
        return None
    first, *rest = line.codes
    codes = (first, *[code for code in rest if not code.entity][:_MORE_CODES])
    return LineStatus(
        charge=line.charge,
        procedure_qualifier=qualifier,
        procedure_code=code,
        modifiers=tuple(modifier for modifier in modifiers if modifier),
        revenue_code="" if qualifier == _REVENUE_QUALIFIER else line.revenue_code,
        units=_number(line.units),
        statuses=(StatusReport(codes, dispatch.created_on, _REJECT),),
        control_number=line.control_number,
        service_dates=_period(line.dates[:8], line.dates[-8:]),
    )


def _number(text: str) -> Decimal | None:
    try:
        return read_number(text)
    except ValueError:
        return None


def _period(first: str, last: str) -> Period | None:
    """The days from one to the other; None where they are no dates in order."""
    try:
        start = read_date(first)
        end = start if last == first else read_date(last)
    except ValueError:
        return None
    return Period(start, end) if start <= end else None
