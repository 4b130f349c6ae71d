"""The decision on a home infusion drug under Part D: Attachment II of the CMS letter to sponsors, 2006.

The boxes of the chart survive, its arrows do not. The tree follows the letter's text; where the chart can be
read otherwise, the path's `alternative_reading` says how.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import product

import msgspec

from edi_hit.reference.layout import packaged_rows


class Network(StrEnum):
    """What the plan's network has: infusion pharmacies with all services, with the drug alone, or none."""

    FULL = "FULL"
    DRUG_ONLY = "DRUG_ONLY"
    NONE = "NONE"


class PartDCase(msgspec.Struct, frozen=True, kw_only=True):
    """What the decision asks, in the order of the table's columns."""

    covered_by_part_a_or_b: bool
    excluded_from_part_d: bool
    on_formulary: bool
    network_type: Network
    ancillary_assurance: bool
    other_entity_available: bool
    dual_eligible: bool


Given = bool | Network
"""An answer to one of the questions."""

QUESTIONS: tuple[str, ...] = PartDCase.__struct_fields__


class PartDPath(msgspec.Struct, frozen=True):
    """Where a case ends: who pays drug and services, whether to dispense, what to do, and the source."""

    path_id: str
    outcome: str
    drug_payer: str
    services_payer: str
    dispense_allowed: str
    required_action: str
    basis: str
    alternative_reading: str
    source: str


def decide(case: PartDCase) -> PartDPath:
    """Give the path of a case."""
    return paths()[_path_id(case)]


def _path_id(case: PartDCase) -> str:
    if case.covered_by_part_a_or_b:
        return "PD-00"
    if case.excluded_from_part_d:
        return "PD-01"
    if not case.on_formulary:
        return "PD-02"
    if case.network_type is Network.NONE:
        return "PD-30"
    if case.network_type is Network.FULL:
        return "PD-10" if case.ancillary_assurance else _without_assurance(case, "PD-11", "PD-12")
    if not case.other_entity_available:
        return _without_assurance(case, "PD-23", "PD-24")
    return "PD-20" if case.ancillary_assurance else _without_assurance(case, "PD-21", "PD-22")


def _without_assurance(case: PartDCase, dual: str, other: str) -> str:
    return dual if case.dual_eligible else other


def assured_by_advantage_plan() -> PartDPath:
    """Give the path of a patient whose Medicare Advantage plan covers home infusion: it is the assurance."""
    return paths()["PD-40"]


@cache
def paths() -> Mapping[str, PartDPath]:
    """Give the paths by id, as the table `part_d_decision` has them."""
    return {row["path_id"]: msgspec.convert(row, PartDPath) for row in packaged_rows("part_d_decision")}


def part_d_table() -> Sequence[Mapping[str, str]]:
    """Give the path of every combination of answers, by the columns of the table `part_d_truth_table`."""
    return packaged_rows("part_d_truth_table")


def questions_left(known: Mapping[str, Given]) -> tuple[str, ...]:
    """Give the questions without an answer in `known` on which the path still depends."""
    open_ = [name for name in QUESTIONS if name not in known]
    return tuple(name for name in open_ if _matters(name, known, open_))


def any_case(known: Mapping[str, Given]) -> PartDCase:
    """Give a case with the answers known; the questions left open are answered in any way."""
    return next(_cases(known, [name for name in QUESTIONS if name not in known]))


def _matters(name: str, known: Mapping[str, Given], open_: list[str]) -> bool:
    others = [one for one in open_ if one != name]
    return any(
        len({_path_id(msgspec.structs.replace(case, **{name: answer})) for answer in _answers(name)}) > 1
        for case in _cases({**known, name: _answers(name)[0]}, others)
    )


def _cases(known: Mapping[str, Given], open_: list[str]) -> Iterator[PartDCase]:
    for given in product(*(_answers(name) for name in open_)):
        yield msgspec.convert({**known, **dict(zip(open_, given, strict=True))}, PartDCase)


def _answers(name: str) -> tuple[Given, ...]:
    return tuple(Network) if name == "network_type" else (True, False)
