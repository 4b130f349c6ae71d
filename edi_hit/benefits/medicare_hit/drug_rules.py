"""Rules on the drug behind the visit: five questions, one cause.

The drug line that serves the visit best is looked for (see `drug_match`), so one thing at most is wrong:

- HIT-DRUG-30 sums up: is there a paid drug line of the visit's category within the window?
- HIT-DRUG-CAT, -JB, -LIST and -PAID explain it: the best line is of another category, lacks the modifier,
  is off the list, or was denied. They are asked even where HIT-DRUG-30 is not met; the one that is not met
  itself is then the cause, and the denial bears its codes. Where no drug line is near, HIT-DRUG-30 is.

A matching line that was denied is a violation seen. A line of the wrong kind, or none, is one only where the
history is declared complete.
"""

from edi_hit.benefits.medicare_hit.drug_match import Fit, best_drug
from edi_hit.benefits.medicare_hit.line_context import LineContext
from edi_hit.benefits.medicare_hit.rule_book import BOOK
from edi_hit.benefits.medicare_hit.ruling import Ruling, met, not_applicable, not_met, unknown

_SUMMARY = "HIT-DRUG-30"
_RIGHT_DRUG = (Fit.PAID, Fit.UNANSWERED, Fit.DENIED)


@BOOK.check(_SUMMARY)
def drug_within_window(context: LineContext) -> Ruling:
    """Whether a paid, listed drug of the visit's category was billed in the window (days) before it."""
    match = best_drug(context)
    if match.fit is Fit.PAID:
        return met(match.detail)
    if match.fit is Fit.DENIED:
        return not_met(match.detail)
    if match.fit < Fit.DENIED:
        return unknown(match.detail)
    return _violation(context, match.detail)


@BOOK.check("HIT-DRUG-CAT", explains=_SUMMARY)
def same_category(context: LineContext) -> Ruling:
    """Whether the drug is of the visit's category."""
    match = best_drug(context)
    if match.fit is Fit.OTHER_CATEGORY:
        return _violation(context, match.detail)
    if match.fit is Fit.NO_CATEGORY:
        return unknown(match.detail)
    return met(f"category {context.category}") if match.fit in _RIGHT_DRUG else not_applicable()


@BOOK.check("HIT-DRUG-JB", explains=_SUMMARY)
def has_modifier(context: LineContext) -> Ruling:
    """Whether a drug that counts only when given subcutaneously says so."""
    match = best_drug(context)
    if match.fit is Fit.WITHOUT_MODIFIER:
        return _violation(context, match.detail)
    if match.fit in _RIGHT_DRUG and match.modifier:
        return met(f"modifier {match.modifier}")
    return not_applicable()


@BOOK.check("HIT-DRUG-LIST", explains=_SUMMARY)
def on_list(context: LineContext) -> Ruling:
    """Whether the drug is on the list of home infusion drugs of its own date."""
    match = best_drug(context)
    if match.fit in (Fit.NONE, Fit.NO_CATEGORY):
        return not_applicable()
    if match.fit is Fit.UNLISTED:
        return _violation(context, match.detail)
    return unknown(match.detail) if match.fit is Fit.PERHAPS_LISTED else met("on the list")


@BOOK.check("HIT-DRUG-PAID", explains=_SUMMARY)
def drug_paid(context: LineContext) -> Ruling:
    """Whether the matching drug line was paid."""
    match = best_drug(context)
    if match.fit not in _RIGHT_DRUG:
        return not_applicable()
    if match.fit is Fit.PAID:
        return met(match.detail)
    return not_met(match.detail) if match.fit is Fit.DENIED else unknown(match.detail)


def _violation(context: LineContext, detail: str) -> Ruling:
    if context.facts.complete:
        return not_met(detail)
    return unknown(f"{detail}; the history is not declared complete")
