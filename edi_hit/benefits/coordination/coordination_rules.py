"""What a later payer asks of a claim: the decision of the payer before it."""

from typing import Final

from edi_hit.benefits.coordination.own_rules import COORDINATION
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.prior_payer import prior_payment
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.reference import amount_text

_PAYS_FIRST: Final = not_applicable("the payer pays first")


@COORDINATION.check("COB-DATA")
def earlier_decision_is_there(context: LineContext) -> Ruling:
    """Whether a claim to a later payer says what the earlier one decided on the line."""
    if not context.pays_later:
        return _PAYS_FIRST
    prior = prior_payment(context.claim, context.line)
    if prior is None:
        return not_met("what the earlier payer decided on the line is not on the claim")
    said = f"paid before: {amount_text(prior.paid)}; taken off: {amount_text(prior.taken_off)}"
    return met(said)
