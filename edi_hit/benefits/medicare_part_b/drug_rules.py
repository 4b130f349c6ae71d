"""Rules on the drug behind the visit: one that sums up, and those that explain it.

The drug line that serves the visit best is looked for (see `drug_match`), so one thing at most is wrong:

- HIT-DRUG-30 (from 2021) and HIT-TRANS-DRUG (2019 and 2020) sum up: is there a drug line, not denied, of the
  visit's category within the window?
- The others explain: the best line is of another category, lacks the modifier, is excluded, is off the list,
  or was denied. They are asked even where the one that sums up is not met; the first that is not met itself
  and has codes is then the cause. Where no drug line is near, the one that sums up is.

A matching line that was denied is a violation seen. A line of the wrong kind, or none, is one only where the
history is declared complete.
"""

from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicare_part_b.drug_match import DrugMatch, Fit, best_drug
from edi_hit.benefits.medicare_part_b.missing_drug import hold_or_deny
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED

_SUMMARIES = ("HIT-DRUG-30", "HIT-TRANS-DRUG")
_RIGHT_DRUG = (Fit.PAID, Fit.UNANSWERED, Fit.DENIED)


def drug_within_window(context: LineContext) -> Ruling:
    """Whether a paid, listed drug of the visit's category was billed in the window (days) before it."""
    match = best_drug(context)
    if match.fit is Fit.PAID:
        return met(match.detail, earlier=match.drug)
    if match.fit is Fit.DENIED:
        return not_met(match.detail, earlier=match.drug)
    if match.fit < Fit.DENIED:
        return unknown(match.detail, earlier=match.drug)
    return hold_or_deny(context, match.detail, match.drug)


@SHARED.check("HIT-DRUG-EXCL", explains=_SUMMARIES)
def not_excluded(context: LineContext) -> Ruling:
    """Whether the drug is one that the law does not exclude."""
    match = best_drug(context)
    if match.fit is Fit.EXCLUDED:
        return _fault(context, match)
    return not_applicable() if match.fit is Fit.NONE else met("not among the excluded drugs loaded")


@SHARED.check("HIT-DRUG-CAT", explains=_SUMMARIES)
def same_category(context: LineContext) -> Ruling:
    """Whether the drug is of the visit's category."""
    match = best_drug(context)
    if match.fit is Fit.OTHER_CATEGORY:
        return _fault(context, match)
    if match.fit is Fit.NO_CATEGORY:
        return unknown(match.detail, earlier=match.drug)
    return met(f"category {context.category}") if match.fit in _RIGHT_DRUG else not_applicable()


@SHARED.check("HIT-DRUG-JB", explains=_SUMMARIES)
def has_modifier(context: LineContext) -> Ruling:
    """Whether a drug that counts only when given subcutaneously says so."""
    match = best_drug(context)
    if match.fit is Fit.WITHOUT_MODIFIER:
        return _fault(context, match)
    if match.fit in _RIGHT_DRUG and match.modifier:
        return met(f"modifier {match.modifier}")
    return not_applicable()


@SHARED.check("HIT-DRUG-LIST", explains=_SUMMARIES)
def on_list(context: LineContext) -> Ruling:
    """Whether the drug is on the list of home infusion drugs of its own date."""
    match = best_drug(context)
    if match.fit in (Fit.NONE, Fit.NO_CATEGORY, Fit.OTHER_SUPPLIER, Fit.EXCLUDED):
        return not_applicable()
    if match.fit is Fit.UNLISTED:
        return _fault(context, match)
    if match.fit is Fit.PERHAPS_LISTED:
        return unknown(match.detail, earlier=match.drug)
    return met("on the list")


@SHARED.check("HIT-DRUG-PAID", explains=_SUMMARIES)
def drug_paid(context: LineContext) -> Ruling:
    """Whether the matching drug line was paid."""
    match = best_drug(context)
    if match.fit not in _RIGHT_DRUG:
        return not_applicable()
    if match.fit is Fit.PAID:
        return met(match.detail, earlier=match.drug)
    said = not_met if match.fit is Fit.DENIED else unknown
    return said(match.detail, earlier=match.drug)


def _fault(context: LineContext, match: DrugMatch) -> Ruling:
    return hold_or_deny(context, match.detail, match.drug)
