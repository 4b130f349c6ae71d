"""A real server of the HTTP service on a free port of loopback, for the tests of this folder."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import msgspec

X12 = {"content-type": "application/edi-x12"}
ROOT = Path(__file__).parents[2]
CLEAN = (ROOT / "examples" / "01-first-visit.837").read_bytes()
FAULTY = (ROOT / "examples" / "faulty" / "three-claims-two-faulty.837").read_bytes()


class Answer(msgspec.Struct):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The kind of a problem; an answer that is none fails the test."""
        assert self.headers["content-type"] == "application/problem+json", self
        assert self.json["status"] == self.status
        return self.json["type"].rpartition(":")[2]


class Service:
    """A server process and where it listens."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path, address: str) -> None:
        self.process = process
        self.log = log
        self.address = address
        host, _, port = address.partition("//")[2].rstrip("/").partition(":")
        self.host, self.port = host, int(port)

    def connection(self) -> HTTPConnection:
        return HTTPConnection(self.host, self.port, timeout=60)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        token: str | None = None,
    ) -> Answer:
        connection = self.connection()
        sent = dict(headers or {})
        if token is not None:
            sent["authorization"] = f"Bearer {token}"
        try:
            connection.request(method, path, body, sent)
            return read(connection.getresponse())
        finally:
            connection.close()

    def get(self, path: str, **named: Any) -> Answer:
        return self.ask("GET", path, **named)

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None, **named: Any) -> Answer:
        return self.ask("POST", path, body, {**X12, **(headers or {})}, **named)

    def lines(self) -> list[dict[str, Any]]:
        """What it logged so far."""
        found = self.log.read_text().splitlines()
        return [json.loads(line) for line in found if line.startswith("{")]

    def stop(self) -> int:
        """Tell it to stop; give its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


def read(response: HTTPResponse) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


@contextmanager
def served(folder: Path, *options: str, settings: str = "") -> Iterator[Service]:
    """Serve with settings (TOML) in `folder` until the block ends."""
    folder.mkdir(exist_ok=True)
    config, log = folder / "serve.toml", folder / "log"
    config.write_text(f'port = 0\nfolder = "jobs"\n{settings}')
    command = [sys.executable, "-m", "edi_hit", "serve", "--config", str(config), *options]
    with log.open("ab") as errors:
        begun = errors.tell()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors)
    try:
        yield Service(process, log, _address(process, log, begun))
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path, begun: int) -> str:
    """Where it listens: the first line it writes."""
    while process.poll() is None:
        for line in log.read_bytes()[begun:].decode().splitlines(keepends=True):
            if line.startswith("edi-hit: serving at ") and line.endswith("\n"):
                return line.split()[-1]
        _wait(process)
    raise AssertionError(log.read_text())


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return


def finished(service: Service, href: str, token: str | None = None) -> Any:
    """Ask after a job until it has ended; give what is told of it."""
    while True:
        told = service.get(href, token=token).json
        if "finished" in told:
            return told
        _wait(service.process)


def command_ended(*options: object) -> subprocess.CompletedProcess[str]:
    """Run `edi-hit serve`, which is to end by itself."""
    command = [sys.executable, "-m", "edi_hit", "serve", *map(str, options)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)
