"""Seeded names, ids and birth dates are in no log, metric, error or file name of the service."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from http_service import CLEAN, Answer, Service, finished, served

NAME, MEMBER, BORN = "CANARYNAME", "9ZZ9ZZ9ZZ99", "19170229"
CANARIES = (NAME, MEMBER, BORN)
ASYNC = {"prefer": "respond-async"}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    limits = "[limits]\nrequests_per_minute = 100_000\nkeep_hours = 1\n"
    with served(tmp_path_factory.mktemp("canary"), settings=limits) as service:
        yield service


def spoiled() -> Iterator[bytes]:
    """The example with a canary in the place of one element after another, of every segment."""
    segments = CLEAN.decode().split("~\n")
    for at in range(1, 10):
        told = []
        for number, segment in enumerate(segments):
            elements = segment.split("*")
            if elements[0] not in ("ISA", "GS", "ST") and len(elements) > at:
                elements[at] = CANARIES[number % 3]
            told.append("*".join(elements))
        yield "~\n".join(told).encode()
    yield CLEAN.replace(b"NM1*IL", NAME.encode() + b"*IL")
    yield CLEAN[:106] + NAME.encode() * 20
    yield (NAME * 20).encode()


def spoiled_documents(service: Service) -> Iterator[bytes]:
    """The claims of the example as JSON, one text after another replaced by a canary."""
    document = service.post("/v1/translate?to=json&as=claims", CLEAN).json
    texts = sum(1 for _ in replaced(document, -1, []))
    for at in range(0, texts, 4):
        copy = json.loads(json.dumps(document))
        list(replaced(copy, at, []))
        yield json.dumps(copy).encode()
    yield json.dumps({**document, NAME: BORN}).encode()
    yield f'{{"format":"edi-hit claims","version":"1","records":[{{"kind":"{NAME}"'.encode()


def replaced(value: Any, at: int, seen: list[int]) -> Iterator[None]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(items):
        if isinstance(item, dict | list):
            yield from replaced(item, at, seen)
        elif isinstance(item, str) and key not in ("format", "version"):
            if len(seen) == at:
                value[key] = CANARIES[at % 3]
            seen.append(1)
            yield


def holds(text: bytes) -> bool:
    return any(canary.encode() in text for canary in CANARIES)


def test_no_problem_tells_what_a_body_holds(watched: Service) -> None:
    problems = 0
    for body in spoiled():
        for path in ("/v1/validate", "/v1/adjudicate", "/v1/translate?to=ndjson&as=claims"):
            problems += is_silent_problem(watched.post(path, body))
    for body in spoiled_documents(watched):
        answer = watched.ask("POST", "/v1/translate?to=x12", body, {"content-type": "application/json"})
        problems += is_silent_problem(answer)
    assert problems > 10


def is_silent_problem(answer: Answer) -> bool:
    assert answer.status < 500
    is_problem = answer.status != 200
    assert not (is_problem and holds(answer.body)), answer.body
    return is_problem


def test_what_is_asked_is_not_repeated(watched: Service) -> None:
    asked = (
        watched.get(f"/{NAME}"),
        watched.get(f"/v1/price?code={NAME}&on={BORN}"),
        watched.get(f"/v1/price?{NAME}={MEMBER}"),
        watched.get(f"/v1/price?code=G0088&on=2025-03-05&locality={NAME}"),
        watched.get(f"/v1/price?code=G0088&on=2025-03-05&state={NAME}&zip={MEMBER}"),
        watched.get(f"/v1/jobs/{NAME}/files/{MEMBER}"),
        watched.post(f"/v1/validate?snip={NAME}", CLEAN),
        watched.post("/v1/validate", CLEAN, {"content-type": NAME}),
        watched.ask(NAME, "/v1/validate"),
    )
    for answer in asked:
        assert 400 <= answer.status < 500
        assert not holds(answer.body), answer.body


def test_no_log_metric_or_file_name_has_a_canary(watched: Service) -> None:
    canary = CLEAN.replace(b"MAPLE", NAME.encode()).replace(b"1EG4TE5MK73", MEMBER.encode())
    for number, body in enumerate((canary, *spoiled())):
        key = {"idempotency-key": f"{NAME}-{number}"}
        for path in ("/v1/validate", "/v1/adjudicate"):
            begun = watched.post(f"{path}?as_of=2025-08-01", body, ASYNC | key | {"x-request-id": NAME})
            if begun.status == 202:
                finished(watched, begun.headers["location"])
            key = {}
    form = (
        f'--b\r\ncontent-disposition: form-data; name="file"; filename="{NAME}.837"\r\n\r\n'.encode()
        + canary
        + b"\r\n--b--\r\n"
    )
    watched.ask("POST", "/", form, {"content-type": "multipart/form-data; boundary=b", "user-agent": NAME})
    folder = watched.log.parent
    names = "\n".join(str(path.relative_to(folder)) for path in folder.rglob("*"))
    assert "claims.835" in names
    assert not holds(names.encode())
    assert not holds(watched.log.read_bytes())
    assert not holds(watched.get("/metrics").body)
    records = [path.read_bytes() for path in (folder / "jobs").rglob("job.json")]
    assert records
    assert not [record for record in records if holds(record)]
    assert left_outside(folder) == []


def left_outside(folder: Path) -> list[Path]:
    """Files beside the folder of the jobs that hold a canary."""
    others = [path for path in folder.iterdir() if path.is_file()]
    return [path for path in others if holds(path.read_bytes())]
