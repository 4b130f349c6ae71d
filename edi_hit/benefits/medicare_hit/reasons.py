"""Why a claim is not answered, in words for a biller that hold no data of the file."""

from edi_hit.benefits.medicare_hit.line_verdict import Effect, LineVerdict
from edi_hit.benefits.medicare_hit.parameters import AdjustmentCodes, in_force, parameters
from edi_hit.rules import EdiHitError, ReferenceDataMissing, Rule


def claim_reason(verdict: LineVerdict) -> str:
    """Say why the claim is not answered: the verdict is that of the line that decides it."""
    context, rule = verdict.context, verdict.cause
    line = f"line {context.line.number}"
    if verdict.effect is Effect.UNPRICED and context.obstacle is not None:
        return f"{line} cannot be priced: {obstacle_reason(context.obstacle)}"
    if rule is None:
        return f"{line} is not answered"
    named = f"{rule.id} ({rule.title[:1].lower()}{rule.title[1:]})"
    if verdict.effect is Effect.PEND:
        return f"{line} waits: not known is {named}"
    if verdict.effect is Effect.RETURN:
        codes = returned_codes(verdict, rule)
        listed = ", ".join((f"{codes.group} {codes.carc}", *codes.rarc))
        return f"{line} does not satisfy {named}; returned as unprocessable, {listed}"
    hint = f". {rule.hint}" if rule.hint else ""
    return f"{line} does not satisfy {named}{hint}"


def obstacle_reason(obstacle: EdiHitError) -> str:
    """Say what stands in the way of a price, and how a missing table is loaded."""
    if isinstance(obstacle, ReferenceDataMissing):
        return f"{obstacle}. {obstacle.hint}"
    return str(obstacle)


def missing_table(obstacle: EdiHitError | None) -> str | None:
    """Name the table that is missing, where one is."""
    return obstacle.table if isinstance(obstacle, ReferenceDataMissing) else None


def returned_codes(verdict: LineVerdict, rule: Rule) -> AdjustmentCodes:
    """Give the codes a claim is returned with: the rule's own, else those of any returned claim."""
    if rule.outcome == "return" and rule.group and rule.carc:
        return AdjustmentCodes(rule.group, rule.carc, rule.rarc)
    return in_force(parameters().returned_claim, verdict.context.on)
