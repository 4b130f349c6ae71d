"""Who asks, and what they may: bearer tokens, their scopes and their rate."""

import hashlib
from datetime import UTC, datetime

import msgspec
from starlette.requests import Request

from edi_hit.exchange.http.problems import refused
from edi_hit.exchange.http.rate_limit import RateLimiter
from edi_hit.profiles.http_service import HttpSettings, Scope, TokenSettings

ANYBODY = "anybody"


class Caller(msgspec.Struct, frozen=True):
    """Who a request comes from: the name of the token and its partner."""

    name: str
    partner: str | None


class Access:
    """Lets requests in."""

    def __init__(self, settings: HttpSettings) -> None:
        self._open = not settings.tokens
        self._per_minute = settings.limits.requests_per_minute
        self._tokens = {token.sha256: (name, token) for name, token in settings.tokens.items()}
        self._rates = RateLimiter()

    @property
    def needs_token(self) -> bool:
        """Whether callers must have a token."""
        return not self._open

    def knock(self, request: Request) -> None:
        """Count a request whose token comes later, by its address; raises `ProblemError`."""
        if self.needs_token:
            self._count(f"address {_address(request)}", self._per_minute)

    def require(self, request: Request, *scopes: Scope) -> Caller:
        """Give the caller of a request who has all of `scopes`; raises `ProblemError`."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        return self.admit(request, given.strip() if kind.lower() == "bearer" else "", *scopes)

    def admit(self, request: Request, given: str, *scopes: Scope) -> Caller:
        """Give the caller that a token belongs to; raises `ProblemError`."""
        address = _address(request)
        found = self._tokens.get(hashlib.sha256(given.encode()).hexdigest())
        if self._open:
            self._count(f"address {address}", self._per_minute)
            return Caller(ANYBODY, None)
        if found is None or _is_over(found[1]):
            self._count(f"address {address}", self._per_minute)
            challenge = 'Bearer error="invalid_token"' if given else "Bearer"
            raise refused("no-token", www_authenticate=challenge)
        name, token = found
        self._count(f"token {name}", token.requests_per_minute or self._per_minute)
        if not set(scopes) <= set(token.scopes):
            raise refused("not-allowed", f"needs the scope {', '.join(scopes)}")
        return Caller(name, token.partner)

    def _count(self, caller: str, per_minute: int) -> None:
        wait = self._rates.seconds_to_wait(caller, per_minute)
        if wait:
            raise refused("too-often", retry_after=str(wait))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _is_over(token: TokenSettings) -> bool:
    return token.expires_on is not None and datetime.now(UTC).date() > token.expires_on
