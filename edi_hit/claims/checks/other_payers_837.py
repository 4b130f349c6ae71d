"""What earlier payers paid and adjusted (coordination of benefits, X12-837-BAL-02, -03, -04, -06)."""

from edi_hit.claims.checks.claim_pass import ClaimPass, LinePayer, OtherPayer, PayerTotal
from edi_hit.guides import Loop
from edi_hit.guides.loop import Placed
from edi_hit.mapping.checks import On
from edi_hit.mapping.checks.adjustments import AMOUNTS, adjusted, filled


def other_payer_opened(claim: ClaimPass, loop: Loop) -> None:
    """A Loop 2320 begins."""
    claim.payers.append(OtherPayer())


def _payer_paid(claim: ClaimPass, at: Placed) -> None:
    if claim.payers:
        claim.payers[-1].paid = claim.cents(at, 2)
        claim.payers[-1].paid_at = at


def _payer_adjusted(claim: ClaimPass, at: Placed) -> None:
    amount = adjusted(claim, at)
    _reasons(claim, at)
    if claim.payers:
        claim.payers[-1].adjusted = _sum(claim.payers[-1].adjusted, amount)


def _payer_name(claim: ClaimPass, at: Placed) -> None:
    if claim.payers and not claim.is_told(at, 9):
        claim.payers[-1].id = at[1][9]


def _line_paid(claim: ClaimPass, at: Placed) -> None:
    paid, payer_id = claim.cents(at, 2), at[1][1]
    payer = claim.line_payers.get(payer_id)
    if payer is None:
        payer = claim.line_payers[payer_id] = LinePayer(at)
    payer.paid = _sum(payer.paid, paid)
    claim.line_payer = payer


def _line_adjusted(claim: ClaimPass, at: Placed) -> None:
    amount = adjusted(claim, at)
    _reasons(claim, at)
    payer = claim.line_payer or claim.line_payers.setdefault("", LinePayer(at, None))
    payer.adjusted = _sum(payer.adjusted, amount)


def _reasons(claim: ClaimPass, at: Placed) -> None:
    for position in filled(at[1]):
        faults = claim.reasons[at[1][position - 1]]
        if faults:
            claim.tell_faults(faults, at, position - 1)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def close_line(claim: ClaimPass) -> None:
    """Compare a line with what each payer did with it, once its Loops 2430 have come."""
    for payer_id, payer in claim.line_payers.items():
        total = claim.payer_totals.get(payer_id)
        if total is None:
            total = claim.payer_totals[payer_id] = PayerTotal(payer.at)
        total.paid = _sum(total.paid, payer.paid)
        if claim.line_charge is None or payer.paid is None or payer.adjusted is None:
            continue
        short = claim.line_charge - payer.paid - payer.adjusted
        if short:
            total.short += short
            message = "SVD02 and the adjustments of this payer do not make up the charge of the line"
            claim.tell("X12-837-BAL-02", message, payer.at, 2)
    claim.line_payers.clear()


def closed(claim: ClaimPass) -> None:
    """Compare claim and lines, payer by payer, once all lines have come."""
    if claim.line_payers:
        close_line(claim)
    if not claim.payers and not claim.payer_totals:
        return
    if _links_hold(claim):
        for payer in claim.payers:
            if payer.paid is not None and payer.adjusted is not None and payer.paid_at is not None:
                _compare(claim, payer, payer.paid, payer.adjusted, payer.paid_at)


def _links_hold(claim: ClaimPass) -> bool:
    """Whether each SVD01 names a payer of the claim (BAL-06)."""
    known = {payer.id for payer in claim.payers}
    if "" in known:
        return claim.payer_totals.keys() <= known
    unknown = [total for payer_id, total in claim.payer_totals.items() if payer_id not in known]
    for total in unknown:
        if total.at[0].id == "SVD":
            claim.tell("X12-837-BAL-06", "SVD01 names no payer of Loop 2330B", total.at, 1)
    return not unknown


def _compare(claim: ClaimPass, payer: OtherPayer, paid: int, taken_off: int, at: Placed) -> None:
    """Hold AMT*D against the lines where the payer is on lines (BAL-04), else against CLM02 (BAL-03)."""
    lines = claim.payer_totals.get(payer.id)
    if lines is not None:
        off = None if lines.paid is None else paid - lines.paid + taken_off
        if off and off != lines.short:
            message = "AMT02 is not the sum of SVD02 of this payer less its adjustments of the claim"
            claim.tell("X12-837-BAL-04", message, at, 2)
        return
    if claim.lines and claim.total is not None and paid + taken_off not in (claim.total, claim.charged):
        message = "AMT02 and the adjustments of this payer do not make up CLM02"
        claim.tell("X12-837-BAL-03", message, at, 2)


CHECKS = (
    On("2320", "AMT*D", _payer_paid, 2, (2,)),
    On("2320", "CAS", _payer_adjusted, 2, AMOUNTS),
    On("2330B", "NM1*PR", _payer_name, 9),
    On("2430", "SVD", _line_paid, 2, (2,)),
    On("2430", "CAS", _line_adjusted, 2, AMOUNTS),
)
