"""The payment: BPR, its date, payee, provider adjustments and totals (X12-835-BAL-04, -05, -08)."""

from typing import Final

from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.checks.reason_codes import day
from edi_hit.remits.checks.remittance_pass import RemittancePass
from edi_hit.rules import Severity

_PROVIDER_AMOUNTS: Final = (4, 6, 8, 10, 12, 14)
"""Positions of the amounts of a PLB."""
_NOTIFICATION: Final = "H"
_NO_PAYMENT: Final = "NON"
_TAX_NUMBER: Final = "FI"
_NPI: Final = "XX"


def _payment(remit: RemittancePass, at: Placed) -> None:
    remit.payment = at
    elements = at[1]
    if len(elements) > 16:
        remit.set_production(day(elements[16]))
    paid = remit.payment_amount = remit.cents(at, 2)
    if paid is None:
        return
    if paid < 0:
        remit.tell("X12-835-BAL-05", "BPR02 is negative", at, 2)
    elif paid and elements[1] == _NOTIFICATION:
        remit.tell("X12-835-BAL-05", "BPR01 says no payment (H), and BPR02 pays", at, 1)
    elif not paid and elements[4] not in ("", _NO_PAYMENT):
        message = "BPR04 names a way of payment, and BPR02 pays nothing"
        remit.tell("X12-835-BAL-05", message, at, 4, severity=Severity.WARNING)


def _production(remit: RemittancePass, at: Placed) -> None:
    on = day(at[1][2])
    if on is not None:
        remit.set_production(on)


def _payee(remit: RemittancePass, at: Placed) -> None:
    elements = at[1]
    if elements[4] and elements[3] == _NPI:
        for fault in remit.npis[elements[4]]:
            remit.tell(fault.rule, f"N104 {fault.what}", at, 4)
    elif elements[4] and elements[3] == _TAX_NUMBER:
        remit.tell_faults(remit.tax_numbers[elements[4]], at, 4)


def _payee_number(remit: RemittancePass, at: Placed) -> None:
    if at[1][1] == "TJ" and at[1][2]:
        remit.tell_faults(remit.tax_numbers[at[1][2]], at, 2)


def _provider_adjustment(remit: RemittancePass, at: Placed) -> None:
    for position in _PROVIDER_AMOUNTS:
        if position < len(at[1]) and at[1][position]:
            amount = remit.cents(at, position)
            if amount is None:
                remit.totals_readable = False
            else:
                remit.provider_adjusted += amount


def _summary(remit: RemittancePass, at: Placed) -> None:
    remit.summary = at


def group_closed(remit: RemittancePass) -> None:
    """Compare TS3 with the claim payments of its Loop 2000, once all have come (BAL-08)."""
    at = remit.summary
    if at is None:
        return
    remit.summary = None
    claims = at[1][4]
    if claims.isascii() and claims.isdigit() and len(claims) <= 9 and int(claims) != remit.group_claims:
        remit.tell("X12-835-BAL-08", "TS304 is not the number of claim payments of its group", at, 4)
    charges = remit.cents(at, 5)
    if remit.group_readable and charges is not None and charges != remit.group_charges:
        remit.tell("X12-835-BAL-08", "TS305 is not the sum of CLP03 of its group", at, 5)


def set_closed(remit: RemittancePass, has_claims: bool) -> None:
    """Compare BPR02 with the claim payments and provider adjustments of its set (BAL-04).

    What a claim payment is out of balance by was told with it and is not told again here.
    """
    at, paid = remit.payment, remit.payment_amount
    if at is None or paid is None or not remit.totals_readable:
        return
    expected = remit.paid_total - remit.provider_adjusted
    if (has_claims or remit.provider_adjusted) and paid not in (expected, expected + remit.short_total):
        message = "BPR02 is not the sum of CLP04 less the provider adjustments (PLB)"
        remit.tell("X12-835-BAL-04", message, at, 2)


CHECKS = (
    On("ST_LOOP", "BPR", _payment, 4, (2,)),
    On("ST_LOOP", "DTM*405", _production, 2),
    On("ST_LOOP", "PLB", _provider_adjustment, 4, _PROVIDER_AMOUNTS),
    On("1000B", "N1*PE", _payee, 4),
    On("1000B", "REF", _payee_number, 2),
    On("2000", "TS3", _summary, 5, (5,)),
)
