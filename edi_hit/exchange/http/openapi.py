"""The service described as an OpenAPI 3.1 document, made from what its addresses declare."""

from collections.abc import Iterable

import msgspec

import edi_hit
from edi_hit.benefits.commercial import CodeChoice
from edi_hit.benefits.coverage import Visit, VisitPath
from edi_hit.exchange.http.coverage_questions import (
    Matrix,
    PartDQuery,
    PartDTable,
    PerDiemQuery,
    PlanQuestion,
)
from edi_hit.exchange.http.job_endpoints import JobList
from edi_hit.exchange.http.job_record import JobDocument
from edi_hit.exchange.http.openapi_parts import (
    JSON,
    SCHEMAS,
    Json,
    binary,
    body_of,
    content_of,
    header_of,
    parameters_of,
    ref_of,
)
from edi_hit.exchange.http.operations.work import Operation
from edi_hit.exchange.http.price_endpoint import PriceAnswer, PriceQuery
from edi_hit.exchange.http.problems import PROBLEM_TYPE, Problem
from edi_hit.profiles.http_service import Scope

_EVERYWHERE = (400, 408, 421, 429, 500)
_OF_BODIES = (413, 415, 422, 503, 507)
_HEADERS = (
    (
        "Idempotency-Key",
        "The same key and request give the same answer; the key with another is refused",
        255,
    ),
    ("Prefer", "`respond-async` asks for a job", 100),
)


class Health(msgspec.Struct, frozen=True):
    """That the service answers, and which release it is."""

    status: str
    version: str


def openapi(operations: Iterable[Operation], needs_token: bool) -> Json:
    """Give the document; with `needs_token` it asks for bearer tokens."""
    operations = tuple(operations)
    price = _asked("price", "Price one code, with the arithmetic shown", PriceQuery, PriceAnswer)
    price["x-scope"] = Scope.PRICE
    paths = {f"/v1/{one.name}": {"post": _of_body(one)} for one in operations}
    paths |= {"/v1/price": {"get": price}, **_coverage(), **_jobs(), **_own()}
    for methods in paths.values():
        for described in methods.values():
            _with_problems(described, needs_token)
    document: Json = {
        "openapi": "3.1.0",
        "info": {
            "title": "edi-hit",
            "version": edi_hit.__version__,
            "summary": "X12 for home infusion therapy",
        },
        "paths": paths,
        "components": {"schemas": _schemas(operations)},
    }
    if needs_token:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return document


def _schemas(operations: tuple[Operation, ...]) -> Json:
    kinds = [kind for one in operations for kind in one.answers.values() if kind is not None]
    told = (
        Problem,
        PlanQuestion,
        Matrix,
        PartDTable,
        VisitPath,
        CodeChoice,
        JobDocument,
        JobList,
        PriceAnswer,
    )
    asked = (*told, Health, *dict.fromkeys(kinds))
    _, found = msgspec.json.schema_components(asked, ref_template=SCHEMAS)
    return found


def _of_body(operation: Operation) -> Json:
    answers = {kind: {"schema": ref_of(of) if of else {}} for kind, of in operation.answers.items()}
    job = {"description": "A job: look again at its `href`", "content": content_of(JobDocument)}
    job["headers"] = {"Location": {"schema": {"type": "string"}}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "parameters": [*parameters_of(operation.query), *(header_of(*told) for told in _HEADERS)],
        "requestBody": {"required": True, "content": {kind: body_of(kind) for kind in operation.bodies}},
        "responses": {"200": {"description": "The answer", "content": answers}, "202": job},
        "x-problems": _OF_BODIES + operation.problems,
        "x-scope": operation.scope,
    }


