"""`edi-hit serve`: the HTTP service."""

import hashlib
import secrets
from importlib.util import find_spec
from pathlib import Path

import click
import msgspec

from edi_hit.profiles.http_service import HttpSettings, Scope, read_http_settings
from edi_hit.rules import ConfigError

_NEEDED = ("starlette", "uvicorn", "prometheus_client", "python_multipart")


@click.command()
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Settings of the service (TOML)."
)
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one.  [default: 8837]")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the jobs.  [default: edi-hit-http]",
)
@click.option(
    "--ledger", envvar="EDI_HIT_LEDGER", metavar="URL", help="Ledger: history, audit trail, duplicates."
)
@click.option(
    "--without-tokens", is_flag=True, help="Answer anybody, on an address other machines reach too."
)
@click.option(
    "--new-token", "name", metavar="NAME", help="Print a new token and its lines of settings, and end."
)
def command(
    config: Path | None,
    host: str | None,
    port: int | None,
    folder: Path | None,
    ledger: str | None,
    without_tokens: bool,
    name: str | None,
) -> None:
    """Serve validate, translate, adjudicate and price over HTTP, and a page for a person at /.

    Listens on loopback alone unless told otherwise; on another address it needs tokens. Options win over
    --config. GET /openapi.json describes every address. Logs are JSON lines on standard error and hold
    nothing of what is sent. SIGTERM ends it; unfinished jobs go on when it comes back.

    \b
    Examples:
      edi-hit serve
      edi-hit serve --new-token billing-office
      edi-hit serve --config serve.toml --port 8443
      curl --data-binary @claims.837 -H 'content-type: application/edi-x12' localhost:8837/v1/validate

    Needs edi-hit[http]. Exit code 2 where the settings are wrong, 4 where the port or folder cannot be had.
    """
    if name is not None:
        click.echo("\n".join(_new_token(name)))
        return
    missing = [module for module in _NEEDED if find_spec(module) is None]
    if missing:
        raise ConfigError("the HTTP service is an extra: pip install 'edi-hit[http]'")
    from edi_hit.exchange.http.server import serve  # needs the extra

    given = {"host": host, "port": port, "folder": folder and str(folder), "ledger": ledger}
    settings = read_http_settings(config) if config else HttpSettings()
    chosen = {key: value for key, value in given.items() if value is not None}
    if without_tokens:
        chosen["without_tokens"] = True
    serve(msgspec.structs.replace(settings, **chosen), _tell)


def _tell(address: str) -> None:
    click.echo(f"edi-hit: serving at {address}", err=True)


def _new_token(name: str) -> list[str]:
    token = secrets.token_urlsafe(32)
    scopes = ", ".join(f'"{scope}"' for scope in Scope if scope is not Scope.METRICS)
    return [
        f"token: {token}",
        "It is shown this once. Settings:",
        "",
        f"[tokens.{name}]",
        f'sha256 = "{hashlib.sha256(token.encode()).hexdigest()}"',
        f"scopes = [{scopes}]",
    ]
