"""Jobs: large bodies, keys, restarts, and taking them away."""

import os
import shutil
import signal
import ssl
import stat
import subprocess
from http.client import HTTPSConnection
from pathlib import Path

import pytest
from http_service import CLEAN, FAULTY, Service, finished, served

from edi_hit.sample import write_sample_837p

ASYNC = {"prefer": "respond-async"}


def sample(folder: Path, claims: int) -> bytes:
    path = folder / "sample.837"
    with path.open("wb") as stream:
        write_sample_837p(stream, claims, 7)
    return path.read_bytes()


def test_a_large_body_becomes_a_job(service: Service, tmp_path: Path) -> None:
    body = sample(tmp_path, 200)
    begun = service.post("/v1/adjudicate?as_of=2025-08-01", body)
    assert begun.status == 202
    seen = []
    while "finished" not in (told := service.get(begun.headers["location"]).json):
        seen.append(told.get("progress"))
    assert {one["phase"] for one in seen if one} & {"reading", "deciding"}
    assert all(0 < one["done"] <= one["total"] for one in seen if one)
    assert (told["state"], told["body_bytes"]) == ("done", len(body))
    result = service.get(told["result"]).json
    assert result["claims"] == 200
    files = {one["name"]: one for one in result["files"]}
    assert "text" not in files["claims.835"]
    remittance = service.get(files["claims.835"]["href"])
    assert (remittance.status, len(remittance.body)) == (200, files["claims.835"]["size"])
    assert remittance.body.startswith(b"ISA*")


def test_a_job_can_be_asked_for_and_is_answered_as_it_would_have_been(service: Service) -> None:
    at_once = service.post("/v1/validate?as_of=2025-08-01", FAULTY)
    begun = service.post("/v1/validate?as_of=2025-08-01", FAULTY, ASYNC)
    told = finished(service, begun.headers["location"])
    assert service.get(told["result"]).body == at_once.body
    assert told["href"] in {one["href"] for one in service.get("/v1/jobs").json["jobs"]}


def test_a_job_that_fails_says_why(service: Service) -> None:
    begun = service.post("/v1/validate", b"hello", ASYNC)
    told = finished(service, begun.headers["location"])
    assert (told["state"], told["problem"]["status"]) == ("failed", 422)
    assert service.get(f"{told['href']}/result").problem == "not-x12"


def test_a_deleted_job_is_gone(service: Service) -> None:
    href = service.post("/v1/validate", CLEAN, ASYNC).headers["location"]
    assert service.ask("DELETE", href).status == 204
    for method, path in (("GET", href), ("GET", f"{href}/result"), ("DELETE", href)):
        assert service.ask(method, path).problem == "not-found"


def test_an_answer_given_at_once_leaves_nothing(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        service.post("/v1/validate", CLEAN)
        service.post("/v1/validate", b"hello")
        assert service.get("/v1/jobs").json == {"total": 0, "jobs": []}
        assert list((tmp_path / "jobs" / "jobs").iterdir()) == []


def test_a_name_of_a_file_cannot_leave_the_job(service: Service) -> None:
    href = service.post("/v1/validate", CLEAN, ASYNC).headers["location"]
    finished(service, href)
    for name in ("..%2Fjob.json", "../job.json", "%2e%2e/job.json", ".hidden", "nothing.835", "%00"):
        assert service.get(f"{href}/files/{name}").status == 404


def test_the_same_key_and_body_give_the_same_answer(service: Service) -> None:
    key = {"idempotency-key": "submission 1"}
    first = service.post("/v1/adjudicate", CLEAN, key)
    again = service.post("/v1/adjudicate", CLEAN, key)
    assert (again.status, again.body) == (200, first.body)
    for path, body in (
        ("/v1/adjudicate", FAULTY),
        ("/v1/validate", CLEAN),
        ("/v1/adjudicate?unknown=deny", CLEAN),
    ):
        answer = service.post(path, body, key)
        assert (answer.status, answer.problem) == (422, "key-used")


def test_a_key_whose_request_failed_gives_the_same_problem(service: Service) -> None:
    key = {"idempotency-key": "bad"}
    assert [service.post("/v1/validate", b"hello", key).problem for _ in range(2)] == ["not-x12"] * 2


def test_jobs_and_keys_survive_a_restart(tmp_path: Path) -> None:
    key = {"idempotency-key": "k"}
    with served(tmp_path) as service:
        first = service.post("/v1/validate", FAULTY, key)
        href = service.post("/v1/validate", CLEAN, ASYNC).headers["location"]
        told = finished(service, href)
        assert service.stop() == 0
    with served(tmp_path) as service:
        assert service.get(href).json == told
        assert service.post("/v1/validate", FAULTY, key).body == first.body
        assert service.post("/v1/validate", CLEAN, key).problem == "key-used"


def test_a_job_broken_off_by_kill_9_is_done_by_the_next_server(tmp_path: Path) -> None:
    body = sample(tmp_path, 500)
    with served(tmp_path) as service:
        href = service.post("/v1/adjudicate?as_of=2025-08-01", body, ASYNC).headers["location"]
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait()
    with served(tmp_path) as service:
        told = finished(service, href)
        assert told["state"] == "done"
        assert service.get(told["result"]).json["claims"] == 500


def test_a_folder_has_one_server(tmp_path: Path) -> None:
    with served(tmp_path):
        log = tmp_path / "log"
        try:
            with served(tmp_path):
                raise RuntimeError("a second server began")
        except AssertionError:
            assert "in use by another server" in log.read_text()


def test_what_is_kept_is_for_the_owner_alone(tmp_path: Path) -> None:
    with served(tmp_path) as service:
        finished(service, service.post("/v1/adjudicate", CLEAN, ASYNC).headers["location"])
        for path in (tmp_path / "jobs").rglob("*"):
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path
        service.stop()
    with served(tmp_path):
        assert not list((tmp_path / "jobs").rglob("body"))


def test_a_full_disk_is_told_and_the_service_goes_on(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", small], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("a small file system cannot be mounted here (needs root)")
    try:
        with served(tmp_path, "--folder", str(small / "jobs")) as service:
            answer = service.post("/v1/validate", CLEAN + b"\n" * 2_000_000)
            assert (answer.status, answer.problem) == (507, "disk-full")
            assert service.post("/v1/validate", CLEAN, ASYNC).status == 202
            assert service.post("/v1/validate", CLEAN).status == 200
    finally:
        subprocess.run(["umount", small], check=True)


def test_answers_are_given_over_tls(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    made = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "key.pem",
        "-out",
        "cert.pem",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([openssl, *made], cwd=tmp_path, check=True, capture_output=True)
    with served(tmp_path, settings='certificate = "cert.pem"\nkey = "key.pem"\n') as service:
        context = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        context.check_hostname = False
        connection = HTTPSConnection("127.0.0.1", service.port, context=context, timeout=30)
        connection.request("GET", "/health")
        response = connection.getresponse()
        assert (response.status, response.read()[:14]) == (200, b'{"status":"ok"')
        assert response.headers["strict-transport-security"]
        connection.close()
