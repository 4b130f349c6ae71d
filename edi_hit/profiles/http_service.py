"""Settings of the HTTP service, read from TOML; every field has a default."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from edi_hit.profiles.read_toml import read_toml
from edi_hit.rules import ConfigError

Positive = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]


class Scope(StrEnum):
    """What a token may ask for."""

    VALIDATE = "validate"
    TRANSLATE = "translate"
    PRICE = "price"
    COVERAGE = "coverage"
    ADJUDICATE = "adjudicate"
    METRICS = "metrics"


class HttpLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much, how often and how long.

    A body may have `body_mb` megabytes; one over `at_once_kb` becomes a job, one for the page may have
    `page_kb`. So many `connections` are held at a time. Request heads must be there within `header_seconds`;
    a body within `body_seconds` and a second more for each `least_kb_a_second` of it; each part of an answer
    must be taken within `send_seconds`. An answer that takes longer than `answer_seconds` becomes a job; work
    is stopped after `job_seconds`, or when it wants more than `memory_mb`, or writes a file of more than
    `output_mb`. `workers` pieces of work run at a time, `waiting` may wait. Jobs are kept `keep_hours` after
    their end, at most `kept` of them. `requests_per_minute` are for each token, or each address where there
    are no tokens; so many may come at once.
    """

    body_mb: Positive = 256
    at_once_kb: Positive = 1024
    page_kb: Positive = 5120
    connections: Positive = 1000
    header_seconds: Positive = 10
    body_seconds: Positive = 30
    least_kb_a_second: Positive = 16
    send_seconds: Positive = 30
    answer_seconds: Positive = 30
    job_seconds: Positive = 1800
    memory_mb: Positive = 2048
    output_mb: Positive = 4096
    workers: Positive = 2
    waiting: Positive = 200
    keep_hours: Positive = 24
    kept: Positive = 10_000
    requests_per_minute: Positive = 600


class TokenSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may ask for what. `sha256` is that of the token, in hexadecimal; the token itself is kept nowhere.

    `partner` is the name of a partner whose profile is one of `HttpSettings.partners`: what is sent with the
    token is held against it. The token is refused after `expires_on`.
    """

    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    scopes: tuple[Scope, ...]
    partner: str | None = None
    expires_on: date | None = None
    requests_per_minute: Positive | None = None


class HttpSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of the HTTP service.

    `folder` holds its jobs. `hosts` are the names it answers to beside `host`; on a loopback address
    `localhost` is one. `without_tokens` lets it answer anybody on another address than loopback.
    `certificate` and `key` are PEM files for TLS. `ledger` is the address of a ledger, `run` a file of run
    settings; `tables` are reference files, `partners` profiles of trading partners, or globs of them.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8837
    folder: str = "edi-hit-http"
    hosts: tuple[str, ...] = ()
    without_tokens: bool = False
    certificate: str = ""
    key: str = ""
    ledger: str = ""
    run: str = ""
    tables: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    limits: HttpLimits = HttpLimits()
    tokens: dict[str, TokenSettings] = {}


_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine alone."""
    return host in _LOOPBACK or host.startswith("127.")


def read_http_settings(path: Path) -> HttpSettings:
    """Read the settings of the HTTP service from a TOML file; files named in it stand beside it.

    Raises as `read_toml` does. Options may still change them: `require_usable` looks at them as a whole.
    """
    settings = read_toml(path, HttpSettings, lambda read: iter(()), {"tokens": TokenSettings})
    return _beside(settings, path.parent)


def require_usable(settings: HttpSettings) -> None:
    """Raise `ConfigError` where settings contradict each other, or would open the service to anybody."""
    for fault in _faults(settings):
        raise ConfigError(fault)


def _faults(settings: HttpSettings) -> Iterator[str]:
    if not (settings.tokens or settings.without_tokens or is_loopback(settings.host)):
        yield (
            f"{settings.host} is reached from other machines, and no tokens are set: anybody could use the "
            "service; set tokens, or without_tokens = true"
        )
    for name, token in settings.tokens.items():
        if not name.isascii() or not name.isprintable() or not 1 <= len(name) <= 64:
            yield f"tokens.{name}: a name has 1 to 64 printable ASCII characters"
        if token.partner is not None and not settings.partners:
            yield f"tokens.{name}.partner: partners, the files of their profiles, are wanted too"
    if bool(settings.certificate) != bool(settings.key):
        yield "certificate and key: both are needed for TLS"


def _beside(settings: HttpSettings, base: Path) -> HttpSettings:
    def placed(name: str) -> str:
        return str(base / name) if name else ""

    return msgspec.structs.replace(
        settings,
        folder=placed(settings.folder),
        certificate=placed(settings.certificate),
        key=placed(settings.key),
        ledger=settings.ledger if "://" in settings.ledger else placed(settings.ledger),
        run=placed(settings.run),
        tables=tuple(map(placed, settings.tables)),
        partners=tuple(map(placed, settings.partners)),
    )
