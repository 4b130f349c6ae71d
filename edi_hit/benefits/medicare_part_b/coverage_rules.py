"""Rules on the beneficiary's coverage and stays on the day of the visit.

Spans of Part B, where any are on file, are all there are. Of the other kinds a span that holds the day is
seen; that there is none is known only where the history of the day is complete.
"""

from typing import Final

from edi_hit.benefits.care_facts import CoverageKind
from edi_hit.benefits.engine.dated import in_force
from edi_hit.benefits.engine.line_context import LineContext
from edi_hit.benefits.engine.ruling import Ruling, met, not_applicable, not_met, unknown
from edi_hit.benefits.medicare_part_b.coverage_spans import holds, inpatient_since, none_on_file, spans_of
from edi_hit.benefits.medicare_part_b.parameters import parameters
from edi_hit.benefits.medicare_part_b.shared_rules import SHARED

_PART_B: Final = CoverageKind.PART_B
_MEDICARE_ADVANTAGE: Final = CoverageKind.MEDICARE_ADVANTAGE
_HOSPICE: Final = CoverageKind.HOSPICE
_HOME_HEALTH: Final = CoverageKind.HOME_HEALTH


@SHARED.check("HIT-BENE-PARTB")
def has_part_b(context: LineContext) -> Ruling:
    """Whether the beneficiary has Part B on the day."""
    spans = spans_of(context, _PART_B)
    if not spans:
        return unknown("no span of Part B is on file")
    day = context.day
    if any(span.holds(context.on) for span in spans):
        return met(f"Part B on {day}")
    if context.on < min(span.start for span in spans):
        return not_met(f"Part B began after {day}", case="before")
    return not_met(f"Part B had ended on {day}", case="after")


@SHARED.check("HIT-BENE-MA")
def not_in_medicare_advantage(context: LineContext) -> Ruling:
    """Whether the beneficiary is outside Medicare Advantage on the day."""
    return _outside(context, _MEDICARE_ADVANTAGE, "Medicare Advantage")


@SHARED.check("HIT-INPT", explains=("HIT-HOME",))
def not_inpatient(context: LineContext) -> Ruling:
    """Whether the day lies in no inpatient stay; the days of admission and discharge do not count."""
    return context.once(_not_inpatient)


def _not_inpatient(context: LineContext) -> Ruling:
    since = inpatient_since(context)
    if since is not None:
        return not_met(f"an inpatient since {since.isoformat()}")
    return none_on_file(context, "no inpatient stay")


@SHARED.check("HIT-HOSPICE")
def not_for_the_terminal_illness(context: LineContext) -> Ruling:
    """Whether hospice does not answer for the visit; a claim does not show what hospice was elected for."""
    if not holds(context, _HOSPICE):
        return none_on_file(context, "no hospice election")
    unrelated = in_force(parameters().unrelated_to_hospice_modifiers, context.on)
    said = unrelated.intersection(context.modifiers)
    if said:
        return met(f"under hospice; modifier {min(said)} says the visit is unrelated to it")
    return unknown("under hospice; whether the visit is for the terminal illness is not known")


@SHARED.check("HIT-HH-SEP")
def apart_from_home_health(context: LineContext) -> Ruling:
    """Say that an open home health period denies nothing; information only."""
    if holds(context, _HOME_HEALTH):
        return met("under a home health plan of care; its consolidated billing does not touch the visit")
    return not_applicable("no home health period on file")


def _outside(context: LineContext, kind: CoverageKind, name: str) -> Ruling:
    if holds(context, kind):
        return not_met(f"in {name} on {context.day}")
    return none_on_file(context, f"no {name}")
