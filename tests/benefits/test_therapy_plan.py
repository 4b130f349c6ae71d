"""The plan of a therapy: each part goes to the first payer that takes it."""

from datetime import date
from pathlib import Path

import pytest

from edi_hit.benefits.coverage import Patient, Plan, plan, read_patient
from edi_hit.benefits.coverage.patient import PartDCover
from edi_hit.benefits.coverage.plan import PARTS, ways
from edi_hit.reference import Tables
from edi_hit.rules import ConfigError

TABLES = Tables.packaged()
ON = date(2025, 3, 5)
PART_D = PartDCover(
    on_formulary=True, excluded_from_part_d=False, network_type="FULL", ancillary_assurance=True
)


def planned(drug: str, pump: str, **known: object) -> Plan:
    return plan(drug, pump, Patient(on=ON, **known), TABLES)


def billed(found: Plan) -> dict[str, str]:
    return {part.part: f"{part.billed_to} {part.transaction}" for part in found.parts}


def codes(found: Plan) -> dict[str, tuple[str, ...]]:
    return {part.part: part.codes for part in found.parts}


def test_a_pump_drug_under_part_b() -> None:
    found = planned("J1569", "E0781", part_b=True)
    assert billed(found) == {
        "drug": "DME MAC 837P", "pump": "DME MAC 837P", "supplies": "DME MAC 837P",
        "visits": "A/B MAC, Part B 837P",
    }  # fmt: skip
    assert codes(found)["drug"] == ("J1569 JB",)
    assert codes(found)["visits"] == ("G0069", "G0089")
    assert codes(found)["pump"] == ("E0781",)


def test_in_2020_visits_are_of_the_transitional_benefit() -> None:
    found = plan("J1250", "E0781", Patient(on=date(2020, 3, 5), part_b=True), TABLES)
    assert billed(found)["visits"] == "DME MAC 837P"
    assert codes(found)["visits"] == ("G0068",)
    assert {part.benefit for part in found.parts} == {"medicare_dme", "medicare_transitional"}


def test_a_drug_whose_place_on_the_list_is_not_certain_is_said_to_be_so() -> None:
    assert planned("J1569", "E0781", part_b=True).therapy.unknown == ()
    assert "not certain" in planned("J9200", "E0781", part_b=True).therapy.unknown[0]


def test_visits_for_an_unlisted_drug_have_no_codes_and_the_same_payer() -> None:
    found = planned("J7799", "E0781", part_b=True)
    assert billed(found)["visits"] == "A/B MAC, Part B 837P"
    assert codes(found)["visits"] == ()


def test_the_same_drug_without_a_pump_is_home_ivig_for_an_immune_deficiency() -> None:
    found = planned("J1569", "", part_b=True, diagnoses=("D80.0",))
    assert codes(found) == {"drug": ("J1569",), "supplies": ("Q2052",), "visits": ("Q2052",)}
    other = planned("J1569", "", part_b=True, diagnoses=("I50.22",))
    assert other.therapy.kind == "none"


@pytest.mark.parametrize("device", ["A4306", ""])
def test_a_disposable_device_or_gravity_leaves_part_b(device: str) -> None:
    found = planned("J1250", device, part_b=True, part_d=PART_D)
    assert billed(found)["drug"] == "Part D sponsor NCPDP D.0"
    assert billed(found)["visits"] == "the patient none"
    assert found.part_d is not None
    assert found.part_d.path.path_id == "PD-10"


def test_part_d_is_asked_only_with_what_is_known() -> None:
    found = planned(
        "J0696", "", part_b=True, part_d=PartDCover(on_formulary=True, excluded_from_part_d=False)
    )
    assert found.part_d is None
    assert found.part_d_questions == ("network_type", "ancillary_assurance", "other_entity_available")
    assert billed(found)["drug"] == "Part D sponsor NCPDP D.0"


