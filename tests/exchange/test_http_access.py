"""Who may ask for what: tokens, scopes, partners, rates, and where the service listens."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from http_service import CLEAN, Service, command_ended, finished, served

from edi_hit.profiles.http_service import HttpSettings, read_http_settings, require_usable
from edi_hit.rules import ConfigError

OFFICE, AUDITOR, GONE, PARTNER = "office-secret", "auditor-secret", "gone-secret", "partner-secret"
PROFILE = """
name = "elsewhere"
sender = {id = "ELSEWHERE"}
receiver = {id = "EDIHIT"}
limits = {bytes_per_file = 2000}
"""


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


SETTINGS = f"""
partners = ["elsewhere.toml"]
[tokens.office]
sha256 = "{sha256(OFFICE)}"
scopes = ["validate", "adjudicate", "price"]
[tokens.auditor]
sha256 = "{sha256(AUDITOR)}"
scopes = ["metrics"]
requests_per_minute = 3
[tokens.gone]
sha256 = "{sha256(GONE)}"
scopes = ["validate"]
expires_on = 2020-01-01
[tokens.partner]
sha256 = "{sha256(PARTNER)}"
scopes = ["validate", "adjudicate"]
partner = "elsewhere"
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "elsewhere.toml").write_text(PROFILE)
    with served(folder, settings=SETTINGS) as service:
        yield service


def test_a_token_opens_its_scopes_and_no_others(guarded: Service) -> None:
    assert guarded.post("/v1/validate", CLEAN, token=OFFICE).status == 200
    assert guarded.get("/metrics", token=AUDITOR).status == 200
    for answer in (
        guarded.post("/v1/translate?to=json", CLEAN, token=OFFICE),
        guarded.get("/metrics", token=OFFICE),
    ):
        assert (answer.status, answer.problem) == (403, "not-allowed")


@pytest.mark.parametrize("token", [None, "wrong", GONE, sha256(OFFICE), ""])
def test_without_a_good_token_nothing_is_answered(guarded: Service, token: str | None) -> None:
    for method, path in (("POST", "/v1/validate"), ("GET", "/v1/jobs"), ("GET", "/metrics")):
        answer = guarded.ask(method, path, CLEAN if method == "POST" else None, token=token)
        assert (answer.status, answer.problem) == (401, "no-token")
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_health_and_description_need_no_token(guarded: Service) -> None:
    assert guarded.get("/health").status == 200
    document = guarded.get("/openapi.json").json
    assert document["paths"]["/v1/validate"]["post"]["security"] == [{"token": []}]


def test_the_page_takes_a_token_with_its_form(guarded: Service) -> None:
    assert b'name="token"' in guarded.get("/").body
    for token, status in ((OFFICE, 200), ("wrong", 401), (AUDITOR, 403)):
        body = (
            f'--b\r\ncontent-disposition: form-data; name="token"\r\n\r\n{token}\r\n'
            f'--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\n{CLEAN.decode()}'
            "\r\n--b--\r\n"
        )
        kind = {"content-type": "multipart/form-data; boundary=b"}
        assert guarded.ask("POST", "/", body.encode(), kind).status == status


def test_a_job_belongs_to_its_token(guarded: Service) -> None:
    begun = guarded.post("/v1/validate", CLEAN, {"prefer": "respond-async"}, token=OFFICE)
    told = finished(guarded, begun.headers["location"], OFFICE)
    for path in (told["href"], told["result"], f"{told['href']}/files/claims.999"):
        assert guarded.get(path, token=OFFICE).status == 200
        assert guarded.get(path, token=PARTNER).problem == "not-found"
    assert guarded.ask("DELETE", told["href"], token=PARTNER).problem == "not-found"
    assert guarded.get("/v1/jobs", token=PARTNER).json == {"total": 0, "jobs": []}


def test_a_key_is_a_tokens_own(guarded: Service) -> None:
    key = {"idempotency-key": "1"}
    assert guarded.post("/v1/validate", CLEAN, key, token=OFFICE).status == 200
    assert guarded.post("/v1/validate?snip=1", CLEAN, key, token=PARTNER).status == 200


def test_what_is_sent_is_held_against_the_tokens_partner(guarded: Service) -> None:
    told = guarded.post("/v1/validate", CLEAN, token=PARTNER).json
    assert "X12-PARTNER-01" in {one["rule"] for one in told["findings"]}
    assert guarded.post("/v1/validate", CLEAN, token=OFFICE).json["findings"] == []
    assert guarded.post("/v1/adjudicate", CLEAN, token=PARTNER).json["states"]["rejected"] == 1


def test_a_partners_files_have_its_limit(guarded: Service) -> None:
    assert guarded.post("/v1/validate", CLEAN * 3, token=PARTNER).problem == "too-large"
    assert guarded.post("/v1/validate", CLEAN * 3, token=OFFICE).status == 200


def test_too_many_requests_are_told_to_wait(guarded: Service) -> None:
    answers = [guarded.get("/metrics", token=AUDITOR) for _ in range(5)]
    assert answers[-1].problem == "too-often"
    assert int(answers[-1].headers["retry-after"]) > 0
    assert guarded.get("/v1/jobs", token=OFFICE).status == 200


def test_no_token_is_in_a_log_or_on_disk(guarded: Service) -> None:
    guarded.post("/v1/validate", CLEAN, {"prefer": "respond-async"}, token=OFFICE)
    folder = guarded.log.parent
    held = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not [data for data in held for token in (OFFICE, AUDITOR, PARTNER) if token.encode() in data]
    assert "office" in {line.get("caller") for line in guarded.lines()}


def test_another_address_than_loopback_needs_tokens(tmp_path: Path) -> None:
    done = command_ended("--host", "0.0.0.0", "--port", "0", "--folder", tmp_path / "jobs")
    assert done.returncode == 2
    assert "no tokens are set" in done.stderr
    require_usable(HttpSettings(host="0.0.0.0", without_tokens=True))


def test_it_listens_on_loopback_unless_told_otherwise(service: Service) -> None:
    assert HttpSettings().host == "127.0.0.1"
    assert service.address.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_told(service: Service, tmp_path: Path) -> None:
    done = command_ended("--port", str(service.port), "--folder", tmp_path / "jobs")
    assert (done.returncode, "in use" in done.stderr) == (4, True)


def test_a_new_token_is_told_with_its_settings(tmp_path: Path) -> None:
    done = command_ended("--new-token", "front-desk")
    token = done.stdout.splitlines()[0].removeprefix("token: ")
    config = tmp_path / "serve.toml"
    config.write_text(done.stdout[done.stdout.index("[tokens.") :])
    settings = read_http_settings(config)
    assert settings.tokens["front-desk"].sha256 == sha256(token)
    assert len(token) >= 40


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("port = 99999", "port"),
        ("folder = 1", "folder"),
        ("prot = 1", "prot"),
        ("[tokens.a]\nsha256 = 'x'\nscopes = []", "sha256"),
        (f"[tokens.a]\nsha256 = '{'0' * 64}'\nscopes = ['all']", "all"),
        (f"[tokens.a]\nsha256 = '{'0' * 64}'\nscopes = []\npartner = 'p'", "partner"),
        ("certificate = 'a.pem'", "TLS"),
        ("[limits]\nbody_mb = 0", "body_mb"),
        ("port = ", "serve.toml"),
    ],
)
def test_settings_that_are_wrong_are_named(tmp_path: Path, text: str, told: str) -> None:
    config = tmp_path / "serve.toml"
    config.write_text(text)
    with pytest.raises(ConfigError, match=told):
        require_usable(read_http_settings(config))
