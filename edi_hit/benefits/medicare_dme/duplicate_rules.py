"""The rule on the same drug, pump or supply billed again."""

from collections.abc import Sequence

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met
from edi_hit.benefits.facts import BilledFact, Outcome
from edi_hit.benefits.medicare_dme.own_rules import OWN
from edi_hit.benefits.medicare_dme.parameters import parameters
from edi_hit.benefits.medicare_dme.pump_items import is_drug
from edi_hit.benefits.other_lines import between


@OWN.check("DME-DUP")
def not_paid_before(context: LineContext) -> Ruling:
    """Whether the same supplier was not paid for the same code and day on another claim.

    Of a drug the modifiers tell too: waste (JW) is a line of its own. A code not otherwise classified stands
    for several drugs.
    """
    if context.hcpcs in parameters().narrative.codes:
        return not_applicable("a code not otherwise classified")
    for other in _of_the_day(context):
        if other.code == context.hcpcs and _is_paid_to_supplier(context, other):
            return not_met(f"{other.code} on {other.on.isoformat()}, already paid", earlier=other)
    return met("not paid before, as far as is on file")


def _of_the_day(context: LineContext) -> Sequence[BilledFact]:
    if not is_drug(context):
        return between(context.facts.equipment, context.on, context.on)
    drugs = between(context.facts.drugs, context.on, context.on)
    return [one for one in drugs if set(one.modifiers) == set(context.modifiers)]


def _is_paid_to_supplier(context: LineContext, other: BilledFact) -> bool:
    """Whether a line was paid to the claim's supplier, which is never one that nothing identifies."""
    return bool(context.supplier) and other.supplier == context.supplier and other.outcome is Outcome.PAID
