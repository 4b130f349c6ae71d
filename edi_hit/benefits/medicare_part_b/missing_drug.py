"""What follows where the drug behind a visit is missing: the visit waits for it, until its time runs out."""

from datetime import date

from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, not_met, unknown
from edi_hit.benefits.facts import BilledFact
from edi_hit.benefits.medicare_part_b.business_days import next_look
from edi_hit.benefits.medicare_part_b.drug_window import is_window_complete
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.permanent_benefit import is_permanent


def violation(context: LineContext, detail: str, billed: BilledFact | None = None) -> Ruling:
    """Nothing billed serves the visit: not met where the history of the window is complete, else unknown."""
    if is_window_complete(context):
        return not_met(detail, earlier=billed)
    return unknown(f"{detail}; the history is not declared complete", earlier=billed)


def hold_or_deny(context: LineContext, detail: str, billed: BilledFact | None = None) -> Ruling:
    """As `violation`, but while the claim can still be looked at again, it waits.

    One that has waited for its drug is never paid without it, whatever the history: it waits on, and is
    denied once its time has run out.
    """
    look = _next_look(context)
    waited = context.facts.waited
    if look is None:
        return not_met(detail, earlier=billed) if waited else violation(context, detail, billed)
    return unknown(
        f"{detail}; the drug may still come in",
        outcome="wait" if waited or is_window_complete(context) else None,
        earlier=billed,
        look_again_on=look,
    )


def _next_look(context: LineContext) -> date | None:
    received, as_of = context.facts.received_on, context.facts.as_of
    if received is None or as_of is None or not is_permanent(context.on):
        return None
    return next_look(received, as_of, in_force(parameters().recycling, context.on))
