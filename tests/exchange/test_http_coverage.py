"""Coverage over HTTP gives what the command gives."""

import json
import subprocess
import sys

import pytest
from http_service import Service

from edi_hit.benefits.coverage import payment_matrix
from edi_hit.cli.coverage import command

JSON = {"content-type": "application/json"}


def test_the_matrix_is_the_packages(service: Service) -> None:
    cells = service.get("/v1/coverage/matrix").json["cells"]
    assert [(one["payer"], one["component"]) for one in cells] == [
        (one.payer, one.component) for one in payment_matrix()
    ]


def test_part_d_decides_once_it_knows_enough(service: Service) -> None:
    asked = "/v1/coverage/part-d?covered_by_part_a_or_b=N&excluded_from_part_d=N&on_formulary=Y"
    answer = service.get(asked)
    assert (answer.status, "network_type" in answer.json["detail"]) == (422, True)
    told = service.get(f"{asked}&network_type=FULL&ancillary_assurance=Y&dual_eligible=N").json
    assert (told["dispense_allowed"], told["on_formulary"]) == ("Y", "Y")


def test_every_command_of_coverage_has_its_address(service: Service) -> None:
    described = service.get("/openapi.json").json["paths"]
    assert {name for name in command.commands if f"/v1/coverage/{name}" not in described} == set()


@pytest.mark.parametrize(
    ("asked", "options"),
    [
        (
            "home-health?under_hh_plan_of_care=Y&visit_content=BOTH&hha_is_qualified_hit_supplier=Y"
            "&visit_made_by=HHA&on=2020-05-01",
            "home-health --under-hh-plan-of-care Y --visit-content BOTH --hha-is-qualified-hit-supplier Y"
            " --visit-made-by HHA --on 2020-05-01",
        ),
        (
            "per-diem?therapy=anti_infective&interval_hours=8",
            "per-diem --therapy anti_infective --interval-hours 8",
        ),
        ("per-diem?therapy=tpn&liters=2.5", "per-diem --therapy tpn --liters 2.5"),
        ("per-diem?therapy=other&given=injection", "per-diem --therapy other --given injection"),
    ],
)
def test_the_answer_is_the_commands(service: Service, asked: str, options: str) -> None:
    command = [sys.executable, "-m", "edi_hit", "coverage", *options.split(), "--format", "json"]
    printed = subprocess.run(command, capture_output=True, check=True).stdout
    answer = service.get(f"/v1/coverage/{asked}")
    assert (answer.status, answer.json) == (200, json.loads(printed))


def test_the_table_of_part_d_has_every_case(service: Service) -> None:
    rows = service.get("/v1/coverage/part-d/table").json["rows"]
    assert len({tuple(row.values())[:7] for row in rows}) == len(rows) == 192


def test_what_the_tables_do_not_say_is_told(service: Service) -> None:
    asked = "under_hh_plan_of_care=Y&visit_content=HIT_ONLY&hha_is_qualified_hit_supplier=Y&visit_made_by=HHA"
    answer = service.get(f"/v1/coverage/home-health?{asked}&drug_class=NON_HIT_DRUG")
    assert (answer.status, answer.problem, answer.json["table"]) == (422, "table-missing", "hhpps_decision")
    wrong = service.get("/v1/coverage/per-diem?therapy=CANARY")
    assert (wrong.problem, "anti_infective" in wrong.json["detail"]) == ("wrong-parameter", True)
    assert b"CANARY" not in wrong.body
    assert service.get("/v1/coverage/per-diem?therapy=tpn&liters=-1").problem == "wrong-parameter"


def test_a_therapy_is_planned(service: Service) -> None:
    patient = {"on": "2025-03-05", "part_b": True, "diagnoses": ["D80.0"], "modifiers": ["JB"]}
    question = {"drug": "J1569", "pump": "E0779", "patient": patient}
    answer = service.ask("POST", "/v1/coverage/plan", json.dumps(question).encode(), JSON)
    assert answer.status == 200
    parts = {one["part"]: one for one in answer.json["parts"]}
    assert {"drug", "pump"} <= set(parts)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "JSON"),
        (b'{"drug":', "JSON"),
        (b'{"drug":"J1569"}', "patient"),
        (b'{"drug":"CANARY","patient":{"on":"2025-03-05"}}', "drug"),
        (
            b'{"drug":"J1569","patient":{"on":"2025-03-05","CANARY":1}}',
            "patient: Object contains unknown field",
        ),
        (
            b'{"drug":"J1569","patient":{"on":"2025-03-05","part_d":{"network_type":"CANARY"}}}',
            "network_type",
        ),
        (b"[" * 60_000, ""),
    ],
)
def test_a_question_that_is_wrong_is_told_without_what_was_sent(
    service: Service, body: bytes, told: str
) -> None:
    answer = service.ask("POST", "/v1/coverage/plan", body, JSON)
    assert (answer.status, told in answer.json["detail"]) == (422, True)
    assert b"CANARY" not in answer.body