def _coverage() -> dict[str, Json]:
    described: dict[str, Json] = {
        "matrix": {"get": _plain("coverageMatrix", "Who covers what of the therapy", Matrix)},
        "part-d": {
            "get": _asked(
                "coveragePartD", "Whether Part D pays a drug, and whether to dispense it", PartDQuery
            )
        },
        "part-d/table": {
            "get": _plain("coveragePartDTable", "The decision under Part D for every case", PartDTable)
        },
        "home-health": {
            "get": _asked("coverageHomeHealth", "Which claim a nurse's visit goes on", Visit, VisitPath)
        },
        "per-diem": {
            "get": _asked("coveragePerDiem", "Which per diem code a therapy takes", PerDiemQuery, CodeChoice)
        },
        "plan": {
            "post": {
                "operationId": "coveragePlan",
                "summary": "Plan a therapy: who is billed for which part",
                "parameters": [],
                "requestBody": {"required": True, "content": content_of(PlanQuestion)},
                "responses": {"200": {"description": "The plan", "content": {JSON: {}}}},
                "x-problems": (413, 422),
            }
        },
    }
    for methods in described.values():
        for one in methods.values():
            one["x-scope"] = Scope.COVERAGE
    return {f"/v1/coverage/{name}": methods for name, methods in described.items()}


def _jobs() -> dict[str, Json]:
    job = {"name": "job", "in": "path", "required": True, "schema": {"type": "string"}}
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    anything = {
        "200": {"description": "The answer, as it would have been given at once", "content": {"*/*": {}}}
    }
    return {
        "/v1/jobs": {"get": _plain("listJobs", "The caller's jobs, the newest first", JobList)},
        "/v1/jobs/{job}": {
            "get": _plain("getJob", "How far a job is", JobDocument, job),
            "delete": {
                "operationId": "deleteJob",
                "summary": "End a job and remove all it wrote",
                "parameters": [job],
                "responses": {"204": {"description": "It is gone"}},
                "x-problems": (404, 503),
            },
        },
        "/v1/jobs/{job}/result": {
            "get": {
                "operationId": "getResult",
                "summary": "What a job gave",
                "parameters": [job],
                "responses": anything,
                "x-problems": (403, 404, 409, 422, 503, 507),
            }
        },
        "/v1/jobs/{job}/files/{name}": {
            "get": {
                "operationId": "getFile",
                "summary": "A file that a job wrote",
                "parameters": [job, name],
                "responses": {
                    "200": {"description": "The file", "content": {"application/octet-stream": binary()}}
                },
                "x-problems": (404, 503),
            }
        },
    }


def _own() -> dict[str, Json]:
    text = {"200": {"description": "Prometheus text", "content": {"text/plain": {}}}}
    return {
        "/health": {"get": {**_plain("health", "Whether the service answers", Health), "security": []}},
        "/metrics": {
            "get": {
                "operationId": "metrics",
                "summary": "What the service counts and times",
                "responses": text,
                "x-scope": "metrics",
            }
        },
    }


def _plain(name: str, summary: str, kind: type, *parameters: Json) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {"200": {"description": summary, "content": content_of(kind)}},
        "x-problems": (404,) if parameters else (),
    }


def _asked(
    name: str, summary: str, query: type[msgspec.Struct], kind: type[msgspec.Struct] | None = None
) -> Json:
    """A question put in parameters, whose answer is of a kind."""
    content = content_of(kind) if kind is not None else {JSON: {}}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters_of(query),
        "responses": {"200": {"description": "The answer", "content": content}},
        "x-problems": (422,),
    }


def _with_problems(described: Json, needs_token: bool) -> None:
    """Add the problems an address may answer with, and the token it needs."""
    is_open = described.get("security") == []
    scope = described.pop("x-scope", None)
    statuses = {*_EVERYWHERE, *described.pop("x-problems", ())}
    if needs_token and not is_open:
        described["security"] = [{"token": []}]
        statuses |= {401, 403} if scope else {401}
        if scope:
            described["x-scope"] = scope
    for status in sorted(statuses):
        told = {"description": "A problem", "content": {PROBLEM_TYPE: {"schema": ref_of(Problem)}}}
        described["responses"][str(status)] = told
