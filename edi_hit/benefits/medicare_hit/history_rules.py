"""Rules on the beneficiary's other visits: of other categories on the day, and around an initial visit.

The rules on initial visits ask that the days be clear: they are met only where the history is declared
complete, else unknown.
"""

from datetime import date
from typing import Final

from edi_hit.benefits.care_facts import EpisodeFact
from edi_hit.benefits.days import shifted
from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.facts import Outcome, VisitFact
from edi_hit.benefits.medicare_hit.own_rules import OWN
from edi_hit.benefits.medicare_part_b.other_visits import highest_of_day, unless_paid
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.permanent_benefit import FIRST_DAY

_DENIED: Final = Outcome.DENIED


@OWN.check("HIT-DAY-HIGH-P")
def highest_category(context: LineContext) -> Ruling:
    """Whether no visit of another category is paid on the day, as the setting same_day_categories asks."""
    return highest_of_day(context, context.settings.same_day_categories)


@OWN.check("HIT-INIT-60")
def sixty_days_clear(context: LineContext) -> Ruling:
    """Whether an initial visit has no visit before it within the gap (days); denied ones do not count.

    A visit of the same day is the matter of HIT-DAY-ONE, HIT-DAY-HIGH-P and HIT-INIT-DUP.
    """
    if not context.is_initial:
        return not_applicable("not an initial visit")
    gap = in_force(parameters().initial_visit_gap_days, context.on)
    start, end = shifted(context.on, -gap), shifted(context.on, -1)
    ruling = unless_paid(context, context.visits(start, end), f"a visit within the gap of {gap} days")
    return ruling or _none_found(context, start, end, f"no visit in the {gap} days before {context.day}")


@OWN.check("HIT-INIT-DISCH")
def discharged_before(context: LineContext) -> Ruling:
    """Whether the patient was discharged from every earlier episode.

    An open episode without an earlier visit is the one this visit begins.
    """
    if not context.is_initial:
        return not_applicable("not an initial visit")
    earlier = [one for one in context.facts.episodes if one.started_on < context.on]
    for one in earlier:
        if one.discharged_on is None or one.discharged_on > context.on:
            ruling = _open_episode(context, one)
            if ruling is not None:
                return ruling
    if earlier:
        return met("discharged from every earlier episode on file")
    if _visits_before(context, date.min):
        return unknown("visits before, and no episode with its discharge is on file")
    return _none_found(context, FIRST_DAY, shifted(context.on, -1), "no earlier visit or episode")


def _open_episode(context: LineContext, episode: EpisodeFact) -> Ruling | None:
    """Not met by an open episode with a visit before this one; None where it surely has none."""
    began = episode.started_on.isoformat()
    visits = _visits_before(context, episode.started_on)
    if visits:
        return not_met(f"the episode begun {began} was not discharged", earlier=visits[0])
    if context.is_complete(episode.started_on, shifted(context.on, -1)):
        return None
    return unknown(f"the episode begun {began} is open; whether it holds an earlier visit is not known")


def _visits_before(context: LineContext, start: date) -> list[VisitFact]:
    """Give the visits, not denied, from `start` to the day before."""
    visits = context.visits(start, shifted(context.on, -1))
    return [visit for visit in visits if visit.outcome is not _DENIED]


@OWN.check("HIT-INIT-DUP")
def one_initial_visit(context: LineContext) -> Ruling:
    """Whether no other initial visit is paid on the day or within the gap (days) after it.

    One before it is the matter of HIT-INIT-60. Days after the claim came in are not waited for.
    """
    if not context.is_initial:
        return not_applicable("not an initial visit")
    gap = in_force(parameters().initial_visit_gap_days, context.on)
    days = context.visits(context.on, shifted(context.on, gap))
    near = [visit for visit in days if _is_initial(context, visit)]
    ruling = unless_paid(context, near, "another initial visit")
    end = min(shifted(context.on, gap), max(context.facts.received_on or date.max, context.on))
    said = f"no other initial visit that day or in the {gap} days after"
    return ruling or _none_found(context, context.on, end, said)


def _none_found(context: LineContext, start: date, end: date, detail: str) -> Ruling:
    if context.is_complete(start, end):
        return met(detail)
    return unknown(f"{detail} is loaded; the history is not declared complete")


def _is_initial(context: LineContext, visit: VisitFact) -> bool:
    code = context.code_of(visit)
    return code is not None and code.visit_type == "initial"
