"""Decisions without money: what was billed, and why nothing is answered."""

from datetime import date
from decimal import Decimal

from edi_hit.benefits.decision import ClaimDecision, LineDecision, State
from edi_hit.claims.claim import Claim, ServiceLine
from edi_hit.mapping.parts import Adjustment
from edi_hit.rules import RuleAnswer


def billed_line(
    line: ServiceLine,
    rules: tuple[RuleAnswer, ...] = (),
    *,
    allowed: Decimal | None = None,
    paid: Decimal | None = None,
    adjustments: tuple[Adjustment, ...] = (),
    remarks: tuple[str, ...] = (),
) -> LineDecision:
    """Give a line as it was billed, with the answers of the rules asked, and the money that is given."""
    return LineDecision(
        line=line.number,
        control=line.control_number,
        code=line.procedure_code,
        modifiers=line.modifiers,
        date=line.service_dates.start if line.service_dates else None,
        units=line.units,
        charge=line.charge,
        allowed=allowed,
        paid=paid,
        adjustments=adjustments,
        remarks=remarks,
        rules=rules,
    )


def undecided(
    claim: Claim,
    benefit: str | None,
    reason: str,
    *,
    state: State = State.UNANSWERED,
    lines: tuple[LineDecision, ...] | None = None,
    missing_table: str | None = None,
    look_again_on: date | None = None,
) -> ClaimDecision:
    """Give a decision without money; `lines` default to the lines as billed.

    `reason` must not contain data of the file; `missing_table` names the reference table that stands in
    the way, where one does; `look_again_on` is the day a pended claim is to be asked about again.
    """
    return ClaimDecision(
        claim=claim.claim_id,
        benefit=benefit,
        payer=claim.payer.id,
        state=state,
        charge=claim.charge,
        lines=tuple(billed_line(line) for line in claim.lines) if lines is None else lines,
        reason=reason,
        missing_table=missing_table,
        look_again_on=look_again_on,
    )
