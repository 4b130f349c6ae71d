import json
from pathlib import Path

from edi_hit_command import edi_hit

PATIENT = Path(__file__).parents[2] / "examples" / "coverage" / "patient.toml"
NOT_A_OR_B = ("--covered_by_part_a_or_b", "N", "--excluded-from-part-d", "n")


def coverage(*arguments: str) -> object:
    done = edi_hit("coverage", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_matrix_has_45_cells_with_the_columns_of_its_table() -> None:
    cells = coverage("matrix")
    assert isinstance(cells, list)
    assert len(cells) == len({(cell["payer"], cell["component"]) for cell in cells}) == 45
    assert list(cells[0])[:4] == ["payer", "component", "covered", "condition"]
    assert all(cell["source"] for cell in cells)
    text = edi_hit("coverage", "matrix").stdout
    assert text.count("drug_ingredient") == 10


def test_the_truth_table_has_192_rows() -> None:
    rows = coverage("part-d", "--table")
    assert isinstance(rows, list)
    assert len(rows) == 192
    assert len(edi_hit("coverage", "part-d", "--table").stdout.splitlines()) == 192


def test_part_d_answers_with_the_columns_of_the_tables() -> None:
    found = coverage(
        "part-d", *NOT_A_OR_B, "--on-formulary", "Y", "--network-type", "drug_only",
        "--ancillary-assurance", "N", "--other-entity-available", "Y", "--dual-eligible", "Y",
    )  # fmt: skip
    assert isinstance(found, dict)
    assert (found["path_id"], found["outcome"]) == ("PD-21", "STATE_COORDINATION_BY_ENTITY")
    assert found["network_type"] == "DRUG_ONLY"
    assert found["alternative_reading"] == "Under the literal reading this case is PD-20"
    assert found["dispense_allowed"] == "HOLD_UNTIL_ASSURED"


def test_part_d_asks_for_what_is_missing() -> None:
    done = edi_hit("coverage", "part-d", *NOT_A_OR_B, "--on-formulary", "Y", "--network-type", "FULL")
    assert done.returncode == 2
    assert "--ancillary-assurance, --dual-eligible" in done.stderr
    assert "--other-entity-available" not in done.stderr


def test_part_d_in_words_names_the_road_and_the_other_reading() -> None:
    done = edi_hit(
        "coverage", "part-d", *NOT_A_OR_B, "--on-formulary", "Y", "--network-type", "DRUG_ONLY",
        "--advantage-plan-covers", "Y", "--other-entity-available", "Y", "--usable-form", "N",
    )  # fmt: skip
    assert done.returncode == 0
    assert "PD-20 DRUG_AND_ANCILLARY_PROVIDED" in done.stdout
    assert "PD-40" in done.stdout
    assert "NCPDP D.0, never on an 837" in done.stdout
    assert "dispense: N" in done.stdout
    assert "can be read otherwise" in done.stdout


def test_which_claim_a_visit_goes_on() -> None:
    visit = ("--under-hh-plan-of-care", "Y", "--hha-is-qualified-hit-supplier", "Y", "--visit-made-by", "HHA")
    both = coverage("home-health", *visit, "--visit-content", "BOTH")
    assert isinstance(both, dict)
    assert (both["path_id"], both["hh_claim"], both["hit_claim"]) == ("HH-03", "Y", "Y")
    before = coverage("home-health", *visit, "--visit-content", "BOTH", "--on", "2020-05-01")
    assert isinstance(before, dict)
    assert before["path_id"] == "HH-16"
    unknown = edi_hit(
        "coverage", "home-health", *visit, "--visit-content", "HIT_ONLY", "--drug-class", "NON_HIT_DRUG"
    )
    assert unknown.returncode == 1
    assert "not known" in unknown.stdout


def test_the_plan_of_a_therapy() -> None:
    found = coverage("plan", "--drug", "j1569", "--pump", "E0781", "--patient", str(PATIENT))
    assert isinstance(found, dict)
    assert [part["part"] for part in found["parts"]] == ["drug", "pump", "supplies", "visits"]
    assert found["parts"][0]["codes"] == ["J1569 JB"]
    text = edi_hit("coverage", "plan", "--drug", "J0696", "--patient", str(PATIENT)).stdout
    assert "drug: Part D sponsor (NCPDP D.0) NDC" in text
    assert "PD-11" in text


def test_what_is_no_code_or_no_patient_is_wrong_usage(tmp_path: Path) -> None:
    assert edi_hit("coverage", "plan", "--drug", "aspirin", "--patient", str(PATIENT)).returncode == 2
    wrong = tmp_path / "p.toml"
    wrong.write_text("on = today", encoding="utf-8")
    done = edi_hit("coverage", "plan", "--drug", "J1250", "--patient", str(wrong))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_per_diem_is_chosen_by_the_dosing_interval_or_volume() -> None:
    found = coverage("per-diem", "--therapy", "anti_infective", "--interval-hours", "8")
    assert isinstance(found, dict)
    assert found["code"] == "S9502"
    assert edi_hit("coverage", "per-diem", "--therapy", "tpn", "--liters", "2.5").stdout.startswith("S9367  ")
    wrong = edi_hit("coverage", "per-diem", "--therapy", "wizardry")
    assert wrong.returncode == 2
    assert "anti_infective" in wrong.stderr
