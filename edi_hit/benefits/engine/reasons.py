"""Why a claim is not answered, in words for a biller that hold no data of the file."""

from edi_hit.benefits.engine.line_verdict import Effect, LineVerdict
from edi_hit.rules import EdiHitError, ReferenceDataMissing


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
        look = verdict.look_again_on
        again = f"; look again on {look.isoformat()}" if look else ""
        return f"{line} waits: not known to be met is {named}{again}"
    if verdict.effect is Effect.RETURN and verdict.codes is not None:
        listed = ", ".join((f"{verdict.codes.group} {verdict.codes.carc}", *verdict.codes.rarc))
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
