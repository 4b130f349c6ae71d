"""Who is billed for drug, pump, supplies and visits of a therapy, on which transaction, with which codes."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

import msgspec

from edi_hit.benefits.coverage.dispensing import Dispensing, dispensing
from edi_hit.benefits.coverage.home_health_visits import Visit, VisitContent, VisitPath, claims_for
from edi_hit.benefits.coverage.patient import Patient
from edi_hit.benefits.coverage.therapy import Kind, Therapy, therapy_of
from edi_hit.reference import Tables

PARTS = ("drug", "pump", "supplies", "visits")
_PATIENT = "patient"
_PART_D = "part_d"
_NOT_PART_D = ("NONE", "PART_A_OR_B")
"""Payers of the drug on the paths that leave Part D."""


class Way(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one part is billed by a route of `plan.toml`; empty `benefit`: none of this package."""

    billed_to: str
    transaction: str
    codes: tuple[str, ...]
    how: str
    source: str
    benefit: str = ""


class PlannedPart(msgspec.Struct, frozen=True):
    """One part of the therapy: who is billed, how, and who may be asked for what is left (`then`)."""

    part: str
    billed_to: str
    benefit: str
    transaction: str
    codes: tuple[str, ...]
    how: str
    then: tuple[str, ...]
    source: str


class Plan(msgspec.Struct, frozen=True):
    """The plan of one therapy.

    `part_d` is the decision where Part D is asked for the drug, or the questions it still needs.
    `home_health` says which claim a visit goes on under a home health plan of care.
    """

    therapy: Therapy
    parts: tuple[PlannedPart, ...]
    part_d: Dispensing | None
    part_d_questions: tuple[str, ...]
    home_health: tuple[VisitPath, ...]


def plan(drug: str, pump: str, patient: Patient, tables: Tables) -> Plan:
    """Plan a therapy (rule ROUTE-1): each part is billed to the first cover of the patient that takes it."""
    therapy = therapy_of(drug, pump, patient, tables)
    asked = _asked_of_part_d(therapy, patient)
    routes = list(_routes(therapy, patient, asked))
    decided = asked if isinstance(asked, Dispensing) else None
    questions = asked if isinstance(asked, tuple) else ()
    parts = tuple(_part(part, routes, therapy) for part in PARTS if part != "pump" or pump)
    return Plan(therapy, parts, decided, questions, tuple(_home_health(therapy, patient)))


def _routes(therapy: Therapy, patient: Patient, asked: Dispensing | tuple[str, ...] | None) -> Iterator[str]:
    """Give the patient's routes in the order in which they are asked."""
    if patient.commercial and patient.medicare_pays_second:
        yield "commercial"
    if patient.medicare_advantage:
        yield "advantage"
        if therapy.kind is not Kind.NONE:
            yield "advantage_part_b_drug"
    elif patient.part_b and therapy.kind is not Kind.NONE:
        yield therapy.kind.value
        if therapy.visit_benefit:
            yield f"{therapy.visit_benefit}_visits"
    if _under_home_health(patient) and therapy.kind in (Kind.NONE, Kind.INSULIN):
        yield "home_health"
    if asked and _part_d_pays(asked):
        yield "advantage_drug_plan" if patient.medicare_advantage else _PART_D
    if patient.commercial and not patient.medicare_pays_second:
        yield "commercial"
    if patient.medicaid:
        yield "medicaid"
        if not patient.has_medicare:
            yield "medicaid_drug"
    yield _PATIENT


def _under_home_health(patient: Patient) -> bool:
    return patient.home_health_plan_of_care and not patient.medicare_advantage


def _asked_of_part_d(therapy: Therapy, patient: Patient) -> Dispensing | tuple[str, ...] | None:
    """Ask the decision of Part D where the patient has it and Part B does not take the drug."""
    cover = patient.part_d
    if cover is None or (therapy.kind is not Kind.NONE and patient.has_medicare):
        return None
    known = {
        "covered_by_part_a_or_b": False,
        "excluded_from_part_d": cover.excluded_from_part_d,
        "on_formulary": cover.on_formulary,
        "network_type": cover.network_type,
        "ancillary_assurance": cover.ancillary_assurance,
        "other_entity_available": cover.other_entity_available,
        "dual_eligible": bool(patient.medicaid),
    }
    return dispensing(
        {name: answer for name, answer in known.items() if answer is not None},
        usable_form=cover.usable_form,
        advantage_plan_covers=cover.advantage_plan_covers,
    )


def _part_d_pays(asked: Dispensing | tuple[str, ...]) -> bool:
    """Whether Part D is billed for the drug, or asked while questions or a determination are open."""
    return isinstance(asked, tuple) or asked.path.drug_payer not in _NOT_PART_D


def _part(part: str, routes: list[str], therapy: Therapy) -> PlannedPart:
    taking = [route for route in routes if part in ways()[route]]
    way = ways()[taking[0]][part]
    others = [ways()[route][part] for route in taking[1:] if route != _PATIENT]
    return PlannedPart(
        part=part,
        billed_to=way.billed_to,
        benefit=way.benefit,
        transaction=way.transaction,
        codes=tuple(_codes(way, therapy)),
        how=way.how,
        then=tuple(dict.fromkeys(other.billed_to for other in others)),
        source=way.source,
    )


def _codes(way: Way, therapy: Therapy) -> Iterator[str]:
    known = {
        "{drug}": therapy.drug_codes,
        "{pump}": (therapy.pump,) if therapy.pump else (),
        "{visits}": therapy.visit_codes,
        "{per_diem}": therapy.per_diem,
    }
    for code in way.codes:
        yield from known.get(code, (code,))


def _home_health(therapy: Therapy, patient: Patient) -> Iterator[VisitPath]:
    """Give which claim a visit goes on: for the infusion alone, and for a visit that is both."""
    if not _under_home_health(patient):
        return
    is_pump_drug = therapy.kind is Kind.PUMP_DRUG
    contents: tuple[VisitContent, ...] = ("HIT_ONLY", "BOTH") if is_pump_drug else ("INFUSION",)
    for content in contents:
        path = claims_for(
            Visit(
                under_hh_plan_of_care="Y",
                visit_content=content,
                hha_is_qualified_hit_supplier="Y" if patient.agency_is_infusion_supplier else "N",
                visit_made_by="HHA",
                drug_class="HIT_DRUG" if is_pump_drug else "NON_HIT_DRUG",
                on=patient.on,
            )
        )
        if path is not None:
            yield path


@cache
def ways() -> Mapping[str, Mapping[str, Way]]:
    """Give how each route bills each part it takes; a faulty file is a fault of the package."""
    text = (files("edi_hit.benefits.coverage") / "plan.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, dict[str, Way]])
