"""The decision tree of Part D against its truth table, and what stands around it."""

import csv
from pathlib import Path

import msgspec
import pytest
from sample_files import samples_root

from edi_hit.benefits.coverage import Dispensing, PartDCase, decide, dispensing
from edi_hit.benefits.coverage.part_d import paths, questions_left
from edi_hit.reference.layout import packaged_rows

TRUTH = packaged_rows("part_d_truth_table")
_SAMPLES = samples_root()
REFERENCE = _SAMPLES.parent / "reference" / "data" if _SAMPLES else Path("no reference folder")
TABLES = ("payment_matrix", "part_d_truth_table", "part_d_decision", "hhpps_decision")
FULL = {"covered_by_part_a_or_b": False, "excluded_from_part_d": False, "on_formulary": True}


def case(row: dict[str, str]) -> PartDCase:
    answers = {
        name: {"Y": True, "N": False}.get(row[name], row[name]) for name in PartDCase.__struct_fields__
    }
    return msgspec.convert(answers, PartDCase)


def test_the_tree_ends_where_each_of_the_192_rows_says() -> None:
    assert len({case(row) for row in TRUTH}) == len(TRUTH) == 192
    for row in TRUTH:
        path = decide(case(row))
        assert (path.path_id, path.outcome) == (row["path_id"], row["outcome"])


def test_every_path_is_reached_or_is_the_assurance_of_an_advantage_plan() -> None:
    assert {row["path_id"] for row in TRUTH} | {"PD-40"} == set(paths())


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference folder is not there")
@pytest.mark.parametrize("name", TABLES)
def test_tables_are_those_of_the_reference(name: str) -> None:
    text = (REFERENCE / f"{name}.csv").read_text(encoding="utf-8")
    assert list(csv.DictReader(text.splitlines())) == list(packaged_rows(name))


def test_only_what_the_answer_depends_on_is_asked() -> None:
    assert questions_left({}) == PartDCase.__struct_fields__
    assert questions_left({"covered_by_part_a_or_b": True}) == ()
    known = {**FULL, "network_type": "FULL", "ancillary_assurance": True}
    assert questions_left(known) == ()
    assert questions_left({**known, "network_type": "DRUG_ONLY"}) == (
        "other_entity_available",
        "dual_eligible",
    )


@pytest.mark.parametrize(("network", "path"), [("FULL", "PD-10"), ("DRUG_ONLY", "PD-20")])
def test_an_advantage_plan_that_covers_home_infusion_is_the_assurance(network: str, path: str) -> None:
    known = {**FULL, "network_type": network, "ancillary_assurance": False, "other_entity_available": True}
    found = dispensing(known, advantage_plan_covers=True)
    assert isinstance(found, Dispensing)
    assert found.path.path_id == path
    assert found.advantage_path is not None
    assert found.advantage_path.path_id == "PD-40"
    assert found.dispense_allowed == "Y"


def says(found: Dispensing | tuple[str, ...]) -> dict[str, str]:
    assert isinstance(found, Dispensing)
    return {rule.id: str(rule.answer) for rule in found.rules}


def test_a_drug_not_ready_for_use_is_not_dispensed() -> None:
    known = {**FULL, "network_type": "FULL", "ancillary_assurance": True}
    unmixed, mixed = dispensing(known, usable_form=False), dispensing(known, usable_form=True)
    assert isinstance(unmixed, Dispensing)
    assert isinstance(mixed, Dispensing)
    assert (unmixed.dispense_allowed, mixed.dispense_allowed) == ("N", "Y")
    assert (says(unmixed)["PARTD-FORM"], says(mixed)["PARTD-FORM"]) == ("not met", "met")
    assert says(dispensing(known))["PARTD-FORM"] == "unknown"


def test_without_an_assurance_the_drug_waits() -> None:
    known = {**FULL, "network_type": "FULL", "ancillary_assurance": False, "dual_eligible": True}
    found = dispensing(known)
    assert isinstance(found, Dispensing)
    assert found.dispense_allowed == "HOLD_UNTIL_ASSURED"
    assert says(found)["PARTD-ASSURE"] == "not met"


def test_rules_after_the_one_that_leaves_part_d_are_not_reached() -> None:
    off_formulary = dispensing({**FULL, "on_formulary": False})
    assert says(off_formulary) == {
        "PARTD-SCOPE": "met", "PARTD-EXPEDITE": "not met", "PARTD-NETWORK": "not reached",
        "PARTD-ASSURE": "not reached", "PARTD-FORM": "not reached",
    }  # fmt: skip
    part_b = dispensing({"covered_by_part_a_or_b": True})
    assert says(part_b)["PARTD-SCOPE"] == "not met"
    assert says(part_b)["PARTD-EXPEDITE"] == "not reached"
