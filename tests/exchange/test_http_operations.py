"""What the service answers to bodies and questions is what the jobs of the package give."""

import io
import json
import zipfile

import pytest
from http_service import CLEAN, FAULTY, Service


def test_validate_gives_findings_and_acknowledgements(service: Service) -> None:
    answer = service.post("/v1/validate?as_of=2025-08-01", FAULTY)
    assert answer.status == 200
    told = answer.json
    assert (told["summary"]["accepted"], told["summary"]["claims"]) == (False, 3)
    assert [(one["rule"], one["segment_id"]) for one in told["findings"]] == [
        ("X12-ENV-19", "DTP"),
        (told["findings"][1]["rule"], told["findings"][1]["segment_id"]),
    ]
    files = {one["name"]: one["text"] for one in told["files"]}
    assert set(files) == {"claims.999", "claims.277ca"}
    assert "20250801" in files["claims.999"]
    assert files["claims.277ca"].startswith("ISA*")


def test_values_are_told_only_where_they_are_asked_for(service: Service) -> None:
    assert b"20250231" not in service.post("/v1/validate?acknowledge=false", FAULTY).body
    assert b'"value":"20250231"' in service.post("/v1/validate?acknowledge=false&values=true", FAULTY).body


def test_findings_left_out_are_counted(service: Service) -> None:
    told = service.post("/v1/validate?max_findings=1&snip=1-5", FAULTY).json
    assert (len(told["findings"]), told["findings_left_out"]) == (1, told["summary"]["errors"] - 1)


def test_adjudicate_gives_decisions_with_their_rules_and_the_835(service: Service) -> None:
    told = service.post("/v1/adjudicate?as_of=2025-08-01", CLEAN).json
    assert (told["claims"], told["allowed"], told["paid"]) == (1, "216.62", "169.83")
    (decision,) = told["decisions"]
    assert decision["state"] == "paid"
    assert any(rule["id"] == "HIT-PAY-GAF" for rule in decision["lines"][0]["rules"])
    files = {one["name"]: one["text"] for one in told["files"]}
    assert "BPR*I*169.83*C*NON" in files["claims.835"]
    assert "<html" in files["report.html"]


def test_what_follows_an_unknown_is_the_callers_choice(service: Service) -> None:
    assert service.post("/v1/adjudicate?unknown=assume", CLEAN).json["states"]["paid"] == 1
    assert service.post("/v1/adjudicate?unknown=pend", CLEAN).json["states"]["pended"] == 1


def test_translate_gives_the_document_and_takes_it_back(service: Service) -> None:
    there = service.post("/v1/translate?to=xml", CLEAN)
    assert (there.status, there.headers["content-type"]) == (200, "application/xml")
    back = service.ask("POST", "/v1/translate?to=x12", there.body, {"content-type": "application/xml"})
    assert back.body == CLEAN


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_come_as_a_zip(service: Service, form: str) -> None:
    answer = service.post(f"/v1/translate?to={form}&as=claims", CLEAN)
    names = zipfile.ZipFile(io.BytesIO(answer.body)).namelist()
    assert names == [f"claims.{table}.{form}" for table in ("claims", "lines", "adjustments")]


def test_claims_with_errors_are_counted_in_a_header(service: Service) -> None:
    answer = service.post("/v1/translate?to=json&as=claims", FAULTY)
    assert (answer.status, int(answer.headers["edi-hit-errors"]) > 0) == (200, True)


def test_a_price_shows_its_arithmetic(service: Service) -> None:
    told = service.get("/v1/price?code=G0088&on=2025-03-05&state=AL&charge=300&trace=true").json
    assert (told["fee"], told["allowed"]) == ("216.62", "216.62")
    assert told["steps"]
    assert any(one["name"] == "sequestration" for one in told["parameters"])


