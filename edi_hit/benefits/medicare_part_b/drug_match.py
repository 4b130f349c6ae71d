"""How the drug lines billed to the DME MAC stand to a visit: the one that serves it best decides."""

from enum import IntEnum
from typing import Final

from edi_hit.benefits.days import iso
from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.facts import DrugFact, Outcome
from edi_hit.benefits.medicare_part_b.drug_window import (
    days_before,
    drugs_in_window,
    has_covered_pump,
    is_window_complete,
)
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.permanent_benefit import is_permanent
from edi_hit.reference import HitDrug, Tables

_DENIED: Final = Outcome.DENIED
_DRUGS_TABLE = "hit_drugs"
_NOT_LISTED = "neither"
_INFERRED = "inferred"


class Fit(IntEnum):
    """How well a drug line serves a visit, best first.

    From `PAID` to `DENIED` the drug is, or may be, one of the visit's category; the rest are not.
    """

    PAID = 0
    UNANSWERED = 1
    NO_CATEGORY = 2
    PERHAPS_LISTED = 3
    DENIED = 4
    WITHOUT_MODIFIER = 5
    OTHER_CATEGORY = 6
    OTHER_SUPPLIER = 7
    EXCLUDED = 8
    UNLISTED = 9
    NONE = 10


_BY_OUTCOME: Final = {
    Outcome.PAID: Fit.PAID,
    Outcome.UNANSWERED: Fit.UNANSWERED,
    Outcome.DENIED: Fit.DENIED,
}

_WORDS: Final = {
    Fit.PAID: "paid",
    Fit.UNANSWERED: "not yet answered",
    Fit.NO_CATEGORY: "a code that does not tell its category",
    Fit.PERHAPS_LISTED: "not known to be on the list of home infusion drugs of that date",
    Fit.DENIED: "denied",
    Fit.WITHOUT_MODIFIER: "without the modifier that its category needs",
    Fit.OTHER_CATEGORY: "a drug of another category",
    Fit.OTHER_SUPPLIER: "furnished by another supplier",
    Fit.EXCLUDED: "a drug that the law excludes from home infusion drugs",
    Fit.UNLISTED: "not on the list of home infusion drugs of that date",
}


class DrugMatch:
    """The best fit among the drug lines in the window, in words, and the modifier its category needs."""

    def __init__(self, fit: Fit, detail: str, drug: DrugFact | None = None, modifier: str = "") -> None:
        self.fit: Final = fit
        self.detail: Final = detail
        self.drug: Final = drug
        self.modifier: Final = modifier


def best_drug(context: LineContext) -> DrugMatch:
    """Give how the drug line that serves the visit best does so; of equal ones the latest."""
    return context.once(_MATCH)


def _best_drug(context: LineContext) -> DrugMatch:
    if context.category is None:
        return DrugMatch(Fit.NO_CATEGORY, "the payment category of the visit is not known")
    near = drugs_in_window(context)
    if not near:
        window = in_force(parameters().drug_window_days, context.on)
        said = f"no drug billed in the {window} days before {context.day} or on it"
        return DrugMatch(Fit.NONE, said)
    drug, fit = _best_of(near, context)
    said = f"drug {drug.code} billed {iso(drug.on)}, {days_before(context, drug)}, {_WORDS[fit]}"
    row = context.tables.hit_drug(drug.code, drug.modifiers, drug.on)
    return DrugMatch(fit, said, drug, row.modifier_required if row else "")


_MATCH: Final = _best_drug


def _best_of(drugs: list[DrugFact], context: LineContext) -> tuple[DrugFact, Fit]:
    """Give the drug line that serves the visit best: of equal ones the latest, of that day the first."""
    best, best_fit = drugs[0], _fit(drugs[0], context)
    for drug in drugs[1:]:
        fit = _fit(drug, context)
        if fit < best_fit or (fit == best_fit and drug.on > best.on):
            best, best_fit = drug, fit
    return best, best_fit


def _fit(drug: DrugFact, context: LineContext) -> Fit:
    """Judge one drug line by the list of its own date."""
    if context.tables.excluded_drug(drug.code, drug.on) is not None:
        return Fit.EXCLUDED
    if not is_permanent(context.on) and drug.supplier != context.supplier:
        return Fit.OTHER_SUPPLIER
    named = context.tables.hit_drug_rows(drug.code, drug.on)
    listed = [row for row in named if row.benefit != _NOT_LISTED]
    if not listed:
        return Fit.UNLISTED if named or _is_surely_unlisted(drug, context) else Fit.PERHAPS_LISTED
    return _fit_of_listed(drug, listed, context)


def _fit_of_listed(drug: DrugFact, listed: list[HitDrug], context: LineContext) -> Fit:
    row = context.tables.hit_drug(drug.code, drug.modifiers, drug.on)
    if row is not None and row.category is None:
        return Fit.DENIED if drug.outcome is _DENIED else Fit.NO_CATEGORY
    fitting = listed if row is None else [row]
    if drug.outcome is not _DENIED and not _are_settled(fitting, drug, context.tables):
        return Fit.PERHAPS_LISTED
    if all(row.category != context.category for row in fitting):
        return Fit.OTHER_CATEGORY
    return Fit.WITHOUT_MODIFIER if row is None else _BY_OUTCOME[drug.outcome]


def _is_surely_unlisted(drug: DrugFact, context: LineContext) -> bool:
    """Whether a drug without a row is off the list or denied: the list may be open, or not reach its date.

    Even an open list holds no drug that was not given by a covered pump.
    """
    if drug.outcome is _DENIED:
        return True
    if context.category not in in_force(parameters().open_drug_categories, context.on):
        return context.tables.is_checked(_DRUGS_TABLE, drug.on)
    without_pump = drug.outcome is not Outcome.PAID and not has_covered_pump(context)
    return without_pump and is_window_complete(context)


def _are_settled(rows: list[HitDrug], drug: DrugFact, tables: Tables) -> bool:
    """Whether rows may be relied on: verified or loaded, or inferred within the dates the list is checked."""
    checked = tables.is_checked(_DRUGS_TABLE, drug.on)
    return all(row.certain or (checked and row.confidence == _INFERRED) for row in rows)
