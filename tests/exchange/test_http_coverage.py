"""Coverage over HTTP gives what the package gives."""

import json

import pytest
from http_service import Service

from edi_hit.benefits.coverage import payment_matrix

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