@pytest.mark.parametrize(
    ("asked", "kind", "told"),
    [
        ("code=G0088&on=2025-03-05", "wrong-parameter", "locality"),
        ("code=G0088&on=2025-02-30&state=AL", "wrong-parameter", "on"),
        ("code=G0088&on=2025-03-05&state=AL&sex=1", "wrong-parameter", ""),
        ("code=G0088&code=G0088&on=2025-03-05&state=AL", "wrong-parameter", "twice"),
        ("code=G0088&on=2025-03-05&state=AL&charge=1e3", "wrong-parameter", "dollars"),
        ("code=G0088&on=2035-03-05&state=AL", "table-missing", ""),
    ],
)
def test_what_cannot_be_priced_is_a_problem(service: Service, asked: str, kind: str, told: str) -> None:
    answer = service.get(f"/v1/price?{asked}")
    assert (answer.status, answer.problem) == (422, kind)
    assert told in answer.json.get("detail", "")


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "kind"),
    [
        ("/v1/validate", b"hello", {}, 422, "not-x12"),
        ("/v1/validate", b"", {}, 422, "not-x12"),
        ("/v1/adjudicate", CLEAN[:50], {}, 422, "not-x12"),
        ("/v1/validate", b"\x1f\x8bdamaged", {}, 422, "not-x12"),
        ("/v1/translate?to=x12", b"<a><b></a>", {"content-type": "application/xml"}, 422, "not-a-document"),
        ("/v1/translate?to=x12", b'{"a":', {"content-type": "application/json"}, 422, "not-a-document"),
        ("/v1/translate?to=csv&as=loops", CLEAN, {}, 422, "wrong-parameter"),
        ("/v1/translate", CLEAN, {}, 422, "wrong-parameter"),
        ("/v1/translate?to=x12&sender=ME", CLEAN, {}, 422, "wrong-parameter"),
        ("/v1/validate?snip=9", CLEAN, {}, 422, "wrong-parameter"),
        ("/v1/validate?max_findings=-1", CLEAN, {}, 422, "wrong-parameter"),
        ("/v1/validate", CLEAN, {"content-type": "image/png"}, 415, "not-this-type"),
        ("/v1/validate", CLEAN, {"idempotency-key": "x" * 256}, 422, "wrong-parameter"),
        ("/v1/validate", b" " * (4 * 1024 * 1024 + 1), {}, 413, "too-large"),
        ("/v1/nowhere", CLEAN, {}, 404, "not-found"),
        ("/v1/price", CLEAN, {}, 405, "no-such-method"),
    ],
)
def test_what_cannot_be_done_is_a_problem(
    service: Service, path: str, body: bytes, headers: dict[str, str], status: int, kind: str
) -> None:
    answer = service.post(path, body, headers)
    assert (answer.status, answer.problem) == (status, kind)


def test_an_interchange_that_is_cut_off_is_answered_with_findings(service: Service) -> None:
    answer = service.post("/v1/validate", CLEAN[:-40])
    assert (answer.status, answer.json["summary"]["exit_code"]) == (200, 3)
    assert "X12-ENV-14" in {one["rule"] for one in answer.json["findings"]}


def test_every_answer_has_the_security_headers(service: Service) -> None:
    for answer in (service.get("/health"), service.get("/nowhere"), service.post("/v1/validate", CLEAN)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


def test_another_host_name_is_refused(service: Service) -> None:
    answer = service.get("/health", headers={"host": "attacker.example"})
    assert (answer.status, answer.problem) == (421, "wrong-host")


def test_metrics_count_by_route_and_never_by_address(service: Service) -> None:
    service.get("/v1/jobs/not-a-job")
    service.get("/secret-name")
    text = service.get("/metrics").body.decode()
    assert 'edi_hit_http_requests_total{method="GET",route="/v1/jobs/{job}",status="404"}' in text
    assert "secret-name" not in text
    assert "not-a-job" not in text


def test_the_description_names_every_address(service: Service) -> None:
    document = json.loads(service.get("/openapi.json").body)
    assert document["openapi"] == "3.1.0"
    assert {"/v1/validate", "/v1/translate", "/v1/adjudicate", "/v1/price", "/v1/jobs/{job}"} <= set(
        document["paths"]
    )
