"""GET /v1/price: the price of one code, with the arithmetic shown."""

import asyncio
from datetime import date
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from edi_hit.benefits.price_trace import trace
from edi_hit.exchange.http.parts import Parts
from edi_hit.exchange.http.problems import ProblemError, problem_of
from edi_hit.exchange.http.query import as_query, query_texts
from edi_hit.jobs.quote import quote
from edi_hit.profiles.http_service import Scope
from edi_hit.rules import EdiHitError


class PriceQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Parameters of a price: the code, the day, and where the home is."""

    code: Annotated[str, msgspec.Meta(pattern="^[A-Za-z][0-9]{4}$", description="HCPCS code of the visit")]
    on: Annotated[date, msgspec.Meta(description="Day of service")]
    locality: Annotated[
        str | None, msgspec.Meta(description="Medicare locality of the home, such as 10112-00")
    ] = None
    state: Annotated[str | None, msgspec.Meta(description="State of the home, where it is one locality")] = (
        None
    )
    zip: Annotated[str | None, msgspec.Meta(description="ZIP code of the home")] = None
    charge: Annotated[str | None, msgspec.Meta(description="What is charged, in dollars")] = None
    trace: Annotated[bool, msgspec.Meta(description="Every parameter, with dates and source")] = False


class PriceAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A price. Amounts are texts with two decimals; `rate_status` is published, computed or loaded."""

    code: str
    date: str
    locality: str | None
    national: str
    gaf: str | None
    fee: str
    charge: str | None
    allowed: str
    rate_status: str
    steps: list[str]
    sources: list[str]
    parameters: list[dict[str, str | None]] = []
    payment: dict[str, str | list[str]] | None = None


class PriceEndpoint:
    """Prices with the reference tables of the service."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        request.state.caller = self._parts.access.require(request, Scope.PRICE).name
        query = as_query(query_texts(request), PriceQuery)
        try:
            document = await asyncio.to_thread(self._price, query)
        except EdiHitError as error:
            raise ProblemError(problem_of(error)) from error
        return Response(document, media_type="application/json")

    def _price(self, query: PriceQuery) -> bytes:
        tables = self._parts.tables
        found = quote(
            query.code,
            query.on,
            tables,
            locality=query.locality,
            state=query.state,
            zip_code=query.zip,
            charge=query.charge,
        )
        document = found.as_json() | (trace(found, tables).as_json() if query.trace else {})
        return msgspec.json.encode(document)
