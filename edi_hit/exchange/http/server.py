"""Serves: a uvicorn server with the limits of the settings, until it is told to stop."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from edi_hit.exchange.http.connection import connection_of
from edi_hit.exchange.http.service import make_service
from edi_hit.exchange.http.service_log import log_to_standard_error
from edi_hit.jobs.output_files import make_folder
from edi_hit.profiles.http_service import HttpSettings

_BACKLOG = 512

_STOP_SECONDS = 10
"""How long answers under way may take after a stop was asked for."""


class _Server(uvicorn.Server):
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop when told to; told twice, at once. A stop that was asked for is no failure."""
        self.force_exit = self.should_exit
        self.should_exit = True


def serve(settings: HttpSettings, on_listening: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT. `on_listening` is given its address.

    Raises `ConfigError` where the settings are wrong or the folder is another server's, and `OSError`.
    """
    os.umask(0o077)
    make_folder(Path(settings.folder))
    service = make_service(settings)
    listening = _listening(settings)
    log_to_standard_error()
    config = uvicorn.Config(
        service,
        http=connection_of(settings.limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        timeout_keep_alive=settings.limits.header_seconds,
        timeout_graceful_shutdown=_STOP_SECONDS,
        ssl_certfile=settings.certificate or None,
        ssl_keyfile=settings.key or None,
    )
    on_listening(_address(listening, config.is_ssl))
    _Server(config).run(sockets=[listening])


def _listening(settings: HttpSettings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)


def _address(listening: socket.socket, secure: bool) -> str:
    host, port = listening.getsockname()[:2]
    return f"{'https' if secure else 'http'}://{f'[{host}]' if ':' in host else host}:{port}/"
