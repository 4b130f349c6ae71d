"""The immune globulin behind a visit: the drug line of the same supplier that serves it best."""

from enum import IntEnum

import msgspec

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.facts import DrugFact, Outcome
from edi_hit.benefits.medicare_part_b.drug_window import days_before, drugs_in_window


class IvigFit(IntEnum):
    """How well a drug line serves the visit, best first."""

    PAID = 0
    UNANSWERED = 1
    DENIED = 2
    OTHER_SUPPLIER = 3
    OTHER_DRUG = 4
    NONE = 5


_BY_OUTCOME = {
    Outcome.PAID: IvigFit.PAID,
    Outcome.UNANSWERED: IvigFit.UNANSWERED,
    Outcome.DENIED: IvigFit.DENIED,
}
_WORDS = {
    IvigFit.PAID: "paid",
    IvigFit.UNANSWERED: "not yet answered",
    IvigFit.DENIED: "denied",
    IvigFit.OTHER_SUPPLIER: "furnished by another supplier",
    IvigFit.OTHER_DRUG: "not known to be an immune globulin given intravenously",
}


class IvigMatch(msgspec.Struct, frozen=True):
    """The best fit among the drug lines in the window, in words."""

    fit: IvigFit
    detail: str
    drug: DrugFact | None = None


def best_ivig(context: LineContext) -> IvigMatch:
    """Give the drug line of the window that serves the visit best; of equal ones the latest."""
    near = drugs_in_window(context)
    if not near:
        return IvigMatch(IvigFit.NONE, f"no drug billed near {context.day}")
    fit, _, drug = min(
        ((_fit(drug, context), context.on - drug.on, drug) for drug in near), key=lambda match: match[:2]
    )
    said = f"drug {drug.code} billed {drug.on.isoformat()}, {days_before(context, drug)}, {_WORDS[fit]}"
    return IvigMatch(fit, said, drug)


def _fit(drug: DrugFact, context: LineContext) -> IvigFit:
    row = context.tables.ivig_drug(drug.code)
    if row is None or (row.not_with_modifier and row.not_with_modifier in drug.modifiers):
        return IvigFit.OTHER_DRUG
    if drug.supplier != context.supplier:
        return IvigFit.OTHER_SUPPLIER
    return _BY_OUTCOME[drug.outcome]
