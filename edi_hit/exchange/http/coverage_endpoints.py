"""Who pays which part of a therapy, asked before there is a claim: /v1/coverage/..."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from edi_hit.benefits.commercial import Dosing, per_diem_code, per_diem_therapies
from edi_hit.benefits.coverage import (
    Network,
    Visit,
    claims_for,
    dispensing,
    part_d_table,
    payment_matrix,
    plan,
)
from edi_hit.exchange.http.coverage_questions import (
    Matrix,
    PartDQuery,
    PartDTable,
    PerDiemQuery,
    PlanQuestion,
)
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.problems import ProblemError, problem, problem_of, refused
from edi_hit.exchange.http.query import as_query, query_texts, without_values
from edi_hit.exchange.http.received_body import pieces_in_time
from edi_hit.profiles.http_service import Scope
from edi_hit.rules import EdiHitError

_LARGEST_QUESTION = 64 * 1024


class CoverageEndpoints:
    """Answers from the tables of the service."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        """Give the routes of coverage."""
        return [
            Route("/v1/coverage/matrix", self.matrix, methods=["GET"]),
            Route("/v1/coverage/part-d", self.part_d, methods=["GET"]),
            Route("/v1/coverage/part-d/table", self.part_d_table, methods=["GET"]),
            Route("/v1/coverage/home-health", self.home_health, methods=["GET"]),
            Route("/v1/coverage/per-diem", self.per_diem, methods=["GET"]),
            Route("/v1/coverage/plan", self.plan, methods=["POST"]),
        ]

    async def matrix(self, request: Request) -> Response:
        """Give the payment matrix."""
        self._admit(request)
        return _json(Matrix(tuple(payment_matrix())))

    async def part_d(self, request: Request) -> Response:
        """Decide on a drug under Part D."""
        self._admit(request)
        query = as_query(query_texts(request), PartDQuery)
        given = {name: answer for name, answer in msgspec.structs.asdict(query).items() if answer is not None}
        answers = {
            name: answer if isinstance(answer, Network) else answer == "Y" for name, answer in given.items()
        }
        usable = answers.pop("usable_form", None)
        covers = answers.pop("advantage_plan_covers", False)
        found = dispensing(
            answers,
            usable_form=None if usable is None else usable is True,
            advantage_plan_covers=covers is True,
        )
        if isinstance(found, tuple):
            raise refused("wrong-parameter", f"the answer still depends on {', '.join(found)}")
        return _json(found.as_json())

    async def part_d_table(self, request: Request) -> Response:
        """Give the decision under Part D for every combination of answers."""
        self._admit(request)
        return _json(PartDTable(part_d_table()))

    async def home_health(self, request: Request) -> Response:
        """Say which claim a nurse's visit goes on."""
        self._admit(request)
        found = claims_for(as_query(query_texts(request), Visit))
        if found is None:
            raise ProblemError(
                problem("table-missing", "the table says nothing of such a visit", table="hhpps_decision")
            )
        return _json(found)

    async def per_diem(self, request: Request) -> Response:
        """Choose the per diem code of a therapy."""
        self._admit(request)
        query = as_query(query_texts(request), PerDiemQuery)
        therapies = per_diem_therapies(self._parts.tables)
        if query.therapy not in therapies:
            raise refused("wrong-parameter", f"therapy: one of {', '.join(therapies)} is wanted")
        dosing = Dosing(
            query.interval_hours, _decimal(query.liters), _decimal(query.hours), query.given or ""
        )
        return _json(per_diem_code(query.therapy, dosing, self._parts.tables))

    async def plan(self, request: Request) -> Response:
        """Plan one therapy."""
        self._admit(request)
        body = b"".join([piece async for piece in self._pieces(request)])
        try:
            question = msgspec.json.decode(body, type=PlanQuestion)
        except msgspec.ValidationError as error:
            raise refused("wrong-parameter", without_values(error)) from error
        except (msgspec.DecodeError, RecursionError) as error:
            raise refused("not-a-document", "JSON is wanted") from error
        try:
            found = await asyncio.to_thread(
                plan, question.drug, question.pump or "", question.patient, self._parts.tables
            )
        except EdiHitError as error:
            raise ProblemError(problem_of(error)) from error
        return _json(found)

    def _pieces(self, request: Request) -> AsyncIterator[bytes]:
        return pieces_in_time(request, _LARGEST_QUESTION, self._parts.settings.limits)

    def _admit(self, request: Request) -> None:
        request.state.caller = self._parts.access.require(request, Scope.COVERAGE).name


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _json(document: object) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
