"""With a ledger the service tells the audit trail what it did, and takes nothing from a partner twice."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from http_service import CLEAN, FAULTY, Answer, Service, finished, served
from sqlalchemy import text

from edi_hit.ledger import init_ledger, open_ledger, verify_audit
from edi_hit.sample import write_sample_837p

ASYNC = {"prefer": "respond-async"}
OFFICE, RIVER, TWIN = "office-secret", "river-secret", "twin-secret"
PROFILE = """
name = "{name}"
sender = {{id = "RIVERBEND1"}}
receiver = {{id = "{receiver}"}}
[duplicates]
claim_days = 30
claims = "{claims}"
"""
SETTINGS = """
ledger = "ledger.db"
partners = ["river.toml", "twin.toml"]
[limits]
requests_per_minute = 100_000
"""


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def token(name: str, secret: str, partner: str = "") -> str:
    of = f'partner = "{partner}"\n' if partner else ""
    return (
        f'[tokens.{name}]\nsha256 = "{sha256(secret.encode())}"\n'
        f'scopes = ["validate", "translate", "adjudicate"]\n{of}'
    )


class Kept(msgspec.Struct):
    """A service with a ledger, and its folder."""

    service: Service
    folder: Path
    settings: str

    def send(self, body: bytes, secret: str = RIVER, headers: dict[str, str] | None = None) -> Answer:
        return self.service.post("/v1/adjudicate?as_of=2025-08-01", body, headers, token=secret)

    def entries(self) -> list[tuple[str, str, str, str]]:
        """What the audit trail says: actor, action, subject, detail; it must verify."""
        with open_ledger(str(self.folder / "ledger.db")) as ledger, ledger.reading() as connection:
            assert verify_audit(connection).faults == ()
            asked = "SELECT actor, action, subject, detail FROM audit_entry ORDER BY entry"
            return [tuple(row) for row in connection.execute(text(asked))]

    def recorded_claims(self) -> int:
        with open_ledger(str(self.folder / "ledger.db")) as ledger, ledger.reading() as connection:
            return int(connection.scalar(text("SELECT count(*) FROM claim")) or 0)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    init_ledger(str(tmp_path / "ledger.db"))
    (tmp_path / "river.toml").write_text(PROFILE.format(name="river", receiver="10112", claims="reject"))
    (tmp_path / "twin.toml").write_text(PROFILE.format(name="twin", receiver="OTHER", claims="warn"))
    tokens = token("office", OFFICE) + token("river", RIVER, "river") + token("twin", TWIN, "twin")
    with served(tmp_path, settings=SETTINGS + tokens) as service:
        yield Kept(service, tmp_path, SETTINGS + tokens)


OTHER_NUMBER = CLEAN.replace(b"000000101", b"000000102")
OTHER_CLAIM = CLEAN.replace(b"CLM*EX", b"CLM*EY")


def test_the_bodies_differ() -> None:
    assert len({CLEAN, OTHER_NUMBER, OTHER_CLAIM}) == 3


def test_the_trail_tells_who_did_what_to_which_body(kept: Kept) -> None:
    ask = kept.service
    ask.post("/v1/validate", FAULTY, token=OFFICE)
    ask.post("/v1/validate", b"hello", token=OFFICE)
    ask.post("/v1/validate", CLEAN, token="wrong")
    href = ask.post("/v1/translate?to=json&as=claims", CLEAN, ASYNC, token=RIVER).headers["location"]
    told = finished(ask, href, RIVER)
    assert ask.get(told["result"], token=RIVER).status == 200
    assert ask.get(told["outputs"][0]["href"], token=RIVER).status == 200
    assert ask.ask("DELETE", href, token=RIVER).status == 204
    entries = kept.entries()
    assert [(actor, action, detail) for actor, action, _, detail in entries] == [
        ("http office", "validate", "3 claims, 2 errors"),
        ("http office", "validate", "422 not-x12"),
        ("http river (partner river)", "translate", "to json, 0 errors"),
        ("http river (partner river)", "given out", "the answer"),
        ("http river (partner river)", "given out", told["outputs"][0]["name"]),
        ("http river (partner river)", "removed", "as asked"),
    ]
    bodies = [FAULTY, b"hello", *[CLEAN] * 4]
    for (_, _, subject, _), body in zip(entries, bodies, strict=True):
        assert subject.endswith(f": {len(body)} bytes sha256 {sha256(body)}")


def test_nothing_is_answered_that_the_trail_cannot_tell(tmp_path: Path) -> None:
    with served(tmp_path, settings='ledger = "nowhere.db"\n') as service:
        answer = service.post("/v1/validate", CLEAN)
        assert (answer.status, answer.problem) == (503, "ledger")
        assert service.get("/health").status == 200


def test_the_same_bytes_are_answered_once(kept: Kept) -> None:
    first = kept.send(CLEAN)
    assert (first.status, first.json["states"]["paid"]) == (200, 1)
    again = kept.send(CLEAN)
    assert (again.status, again.problem) == (409, "sent-before")
    assert "not kept" in again.json["hint"]
    assert kept.send(CLEAN, OFFICE).status == 200, "a token without a partner has no windows"
    assert kept.service.post("/v1/validate", CLEAN, token=RIVER).status == 200, "a check is no submission"
    assert kept.recorded_claims() == 1


def test_a_refusal_says_where_the_answer_is(kept: Kept) -> None:
    href = kept.send(CLEAN, headers=ASYNC).headers["location"]
    assert finished(kept.service, href, RIVER)["state"] == "done"
    assert f"{href}/result" in kept.send(CLEAN).json["hint"]


def test_the_same_key_is_no_duplicate(kept: Kept) -> None:
    key = {"idempotency-key": "batch 1"}
    first = kept.send(CLEAN, headers=key)
    again = kept.send(CLEAN, headers=key)
    assert (again.status, again.body) == (200, first.body)
    assert [(action, detail) for _, action, _, detail in kept.entries()] == [
        ("adjudicate", "1 claims, 0 errors"),
        ("given out", "the answer, again"),
    ]


def test_a_control_number_used_before_refuses_the_interchange(kept: Kept) -> None:
    kept.send(CLEAN)
    told = kept.send(OTHER_CLAIM).json
    assert [one["rule"] for one in told["findings"]] == ["X12-PARTNER-03"]
    files = {one["name"]: one["text"] for one in told["files"]}
    assert "TA1*000000101*250310*0900*R*025~" in files["claims.999"]
    assert "AK9*R*1*1*0~" in files["claims.999"]
    assert "claims.835" not in files


def test_a_claim_sent_before_is_rejected_or_warned_of(kept: Kept) -> None:
    kept.send(CLEAN)
    told = kept.send(OTHER_NUMBER).json
    assert again(told) == ["error"]
    (acknowledged,) = (one["text"] for one in told["files"] if one["name"] == "claims.277ca")
    assert "STC*A3:54" in acknowledged
    assert told["states"]["rejected"] == 1
    to_other = OTHER_NUMBER.replace(b"*ZZ*10112     ", b"*ZZ*OTHER     ").replace(b"*10112*", b"*OTHER*")
    told = kept.send(to_other, TWIN).json
    assert again(told) == ["warning"]
    assert told["states"]["rejected"] == 0


def again(told: dict[str, Any]) -> list[str]:
    """How severe it is that claims came again."""
    return [one["severity"] for one in told["findings"] if one["rule"] == "X12-PARTNER-06"]


def test_acknowledgements_are_numbered_on(kept: Kept) -> None:
    numbers = set()
    for body in (CLEAN, OTHER_NUMBER, OTHER_CLAIM.replace(b"000000101", b"000000103")):
        for one in kept.send(body).json["files"]:
            if one["name"].endswith((".999", ".277ca")):
                numbers.add(one["text"].split("*")[13])
    assert len(numbers) == 6


def test_a_job_that_kill_9_broke_off_is_no_duplicate_of_itself(kept: Kept, tmp_path: Path) -> None:
    with (tmp_path / "sample.837").open("wb") as stream:
        write_sample_837p(stream, 500, 7)
    body = (tmp_path / "sample.837").read_bytes()
    href = kept.send(body, headers=ASYNC).headers["location"]
    while not noted(kept):
        assert "finished" not in kept.service.get(href, token=RIVER).json
    kept.service.process.kill()
    kept.service.process.wait()
    with served(tmp_path, settings=kept.settings) as next_one:
        told = finished(next_one, href, RIVER)
        assert told["state"] == "done"
        again = next_one.post("/v1/adjudicate?as_of=2025-08-01", body, ASYNC, token=RIVER)
        assert finished(next_one, again.headers["location"], RIVER)["problem"]["status"] == 409


def noted(kept: Kept) -> bool:
    """Whether the journal knows of a body."""
    with open_ledger(str(kept.folder / "ledger.db")) as ledger, ledger.reading() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM drop_file WHERE registration > 0")))


def test_jobs_kept_long_enough_are_removed_and_others_are_not(kept: Kept, tmp_path: Path) -> None:
    ask, jobs = kept.service, tmp_path / "jobs" / "jobs"
    hrefs = [
        ask.post("/v1/validate", body, ASYNC, token=RIVER).headers["location"] for body in (FAULTY, CLEAN)
    ]
    old, young = (finished(ask, href, RIVER) for href in hrefs)
    assert ask.stop() == 0
    end_earlier(jobs / old["id"] / "job.json", timedelta(hours=24, minutes=1))
    end_earlier(jobs / young["id"] / "job.json", timedelta(hours=23))
    with served(tmp_path, settings=kept.settings) as next_one:
        while next_one.get(old["href"], token=RIVER).status == 200:
            pass
        assert next_one.get(f"{old['href']}/result", token=RIVER).problem == "not-found"
        assert next_one.get(young["result"], token=RIVER).json["summary"]["accepted"] is True
    assert [path.name for path in jobs.iterdir()] == [young["id"]]
    removed = [entry for entry in kept.entries() if entry[1] == "removed"]
    assert [(actor, detail) for actor, _, _, detail in removed] == [("http", "kept long enough")]
    assert sha256(FAULTY) in removed[0][2]


def end_earlier(record: Path, by: timedelta) -> None:
    told = json.loads(record.read_bytes())
    told["finished"] = (datetime.now(UTC) - by).isoformat()
    record.write_text(json.dumps(told))


def test_a_look_at_the_page_records_nothing(kept: Kept) -> None:
    form = (
        f'--b\r\ncontent-disposition: form-data; name="token"\r\n\r\n{OFFICE}\r\n'
        '--b\r\ncontent-disposition: form-data; name="received"\r\n\r\n2025-03-10\r\n'
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
    ).encode()
    sent = {"content-type": "multipart/form-data; boundary=b"}
    for _ in range(2):
        answer = kept.service.ask("POST", "/", form + CLEAN + b"\r\n--b--\r\n", sent)
        assert (answer.status, b"169.83" in answer.body) == (200, True)
    assert kept.recorded_claims() == 0
    assert [(action, detail) for _, action, _, detail in kept.entries()] == [
        ("look", "1 claims, 0 errors")
    ] * 2
