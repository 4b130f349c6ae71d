"""The service described as an OpenAPI 3.1 document, made from what its addresses declare."""

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from typing import Any

import msgspec

import edi_hit
from edi_hit.exchange.http.coverage_endpoints import Matrix, PartDQuery, PlanQuestion
from edi_hit.exchange.http.job_endpoints import JobList
from edi_hit.exchange.http.job_record import JobDocument
from edi_hit.exchange.http.operations.work import Operation
from edi_hit.exchange.http.price_endpoint import PriceAnswer, PriceQuery
from edi_hit.exchange.http.problems import PROBLEM_TYPE, Problem
from edi_hit.profiles.http_service import Scope
from edi_hit.sample import write_sample_837p

Json = dict[str, Any]

_JSON = "application/json"
_TEXT = "text/plain"
_SCHEMAS = "#/components/schemas/{name}"
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
    paths = {f"/v1/{one.name}": {"post": _of_body(one)} for one in operations}
    paths |= {"/v1/price": {"get": _price()}, **_coverage(), **_jobs(), **_own()}
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
    asked = (Problem, PlanQuestion, Matrix, JobDocument, JobList, PriceAnswer, Health, *dict.fromkeys(kinds))
    _, found = msgspec.json.schema_components(asked, ref_template=_SCHEMAS)
    return found


def _of_body(operation: Operation) -> Json:
    answers = {kind: {"schema": _ref(of) if of else {}} for kind, of in operation.answers.items()}
    job = {"description": "A job: look again at its `href`", "content": _content(JobDocument)}
    job["headers"] = {"Location": {"schema": {"type": "string"}}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": operation.description,
        "parameters": [*_parameters(operation.query), *map(_header, _HEADERS)],
        "requestBody": {"required": True, "content": {kind: _body(kind) for kind in operation.bodies}},
        "responses": {"200": {"description": "The answer", "content": answers}, "202": job},
        "x-problems": _OF_BODIES,
        "x-scope": operation.scope,
    }


def _price() -> Json:
    return {
        "operationId": "price",
        "summary": "Price one code, with the arithmetic shown",
        "parameters": _parameters(PriceQuery),
        "responses": {"200": {"description": "The price", "content": _content(PriceAnswer)}},
        "x-problems": (422,),
        "x-scope": "price",
    }


def _coverage() -> dict[str, Json]:
    question = {"required": True, "content": _content(PlanQuestion)}
    described: dict[str, Json] = {
        "/v1/coverage/matrix": {"get": _plain("coverageMatrix", "Who covers what of the therapy", Matrix)},
        "/v1/coverage/part-d": {
            "get": {
                "operationId": "coveragePartD",
                "summary": "Whether Part D pays a drug, and whether to dispense it",
                "parameters": _parameters(PartDQuery),
                "responses": {"200": {"description": "The decision", "content": {_JSON: {}}}},
                "x-problems": (422,),
            }
        },
        "/v1/coverage/plan": {
            "post": {
                "operationId": "coveragePlan",
                "summary": "Plan a therapy: who is billed for which part",
                "parameters": [],
                "requestBody": question,
                "responses": {"200": {"description": "The plan", "content": {_JSON: {}}}},
                "x-problems": (413, 422),
            }
        },
    }
    for methods in described.values():
        for one in methods.values():
            one["x-scope"] = Scope.COVERAGE
    return described


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
                "x-problems": (404,),
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
                    "200": {"description": "The file", "content": {"application/octet-stream": _binary()}}
                },
                "x-problems": (404,),
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
        "responses": {"200": {"description": summary, "content": _content(kind)}},
        "x-problems": (404,) if parameters else (),
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
        told = {"description": "A problem", "content": {PROBLEM_TYPE: {"schema": _ref(Problem)}}}
        described["responses"][str(status)] = told


def _parameters(query: type[msgspec.Struct]) -> list[Json]:
    (_,), found = msgspec.json.schema_components([query], ref_template=_SCHEMAS)
    schema = found[query.__name__]
    required = schema.get("required", ())
    return [
        _parameter(name, described, name in required, found)
        for name, described in schema["properties"].items()
    ]


def _parameter(name: str, described: Json, required: bool, found: Json) -> Json:
    """One parameter; that it may be left out is no value of it."""
    described = {key: value for key, value in described.items() if key != "default" or value is not None}
    told = described.pop("description", "")
    options = [_resolved(one, found) for one in described.pop("anyOf", ()) if one != {"type": "null"}]
    if options:
        (only,) = options
        described |= only
    if isinstance(described.get("enum"), list):
        described["enum"] = [one for one in described["enum"] if one is not None]
        described["type"] = "string"
    schema = _resolved(described, found)
    parameter = {"name": name, "in": "query", "required": required, "schema": schema}
    return {**parameter, "description": told} if told else parameter


def _resolved(schema: Json, found: Json) -> Json:
    reference = schema.get("$ref")
    if reference is None:
        return schema
    named: Json = found[reference.rpartition("/")[2]]
    return {key: value for key, value in named.items() if key not in ("title", "description")}


def _header(told: tuple[str, str, int]) -> Json:
    name, description, longest = told
    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": "^[!-~]([ -~]*[!-~])?$"}
    return {"name": name, "in": "header", "required": False, "schema": schema, "description": description}


def _ref(kind: type) -> Json:
    return {"$ref": _SCHEMAS.format(name=kind.__name__)}


def _content(kind: type) -> Json:
    return {_JSON: {"schema": _ref(kind)}}


def _body(kind: str) -> Json:
    return {**_binary(), "example": _example()} if kind == _TEXT else _binary()


@cache
def _example() -> str:
    """An 837P of one invented claim."""
    with BytesIO() as stream:
        write_sample_837p(stream, 1, 1)
        return stream.getvalue().decode("ascii")


def _binary() -> Json:
    return {"schema": {"type": "string", "format": "binary"}}
