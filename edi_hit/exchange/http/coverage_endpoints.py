"""Who pays which part of a therapy, asked before there is a claim: /v1/coverage/..."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from edi_hit.benefits.coverage import Cell, Network, Patient, dispensing, payment_matrix, plan
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.problems import ProblemError, problem_of, refused
from edi_hit.exchange.http.query import as_query, query_texts, without_values
from edi_hit.exchange.http.received_body import pieces_in_time
from edi_hit.profiles.http_service import Scope
from edi_hit.rules import EdiHitError

_LARGEST_QUESTION = 64 * 1024

YesNo = Literal["Y", "N"]
Code = Annotated[str, msgspec.Meta(pattern="^[A-Z][0-9]{4}$")]


class PartDQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of a drug and a Part D plan; what the answer does not depend on may be left out."""

    covered_by_part_a_or_b: YesNo | None = None
    excluded_from_part_d: YesNo | None = None
    on_formulary: YesNo | None = None
    network_type: Network | None = None
    ancillary_assurance: YesNo | None = None
    other_entity_available: YesNo | None = None
    dual_eligible: YesNo | None = None
    advantage_plan_covers: YesNo | None = None
    usable_form: YesNo | None = None


class PlanQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The therapy to plan: HCPCS codes of drug and pump, and what is known of the patient."""

    drug: Code
    patient: Patient
    pump: Code | None = None


class Matrix(msgspec.Struct, frozen=True):
    """The payment matrix: each payer, and what it covers of the therapy."""

    cells: tuple[Cell, ...]


class CoverageEndpoints:
    """Answers from the tables of the service."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        """Give the routes of coverage."""
        return [
            Route("/v1/coverage/matrix", self.matrix, methods=["GET"]),
            Route("/v1/coverage/part-d", self.part_d, methods=["GET"]),
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


def _json(document: object) -> Response:
    return Response(msgspec.json.encode(document), media_type="application/json")