@pytest.mark.parametrize(
    ("known", "billed_to", "path"),
    [
        ({"on_formulary": False, "excluded_from_part_d": False}, "Part D sponsor", "PD-02"),
        ({"excluded_from_part_d": True}, "the patient", "PD-01"),
    ],
)
def test_a_drug_off_the_formulary_waits_for_part_d_and_an_excluded_one_leaves_it(
    known: dict[str, bool], billed_to: str, path: str
) -> None:
    found = planned("J0696", "", part_b=True, part_d=PartDCover(**known))
    assert found.parts[0].billed_to == billed_to
    assert found.part_d is not None
    assert found.part_d.path.path_id == path


def test_home_health_takes_visits_of_a_drug_outside_the_pump_list() -> None:
    found = planned("J0696", "", part_b=True, home_health_plan_of_care=True)
    assert billed(found)["visits"] == "HH&H MAC 837I TOB 032x"
    assert [path.path_id for path in found.home_health] == ["HH-12"]


def test_under_a_plan_of_care_a_mixed_visit_goes_on_both_claims() -> None:
    found = planned(
        "J1250", "E0781", part_b=True, home_health_plan_of_care=True, agency_is_infusion_supplier=True
    )
    assert billed(found)["visits"] == "A/B MAC, Part B 837P"
    assert [path.path_id for path in found.home_health] == ["HH-02", "HH-03"]


def test_an_advantage_plan_pays_a_part_b_drug_itself_and_another_by_its_drug_plan() -> None:
    pump_drug = planned("J1250", "E0781", medicare_advantage=True, part_d=PART_D)
    assert billed(pump_drug)["drug"] == "Medicare Advantage plan 837P"
    other = planned("J0696", "E0781", medicare_advantage=True, part_d=PART_D)
    assert billed(other)["drug"] == "Part D side of the Medicare Advantage plan NCPDP D.0"
    assert billed(other)["supplies"] == "Medicare Advantage plan 837P"


def test_a_commercial_payer_before_and_after_medicare() -> None:
    first = planned("J1250", "E0781", part_b=True, commercial=True, medicare_pays_second=True)
    assert {part.billed_to for part in first.parts} == {"commercial payer"}
    assert first.parts[0].then == ("DME MAC",)
    after = planned("J1250", "E0781", part_b=True, commercial=True)
    assert after.parts[0].billed_to == "DME MAC"
    assert after.parts[0].then == ("commercial payer",)


def test_medicaid_comes_last_and_takes_no_drug_of_a_dual() -> None:
    dual = planned("J0696", "E0781", part_b=True, commercial=True, medicaid="TX")
    assert all(part.then[-1:] == ("State agency or its managed care plan",) for part in dual.parts[1:])
    assert dual.parts[0].then == ()
    alone = planned("J0696", "E0781", medicaid="TX")
    assert billed(alone)["drug"] == "State pharmacy program NCPDP D.0"


def test_insulin_is_dme_without_visits() -> None:
    found = planned("J1817", "E0784", part_b=True)
    assert found.therapy.kind == "part_b_insulin"
    assert billed(found)["visits"] == "the patient none"


def test_what_is_not_known_is_said() -> None:
    late = plan("J0696", "E0781", Patient(on=date(2030, 1, 1), part_b=True), TABLES)
    assert any("known through" in said for said in late.therapy.unknown)
    assert any("E1399" in said for said in planned("J1250", "E1399", part_b=True).therapy.unknown)
    assert any("E9999" in said for said in planned("J1250", "E9999", part_b=True).therapy.unknown)


def test_every_route_has_only_known_parts_and_the_patient_has_all() -> None:
    assert all(set(route) <= set(PARTS) for route in ways().values())
    assert set(ways()["patient"]) == set(PARTS)


def test_the_example_patient_is_read_and_a_wrong_key_is_named(tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "examples" / "coverage" / "patient.toml"
    assert read_patient(example).medicaid == "AL"
    wrong = tmp_path / "patient.toml"
    wrong.write_text("on = 2025-03-05\npart_c = true\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="part_c"):
        read_patient(wrong)
